"""The verbs about versions of a programme as typed: output, status, and what is refused."""

import json

import pytest
from typer.testing import CliRunner

from tests.cast import EVERYBODY, INES, MEI, MOMENT
from tests.staff import HUGO, PROGRAMMES, later, open_office
from upstander.actions.grants import give
from upstander.jobs.cli import main as cli
from upstander.jobs.cli.sentences import SENTENCES
from upstander.models import Account, ProgrammeVersion

pytestmark = pytest.mark.django_db
PAGE_B = PROGRAMMES / "page-b.toml"
VERBS = [verb for verb in cli.VERBS if verb.startswith("programme ")]


def type_in(*words, **more):
    app = cli._application({verb: cli.VERBS[verb] for verb in VERBS})
    return CliRunner().invoke(app, ["programme", *(str(word) for word in words)], **more)


@pytest.fixture
def university(monkeypatch):
    open_office()
    give(HUGO, "officer", MOMENT, "test", programme="page-b")
    account = Account.objects.get(person_id=HUGO)
    account.set_password("correct horse battery")
    account.save()
    monkeypatch.setattr("upstander.jobs.clock.now", lambda: later(1))


@pytest.fixture
def moved(tmp_path, university):
    """Page-b, its first group due two days later, without examples."""
    text = PAGE_B.read_text(encoding="utf-8").split("[[examples]]")[0]
    file = tmp_path / "page-b-2.toml"
    file.write_text(text.replace("version = 1", "version = 2").replace("2021-02-17", "2021-02-19"), encoding="utf-8")
    return file


def test_a_large_change_is_held_and_a_second_officer_releases_it(moved, tmp_path):
    held = type_in("import", moved, "--as", MEI)
    assert held.exit_code == 1
    assert "Too much at once: 5 of 8 duties would change as of 2021-01-21, more than 10 %." in held.stderr
    assert "upstander programme release page-b@2 --as OFFICER" in held.stderr
    assert "Waits for a second officer." in type_in("drafts").stdout
    password = tmp_path / "password"
    password.write_text("correct horse battery\n", encoding="utf-8")
    released = type_in("release", "page-b@2", "--as", "hugo@aldermere.example", "--password-file", password, "--json")
    assert released.exit_code == 0
    assert json.loads(released.stdout)["standings_changed"] == 5
    assert ProgrammeVersion.objects.get(number=2).released_by == f"person:{HUGO}"


def test_without_the_right_password_nothing_is_released(moved):
    type_in("import", moved, "--as", MEI)
    refused = type_in("release", "page-b", "--as", HUGO, input="wrong\n")
    assert refused.exception.code == "officer-not-proved"
    assert ProgrammeVersion.objects.get(number=2).published_at is None


def test_held_again_it_is_still_held_and_says_so(moved):
    type_in("import", moved)
    again = type_in("import", moved, "--json")
    told = json.loads(again.stdout)
    assert (again.exit_code, told["ok"], told["held"], told["new"]) == (1, False, True, False)


def test_the_difference_is_told_in_words_and_in_people(moved):
    told = type_in("diff", "page-b", moved, "--as-of", "2021-01-20")
    assert told.exit_code == 0
    assert "is due on 19 February 2021 instead of 17 February 2021." in told.stdout
    assert f"5 get a later date: {INES} (2021-02-17 to 2021-02-19, +2 days)" in told.stdout
    told = json.loads(type_in("diff", "page-b@1", moved, "--json").stdout)
    assert told["differences"] == [{"part": "groups", "key": "all-schools", "kind": "changed"}]
    assert told["people"]["later"] == len(told["people"]["listed"]["later"]) == 5


def test_the_same_twice_says_so_and_nobody_is_asked_for(university):
    told = type_in("diff", "page-b", PAGE_B, "--no-people")
    assert told.stdout == "Both say the same.\n"


def test_a_preview_counts_everybody_and_names_a_few(moved):
    told = json.loads(type_in("preview", moved, "--as-of", "2021-01-20", "--sample", "2", "--json").stdout)
    assert sum(told["people_by_state"].values()) == len(EVERYBODY) == told["of_people"]
    assert len(told["sample"]) == 2


def test_what_is_only_to_be_looked_at_is_shown_and_not_refused(university, tmp_path):
    file = tmp_path / "nobody.toml"
    text = (PROGRAMMES / "page-a.toml").read_text(encoding="utf-8").split("[[examples]]")[0]
    nobody = text.replace("benefits_eligible = true }", "paid = true, not = { paid = true } }").replace("page-a", "x")
    file.write_text(nobody, encoding="utf-8")
    checked = type_in("check", file)
    assert checked.exit_code == 0
    assert "audience: to be looked at, not in the way: matches nobody" in checked.stderr
    told = json.loads(type_in("import", file, "--json").stdout)
    assert told["published"] and [warning["path"] for warning in told["warnings"]] == ["audience"]
    past = json.loads(type_in("check", PAGE_B, "--json").stdout)
    assert past["ok"] and past["warnings"] == []


def test_a_programme_whose_days_are_all_past_says_so_at_the_check(university, monkeypatch):
    monkeypatch.setattr("upstander.jobs.clock.now", lambda: later(400))
    assert "groups: to be looked at, not in the way: every window is past" in type_in("check", PAGE_B).stderr


def test_drafts_name_what_stands_in_their_way(university, tmp_path):
    file = tmp_path / "draft.toml"
    text = PAGE_B.read_text(encoding="utf-8").replace("version = 1", "version = 2")
    file.write_text(text.replace('due_on = "none"', "due_on = 2021-01-01", 1), encoding="utf-8")
    assert type_in("import", file, "--draft").exit_code == 0
    assert "  examples: " in type_in("drafts").stdout


def test_a_programme_is_read_back_in_either_language(university):
    assert "  El programa se llama «Prevenir el acoso, 2020–21»." in type_in("read", "page-b", "--lang", "es").stdout
    assert type_in("read", "page-b", "--lang", "fr").exit_code == 2


def test_one_version_is_exported_byte_for_byte(moved):
    type_in("import", moved, "--draft")
    assert type_in("export", "page-b").stdout_bytes == PAGE_B.read_bytes()
    assert type_in("export", "page-b@2").stdout_bytes == moved.read_bytes()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("read", "page-z"), "no-such-programme"),
        (("read", "page-b@7"), "no-such-version"),
        (("read", "page-b@x"), "bad-version"),
        (("export", "page-b@x"), "bad-version"),
        (("publish", "page-b@1"), "not-a-draft"),
        (("diff", "page-b", "nowhere.toml"), "file-unreadable"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(university, words, code):
    refused = type_in(*words)
    assert (refused.exit_code, refused.exception.code) == (1, code)
    assert SENTENCES[code].format(**refused.exception.data)


def test_a_key_with_no_draft_is_bad_usage(university):
    assert type_in("publish", "page-b").exit_code == 2


def test_every_problem_of_a_draft_is_named_before_it_is_refused(moved):
    moved.write_text(moved.read_text(encoding="utf-8") + PAGE_B.read_text(encoding="utf-8").partition("[[examples]]")[1]
                     + PAGE_B.read_text(encoding="utf-8").partition("[[examples]]")[2], encoding="utf-8")  # fmt: skip
    type_in("import", moved, "--draft")
    refused = type_in("publish", "page-b@2")
    assert refused.exit_code == 1
    assert "page-b@2: examples: Onboarded on 30 June 2020: required: due_on should be 2021-02-17" in refused.stderr
