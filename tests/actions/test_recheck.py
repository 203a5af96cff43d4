"""Stored standings decided again: a record as it should be raises no alarm, and a changed one does."""

import json
import logging
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.cast import AMARA, INES, KENJI, MEI
from tests.chronicle import Chronicle, at
from tests.staff import complete, later, open_office
from upstander.actions import recheck as rechecks
from upstander.actions.recheck import mark_seen, recheck
from upstander.actions.standing import run_due
from upstander.jobs.cli import main as cli
from upstander.models import AuditLine, Recheck, Standing

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.row("C03")]
TODAY = later(hours=10)


@pytest.fixture
def office():
    open_office()


def tamper(person_id, column, value, programme="page-b"):
    """A row changed past the program, as with a database's own tools."""
    table = connection.ops.quote_name(Standing._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {connection.ops.quote_name(column)} = %s WHERE person_id = %s AND programme_id = %s",
            [value, person_id, programme],
        )


def typed(monkeypatch, *words):
    monkeypatch.setattr("upstander.jobs.clock.timezone.now", lambda: TODAY.at)
    app = cli._application({"recheck": cli.VERBS["recheck"]})
    return CliRunner().invoke(app, ["recheck", *words])


def test_an_untouched_record_raises_no_alarm(office):
    complete(INES)
    found = recheck(TODAY)
    assert (found.checked, found.differing, found.differences) == (24, 0, [])


def test_what_is_due_is_decided_first(office):
    assert recheck(later(days=40)).differing == 0
    assert Standing.objects.get(person_id=INES, programme_id="page-b").state == "overdue"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("state", "satisfied"),
        ("due_on", date(2021, 2, 18)),
        ("group", "central"),
        ("reasons", "[]"),
        ("next_change_on", date(2021, 5, 1)),
        ("satisfied_ref", "invented"),
    ],
)
def test_a_row_changed_past_the_program_is_found(office, column, value):
    if column == "satisfied_ref":
        complete(INES)
    tamper(INES, column, value)
    found = recheck(TODAY)
    assert found.differing == 1
    (difference,) = found.differences
    assert difference["standing"] == Standing.objects.get(person_id=INES, programme_id="page-b").pk
    named = "satisfied_by" if column == "satisfied_ref" else column
    assert difference["columns"] == [named]


def test_a_difference_shows_states_and_dates_and_not_how_somebody_met_a_duty(office):
    done = complete(INES)
    tamper(INES, "state", "open")
    tamper(INES, "satisfied_ref", "invented")
    (difference,) = recheck(TODAY).differences
    assert difference["stored"] == {"state": "open"} and difference["decided"] == {"state": "satisfied"}
    assert str(done.pk) not in json.dumps(difference)


def test_the_same_seed_takes_the_same_sample(office, monkeypatch):
    taken = []
    otherwise = rechecks._otherwise
    monkeypatch.setattr(
        rechecks, "_otherwise", lambda batch, *more: taken.append([row.pk for row in batch]) or otherwise(batch, *more)
    )
    first = recheck(TODAY, count=7)
    recheck(TODAY, count=7, seed=first.seed)
    recheck(TODAY, count=7, seed="another")
    assert len(taken[0]) == 7
    assert taken[0] == taken[1] != taken[2]


def test_a_large_record_is_sampled_without_listing_it(office, monkeypatch):
    monkeypatch.setattr(rechecks, "FEW", 1)
    tamper(AMARA, "state", "open")
    found = recheck(TODAY, count=24, seed="of a large record")
    assert (found.checked, found.differing) == (24, 1)


def test_all_of_them_can_be_decided_again(office, monkeypatch):
    monkeypatch.setattr(rechecks, "AT_ONCE", 5)
    tamper(MEI, "state", "overdue")
    found = recheck(TODAY, every=True)
    assert (found.checked, found.differing) == (24, 1)


def test_work_that_goes_on_beside_it_is_no_difference(office, monkeypatch):
    """A standing that differs at first sight, and no more under the person's lock, was only being written."""
    before, at_first = rechecks._otherwise, []

    def meanwhile(batch, *more):
        tamper(INES, "state", "waived")
        found = before(list(Standing.objects.filter(pk__in=[row.pk for row in batch])), *more)
        at_first.extend(found)
        tamper(INES, "state", "open")
        return found

    monkeypatch.setattr(rechecks, "_otherwise", meanwhile)
    assert recheck(TODAY).differing == 0
    assert [row.person_id for row in at_first] == [INES]


def test_a_run_ahead_of_today_raises_no_alarm(office):
    run_due(later(days=40))
    assert recheck(TODAY).differing == 0


def test_an_alarm_is_told_to_the_log_without_anybody_s_name_or_number(office, caplog):
    tamper(KENJI, "state", "satisfied")
    with caplog.at_level(logging.ERROR):
        found = recheck(TODAY)
    assert f"recheck {found.pk}: 1 of 24 stored standings are decided otherwise" in caplog.text
    assert KENJI not in caplog.text and "Kenji" not in caplog.text


def test_an_alarm_is_seen_once_and_by_whom_is_on_record(office):
    tamper(KENJI, "state", "satisfied")
    found = recheck(TODAY)
    assert mark_seen(found.pk, later(days=1), f"person:{MEI}") is True
    assert mark_seen(found.pk, later(days=2), "person:another") is False
    assert Recheck.objects.get(pk=found.pk).seen_by == f"person:{MEI}"
    assert AuditLine.objects.filter(verb="recheck-seen", subject=f"recheck:{found.pk}").count() == 1


def test_the_verb_ends_with_status_1_on_a_difference_and_0_without(office, monkeypatch):
    whole = typed(monkeypatch, "--count", "5", "--seed", "one")
    assert (whole.exit_code, "5 standings decided again (seed one); 0 came out otherwise." in whole.stdout) == (0, True)
    tamper(INES, "state", "overdue")
    found = typed(monkeypatch, "--all")
    assert found.exit_code == 1
    assert "state overdue instead of open" in found.stdout
    printed = json.loads(typed(monkeypatch, "--all", "--json").stdout)
    assert (printed["checked"], printed["differing"], printed["differences"][0]["columns"]) == (24, 1, ["state"])


def test_bad_usage_ends_with_status_2(office, monkeypatch):
    assert typed(monkeypatch, "--count", "0").exit_code == 2
    assert typed(monkeypatch, "--seed", "x" * 65).exit_code == 2


@given(seed=st.integers(0, 2**32))
@hypothesis_settings(max_examples=6, suppress_health_check=[*HealthCheck])
def test_whatever_happened_on_whichever_days_the_stored_standings_are_those_decided(seed, settings):
    limits = {"people_gone_percent": 100, "duties_changed_percent": 1000}
    settings.INSTITUTION = {**settings.INSTITUTION, "roster": limits}
    with transaction.atomic():
        chronicle = Chronicle(seed)
        last = max(chronicle.evenings)
        for days in (0, 3, 30, 200):
            found = recheck(at(last + timedelta(days=days), 23), every=True)
            assert found.differing == 0, f"{found.differences} after {chronicle.happened}"
        transaction.set_rollback(True)
