"""The clock's rows: laid once, kept where they stand, and mended where the table changed."""

from datetime import UTC, datetime

import pytest
from django.db import OperationalError
from django_q.models import Schedule

from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.jobs import database, schedule
from upstander.jobs.cli.sentences import sentence

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def march(monkeypatch):
    """The night before the clocks go forward in New York, 23:30 there."""
    at = datetime(2027, 3, 14, 4, 30, tzinfo=UTC)
    monkeypatch.setattr(schedule, "now", lambda: Moment.of(at, "America/New_York"))


def test_every_job_has_one_row_however_often_they_are_laid():
    schedule.lay_schedule()
    schedule.lay_schedule()
    assert sorted(Schedule.objects.values_list("name", flat=True)) == sorted(schedule.SCHEDULE)


def test_a_row_keeps_its_next_run_and_a_stranger_goes():
    schedule.lay_schedule()
    later = datetime(2027, 3, 20, 6, tzinfo=UTC)
    Schedule.objects.filter(name="daily").update(next_run=later, func="elsewhere.run")
    Schedule.objects.create(name="retired", func="nowhere.run")
    schedule.lay_schedule()
    row = Schedule.objects.get(name="daily")
    assert (row.next_run, row.func) == (later, "upstander.jobs.daily.run")
    assert not Schedule.objects.filter(name="retired").exists()


def test_the_night_begins_at_two_even_where_two_is_skipped():
    assert schedule.next_night().astimezone(UTC) == datetime(2027, 3, 14, 7, 0, tzinfo=UTC)


def test_postgresql_is_never_migrated_by_the_way(monkeypatch):
    monkeypatch.setattr(database, "migrations_due", lambda: 3)
    monkeypatch.setattr(database.connection, "vendor", "postgresql")
    with pytest.raises(Refusal) as refusal:
        database.prepare()
    assert refusal.value.code == "migrations-due"


def test_a_database_that_does_not_answer_is_said_in_one_sentence(monkeypatch):
    def no_answer(connection):
        raise OperationalError("connection refused\nis the server running?")

    monkeypatch.setattr(database, "MigrationExecutor", no_answer)
    with pytest.raises(Refusal) as refusal:
        database.prepare()
    assert sentence(refusal.value) == "the database does not answer: connection refused"
