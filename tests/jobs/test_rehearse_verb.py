"""`upstander rehearse`: what it prints, what it refuses, and that it leaves everything as it was."""

import json
import socket
from datetime import date

import pytest
import typer
from django.apps import apps
from django.core import serializers

from tests.cast import INES, KENJI, MOMENT, TOMAS, install
from tests.lived import MISWRITTEN, NOWHERE, settle_in
from tests.staff import PROGRAMMES
from upstander.actions.opening import open_sending
from upstander.actions.programmes import import_programme
from upstander.core.errors import Refusal
from upstander.jobs import clock
from upstander.jobs.cli.main import VERBS
from upstander.jobs.cli.rehearse import rehearse
from upstander.jobs.cli.sentences import SENTENCES

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FROM, TO = date(2021, 1, 20), date(2021, 2, 18)


@pytest.fixture(autouse=True)
def on_the_casts_day(monkeypatch, settings):
    monkeypatch.setattr(clock, "now", lambda: MOMENT)
    settings.DEMO = False


def played(capsys, *, first=FROM, last=TO, **options) -> dict:
    asked = {"version": None, "file": None, "share": 0, "seed": "1", "as_json": True}
    rehearse("page-b", first, last, **{**asked, **options})
    return json.loads(capsys.readouterr().out)


def everything() -> str:
    """The whole database as text."""
    rows = (row for model in apps.get_models() for row in model._base_manager.order_by("pk").iterator())
    return serializers.serialize("json", rows)


def test_the_verb_is_one_of_the_verbs():
    assert VERBS["rehearse"] == "rehearse:rehearse"


def test_it_writes_nothing_and_opens_no_connection(monkeypatch, capsys):
    settle_in(MOMENT, "page-b")
    open_sending("page-b", MOMENT, "test")
    before = everything()

    def refuse(*_: object) -> None:
        raise AssertionError("a rehearsal opened a connection")

    monkeypatch.setattr("smtplib.SMTP.connect", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    said = played(capsys)
    assert sum(sum(day["notices"].values()) for day in said["days"]) > 10
    assert everything() == before


def test_it_says_who_is_assigned_when_and_every_notice_by_day_and_unit(capsys):
    settle_in(MOMENT, "page-b")
    said = played(capsys)
    assert (said["programme"], said["version"], said["from"], said["to"]) == ("page-b", 1, "2021-01-20", "2021-02-18")
    assert said["people"] == 19
    days = {day["day"]: day for day in said["days"]}
    assert len(said["days"]) == 30
    assigned = {row["person_id"]: row for row in said["assigned"]}
    assert assigned[INES] == {
        "person_id": INES, "cycle": "2020-21", "on": "2021-01-20", "group": "all-schools", "opens_on": "2021-01-13",
        "due_on": "2021-02-17", "unit": "music",
    }  # fmt: skip
    assert assigned[TOMAS]["due_on"] > "2021-02-17"
    assert KENJI not in assigned
    assert days["2021-01-20"]["by_unit"]["history"] == {"added": 1}
    assert days["2021-01-20"]["states"]["undecided"] == 1
    for day in said["days"]:
        assert sum(day["states"].values()) == 19
        kinds = [count for unit in day["by_unit"].values() for count in unit.values()]
        assert sum(kinds) == sum(day["notices"].values())
    assert said["peaks"][0]["notices"] == max(sum(day["notices"].values()) for day in said["days"])


def test_it_says_what_to_mend_before(capsys):
    settle_in(MOMENT, "page-b")
    said = played(capsys)
    assert said["without_address"] == [NOWHERE, MISWRITTEN]
    assert said["counts"]["without_address"] == len(said["without_address"])
    assert said["unknown"] == {"roster": {"paid-unknown": 1}}


def test_a_version_that_is_not_published_and_a_file_can_be_rehearsed(capsys, tmp_path):
    settle_in(MOMENT, "page-b")
    document = (PROGRAMMES / "page-b.toml").read_text(encoding="utf-8")
    later = document.replace("version = 1", "version = 2").replace("2021-01-13", "2021-02-01")
    import_programme(later, MOMENT, "test", draft=True)
    draft = played(capsys, version=2)
    assert draft["version"] == 2
    assert next(row["on"] for row in draft["assigned"] if row["person_id"] == INES) == "2021-02-01"
    file = tmp_path / "page-b.toml"
    file.write_text(later, encoding="utf-8")
    assert played(capsys, file=file)["assigned"] == draft["assigned"]


def test_an_assumed_share_finishes_the_same_for_the_same_seed(capsys):
    settle_in(MOMENT, "page-b")
    done = [played(capsys, share=0.5, seed=seed)["days"][-1]["states"] for seed in ("1", "1")]
    assert done[0] == done[1]
    assert 0 < done[0]["satisfied"] < 11
    everybody = played(capsys, share=1.0)
    assert "overdue" not in everybody["days"][-1]["states"]
    assert sum(day["notices"].get("confirmation", 0) for day in everybody["days"]) > 5
    assert "satisfied" not in played(capsys)["days"][-1]["states"]


def test_without_json_a_person_reads_it(capsys):
    settle_in(MOMENT, "page-b")
    rehearse("page-b", FROM, TO, version=None, file=None, share=0, seed="1", as_json=False)
    said = capsys.readouterr()
    assert "as if nobody finished. Nothing was written or sent." in said.out
    assert "People without an address who would be written to: 2." in said.out
    assert "to be mended by the roster: paid-unknown 1." in said.out


def test_days_before_the_roster_are_played_and_said_to_be(capsys):
    settle_in(MOMENT, "page-b")
    rehearse("page-b", date(2021, 1, 10), TO, version=None, file=None, share=0, seed="1", as_json=True)
    said = capsys.readouterr()
    assert "The roster begins on 2021-01-20" in said.err
    assert json.loads(said.out)["days"][0]["states"]["scheduled"] > 5


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"first": TO, "last": FROM}, "rehearsal-backwards"),
        ({"last": date(2023, 1, 21)}, "rehearsal-too-long"),
        ({"share": 1.5}, "share-out-of-range"),
        ({"version": 7}, "no-such-version"),
        ({"file": PROGRAMMES / "page-a.toml"}, "other-programme-in-file"),
    ],
)
def test_what_cannot_be_rehearsed_is_refused_with_a_sentence(capsys, options, code):
    settle_in(MOMENT, "page-b")
    with pytest.raises(Refusal) as refusal:
        played(capsys, **options)
    assert refusal.value.code == code
    assert SENTENCES[code].format(**refusal.value.data)


def test_without_a_roster_there_is_nobody_to_rehearse_with(capsys):
    import_programme((PROGRAMMES / "page-b.toml").read_text(encoding="utf-8"), MOMENT, "test")
    with pytest.raises(Refusal, match="rehearsal-without-roster"):
        played(capsys)


def test_a_version_and_a_file_at_once_are_bad_usage(capsys, tmp_path):
    install()
    with pytest.raises(typer.BadParameter):
        played(capsys, version=1, file=tmp_path / "a.toml")
