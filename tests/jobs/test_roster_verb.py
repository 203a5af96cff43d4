"""`upstander roster import`, `completions import` and `synth` as typed: output, status, a kill in the middle."""

import json
import os
import sqlite3
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from tests.cast import INES, MEI, PEOPLE, UNITS
from tests.contracts.source import ROOT
from tests.staff import open_office
from upstander.core.errors import Refusal
from upstander.jobs.cli import main as cli
from upstander.models import Account, Completion, Person, RosterImport

VERBS = ("roster import", "completions import", "synth")


def type_in(*words, **more):
    app = cli._application({verb: cli.VERBS[verb] for verb in VERBS})
    return CliRunner().invoke(app, [str(word) for word in words], **more)


@pytest.fixture
def files(tmp_path):
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    return tmp_path / "people.csv", "--units", tmp_path / "units.csv"


@pytest.mark.django_db
def test_a_good_roster_ends_with_status_0_and_its_report(files):
    done = type_in("roster", "import", *files, "--json")
    assert done.exit_code == 0
    report = json.loads(done.stdout)
    assert (report["applied"], report["held"], report["bad_rows"]) == (True, None, [])
    assert report["people"]["appear"] == 12


@pytest.mark.django_db
def test_a_bad_row_ends_with_status_1_and_says_what_would_be_right(files):
    files[0].write_text(PEOPLE.replace("a-ines,staff", "a-ines,wizard"), encoding="utf-8")
    done = type_in("roster", "import", *files, "--json")
    assert done.exit_code == 1
    (row,) = json.loads(done.stdout)["bad_rows"]
    assert (row["file"], row["line"], row["column"], row["value"]) == ("people.csv", 2, "category", "wizard")
    assert "staff" in row["expected"]
    said = type_in("roster", "import", *files).stderr
    assert "people.csv, line 2, column category: “wizard” this category is not known." in said
    assert "1 people stay exactly as they were" in said


@pytest.mark.django_db
def test_a_refused_file_is_refused_in_json_too(files):
    files[0].write_bytes(b"\xff\xfe")
    done = type_in("roster", "import", *files, "--json")
    assert isinstance(done.exception, Refusal)
    assert json.loads(done.stdout)["refused"] == "file-utf16"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [("roster", "import"), ("roster", "import", "--release", 3), ("roster", "import", "x", "--requested-by", 3)],
)
def test_a_command_that_lacks_something_ends_with_status_2(words):
    assert type_in(*words).exit_code == 2


@pytest.mark.django_db
def test_a_held_roster_ends_with_status_1_and_an_officer_releases_it(files, tmp_path):
    open_office()
    account = Account.objects.get(person_id=MEI)
    account.set_password("a long enough secret")
    account.save()
    files[0].write_text("".join(x for x in PEOPLE.splitlines(True) if not x.startswith(INES)), encoding="utf-8")
    held = type_in("roster", "import", *files)
    hold_id = RosterImport.objects.get(state="held").pk
    assert held.exit_code == 1
    assert f"--release {hold_id}" in held.stderr
    release = ("roster", "import", "--release", hold_id, "--as", MEI)
    assert isinstance(type_in(*release, input="wrong\n").exception, Refusal)
    assert Person.objects.get(id=INES).vanished_on is None
    assert type_in(*release, input="a long enough secret\n").exit_code == 0
    assert Person.objects.get(id=INES).vanished_on is not None


@pytest.mark.django_db
def test_completions_are_imported_and_bad_ones_told(files, tmp_path):
    type_in("roster", "import", *files)
    path = tmp_path / "completions.csv"
    header = "person_id,course_key,completed_on,role,source,score\n"
    path.write_text(f"{header}{INES},core,2020-10-01,employee,,\n1,core,2020-10-01,employee,,\n", encoding="utf-8")
    done = type_in("completions", "import", path, "--json")
    report = json.loads(done.stdout)
    assert (done.exit_code, report["new"], report["bad_rows"][0]["line"]) == (1, 1, 3)
    assert Completion.objects.get().person_id == INES


def test_a_university_is_made_up(tmp_path):
    done = type_in("synth", "--people", 50, "--seed", 3, "--out", tmp_path / "out", "--json")
    assert (done.exit_code, json.loads(done.stdout)["people"]) == (0, 50)
    assert type_in("synth", "--people", 5, "--out", tmp_path, "--around", "soon").exit_code == 2


def run(folder, *words):
    environ = {
        **os.environ,
        "UPSTANDER_DATA_DIR": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "upstander.config.settings",
    }
    environ.pop("UPSTANDER_DATABASE_URL", None)
    command = [sys.executable, "-m", "upstander.jobs.cli.main", *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ask(folder, sql):
    with sqlite3.connect(f"file:{folder}/data/upstander.sqlite3?mode=ro", uri=True) as database:
        return database.execute(sql).fetchone()[0]


def some_are_written(folder):
    try:
        return ask(folder, "SELECT COUNT(*) FROM upstander_person") > 0
    except sqlite3.OperationalError:
        return False


def test_a_kill_in_the_middle_leaves_whole_people_and_a_rerun_finishes(tmp_path):
    type_in("synth", "--people", 11000, "--out", tmp_path)
    roster = ("roster", "import", tmp_path / "people.csv", "--units", tmp_path / "units.csv", "--json")
    first = run(tmp_path, *roster)
    while first.poll() is None and not some_are_written(tmp_path):
        time.sleep(0.005)
    first.kill()
    first.communicate()
    written = ask(tmp_path, "SELECT COUNT(*) FROM upstander_person")
    assert 0 < written < 11000
    whole = "SELECT COUNT(*) FROM upstander_person p WHERE EXISTS (SELECT 1 FROM {} a WHERE a.person_id = p.id)"
    for table in ("upstander_appointment", "upstander_rosterrecord"):
        assert ask(tmp_path, whole.format(table)) == written
    again = run(tmp_path, *roster)
    report = json.loads(again.communicate()[0])
    assert again.returncode == 0
    assert report["people"]["appear"] == 11000 - written
    assert report["people"]["unchanged"] == written
    assert ask(tmp_path, "SELECT COUNT(*) FROM upstander_rosterrecord") == 11000
