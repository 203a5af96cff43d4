"""The survey's way out and back: sealed boxes to the analyst, suppressed tables to the office (row B19)."""

import csv
import json
import random
import stat
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from typer.testing import CliRunner

from tests.cast import AMARA, DARIO, INES, MEI, MOMENT
from tests.staff import open_office, signed_in_as
from tests.surveyed import NAME, boxes_in, name_survey
from upstander.actions import survey as survey_action
from upstander.actions.grants import give
from upstander.actions.survey import deal
from upstander.core.survey import encoded
from upstander.jobs import clock
from upstander.jobs.cli.main import VERBS, _application
from upstander.models import Account, SealedAnswer, SurveyExport, SurveyKey, SurveySpool
from upstander.queries.survey import Owed, current_key, installed_survey
from upstander.wires.sealing import seal

pytestmark = [pytest.mark.django_db, pytest.mark.row("B19")]
PASSWORD = "a long and quiet sentence"


def run(*words: object, password: str = PASSWORD):
    verb = " ".join(map(str, words[:2]))
    return CliRunner().invoke(_application({verb: VERBS[verb]}), [*map(str, words)], input=password + "\n")


@pytest.fixture
def analyst(monkeypatch, tmp_path) -> Path:
    """Dario is the analyst; the survey is named and open; returns the file of the private key."""
    open_office()
    monkeypatch.setattr(clock, "now", lambda: MOMENT)
    give(DARIO, "analyst", MOMENT, "test")
    account = Account.objects.get(person_id=DARIO)
    account.set_password(PASSWORD)
    account.save()
    file = tmp_path / "private.key"
    file.write_bytes(name_survey())
    return file


def answered(count: int, seed: int = 1) -> None:
    """So many answers dealt out, as the spool does it."""
    survey, key, chance = installed_survey("pre-training"), current_key(), random.Random(seed)
    records = [{q.id: chance.choice(q.options[:3]) for q in survey.questions} for _ in range(count)]
    deal(NAME, key.fingerprint, [seal(bytes(key.public), encoded(survey, record), NAME) for record in records])


def exported(folder: Path, file: str = "answers.json") -> Path:
    out = folder / file
    done = run("survey", "export", NAME, "--as", DARIO, "--out", out)
    assert done.exit_code == 0, done.output
    return out


def test_the_keys_are_a_pair_and_the_private_one_is_for_its_owner_alone(tmp_path):
    assert run("survey", "keys", "--out", tmp_path).exit_code == 0
    assert stat.S_IMODE((tmp_path / "survey-private.key").stat().st_mode) == 0o600
    assert "PRIVATE" not in (tmp_path / "survey-public.key").read_text()
    before = (tmp_path / "survey-private.key").read_bytes()
    assert run("survey", "keys", "--out", tmp_path).exit_code == 1
    assert (tmp_path / "survey-private.key").read_bytes() == before


def test_only_a_proved_analyst_puts_a_key_in_force_and_the_earlier_one_ends(analyst, tmp_path):
    run("survey", "keys", "--out", tmp_path / "new")
    public = tmp_path / "new" / "survey-public.key"
    assert run("survey", "load-key", public, "--as", DARIO, password="wrong").exit_code == 1
    assert run("survey", "load-key", public, "--as", MEI).exit_code == 1
    earlier = current_key().fingerprint
    assert run("survey", "load-key", public, "--as", DARIO).exit_code == 0
    assert current_key().fingerprint != earlier
    assert SurveyKey.objects.get(pk=earlier).ended_on == MOMENT.day


def test_a_private_key_is_not_taken_for_a_public_one(analyst):
    assert run("survey", "load-key", analyst, "--as", DARIO).exit_code == 1


def test_an_export_waits_for_enough_new_answers(analyst, tmp_path):
    answered(9)
    assert run("survey", "export", NAME, "--as", DARIO, "--out", tmp_path / "a.json").exit_code == 1
    answered(1)
    assert len(boxes_in(exported(tmp_path).read_text())) == 10
    answered(9)
    assert run("survey", "export", NAME, "--as", DARIO, "--out", tmp_path / "b.json").exit_code == 1


def test_every_answer_is_handed_out_in_one_export_only_and_that_again_when_it_is_lost(analyst, tmp_path):
    answered(12)
    first = boxes_in(exported(tmp_path).read_text())
    answered(11, seed=2)
    second = boxes_in(exported(tmp_path, "second.json").read_text())
    assert not set(first) & set(second) and len(second) == 11
    again = tmp_path / "again.json"
    assert run("survey", "export", NAME, "--as", DARIO, "--out", again, "--again", 1).exit_code == 0
    assert set(boxes_in(again.read_text())) == set(first)


@pytest.mark.parametrize(("in_spool", "handed_out"), [(9, 12), (10, 22)])
def test_the_newest_answers_come_along_only_where_they_alone_are_enough(analyst, tmp_path, in_spool, handed_out):
    answered(12)
    owed = Owed(installed_survey("pre-training"), "2020-21", NAME)
    for person in list(Account.objects.exclude(person=None).values_list("person_id", flat=True))[:in_spool]:
        survey_action.answer(person, owed, {"k1": "3"})
    assert f'name="name" value="{NAME}"' in signed_in_as(DARIO).get("/office/survey/").content.decode()
    assert len(boxes_in(exported(tmp_path).read_text())) == handed_out
    assert SurveySpool.objects.count() == 1


def test_opening_gives_tables_and_no_single_answer(analyst, tmp_path):
    answered(60)
    out = tmp_path / "tables"
    done = run("survey", "open", exported(tmp_path), "--key", analyst, "--out", out, "--json")
    assert json.loads(done.stdout)["people"] == 60
    assert sorted(file.name for file in out.iterdir()) == [
        "tables.csv",
        "tables.en.html",
        "tables.es.html",
        "tables.json",
    ]
    rows = list(csv.DictReader((out / "tables.csv").read_text().splitlines()))
    assert min(int(row["people"]) for row in rows) >= 10
    assert {row["by"].count("&") for row in rows} <= {0, 1}
    assert "muy de acuerdo" in (out / "tables.es.html").read_text().lower()


def test_fewer_than_the_limit_are_not_opened(analyst, tmp_path):
    answered(12)
    file = exported(tmp_path)
    read = json.loads(file.read_text())
    other = tmp_path / "other"
    run("survey", "keys", "--out", other)
    done = run("survey", "open", file, "--key", other / "survey-private.key", "--out", tmp_path / "tables")
    assert done.exit_code == 1 and not (tmp_path / "tables").exists()
    assert len(read["boxes"]) == 12


def test_an_export_that_was_changed_is_refused(analyst, tmp_path):
    answered(12)
    file = exported(tmp_path)
    read = json.loads(file.read_text())
    file.write_text(json.dumps({**read, "boxes": read["boxes"][1:]}))
    assert run("survey", "open", file, "--key", analyst, "--out", tmp_path / "tables").exit_code == 1


def test_tables_come_back_to_the_office_once(analyst, tmp_path):
    answered(60)
    run("survey", "open", exported(tmp_path), "--key", analyst, "--out", tmp_path / "tables")
    tables = tmp_path / "tables" / "tables.json"
    assert run("survey", "load-tables", tables, "--as", DARIO).exit_code == 0
    assert run("survey", "load-tables", tables, "--as", DARIO).exit_code == 1
    page = signed_in_as(MEI).get("/office/survey/").content.decode()
    assert "60 people answered" in page and "withheld" in page


@pytest.mark.parametrize("change", [{"k": 5}, {"people": 3}, {"people": 900}, {"survey": "other"}, {"exports": [7]}])
def test_tables_that_could_not_be_ours_are_refused(analyst, tmp_path, change):
    answered(60)
    run("survey", "open", exported(tmp_path), "--key", analyst, "--out", tmp_path / "tables")
    file = tmp_path / "tables" / "tables.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **change}))
    assert run("survey", "load-tables", file, "--as", DARIO).exit_code == 1
    assert SurveyExport.objects.get().tables is None


def test_the_analyst_does_the_same_in_the_browser(analyst, tmp_path):
    answered(60)
    browser = signed_in_as(DARIO)
    file = tmp_path / "answers.json"
    sent = browser.post("/office/survey/export/", {"name": NAME})
    assert "attachment" in sent["Content-Disposition"] and "no-store" in sent["Cache-Control"]
    file.write_bytes(sent.content)
    assert browser.post("/office/survey/export/", {"name": NAME}, follow=True).status_code == 200
    assert len(json.loads(browser.post("/office/survey/export/", {"name": NAME, "number": 1}).content)["boxes"]) == 60
    run("survey", "open", file, "--key", analyst, "--out", tmp_path / "tables")
    tables = SimpleUploadedFile("tables.json", (tmp_path / "tables" / "tables.json").read_bytes())
    page = browser.post("/office/survey/tables/", {"tables": tables}, follow=True)
    assert "60 people answered" in page.content.decode()


@pytest.mark.parametrize("sent", [b"no json", b"[]", b'{"format": "upstander-survey-tables-1"}'])
def test_a_file_that_is_no_tables_is_told_so(analyst, sent):
    page = signed_in_as(DARIO).post(
        "/office/survey/tables/", {"tables": SimpleUploadedFile("t.json", sent)}, follow=True
    )
    assert "no file of tables" in page.content.decode()


@pytest.mark.parametrize("person", [INES, MEI, AMARA])
def test_nobody_but_the_analyst_takes_boxes_away(analyst, person):
    answered(12)
    assert signed_in_as(person).post("/office/survey/export/", {"name": NAME}).status_code == 404
    assert SealedAnswer.objects.filter(name=NAME).count() == 12


def test_the_shipped_survey_has_nothing_wrong():
    assert run("survey", "check", "pre-training").exit_code == 0


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("survey.toml", "smallest_cell = 10", "smallest_cell = 5", "small-cells"),
        ("survey.toml", '[["role", "supervises"]]', '[["role", "supervises", "area"]]', "bad-crossing"),
        ("survey.toml", 'id = "k2"', 'id = "k1"', "question-twice"),
        ("survey.toml", 'options = ["yes", "no"]', 'options = ["yes"]', "bad-options"),
        ("survey.toml", 'options = ["yes", "no"]', 'options = ["yes", "no"]\nfree = true', "unknown-field"),
        ("es.toml", "[questions.k2]\n", "[questions.k9]\n", "words-missing"),
        ("en.toml", 'yes = "Yes"', 'yes = "Yes"\nmaybe = "Maybe"', "words-of-nothing"),
        ("survey.toml", 'key = "pre-training"', 'key = "other"', "other-key"),
    ],
)
def test_what_is_wrong_with_a_survey_is_told_by_file(tmp_path, settings, file, old, new, code):
    folder = tmp_path / "pre-training"
    folder.mkdir()
    for one in (Path(settings.CONTENT_ROOT) / "surveys" / "pre-training").iterdir():
        text = one.read_text(encoding="utf-8")
        (folder / one.name).write_text(text.replace(old, new, 1) if one.name == file else text, encoding="utf-8")
    done = run("survey", "check", "--root", tmp_path, "--json")
    assert done.exit_code == 1
    assert code in {problem["code"] for problem in json.loads(done.stdout)["surveys"][0]["problems"]}
