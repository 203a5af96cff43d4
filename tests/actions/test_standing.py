"""Standings: decided again only when their day has come, written once, with every change in the history."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tests import cast
from upstander.actions import standing
from upstander.actions.grants import give
from upstander.actions.programmes import exported, import_programme
from upstander.actions.publishing import release
from upstander.core.days import Moment
from upstander.core.decide import decide
from upstander.core.errors import Refusal
from upstander.models import Appointment, Completion, Person, Standing, StandingChange
from upstander.queries.facts import facts_of, iter_facts
from upstander.queries.programmes import published
from upstander.queries.standings import history_of, standings_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DOCUMENTS = {key: (Path(settings.PACKAGE) / "programmes" / f"{key}.toml").read_text() for key in ("page-a", "page-b")}


def on(day: date) -> Moment:
    return Moment(at=datetime(day.year, day.month, day.day, 15, 0, tzinfo=UTC), day=day)


@pytest.fixture
def university():
    cast.install(cast.MOMENT)
    for document in DOCUMENTS.values():
        import_programme(document, cast.MOMENT, "test")


def state(person_id: str, programme: str, cycle: str = "2020-21") -> str:
    return Standing.objects.get(person_id=person_id, programme_id=programme, cycle=cycle).state


@pytest.mark.row("B09", "C03")
def test_every_person_has_a_standing_and_a_first_line_of_history(university):
    assert Standing.objects.count() == 2 * len(cast.EVERYBODY)
    assert StandingChange.objects.filter(before_state="").count() == 2 * len(cast.EVERYBODY)
    assert state(cast.INES, "page-b") == "open"
    assert history_of(cast.INES, "page-b")[0].cause == "programme"


def test_a_second_night_of_the_same_day_touches_nothing(university, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert standing.run_due(cast.MOMENT) == 0


def test_the_night_decides_only_where_a_day_has_come(university):
    changes = standing.run_due(on(date(2021, 2, 18)))
    assert state(cast.INES, "page-b") == "overdue"
    assert changes == StandingChange.objects.filter(cause="day").count() > 0
    assert Standing.objects.get(person_id=cast.LIN, programme_id="page-b").decided_on == cast.DAY


def test_a_new_fiscal_year_opens_its_own_standings_and_lays_the_old_ones_to_rest(university):
    first = on(date(2021, 7, 1))
    standing.run_due(first)
    assert state(cast.INES, "page-a", "2021-22") == "open"
    assert state(cast.INES, "page-a", "2020-21") == "overdue"
    assert not Standing.objects.filter(programme_id="page-a", next_change_on__lte=first.day).exists()
    assert standing.run_due(first) == 0


def test_a_page_decides_again_only_a_stale_row(university, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert standing.refresh(cast.INES, cast.MOMENT) == []
    changed = standing.refresh(cast.INES, on(date(2021, 2, 18)))
    assert [change.after_state for change in changed] == ["overdue"]


def test_a_person_who_came_after_the_import_is_decided_at_the_first_look(university):
    Person.objects.create(id="99999999", email="late@aldermere.example")
    standing.refresh("99999999", cast.MOMENT)
    assert [row.state for row in standings_of("99999999", cast.MOMENT)] == ["not-required", "not-required"]


@pytest.mark.row("B06")
def test_a_further_completion_changes_no_standing(university):
    for course, day in (("option-a", date(2021, 1, 19)), ("option-c", date(2021, 1, 20))):
        Completion.objects.create(
            person_id=cast.INES, course_key=course, completed_on=day, role="employee", source="test",
            recorded_at=cast.MOMENT.at,
        )  # fmt: skip
        standing.decide_again([cast.INES], cast.MOMENT, "completion", course)
    row = Standing.objects.get(person_id=cast.INES, programme_id="page-b")
    assert (row.state, row.satisfied_on) == ("satisfied", date(2021, 1, 19))
    told = StandingChange.objects.filter(person_id=cast.INES, programme_id="page-b", cause="completion")
    assert [change.cause_ref for change in told] == ["option-a"]


def test_stored_standings_are_what_decide_says(university):
    for facts in iter_facts():
        for key in ("page-a", "page-b"):
            row = Standing.objects.get(person_id=facts.person_id, programme_id=key)
            decision = decide(published(key), facts, cast.DAY).as_json()
            assert decision["reasons"] == row.reasons
            assert (decision["state"], decision["group"]) == (row.state, row.group)


@pytest.mark.row("C03")
def test_what_was_known_yesterday_can_be_asked_again(university):
    later = cast.MOMENT.at + timedelta(days=3)
    now = [facts_of(person) for person in cast.EVERYBODY]
    then = [facts_of(person, known_at=later) for person in cast.EVERYBODY]
    assert [f.appointments for f in now] == [f.appointments for f in then]
    assert now == then
    before = cast.MOMENT.at - timedelta(days=1)
    with pytest.raises(Refusal):
        facts_of(cast.INES, known_at=before)


def test_a_completion_recorded_later_was_not_known_then(university):
    Completion.objects.create(
        person_id=cast.INES, course_key="option-a", completed_on=date(2021, 1, 15), role="employee", source="test",
        recorded_at=cast.MOMENT.at + timedelta(days=9),
    )  # fmt: skip
    rules = published("page-b")
    assert decide(rules, facts_of(cast.INES), cast.DAY).state == "satisfied"
    known = facts_of(cast.INES, known_at=cast.MOMENT.at + timedelta(days=1))
    assert decide(rules, known, cast.DAY).state == "open"


def test_the_same_programme_again_changes_nothing(university):
    again = import_programme(DOCUMENTS["page-b"], cast.MOMENT, "test")
    assert (again.is_new, again.changes) == (False, 0)


def test_a_published_version_is_never_edited(university):
    changed = DOCUMENTS["page-b"].replace('en = "All schools', 'en = "Every school')
    with pytest.raises(Refusal) as refused:
        import_programme(changed + "\n", cast.MOMENT, "test")
    assert refused.value.code == "version-exists"


def test_export_gives_the_document_back_as_it_came(university):
    assert exported("page-a") == DOCUMENTS["page-a"]


def test_a_draft_decides_nobody(university):
    count = StandingChange.objects.count()
    draft = DOCUMENTS["page-b"].replace("version = 1", "version = 2").replace("2021-02-17", "2021-02-19")
    import_programme(draft, cast.MOMENT, "test", draft=True)
    assert StandingChange.objects.count() == count
    assert published("page-b").version == 1


def test_a_new_version_moves_dates_and_says_why(university):
    moved = DOCUMENTS["page-b"].replace("version = 1", "version = 2").replace("2021-02-17", "2021-02-19")
    import_programme(moved, cast.MOMENT, "test", draft=True)
    with pytest.raises(Refusal):
        import_programme(moved, cast.MOMENT, "test")  # its examples still speak of the old date
    from_examples = moved.split("[[examples]]")[0].replace("version = 2", "version = 3")
    held = import_programme(from_examples, cast.MOMENT, "test")
    give(cast.MEI, "officer", cast.MOMENT, "test", programme="page-b")
    release(held.version.pk, cast.MOMENT, f"person:{cast.MEI}")
    assert Standing.objects.get(person_id=cast.INES, programme_id="page-b").due_on == date(2021, 2, 19)
    assert history_of(cast.INES, "page-b")[-1].cause_ref == "page-b@3"


def test_a_duty_that_begins_after_the_cycle_is_followed_in_the_next_one_only(university):
    Appointment.objects.filter(person_id=cast.INES).update(starts_on=date(2021, 8, 2))
    for day in (date(2021, 6, 30), date(2021, 7, 1), date(2021, 8, 2)):
        standing.decide_again([cast.INES], on(day), "roster")
        standing.run_due(on(day))
    assert state(cast.INES, "page-a", "2021-22") == "open"
    assert state(cast.INES, "page-a", "2020-21") == "scheduled"


def test_a_joiner_in_june_is_followed_past_the_end_of_the_cycle(university):
    Appointment.objects.filter(person_id=cast.INES).update(starts_on=date(2021, 6, 1))
    standing.decide_again([cast.INES], on(date(2021, 6, 30)), "roster")
    standing.run_due(on(date(2021, 7, 1)))
    assert state(cast.INES, "page-a", "2020-21") == "open"
    standing.run_due(on(date(2021, 7, 17)))
    assert state(cast.INES, "page-a", "2020-21") == "overdue"
