"""The verbs of whoever writes a course as files: a new course, a look at it, and how far its translation is."""

import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.filming import lay_film
from tests.learners import lay_out
from upstander.core.errors import Refusal
from upstander.jobs.cli.main import VERBS, _application
from upstander.jobs.cli.sentences import sentence

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a verb in an empty folder. No database is open to these tests."""
    here = tmp_path / "empty"
    here.mkdir()
    monkeypatch.chdir(here)

    def verb(*words):
        name = f"course {words[0]}"
        return CliRunner().invoke(_application({name: VERBS[name]}), ["course", *words])

    verb.here = here
    return verb


def refused_as(ran) -> str:
    assert isinstance(ran.exception, Refusal)
    return sentence(ran.exception)


def test_a_new_course_is_whole_in_both_languages_and_passes_the_check(run):
    made = run("new", "lab-safety")
    assert (made.exit_code, made.stdout) == (0, "lab-safety\n")
    checked = run("check", "--root", ".", "--json")
    course = json.loads(checked.stdout)["courses"][0]
    assert checked.exit_code == 0
    assert (course["key"], course["languages"], course["problems"]) == ("lab-safety", ["en", "es"], [])
    assert run("translate-status", "--root", ".").exit_code == 0


@pytest.mark.parametrize(
    ("key", "said"), [("core", "already"), ("Lab Safety", "small letters"), ("../lab", "small letters")]
)
def test_a_key_that_exists_or_is_none_is_refused_and_nothing_is_written(run, key, said):
    assert said in refused_as(run("new", key))
    assert list(run.here.iterdir()) == []


def test_a_course_that_stands_there_is_never_written_over(run):
    run("new", "mine")
    (run.here / "mine" / "en" / "first-signs.md").write_text("changed", encoding="utf-8")
    assert run("new", "mine").exit_code == 1
    assert (run.here / "mine" / "en" / "first-signs.md").read_text(encoding="utf-8") == "changed"


def test_a_preview_written_out_holds_every_page_for_each_language_and_duty_and_all_links_lead_somewhere(run):
    lay_out(run.here, "tiny")
    lay_film(run.here / "tiny")
    assert run("preview", "tiny", "--root", ".", "--out", "site").exit_code == 0
    site = run.here / "site"
    pages = sorted(site.rglob("*.html"))
    assert len(pages) == 1 + 2 * 3 * (2 + 3)
    for page in pages:
        for address in re.findall(r'(?:href|src)="([^"#]+)"', page.read_text(encoding="utf-8")):
            if not re.match(r"(?:data|https?|tel|mailto):", address):
                assert (page.parent / address).resolve().is_file(), (page, address)
    exempt = (site / "en" / "exempt" / "one" / "story.html").read_text(encoding="utf-8")
    assert "You keep it." in exempt and "You must share it." not in exempt


def test_a_preview_served_from_an_empty_folder_follows_the_files(run, tmp_path):
    lay_out(run.here, "tiny")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("UPSTANDER_", "DJANGO_"))}
    environment = {**kept, "PYTHONPATH": str(ROOT), "UPSTANDER_DATA_DIR": str(tmp_path / "data")}
    command = [sys.executable, "-c", "from upstander.jobs.cli.main import main; main()"]
    words = ["course", "preview", "tiny", "--root", ".", "--port", "0"]
    with subprocess.Popen(
        [*command, *words], cwd=run.here, env=environment, stderr=subprocess.PIPE, text=True
    ) as served:
        try:
            address = next(found[0] for line in served.stderr if (found := re.search(r"http://[\d.:]+/", line)))

            def read(path):
                with urllib.request.urlopen(address + path) as answer:
                    return answer.read().decode()

            page, stamp = read("en/required/one/first.html"), read("changed")
            assert "One thing to keep." in page and "preview.js" in page
            source = run.here / "tiny" / "en" / "one.md"
            text = source.read_text(encoding="utf-8").replace("One thing to keep.", "Another thing to keep.")
            source.write_text(text, encoding="utf-8")
            assert read("changed") != stamp
            assert "Another thing to keep." in read("en/required/one/first.html")
            with pytest.raises(urllib.error.HTTPError):
                read("static/../../core/duty.py")
        finally:
            served.terminate()
    assert not list((tmp_path / "data").glob("*.sqlite3"))


def test_a_translation_is_counted_and_what_is_missing_or_still_english_is_named(run):
    lay_out(run.here, "tiny")
    spanish = run.here / "tiny" / "es"
    bank = (spanish / "bank.toml").read_text(encoding="utf-8")
    (spanish / "bank.toml").write_text(bank.replace('id = "S1"', 'id = "S9"', 1), encoding="utf-8")
    (spanish / "two.md").write_text((run.here / "tiny" / "en" / "two.md").read_text(encoding="utf-8"), encoding="utf-8")
    told = run("translate-status", "tiny", "--root", ".", "--json")
    english, spanish = json.loads(told.stdout)["courses"][0]["languages"]
    assert told.exit_code == 1
    assert spanish["missing"] == ["item S1"] and english["missing"] == ["item S9"]
    assert "page two/drawing" in spanish["untranslated"]
    assert spanish["percent"] < 100
    assert (spanish["pages"], spanish["items"]) == (3, english["items"])


def test_a_translation_older_than_the_english_it_follows_is_outdated_until_it_is_marked_again(run):
    run("new", "mine")
    assert run("translate-status", "mine", "--root", ".", "--mark").exit_code == 0
    page = run.here / "mine" / "en" / "first-signs.md"
    text = page.read_text(encoding="utf-8").replace("Noticing is enough to begin.", "To notice is enough.")
    page.write_text(text, encoding="utf-8")
    told = run("translate-status", "mine", "--root", ".", "--json")
    assert told.exit_code == 1
    assert json.loads(told.stdout)["courses"][0]["languages"][1]["outdated"] == ["page first-signs/notice"]
    assert run("translate-status", "mine", "--root", ".", "--mark").exit_code == 0
