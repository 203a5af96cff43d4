"""The lock of published editions: files that differ are refused, and a new edition says what changed."""

import pytest

from tests.cast import MOMENT
from tests.editions import BOTH, STORY, change
from tests.learners import lay_out
from upstander.actions.course_editions import files_in
from upstander.core.errors import Refusal
from upstander.delivery.native.check import check_course
from upstander.delivery.native.difference import changed_items, changed_pages
from upstander.delivery.native.lock import LOCK, lock, read_lock
from upstander.delivery.publishing import problems_of, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(tmp_path, settings):
    """The tiny course, locked."""
    settings.CONTENT_ROOT = lay_out(tmp_path, "tiny")
    settings.DATA_DIR = tmp_path / "data"
    assert lock(tmp_path, [("tiny", "2026.1")]) == [("tiny", "2026.1")]
    return tmp_path


def problems(root, settings) -> list[tuple]:
    return [(p.code, p.file, p.line) for p in check_course(root, "tiny", settings.INSTITUTION)[1]]


def give_edition(root, edition: str, more: str = "") -> None:
    change(root / "tiny", {"course.toml": ('edition = "2026.1"', f'edition = "{edition}"')})
    path = root / "tiny" / "course.toml"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")


def test_a_locked_edition_whose_files_are_as_they_were_has_no_problem(root, settings):
    assert problems(root, settings) == []
    windows = (root / "tiny" / "en" / "one.md").read_bytes().replace(b"\n", b"\r\n")
    (root / "tiny" / "en" / "one.md").write_bytes(windows)
    assert problems(root, settings) == []


@pytest.mark.parametrize("name", ["en/one.md", "es/bank.toml", "figures/square.en.svg", "course.toml"])
def test_files_that_differ_from_their_published_edition_are_refused_with_file_and_line(root, settings, name):
    path = root / "tiny" / name
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert ("edition-changed", "tiny/course.toml", 2) in problems(root, settings)


def test_a_further_edition_says_how_its_change_weighs_and_what_it_changed_in_every_language(root, settings):
    change(root / "tiny", STORY)
    give_edition(root, "2026.2")
    assert problems(root, settings) == [("change-class-missing", "tiny/course.toml", 2)]
    give_edition_class = '\n[change]\nclass = "huge"\n'
    path = root / "tiny" / "course.toml"
    path.write_text(path.read_text(encoding="utf-8") + give_edition_class, encoding="utf-8")
    assert problems(root, settings)[0][:2] == ("value-wrong", "tiny/course.toml")
    change(root / "tiny", {"course.toml": ('"huge"', '"legal"')})
    assert [code for code, *_ in problems(root, settings)] == ["change-words-missing"] * 2
    for lang in ("en", "es"):
        words = root / "tiny" / lang / "course.toml"
        words.write_text('change = "Said anew."\n' + words.read_text(encoding="utf-8"), encoding="utf-8")
    assert problems(root, settings) == []


def test_locking_adds_and_never_changes_a_line(root):
    before = (root / LOCK).read_text(encoding="utf-8")
    change(root / "tiny", STORY)
    assert lock(root, [("tiny", "2026.1")]) == []
    assert (root / LOCK).read_text(encoding="utf-8") == before
    give_edition(root, "2026.2")
    assert lock(root, [("tiny", "2026.2")]) == [("tiny", "2026.2")]
    assert (root / LOCK).read_text(encoding="utf-8").startswith(before.rstrip())
    assert sorted(read_lock(root)["tiny"]) == ["2026.1", "2026.2"]


def test_a_lock_that_cannot_be_read_is_refused(root):
    (root / LOCK).write_text("[tiny\n", encoding="utf-8")
    with pytest.raises(Refusal, match="lock-unreadable"):
        read_lock(root)


def two(tmp_path, changes: dict) -> tuple:
    lay_out(tmp_path / "a", "tiny")
    lay_out(tmp_path / "b", "tiny")
    change(tmp_path / "b" / "tiny", changes)
    return tmp_path / "a" / "tiny", tmp_path / "b" / "tiny"


def test_changed_pages_are_those_whose_text_differs_in_either_language(tmp_path):
    assert changed_pages(*two(tmp_path, BOTH)) == ("one/story", "two/drawing")
    assert changed_pages(*two(tmp_path / "c", {"es/one.md": STORY["es/one.md"]})) == ("one/story",)


def test_a_drawing_that_changed_changes_the_page_that_shows_it(tmp_path):
    old, new = two(tmp_path, {"figures/square.es.svg": ("<path", "<path class='x'")})
    assert changed_pages(old, new) == ("two/drawing",)


def test_a_language_that_was_gained_and_blank_ends_of_lines_change_nothing(tmp_path):
    old, new = two(tmp_path, {"en/one.md": ("Before the story.", "Before the story.  ")})
    for path in (old / "es").iterdir():
        path.unlink()
    assert changed_pages(old, new) == ()


def test_a_page_that_is_new_or_was_renamed_has_changed(tmp_path):
    old, new = two(tmp_path, {"en/one.md": ("{#story}", "{#tale}"), "es/one.md": ("{#story}", "{#tale}")})
    assert changed_pages(old, new) == ("one/tale",)


def test_changed_items_are_those_whose_words_differ(tmp_path):
    old, new = two(tmp_path, {"es/bank.toml": ("Pregunta S2", "Otra pregunta S2")})
    assert changed_items(old, new) == ("S2",)


def test_an_edition_that_the_check_refuses_is_not_published(root):
    files = {**files_in(root / "tiny"), "en/one.md": "## A page {#first}\n\n<script>x</script>\n"}
    files["course.toml"] = files["course.toml"].replace('"2026.1"', '"2026.2"')
    assert "html" in {problem.code for problem in problems_of("tiny", files)}
    with pytest.raises(Refusal, match="edition-broken") as refused:
        publish("tiny", "2026.2", files, "material", {}, "10000012", "10000011", MOMENT)
    assert any(line.startswith("tiny/en/one.md:3: ") for line in refused.value.data["problems"])
