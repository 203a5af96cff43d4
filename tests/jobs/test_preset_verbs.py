"""The verbs about legal presets."""

import json
import tomllib

import pytest
from typer.testing import CliRunner

from tests.staff import MEI, MOMENT, open_office
from upstander.core.programme_file import parse_programme
from upstander.jobs import clock
from upstander.jobs.cli.main import VERBS, _application
from upstander.models import Account
from upstander.queries.presets import installed_presets, signatures

pytestmark = pytest.mark.django_db
PASSWORD = "a long and quiet sentence"


def run(*words: str, password: str = ""):
    verb = " ".join(words[:2])
    app = _application({verb: VERBS[verb]})
    return CliRunner().invoke(app, [*words], input=password + "\n")


@pytest.fixture
def officer(monkeypatch):
    open_office()
    monkeypatch.setattr(clock, "now", lambda: MOMENT)
    account = Account.objects.get(person_id=MEI)
    account.set_password(PASSWORD)
    account.save()


def test_the_list_has_one_object_a_preset():
    lines = [json.loads(line) for line in run("preset", "list", "--json").stdout.splitlines()]
    assert [line["id"] for line in lines] == [each.id for each in installed_presets()]
    assert not any(line["signed"] for line in lines)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_one_preset_is_shown_in_the_reader_s_language(lang):
    said = run("preset", "show", "us-ca-supervisor", "--lang", lang).stdout
    assert ("Every 24 months" if lang == "en" else "Cada 24 meses") in said


def test_a_stack_in_json_names_who_asks_for_each_value():
    said = json.loads(run("preset", "stack", "us-ny-nyc", "us-la-public", "--json").stdout)
    assert said["keep_years"] == {"value": 3, "by": ["us-ny-nyc"], "others": {}}
    assert said["minutes"]["by"] == ["us-la-public"]


def test_only_a_proved_officer_signs(officer):
    assert run("preset", "sign", "us-ny-state", "--as", MEI, password="wrong").exit_code == 1
    assert signatures() == {}
    assert run("preset", "sign", "us-ny-state", "--as", MEI, password=PASSWORD).exit_code == 0
    assert signatures()["us-ny-state"].signed_by == f"person:{MEI}"
    assert run("preset", "withdraw", "us-ny-state", "--as", MEI, password=PASSWORD).exit_code == 0
    assert signatures() == {}


@pytest.mark.parametrize("preset", [each.id for each in installed_presets() if each.trains], ids=str)
def test_the_draft_of_every_preset_that_asks_for_training_can_be_read_or_says_why_not(preset):
    done = run("preset", "draft", preset, "--from", "2026-07-01")
    if done.exit_code == 0:
        assert parse_programme(done.stdout).legal
        assert tomllib.loads(done.stdout)["legal"][0]["preset"] == preset
    else:
        assert getattr(done.exception, "code", "") == "preset-without-people"
