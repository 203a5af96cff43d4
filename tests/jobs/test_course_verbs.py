"""The verbs of whoever writes a course as files: a new course, a look at it, and how far its translation is."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.filming import lay_film
from tests.learners import lay_out

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """One data folder for every verb of this file: none of them puts anything of a course there."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def run(tmp_path, data):
    """Runs a verb in an empty folder, as from a fresh clone."""
    here = tmp_path / "empty"
    here.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "UPSTANDER_DATA_DIR": str(data)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    for name in [name for name in environment if name.startswith("UPSTANDER_") and name != "UPSTANDER_DATA_DIR"]:
        del environment[name]

    def verb(*words):
        command = [sys.executable, "-c", "from upstander.jobs.cli.main import main; main()", "course", *words]
        return subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True)

    verb.here, verb.environment = here, environment
    return verb


def test_a_new_course_is_whole_in_both_languages_and_passes_the_check(run):
    made = run("new", "lab-safety")
    assert (made.returncode, made.stdout) == (0, "lab-safety\n")
    checked = run("check", "--root", ".", "--json")
    course = json.loads(checked.stdout)["courses"][0]
    assert checked.returncode == 0
    assert (course["key"], course["languages"], course["problems"]) == ("lab-safety", ["en", "es"], [])
    assert run("translate-status", "--root", ".").returncode == 0
    assert not list(Path(run.environment["UPSTANDER_DATA_DIR"]).glob("*.sqlite3"))


@pytest.mark.parametrize(
    ("key", "said"), [("core", "already"), ("Lab Safety", "small letters"), ("../lab", "small letters")]
)
def test_a_key_that_exists_or_is_none_is_refused_and_nothing_is_written(run, key, said):
    refused = run("new", key)
    assert refused.returncode == 1 and said in refused.stderr
    assert list(run.here.iterdir()) == []


def test_a_course_that_stands_there_is_never_written_over(run):
    run("new", "mine")
    (run.here / "mine" / "en" / "first-signs.md").write_text("changed", encoding="utf-8")
    assert run("new", "mine").returncode == 1
    assert (run.here / "mine" / "en" / "first-signs.md").read_text(encoding="utf-8") == "changed"


def test_a_preview_written_out_holds_every_page_for_each_language_and_duty_and_all_links_lead_somewhere(run):
    lay_out(run.here, "tiny")
    lay_film(run.here / "tiny")
    assert run("preview", "tiny", "--root", ".", "--out", "site").returncode == 0
    site = run.here / "site"
    pages = sorted(site.rglob("*.html"))
    assert len(pages) == 1 + 2 * 3 * (2 + 3)
    for page in pages:
        for address in re.findall(r'(?:href|src)="([^"#]+)"', page.read_text(encoding="utf-8")):
            if not re.match(r"(?:data|https?|tel|mailto):", address):
                assert (page.parent / address).resolve().is_file(), (page, address)
    exempt = (site / "en" / "exempt" / "one" / "story.html").read_text(encoding="utf-8")
    assert "You keep it." in exempt and "You must share it." not in exempt


def test_a_preview_served_follows_the_files(run):
    lay_out(run.here, "tiny")
    command = [sys.executable, "-c", "from upstander.jobs.cli.main import main; main()"]
    words = ["course", "preview", "tiny", "--root", ".", "--port", "0"]
    with subprocess.Popen(
        [*command, *words], cwd=run.here, env=run.environment, stderr=subprocess.PIPE, text=True
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


def test_a_translation_is_counted_and_what_is_missing_or_still_english_is_named(run):
    lay_out(run.here, "tiny")
    spanish = run.here / "tiny" / "es"
    bank = (spanish / "bank.toml").read_text(encoding="utf-8")
    (spanish / "bank.toml").write_text(bank.replace('id = "S1"', 'id = "S9"', 1), encoding="utf-8")
    (spanish / "two.md").write_text((run.here / "tiny" / "en" / "two.md").read_text(encoding="utf-8"), encoding="utf-8")
    told = run("translate-status", "tiny", "--root", ".", "--json")
    english, spanish = json.loads(told.stdout)["courses"][0]["languages"]
    assert told.returncode == 1
    assert spanish["missing"] == ["item S1"] and english["missing"] == ["item S9"]
    assert "page two/drawing" in spanish["untranslated"]
    assert spanish["percent"] < 100
    assert (spanish["pages"], spanish["items"]) == (3, english["items"])


def test_a_translation_older_than_the_english_it_follows_is_outdated_until_it_is_marked_again(run):
    run("new", "mine")
    assert run("translate-status", "mine", "--root", ".", "--mark").returncode == 0
    page = run.here / "mine" / "en" / "first-signs.md"
    text = page.read_text(encoding="utf-8").replace("Noticing is enough to begin.", "To notice is enough.")
    page.write_text(text, encoding="utf-8")
    told = run("translate-status", "mine", "--root", ".", "--json")
    assert told.returncode == 1
    assert json.loads(told.stdout)["courses"][0]["languages"][1]["outdated"] == ["page first-signs/notice"]
    assert run("translate-status", "mine", "--root", ".", "--mark").returncode == 0
