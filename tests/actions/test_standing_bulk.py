"""Standings of many people at once: stored as for one, finished after a crash, marked where cycles are their own."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tests import cast
from upstander.actions import standing
from upstander.actions.standing_run import Run
from upstander.core.days import Moment
from upstander.core.decide import decide
from upstander.core.recurrence import cycle_of
from upstander.models import Appointment, Completion, Person, Programme, ProgrammeVersion, Standing, StandingChange
from upstander.queries import facts as facts_queries
from upstander.queries.facts import facts_of, iter_facts
from upstander.queries.programmes import published

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PAGE_A = (
    (Path(settings.PACKAGE) / "programmes" / "page-a.toml").read_text(encoding="utf-8").partition("[[examples]]")[0]
)
OWN = PAGE_A.replace(
    'kind = "yearly"\nstarts_on = "07-01"\nfirst_year = 2020',
    'kind = "own"\ncounted_from = "hire"\nevery_months = 12\nrounding = "last-day"\nstarts_on = 2019-01-01',
).replace('key = "page-a"', 'key = "own"')


def on(day: date) -> Moment:
    return Moment(at=datetime(day.year, day.month, day.day, 15, 0, tzinfo=UTC), day=day)


def publish(key: str, document: str) -> None:
    """Publishes a programme without deciding anybody yet."""
    Programme.objects.create(key=key)
    ProgrammeVersion.objects.create(
        programme_id=key, number=1, document=document, digest=f"{key} {hash(document)}", made_at=cast.MOMENT.at,
        published_at=cast.MOMENT.at,
    )  # fmt: skip


@pytest.fixture
def university():
    cast.install(cast.MOMENT)
    publish("page-a", PAGE_A)


@pytest.mark.row("C03")
def test_what_is_stored_of_many_is_each_ones_own_decision_with_its_whole_history(university):
    standing.decide_programme("page-a", cast.MOMENT, "programme", "page-a@1")
    rules = published("page-a")
    for facts in iter_facts():
        said = decide(rules, facts, cast.DAY).as_json()
        row = Standing.objects.get(person_id=facts.person_id)
        told = StandingChange.objects.get(person_id=facts.person_id)
        assert row.reasons == said["reasons"]
        assert told.after == said
        assert (told.cause, told.cause_ref, told.before_state, told.after_state) == (
            "programme", "page-a@1", "", said["state"],
        )  # fmt: skip
        by = said["satisfied_by"] or {"kind": None, "ref": None, "on": None}
        stored = [row.state, row.group, row.satisfied_kind, row.satisfied_ref, row.cycle, row.version, row.ongoing]
        assert stored == [said["state"], said["group"], by["kind"], by["ref"], said["cycle"], 1, False]
        days = (row.opens_on, row.due_on, row.next_change_on, row.satisfied_on)
        assert [day and day.isoformat() for day in days] == [
            said["opens_on"], said["due_on"], said["next_change_on"], by["on"],
        ]  # fmt: skip


def test_deciding_everybody_again_writes_nothing(university):
    standing.decide_programme("page-a", cast.MOMENT, "programme")
    before = list(Standing.objects.values())
    assert standing.decide_programme("page-a", on(cast.DAY + timedelta(days=1)), "programme") == 0
    assert list(Standing.objects.values()) == before


def test_reasons_in_another_form_of_json_are_not_a_change(university):
    standing.decide_programme("page-a", cast.MOMENT, "programme")
    row = Standing.objects.get(person_id=cast.INES)
    row.reasons = [dict(reversed(reason.items())) for reason in row.reasons]
    row.save()
    assert standing.decide_programme("page-a", cast.MOMENT, "programme") == 0


def test_the_number_of_queries_does_not_grow_with_the_people(university, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        standing.decide_again([cast.INES], cast.MOMENT, "roster")
    Person.objects.bulk_create([Person(id=str(20_000_000 + n)) for n in range(700)])
    Appointment.objects.bulk_create([
        Appointment(id=f"b-{n}", person_id=str(20_000_000 + n), unit_id="music", category="staff",
                    benefits_eligible=True)
        for n in range(700)
    ])  # fmt: skip
    with django_assert_max_num_queries(16):
        told = standing.decide_again([str(20_000_000 + n) for n in range(700)], cast.MOMENT, "roster")
    assert len(told) == 700


def test_a_run_cut_short_is_finished_by_the_night(university, monkeypatch):
    monkeypatch.setattr(facts_queries, "CHUNK", 5)
    whole, chunks = Run.decide, []

    def cut(self, people):
        chunks.append(len(people))
        if len(chunks) == 2:
            raise KeyboardInterrupt
        return whole(self, people)

    monkeypatch.setattr(Run, "decide", cut)
    with pytest.raises(KeyboardInterrupt):
        standing.decide_programme("page-a", cast.MOMENT, "programme")
    assert Standing.objects.count() == StandingChange.objects.count() == 5
    monkeypatch.setattr(Run, "decide", whole)
    assert standing.run_due(cast.MOMENT) == len(cast.EVERYBODY) - 5
    assert Standing.objects.count() == StandingChange.objects.count() == len(cast.EVERYBODY)
    assert standing.run_due(cast.MOMENT) == 0


@pytest.mark.row("B13")
def test_in_a_programme_of_own_cycles_the_newest_one_is_marked_and_the_earlier_kept(university):
    publish("own", OWN)
    rules = published("own")
    standing.decide_programme("own", cast.MOMENT, "programme")
    assert Standing.objects.filter(programme_id="own", ongoing=True).count() == len(cast.EVERYBODY)
    first = cycle_of(rules, facts_of(cast.INES), cast.DAY)
    later = on(first.last_on + timedelta(days=1))
    standing.run_due(later)
    second = cycle_of(rules, facts_of(cast.INES), later.day)
    rows = Standing.objects.filter(person_id=cast.INES, programme_id="own").values_list("cycle", "ongoing")
    assert dict(rows) == {first.key: False, second.key: True}
    assert not Standing.objects.filter(programme_id="own", next_change_on__lte=later.day).exists()
    assert standing.run_due(later) == 0


@pytest.mark.row("B13")
def test_a_page_finds_the_ongoing_cycle_and_asks_no_further(university, django_assert_num_queries):
    publish("own", OWN)
    standing.run_due(cast.MOMENT)
    with django_assert_num_queries(2):
        assert standing.refresh(cast.INES, cast.MOMENT) == []


def test_an_old_cycle_whose_day_has_long_come_is_laid_to_rest(university):
    standing.decide_programme("page-a", cast.MOMENT, "programme")
    years_later = on(date(2024, 9, 1))
    standing.run_due(years_later)
    assert not Standing.objects.filter(next_change_on__lte=years_later.day).exists()
    assert standing.run_due(years_later) == 0


def test_a_reference_comes_back_whole_where_many_have_one(university):
    for person_id in (cast.INES, cast.HUGO):
        Completion.objects.create(
            person_id=person_id, course_key="core", completed_on=date(2020, 8, 1), role="employee", source="test",
            recorded_at=cast.MOMENT.at,
        )  # fmt: skip
    standing.decide_programme("page-a", cast.MOMENT, "programme")
    for person_id in (cast.INES, cast.HUGO):
        row = Standing.objects.get(person_id=person_id)
        ref = str(Completion.objects.get(person_id=person_id).pk)
        assert (row.state, row.satisfied_ref, row.satisfied_on) == ("satisfied", ref, date(2020, 8, 1))
        assert ref in json.dumps(row.reasons)
