"""A new edition becomes a request to its older holders only by a draft of a programme that somebody runs."""

import re
import tomllib
from datetime import timedelta

import pytest

from tests.learners import lay_out
from tests.staff import HUGO, INES, MEI, MOMENT, RUTH, complete, open_office, signed_in_as, stand_on
from upstander.actions.course_editions import publish, record_shipped
from upstander.actions.grants import give
from upstander.core.programme_file import parse_programme
from upstander.models import Completion, CourseEdition, ProgrammeVersion
from upstander.queries.course_editions import files_of

pytestmark = [pytest.mark.django_db, pytest.mark.row("A03")]
HOLDERS = "/office/courses/option-a/holders/"
SINCE = MOMENT.day + timedelta(days=20)
ASKED = {"programme": "page-b", "older": ["2026.1"], "since_on": SINCE.isoformat(), "days": "21"}


@pytest.fixture(autouse=True)
def two_editions(tmp_path, settings, monkeypatch):
    """Option A in a first edition, which Ines has completed, and in a second one; Mei and Hugo write courses."""
    settings.CONTENT_ROOT = lay_out(tmp_path, "option-a")
    open_office()
    stand_on(monkeypatch, MOMENT)
    record_shipped(tmp_path, MOMENT)
    for person_id in (MEI, HUGO):
        give(person_id, "author", MOMENT, "test")
    complete(INES)
    first = CourseEdition.objects.get(course_key="option-a")
    Completion.objects.update(edition=first.edition)
    files = files_of(first)
    files["course.toml"] = files["course.toml"].replace(f'"{first.edition}"', '"2027.1"')
    publish("option-a", "2027.1", files, "material", {"en": "One page.", "es": "Una página."}, "x", "y", MOMENT)
    ASKED["older"] = [first.edition]


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def drafts() -> list[ProgrammeVersion]:
    return list(ProgrammeVersion.objects.filter(published_at=None))


def test_the_page_says_how_many_people_have_completed_which_edition_and_what_asking_does():
    shown = text_of(signed_in_as(MEI).get(HOLDERS))
    assert f"{ASKED['older'][0]} (people who have it: 1)" in shown
    assert "They owe only the pages that changed" in shown and "Draft the request" in shown
    assert not drafts()


def test_the_form_makes_a_draft_of_that_programme_and_publishes_nothing():
    answer = signed_in_as(MEI).post(HOLDERS, ASKED)
    (draft,) = drafts()
    assert answer.url == f"/office/drafts/{draft.pk}/" and draft.programme_id == "page-b"
    (update,) = parse_programme(draft.document).option("option-a").updates
    assert (update.edition, list(update.older), update.since_on, update.days) == ("2027.1", ASKED["older"], SINCE, 21)
    assert signed_in_as(MEI).get(answer.url).status_code == 200


def test_completions_that_name_no_edition_can_be_asked_too():
    complete(RUTH)
    signed_in_as(MEI).post(HOLDERS, {**ASKED, "older": ["-"]})
    assert tomllib.loads(drafts()[0].document)["options"][0]["updates"][0]["older"] == [""]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"since_on": MOMENT.day.isoformat()}, "Choose a day that is still to come."),
        ({"since_on": "soon"}, "Asked from this day on"),
        ({"days": "0"}, "Days to read what changed"),
        ({"older": []}, "Who completed it in one of these editions"),
        ({"older": ["1999.1"]}, "Who completed it in one of these editions"),
    ],
)
def test_what_cannot_be_meant_is_sent_back_with_what_was_typed(changed, said):
    answer = signed_in_as(MEI).post(HOLDERS, {**ASKED, **changed})
    assert answer.status_code == 422 and not drafts()
    summary = answer.content.decode().partition("There is something to mend")[2].partition("</div>")[0]
    assert said in summary


def test_who_writes_courses_but_does_not_run_the_programme_is_told_so_and_can_draft_nothing():
    client = signed_in_as(HUGO)
    assert "Whoever runs this programme can ask its people." in text_of(client.get(HOLDERS))
    assert client.post(HOLDERS, ASKED).status_code == 404 and not drafts()


def test_a_course_of_one_edition_has_no_older_one_to_ask_about():
    CourseEdition.objects.filter(edition="2027.1").delete()
    assert "There is no older one that anybody could know." in text_of(signed_in_as(MEI).get(HOLDERS))
