"""The night proves the record: a sample decided again and a seal, once a day; the verbs that do it by hand."""

import json

import pytest
from typer.testing import CliRunner

from tests.cast import INES
from tests.staff import MOMENT, complete, later, open_office
from upstander.jobs import daily, proof
from upstander.jobs.cli import main as cli
from upstander.models import AuditLine, Recheck, Seal, StandingChange

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.row("C03")]


@pytest.fixture(autouse=True)
def office(monkeypatch):
    open_office()
    stand_at(monkeypatch, MOMENT)


def stand_at(monkeypatch, moment):
    monkeypatch.setattr("upstander.jobs.clock.timezone.now", lambda: moment.at)


def typed(*words):
    app = cli._application({verb: cli.VERBS[verb] for verb in ("history seal", "history verify", "daily")})
    return CliRunner().invoke(app, list(words))


def test_the_night_decides_a_sample_again_and_seals_the_record():
    done = daily.run()["proof"]
    assert done["recheck"] == {"checked": 24, "differing": 0}
    assert done["seal"]["digest"] == Seal.objects.get(day=MOMENT.day).digest


def test_a_second_run_of_the_night_proves_nothing_twice():
    assert daily.run()["proof"] == daily.run()["proof"]
    assert (Recheck.objects.count(), Seal.objects.count()) == (1, 1)


def test_a_run_as_of_another_day_seals_nothing():
    assert daily.run(later(days=5).day)["proof"] is None
    assert Seal.objects.count() == 0


def test_a_clock_that_was_set_back_does_not_stop_the_night(monkeypatch):
    proof.prove(later(days=3))
    assert daily.run()["proof"]["seal"] == {"refused": "newer-seal", "day": later(days=3).day.isoformat()}


def test_the_daily_verb_says_what_was_proved():
    assert "24 standings decided again, 0 came out otherwise." in typed("daily").stdout


def test_seals_are_made_and_walked_by_verb(monkeypatch):
    assert "No night has been sealed yet." in typed("history", "verify").stdout
    sealed = typed("history", "seal", "--json")
    assert json.loads(sealed.stdout)["new"] is True
    assert typed("history", "seal").stdout.startswith("Unchanged: 2021-01-20")
    complete(INES, later(hours=1))
    stand_at(monkeypatch, later(days=1))
    assert typed("history", "seal").stdout.startswith("Sealed: 2021-01-21")
    walked = typed("history", "verify")
    assert (walked.exit_code, walked.stdout) == (0, "The record is whole: 2 nights match their seals.\n")


def test_the_walk_names_the_first_night_and_table_that_do_not_match_and_ends_with_status_1():
    typed("history", "seal")
    StandingChange.objects.filter(person_id=INES).update(after_state="waived")
    walked = typed("history", "verify")
    assert walked.exit_code == 1
    assert "The first night that does not match: 2021-01-20, standings: rows were changed." in walked.stdout
    printed = typed("history", "verify", "--json")
    assert json.loads(printed.stdout)["faults"] == [{"day": "2021-01-20", "table": "standings", "kind": "altered"}]


def test_the_weekly_walk_leaves_its_outcome_in_the_audit():
    proof.prove(MOMENT)
    assert proof.walk() == {"seals": 1, "faults": []}
    assert AuditLine.objects.get(verb="history-verified").data == {"seals": 1, "faults": []}
