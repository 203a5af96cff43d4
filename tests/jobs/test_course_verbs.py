"""`course editions`, `course adopt` and `course check --lock` on the command line."""

import json

import pytest
from typer.testing import CliRunner

from tests.cast import MOMENT
from tests.editions import NEW, OLD, STORY, change, next_edition
from tests.learners import course_of, lay_out
from upstander.actions.course_editions import files_in, publish, record_shipped
from upstander.core.errors import Refusal
from upstander.jobs.cli.before import before
from upstander.jobs.cli.main import VERBS, _application
from upstander.models import CourseEdition

pytestmark = pytest.mark.django_db


def run(*words: str):
    verb = " ".join(words[:2])
    return CliRunner().invoke(_application({verb: VERBS[verb]}), [*words])


@pytest.fixture
def root(tmp_path, settings):
    settings.CONTENT_ROOT = lay_out(tmp_path / "content", "option-a")
    settings.DATA_DIR = tmp_path / "data"
    return settings.CONTENT_ROOT


def test_the_editions_of_a_course_are_listed_with_class_day_and_changed_pages(root):
    record_shipped(root, MOMENT)
    next_edition(root, "option-a", STORY)
    rows = [json.loads(line) for line in run("course", "editions", "option-a", "--json").stdout.splitlines()]
    assert [(row["edition"], row["change"], row["pages"]) for row in rows] == [
        (OLD, "", []),
        (NEW, "material", ["one/story"]),
    ]
    assert rows[1]["published_on"] == "2021-01-20" and rows[1]["says"]["en"] == "The story was told anew."
    told = run("course", "editions", "option-a").stdout
    assert "2026.2  2021-01-20  shipped  material" in told and "  one/story" in told


def test_a_course_that_is_not_on_record_is_refused(root):
    problem = run("course", "editions", "nothing").exception
    assert isinstance(problem, Refusal) and problem.code == "no-such-course"


@pytest.mark.parametrize("verb", ["serve", "worker", "daily", "course editions"])
def test_the_shipped_courses_are_on_record_once_the_program_has_started(root, verb):
    before(verb, [])
    assert list(CourseEdition.objects.values_list("course_key", "edition")) == [("option-a", OLD)]


def test_the_programs_edition_is_taken_where_the_institution_wrote_its_own(root):
    record_shipped(root, MOMENT)
    files = files_in(root / "option-a")
    files["course.toml"] = files["course.toml"].replace(f'"{OLD}"', '"2026.1-here"')
    publish("option-a", "2026.1-here", files, "editorial", {}, "10000012", "10000011", MOMENT)
    change(root / "option-a", {"course.toml": (f'edition = "{OLD}"', f'edition = "{NEW}"')})
    before("daily", [])
    assert course_of("option-a").edition == "2026.1-here"
    assert run("course", "adopt", "option-a").exit_code == 0
    assert course_of("option-a").edition == NEW


def test_checking_with_lock_writes_the_editions_down_only_where_nothing_is_wrong(root):
    assert run("course", "check", "--lock", "--root", str(root)).exit_code == 0
    locked = (root / "editions.toml").read_text(encoding="utf-8")
    assert "[option-a]" in locked and '"2026.1" = "' in locked
    change(root / "option-a", STORY)
    (root / "option-a" / "course.toml").touch()
    done = run("course", "check", "--lock", "--json", "--root", str(root))
    assert done.exit_code == 1
    assert [p["code"] for p in json.loads(done.stdout)["courses"][0]["problems"]] == ["edition-changed"]
    assert (root / "editions.toml").read_text(encoding="utf-8") == locked
