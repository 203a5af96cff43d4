"""Publishing: what stands in its way, what it does to people, the brake, and the second officer."""

from datetime import date

import pytest

from tests.cast import AMARA, DARIO, HUGO, INES, MEI, MOMENT, RUTH
from tests.staff import PROGRAMMES, complete, later, open_office
from upstander.actions import publishing
from upstander.actions.drafts import edit_draft, start_draft
from upstander.actions.grants import end, give
from upstander.actions.programmes import import_programme
from upstander.actions.publishing import publish, release, withdraw_request
from upstander.actions.standing import decide_again
from upstander.core.errors import Refusal
from upstander.models import AuditLine, CourseStart, Person, PresetSignature, ProgrammeVersion, Standing
from upstander.queries.drafts import read_draft
from upstander.queries.programmes import published

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PAGE_B = (PROGRAMMES / "page-b.toml").read_text(encoding="utf-8")
BY_MEI, BY_HUGO = f"person:{MEI}", f"person:{HUGO}"


@pytest.fixture
def university():
    """Mei and Hugo are officers of page-b."""
    open_office()
    give(HUGO, "officer", MOMENT, "test", programme="page-b")


def draft_with(**parts):
    """A draft of page-b without examples, with these parts set."""
    draft = start_draft("page-b", MOMENT, BY_MEI)
    for part, value in {"examples": None, **parts}.items():
        draft = edit_draft(draft.pk, draft.revision, part, value, MOMENT, BY_MEI)
    return draft


def document(draft):
    return read_draft(draft, MOMENT.day).document


def moved(days: int, place: int = 0):
    """The groups with one of them due so many days later."""
    groups = document(ProgrammeVersion.objects.get(programme_id="page-b", number=1))["groups"]
    groups[place]["due_on"] = date.fromordinal(groups[place]["due_on"].toordinal() + days)
    return groups


def refusal(verb, *given):
    with pytest.raises(Refusal) as refused:
        verb(*given)
    return refused.value


def test_a_change_of_words_changes_nobody_and_is_published(university):
    draft = draft_with(title={"en": "Another name", "es": "Otro nombre"})
    outcome = publish(draft.pk, draft.revision, later(1), BY_MEI)
    assert (outcome.held, outcome.because, outcome.changes) == (False, [], 0)
    assert published("page-b").title["en"] == "Another name"
    line = AuditLine.objects.filter(verb="publish-programme").last()
    assert (line.actor, line.data["version"]) == (BY_MEI, 2)


def test_a_first_version_is_never_held():
    open_office()
    first = PAGE_B.replace('key = "page-b"', 'key = "page-c"')
    imported = import_programme(first, MOMENT, "test")
    assert (imported.held, imported.version.published_at) == (False, MOMENT.at)


def test_more_than_a_tenth_of_the_duties_waits_with_its_effect_and_decides_nobody(university):
    draft = draft_with(groups=moved(2))
    outcome = publish(draft.pk, draft.revision, later(1), BY_MEI)
    assert outcome.held
    assert outcome.because[0]["limit"] == "duties-changed"
    kept = ProgrammeVersion.objects.get(pk=draft.pk)
    assert (kept.requested_by, kept.published_at) == (BY_MEI, None)
    assert kept.effect["today"]["later"] == outcome.because[0]["count"] == 5
    assert Standing.objects.get(person_id=INES, programme_id="page-b").due_on == date(2021, 2, 17)


@pytest.mark.parametrize(("percent", "held"), [(12.5, False), (12.4, True)])
def test_exactly_as_much_as_the_limit_is_let_through(university, settings, percent, held):
    settings.INSTITUTION = {**settings.INSTITUTION, "roster": {"duties_changed_percent": percent}}
    draft = draft_with(groups=moved(2, 1))  # the group of Sofía alone: one of eight duties
    outcome = publish(draft.pk, draft.revision, later(1), BY_MEI)
    assert (outcome.effect["today"]["later"], outcome.effect["today"]["duties_before"]) == (1, 8)
    assert outcome.held is held


def test_a_second_officer_releases_it_and_stands_in_the_record(university):
    draft = draft_with(groups=moved(2))
    publish(draft.pk, draft.revision, later(1), BY_MEI)
    outcome = release(draft.pk, later(2), BY_HUGO)
    assert (outcome.version.released_by, outcome.version.requested_by) == (BY_HUGO, BY_MEI)
    assert outcome.version.published_at == later(2).at
    assert Standing.objects.get(person_id=INES, programme_id="page-b").due_on == date(2021, 2, 19)


@pytest.mark.parametrize("requester", [BY_MEI, MEI, "Mei@aldermere.example"])
def test_whoever_asked_does_not_release_their_own(university, requester):
    draft = draft_with(groups=moved(2))
    publish(draft.pk, draft.revision, later(1), requester)
    assert refusal(release, draft.pk, later(2), BY_MEI).code == "not-yourself"


def test_only_an_officer_of_this_programme_releases_it(university):
    draft = draft_with(groups=moved(2))
    publish(draft.pk, draft.revision, later(1), BY_MEI)
    end(HUGO, "officer", later(1), "test", programme="page-b")  # an officer of page-a he remains
    assert refusal(release, draft.pk, later(2), BY_HUGO).code == "not-its-officer"
    assert refusal(release, draft.pk, later(2), f"person:{RUTH}").code == "not-its-officer"
    assert refusal(release, draft.pk, later(2), "command line").code == "not-its-officer"


def test_an_officer_who_has_left_releases_nothing(university):
    draft = draft_with(groups=moved(2))
    publish(draft.pk, draft.revision, later(1), BY_MEI)
    Person.objects.filter(pk=HUGO).update(vanished_on=later(1).day)
    assert refusal(release, draft.pk, later(2), BY_HUGO).code == "not-its-officer"


def test_what_is_not_held_is_not_released(university):
    draft = draft_with(groups=moved(2))
    assert refusal(release, draft.pk, later(2), BY_HUGO).code == "not-held"
    publish(draft.pk, draft.revision, later(1), BY_MEI)
    withdraw_request(draft.pk, later(1), BY_MEI)
    assert refusal(release, draft.pk, later(2), BY_HUGO).code == "not-held"


def test_an_edit_takes_the_request_back(university):
    draft = draft_with(groups=moved(2))
    publish(draft.pk, draft.revision, later(1), BY_MEI)
    edit_draft(draft.pk, draft.revision, "window", {"grace_days": 1}, later(1), BY_MEI)
    assert refusal(release, draft.pk, later(2), BY_HUGO).code == "not-held"


def test_an_effect_that_became_another_one_is_shown_anew_and_not_released(university, monkeypatch):
    draft = draft_with(groups=moved(2))
    publish(draft.pk, draft.revision, later(1), BY_MEI)
    monkeypatch.setattr("upstander.actions.publishing.MATERIAL_PEOPLE", 0)
    Person.objects.filter(pk__in=[INES, RUTH]).update(vanished_on=later(1).day)
    found = refusal(release, draft.pk, later(2), BY_HUGO)
    assert (found.code, found.data) == ("effect-changed", {"shown": 5, "now": 3})
    assert ProgrammeVersion.objects.get(pk=draft.pk).effect["today"]["later"] == 3
    assert release(draft.pk, later(2), BY_HUGO).version.published_at


def test_a_version_with_problems_is_not_published(university):
    groups = moved(2)
    del groups[0]["due_on"]
    draft = draft_with(groups=groups)
    assert refusal(publish, draft.pk, draft.revision, later(1), BY_MEI).code == "programme-invalid"


def test_an_example_that_does_not_come_out_stands_in_the_way(university):
    draft = start_draft("page-b", MOMENT, BY_MEI)
    draft = edit_draft(draft.pk, 1, "groups", moved(2), MOMENT, BY_MEI)
    found = refusal(publish, draft.pk, draft.revision, later(1), BY_MEI)
    assert (found.code, found.data["problems"][0]["path"]) == ("programme-invalid", "examples")


def test_a_preset_is_published_only_under_a_signature_for_its_very_text(university):
    draft = draft_with(legal=[{"preset": "us-ny-state", "digest": "a" * 64}])
    assert refusal(publish, draft.pk, draft.revision, later(1), BY_MEI).code == "preset-unsigned"
    signed = {"preset": "us-ny-state", "signed_at": MOMENT.at, "signed_by": BY_MEI}
    PresetSignature.objects.create(digest="b" * 64, **signed)
    PresetSignature.objects.create(digest="a" * 64, ended_at=MOMENT.at, **signed)
    assert refusal(publish, draft.pk, draft.revision, later(1), BY_MEI).code == "preset-unsigned"
    PresetSignature.objects.create(digest="a" * 64, **signed)
    assert not publish(draft.pk, draft.revision, later(1), BY_MEI).held


def without_option(course):
    options = document(ProgrammeVersion.objects.get(programme_id="page-b", number=1))["options"]
    return {"options": [option for option in options if option["course"] != course], "recommendations": None}


def test_a_course_that_somebody_began_in_this_cycle_is_not_dropped(university):
    CourseStart.objects.create(person_id=INES, course_key="option-a", started_on=MOMENT.day, recorded_at=MOMENT.at)
    decide_again([INES], MOMENT, "start")
    draft = draft_with(**without_option("option-a"))
    found = refusal(publish, draft.pk, draft.revision, later(1), BY_MEI)
    assert (found.code, found.data) == ("option-begun", {"course": "option-a", "people": 1})


def test_a_course_that_somebody_completed_in_this_cycle_is_not_dropped(university):
    complete(INES)
    draft = draft_with(**without_option("option-a"))
    assert refusal(publish, draft.pk, draft.revision, later(1), BY_MEI).data["people"] == 1


def test_a_course_begun_before_this_cycle_or_by_somebody_exempt_may_go(university):
    for person, day in ((INES, date(2020, 8, 31)), (AMARA, MOMENT.day)):
        CourseStart.objects.create(person_id=person, course_key="option-a", started_on=day, recorded_at=MOMENT.at)
    draft = draft_with(**without_option("option-a"))
    assert not publish(draft.pk, draft.revision, later(1), BY_MEI).held


def test_withdrawn_by_its_date_a_begun_course_still_counts_for_whoever_began_it(university):
    complete(INES)
    options = document(ProgrammeVersion.objects.get(programme_id="page-b", number=1))["options"]
    options[0]["withdrawn_on"] = later(1).day
    draft = draft_with(options=options)
    publish(draft.pk, draft.revision, later(1), BY_MEI)
    assert Standing.objects.get(person_id=INES, programme_id="page-b").state == "satisfied"


def test_a_draft_made_from_an_older_version_would_undo_the_newer_one(university):
    old = draft_with(title={"en": "One", "es": "Uno"})
    new = draft_with(title={"en": "Two", "es": "Dos"})
    first = publish(new.pk, new.revision, later(1), BY_MEI)
    assert first.version.number == 3
    assert refusal(publish, old.pk, old.revision, later(1), BY_MEI).code == "newer-version-published"
    assert published("page-b").title["en"] == "Two"


def test_a_draft_is_outdated_where_another_was_published_below_its_number(university):
    first = draft_with(title={"en": "One", "es": "Uno"})
    second = draft_with(title={"en": "Two", "es": "Dos"})
    publish(first.pk, first.revision, later(1), BY_MEI)
    found = refusal(publish, second.pk, second.revision, later(1), BY_MEI)
    assert (found.code, found.data) == ("draft-outdated", {"based_on": 1, "published": 2})


def test_a_draft_read_in_an_older_state_is_not_published(university):
    draft = draft_with(groups=moved(2))
    assert refusal(publish, draft.pk, draft.revision - 1, later(1), BY_MEI).code == "draft-changed-meanwhile"


def test_an_imported_file_goes_the_same_way(university):
    text = PAGE_B.split("[[examples]]")[0].replace("version = 1", "version = 2").replace("2021-02-17", "2021-02-19")
    imported = import_programme(text, later(1), BY_MEI)
    assert (imported.held, imported.changes) == (True, 0)
    again = import_programme(text, later(1), BY_MEI)
    assert (again.held, again.is_new, again.outcome) == (True, False, None)
    assert release(imported.version.pk, later(2), BY_HUGO).version.published_at
    once_more = import_programme(text, later(2), BY_MEI)
    assert (once_more.held, once_more.is_new, once_more.changes) == (False, False, 0)


def test_a_file_that_is_refused_leaves_no_draft_behind(university):
    text = PAGE_B.replace("version = 1", "version = 2").replace("2021-02-17", "2021-02-19")
    assert refusal(import_programme, text, later(1), BY_MEI).code == "programme-invalid"
    assert not ProgrammeVersion.objects.filter(programme_id="page-b", number=2).exists()


def test_a_duty_that_is_taken_back_is_lost_and_one_that_is_new_gained(university):
    audience = document(ProgrammeVersion.objects.get(programme_id="page-b", number=1))["audience"]
    audience["routes"][1]["when"]["student_year_at_least"] = 4
    draft = draft_with(audience=audience)
    outcome = publish(draft.pk, draft.revision, later(1), BY_MEI)
    assert outcome.effect["today"]["loses"] == 1
    assert ["scheduled", "not-required", 1] in outcome.effect["today"]["states"]
    assert outcome.held
    assert Standing.objects.get(person_id=DARIO, programme_id="page-b").state == "scheduled"


def test_two_who_publish_at_once_publish_one_version(university):
    """The second finds what it worked its effect out for gone."""
    first, second = draft_with(title={"en": "One", "es": "Uno"}), draft_with(title={"en": "Two", "es": "Dos"})
    effect_of = publishing.effect_of

    def meanwhile(old, new, moment, progress=None):
        if new.version == second.number and published("page-b").version == 1:
            publish(first.pk, first.revision, moment, BY_HUGO)
        return effect_of(old, new, moment, progress)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "effect_of", meanwhile)
        assert refusal(publish, second.pk, second.revision, later(1), BY_MEI).code == "draft-outdated"
    assert published("page-b").title["en"] == "One"


def test_an_edit_while_the_effect_is_worked_out_stops_the_publication(university):
    draft = draft_with(title={"en": "One", "es": "Uno"})
    effect_of = publishing.effect_of

    def meanwhile(old, new, moment, progress=None):
        edit_draft(draft.pk, draft.revision, "window", {"grace_days": 9}, moment, BY_HUGO)
        return effect_of(old, new, moment, progress)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "effect_of", meanwhile)
        assert refusal(publish, draft.pk, draft.revision, later(1), BY_MEI).code == "draft-changed-meanwhile"
    assert published("page-b").grace_days == 0
