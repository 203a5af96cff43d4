"""Drafts of courses: written place by place, every other byte kept, and never published by whoever asked."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import MEI, MOMENT, RUTH
from upstander.actions.course_drafts import ask_review, edit_files, publish_draft, start_draft, start_from_files
from upstander.actions.course_editions import publish, record_shipped
from upstander.actions.course_toml import item_of, items_of, with_item, with_values, without_item
from upstander.actions.course_writing import add_section, write_page
from upstander.core.course_pages import mark_of, moved, page_of, split, with_page, without_page
from upstander.core.errors import Refusal
from upstander.core.text_difference import difference
from upstander.models import AuditLine, CourseEdition
from upstander.queries.course_drafts import files_of_draft

COURSES = Path(__file__).parent.parent / "courses"
CONTENT = Path(__file__).parent.parent.parent / "upstander" / "content"
BANK = (CONTENT / "option-c" / "es" / "bank.toml").read_text(encoding="utf-8")
SECTION = (CONTENT / "core" / "en" / "policy.md").read_text(encoding="utf-8")
BY, SECOND = f"person:{MEI}", f"person:{RUTH}"


@pytest.fixture
def draft(db: None, settings: LazySettings):
    settings.CONTENT_ROOT = COURSES
    record_shipped(COURSES, MOMENT)
    return start_draft("tiny", MOMENT, BY)


def refused(act: Callable) -> str:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.code


@pytest.mark.parametrize("page", [page.id for page in split(SECTION)[1]])
def test_a_page_written_as_it_stands_changes_no_byte_of_its_file(page):
    held = page_of(SECTION, page)
    assert held and with_page(SECTION, page, held.title, held.body) == SECTION


def test_a_page_changed_moved_and_taken_out_leaves_the_others_as_they_were():
    changed = with_page(SECTION, "unwelcome", "Another title", "Another text.")
    kept = {page.id: page.text for page in split(SECTION)[1] if page.id != "unwelcome"}
    assert {page.id: page.text for page in split(changed)[1] if page.id != "unwelcome"} == kept
    assert moved(moved(SECTION, "forms", -1), "forms", 1) == SECTION
    assert [page.id for page in split(without_page(SECTION, "forms"))[1]] == [
        page.id for page in split(SECTION)[1] if page.id != "forms"
    ]


def test_a_page_that_only_one_language_has_finds_its_place_by_the_order_of_the_other():
    source = "## One {#one}\n\nA.\n\n## Three {#three}\n\nC.\n"
    added = with_page(source, "two", "Two", "B.", ["one", "two", "three"])
    assert [page.id for page in split(added)[1]] == ["one", "two", "three"]


def test_a_page_whose_text_would_begin_another_page_is_refused():
    assert refused(lambda: with_page(SECTION, "forms", "T", "Text\n\n## Another {#x}")) == "course-page-holds-page"


def test_a_line_of_signs_in_a_fence_begins_no_page():
    assert len(split("## One {#one}\n\n```\n## no page\n```\n")[1]) == 1


@given(st.sampled_from(sorted(items_of(BANK))), st.text(st.characters(codec="utf-8", exclude_categories=["C"])))
def test_an_item_says_what_was_written_and_its_neighbours_keep_every_byte(item, stem):
    changed = with_item(BANK, item, {**item_of(BANK, item), "stem": stem})
    assert item_of(changed, item)["stem"] == stem
    assert {k: v for k, v in items_of(changed).items() if k != item} == {
        k: v for k, v in items_of(BANK).items() if k != item
    }


def test_a_new_item_taken_out_again_leaves_the_bank_as_it_was():
    options = [{"id": "a", "text": "A", "correct": True, "feedback": "F"}]
    new = {"id": "NEW", "objective": "C1", "kind": "single", "page": "a/b", "stem": "S", "options": options}
    assert without_item(with_item(BANK, "NEW", new), "NEW").rstrip() == BANK.rstrip()


def test_a_comment_beside_an_item_and_in_the_settings_stays():
    bank = '# The bank.\n[[items]]\nid = "A" # by ear\nstem = "Old"\n'
    assert with_item(bank, "A", {"id": "A", "stem": "New"}) == bank.replace("Old", "New")
    text = '# Neutral.\nkey = "x" # for good\n\n[[sections]]\nid = "a"\n'
    assert with_values("course.toml", text, {"pass_percent": 90}).startswith('# Neutral.\nkey = "x" # for good\n')
    assert tomllib.loads(with_values("course.toml", text, {"pass_percent": 90}))["pass_percent"] == 90


@pytest.mark.django_db
def test_what_somebody_else_changed_meanwhile_is_not_overwritten_in_any_language(draft):
    files = files_of_draft(draft)
    seen = {lang: mark_of(page_of(files[f"{lang}/one.md"], "first").text) for lang in ("en", "es")}
    write_page(draft.pk, "one/first", {"es": ("T", "Otra.")}, seen, MOMENT, SECOND)
    both = {"en": ("T", "Mine."), "es": ("T", "Mía.")}
    assert refused(lambda: write_page(draft.pk, "one/first", both, seen, MOMENT, BY)) == "course-changed-meanwhile"
    assert "Mine." not in files_of_draft(draft)["en/one.md"]


@pytest.mark.django_db
def test_whoever_asked_cannot_publish_and_a_second_person_can(draft):
    add_section(draft.pk, "extra", {"en": "Extra", "es": "Más"}, MOMENT, BY)
    assert refused(lambda: publish_draft(draft.pk, publish, MOMENT, SECOND)) == "course-not-in-review"
    ask_review(draft.pk, "material", {"en": "New.", "es": "Nuevo."}, MOMENT, BY)
    assert refused(lambda: publish_draft(draft.pk, publish, MOMENT, BY)) == "not-yourself"
    edition = publish_draft(draft.pk, publish, MOMENT, SECOND)
    assert (edition.published_by, edition.reviewed_by, edition.says["es"]) == (BY, SECOND, "Nuevo.")
    assert refused(lambda: edit_files(draft.pk, {}, MOMENT, BY)) == "course-draft-closed"
    assert AuditLine.objects.filter(verb="ask-course-review", actor=BY).exists()


@pytest.mark.django_db
def test_a_publication_that_is_refused_leaves_the_draft_in_review(draft):
    ask_review(draft.pk, "editorial", {}, MOMENT, BY)

    def no(*said: object) -> CourseEdition:
        raise Refusal("edition-broken", {"problems": []})

    assert refused(lambda: publish_draft(draft.pk, no, MOMENT, SECOND)) == "edition-broken"
    draft.refresh_from_db()
    assert draft.state == "in-review"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["../x.toml", "en/a/b.md", "/etc/passwd", "en/photo.png", "course.toml\x00"])
def test_a_path_that_leaves_the_course_is_refused(draft, path):
    assert refused(lambda: edit_files(draft.pk, {path: lambda _: "x"}, MOMENT, BY)) == "course-path-unfit"
    files = {"course.toml": 'key = "x"', path: "x"}
    assert refused(lambda: start_from_files("brought", files, MOMENT, BY)) == "course-path-unfit"


@pytest.mark.django_db
def test_there_is_one_draft_a_course(draft):
    assert refused(lambda: start_draft("tiny", MOMENT, SECOND)) == "course-draft-exists"


def test_the_difference_of_two_texts_gives_both_back():
    lines = difference("a\nb\nc", "a\nB\nc\nd")
    assert [(line.kind, line.text) for line in lines] == [
        ("same", "a"), ("gone", "b"), ("new", "B"), ("same", "c"), ("new", "d"),
    ]  # fmt: skip
    assert difference("a", "a") == []
