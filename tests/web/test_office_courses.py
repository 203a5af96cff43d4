"""The course desk: a course written in the browser by people without Git, read by a second person, published."""

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import LazySettings

from tests.forms import form_of as form_on
from tests.staff import HUGO, INES, MEI, MOMENT, RUTH, signed_in_as
from upstander.actions.course_drafts import start_draft
from upstander.actions.course_editions import record_shipped
from upstander.actions.grants import give
from upstander.models import (
    Attempt,
    CourseDraft,
    CourseEdition,
    Enrolment,
    ItemFigures,
    LessonAnswer,
    PageSeen,
)
from upstander.queries.course_drafts import files_of_draft
from upstander.queries.course_editions import edition_of, files_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university", "authors")]
TINY = Path(__file__).parent.parent / "courses"
DESK = "/office/courses/"
BY = f"person:{MEI}"


@pytest.fixture
def authors(university: None, settings: LazySettings, tmp_path: Path) -> None:
    """Mei and Ruth write courses; there is one course, `tiny`."""
    settings.CONTENT_ROOT = TINY
    settings.DATA_DIR = tmp_path
    record_shipped(TINY, MOMENT)
    for person_id in (MEI, RUTH):
        give(person_id, "author", MOMENT, "test")


@pytest.fixture
def draft() -> CourseDraft:
    return start_draft("tiny", MOMENT, BY)


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def form_of(answer) -> dict[str, str | list[str]]:
    """What the desk's form would send if nothing in it were touched."""
    return {name: values[0] if len(values) == 1 else values for name, values in form_on(answer, "write").items()}


def at(draft: CourseDraft, place: str = "") -> str:
    return f"{DESK}drafts/{draft.pk}/{place}"


def write(draft: CourseDraft, place: str, person_id: str = MEI, **changes: str):
    """Fills in the form at a place as it stands, with some fields changed, and sends it."""
    client = signed_in_as(person_id)
    sent = form_of(client.get(at(draft, place)))
    return client.post(at(draft, place), {**sent, **changes})


def test_an_author_sees_the_courses_and_a_learner_does_not():
    shown = text_of(signed_in_as(MEI).get(DESK))
    assert "2026.1" in shown and "Write a new course" in shown
    assert signed_in_as(INES).get(DESK).status_code == 404
    assert "Write courses" in text_of(signed_in_as(MEI).get("/my-training/"))
    assert "Write courses" not in text_of(signed_in_as(INES).get("/my-training/"))


def test_a_new_course_begins_with_one_page_in_both_languages():
    answer = signed_in_as(MEI).post(f"{DESK}new/", {"key": "lab-safety", "en": "Safe labs", "es": "Laboratorios"})
    draft = CourseDraft.objects.get(course_key="lab-safety")
    assert answer.url == at(draft)
    shown = text_of(signed_in_as(MEI).get(at(draft)))
    assert "Safe labs: draft of edition 2021.1" in shown and "The first page" in shown
    assert files_of_draft(draft)["es/start.md"] == "## La primera página {#first}\n"


def test_a_new_course_without_a_spanish_title_is_sent_back_with_what_was_typed():
    answer = signed_in_as(MEI).post(f"{DESK}new/", {"key": "lab-safety", "en": "Safe labs", "es": ""})
    assert "A title is needed in each language." in text_of(answer) and 'value="Safe labs"' in answer.content.decode()
    assert not CourseDraft.objects.exists()


def test_change_this_course_opens_a_draft_of_the_next_edition_once():
    client = signed_in_as(MEI)
    first = client.post(f"{DESK}tiny/change/")
    draft = CourseDraft.objects.get()
    assert (draft.based_on, draft.edition, draft.state) == ("2026.1", "2021.1", "open")
    assert first.url == at(draft) == client.post(f"{DESK}tiny/change/").url
    assert 'edition = "2021.1"' in files_of_draft(draft)["course.toml"]


def test_a_page_is_written_in_both_languages_at_once_and_the_rest_of_the_file_keeps_every_byte(draft):
    before = files_of_draft(draft)
    answer = write(draft, "pages/one/first/", **{"body-en": "New words.", "body-es": "Otras palabras."})
    assert answer.status_code == 302
    after = files_of_draft(draft)
    assert "New words." in after["en/one.md"] and "Otras palabras." in after["es/one.md"]
    assert after["en/one.md"].partition("\n## ")[2] == before["en/one.md"].partition("\n## ")[2]
    assert {path for path in after if after[path] != before[path]} == {"en/one.md", "es/one.md"}


def test_a_page_that_somebody_else_changed_meanwhile_shows_both_and_is_not_overwritten(draft):
    client = signed_in_as(MEI)
    opened = form_of(client.get(at(draft, "pages/one/first/")))
    write(draft, "pages/one/first/", RUTH, **{"body-en": "What Ruth wrote."})
    answer = client.post(at(draft, "pages/one/first/"), {**opened, "body-en": "What Mei wrote."})
    shown = text_of(answer)
    assert answer.status_code == 409 and "What Ruth wrote." in shown and "What Mei wrote." in shown
    assert "What Ruth wrote." in files_of_draft(draft)["en/one.md"]
    again = client.post(at(draft, "pages/one/first/"), form_of(answer))
    assert again.status_code == 302 and "What Mei wrote." in files_of_draft(draft)["en/one.md"]


def test_two_people_on_two_pages_of_one_section_do_not_meet(draft):
    client = signed_in_as(MEI)
    opened = form_of(client.get(at(draft, "pages/one/first/")))
    assert write(draft, "pages/one/story/", RUTH, **{"title-en": "Another title"}).status_code == 302
    answer = client.post(at(draft, "pages/one/first/"), {**opened, "body-en": "What Mei wrote."})
    assert answer.status_code == 302
    assert (
        "Another title" in files_of_draft(draft)["en/one.md"]
        and "What Mei wrote." in files_of_draft(draft)["en/one.md"]
    )


def test_a_page_is_shown_as_it_reads_without_being_kept(draft):
    answer = write(draft, "pages/one/first/", **{"act": "preview", "body-en": "::: key\nRemember this.\n:::"})
    assert "To remember Remember this." in text_of(answer)
    assert "Remember this." not in files_of_draft(draft)["en/one.md"]
    live = signed_in_as(MEI).post(
        at(draft, "live/one/first/") + "?lang=es", {"title-es": "T", "body-es": "Un <b>texto</b>"}
    )
    assert "HTML is not let through" in text_of(live)


def test_a_block_is_put_in_without_javascript_in_the_language_of_its_text(draft):
    answer = write(draft, "pages/one/first/", act="insert:scenario:es")
    assert ":::: scenario nombre-corto" in form_of(answer)["body-es"]
    assert ":::: scenario" not in form_of(answer)["body-en"].replace(":::: scenario tale", "")


def test_a_broken_block_is_named_with_the_line_of_its_text_box(draft):
    answer = write(draft, "pages/one/first/", act="preview", **{"body-en": "Fine.\n\n::: reveal\n:::"})
    assert "Line 3: The block “reveal” is broken" in text_of(answer)


def test_pages_and_sections_are_added_moved_and_taken_out_in_both_languages(draft):
    client = signed_in_as(MEI)
    titles = {"title-en": "Third", "title-es": "Tercera"}
    client.post(at(draft, "outline/"), {"act": "add-page:one", "name": "third", **titles})
    client.post(at(draft, "outline/"), {"act": "page-up:one/third"})
    client.post(at(draft, "outline/"), {"act": "add-section", "name": "extra", **titles})
    client.post(at(draft, "outline/"), {"act": "section-up:extra"})
    files = files_of_draft(draft)
    for lang in ("en", "es"):
        names = re.findall(r"\{#([a-z-]+)\}", files[f"{lang}/one.md"])
        assert names.index("third") == len(names) - 2
    assert re.findall(r'(?m)^id = "(\w+)"', files["course.toml"].partition("[[sections]]")[2])[:3] == [
        "one",
        "extra",
        "two",
    ]
    asked = client.get(at(draft, "remove/") + "?kind=page&key=one/first")
    assert "These questions lead back there" in text_of(asked)
    client.post(at(draft, "remove/"), {"kind": "page", "key": "one/third"})
    client.post(at(draft, "remove/"), {"kind": "section", "key": "extra"})
    files = files_of_draft(draft)
    assert "third" not in files["es/one.md"] and "en/extra.md" not in files and "extra" not in files["es/course.toml"]


def test_a_page_that_takes_a_name_already_there_is_sent_back_with_what_was_typed(draft):
    sent = {"act": "add-page:one", "name": "first", "title-en": "Again", "title-es": "Otra vez"}
    answer = signed_in_as(MEI).post(at(draft, "outline/"), sent)
    assert "“first” is taken here" in text_of(answer) and 'value="Otra vez"' in answer.content.decode()


def test_a_question_is_written_as_a_form_and_its_neighbours_keep_every_byte(draft):
    before = files_of_draft(draft)["en/bank.toml"]
    answer = write(draft, "questions/S1/", **{"stem-en": "Which one?", "g0-right": "a", "g0p1-feedback-es": "Ya no."})
    assert answer.status_code == 302
    english, spanish = files_of_draft(draft)["en/bank.toml"], files_of_draft(draft)["es/bank.toml"]
    changed = set(before.splitlines()) ^ set(english.splitlines())
    assert 'stem = "Which one?"' in changed and len(changed) == 2
    assert english.partition('id = "S2"')[2] == before.partition('id = "S2"')[2]
    assert 'feedback = "Ya no."' in spanish and 'required = "Your role must share."' in english


@pytest.mark.parametrize("kind", ["single", "multiple", "matching", "ordering", "branching"])
def test_a_question_of_every_kind_can_be_written(draft, kind):
    client = signed_in_as(MEI)
    form = form_of(client.post(at(draft, "questions/new/"), {"id": "NEW", "kind": kind}))
    texts = {name: f"Words of {name}" for name in form if name.endswith(("-en", "-es")) and "seen" not in name}
    texts = {name: text for name, text in texts.items() if not re.search("required|encouraged|exempt", name)}
    right = {"g0-right": "b", "g1-right": "a", "g0p0-correct": "yes", "objective": "T1", "page": "one/first"}
    sent = {
        **form,
        **texts,
        **{name: value for name, value in right.items() if kind != "multiple" or "right" not in name},
    }
    assert client.post(at(draft, "questions/NEW/"), sent).status_code == 302
    shown = text_of(client.get(at(draft, "missing/")))
    assert "Question NEW" not in shown
    assert "Words of stem-es" in files_of_draft(draft)["es/bank.toml"]


def test_a_part_is_added_to_a_question_without_losing_what_was_typed(draft):
    answer = write(draft, "questions/S1/", **{"act": "add:0", "stem-en": "Typed and not saved"})
    form = form_of(answer)
    assert form["stem-en"].strip() == "Typed and not saved" and "g0p3-text-en" in form
    assert "Typed and not saved" not in files_of_draft(draft)["en/bank.toml"]


def test_the_figures_of_a_question_are_shown_only_where_there_are_any(draft):
    assert "Too few people have answered it" in text_of(signed_in_as(MEI).get(at(draft, "questions/S1/")))
    ItemFigures.objects.create(
        course_key="tiny", edition="2026.1", item="S1", counted=40, facility=73, discrimination=31,
        options={"a": 12, "b": 73, "c": None}, made_on=MOMENT.day,
    )  # fmt: skip
    shown = text_of(signed_in_as(MEI).get(at(draft, "questions/S1/")))
    assert "40 first answers" in shown and "73 % were right" in shown and "too few" in shown


def test_the_words_and_the_settings_are_saved_with_their_comments_kept(draft):
    assert write(draft, "words/", **{"summary-es": "Otro resumen."}).status_code == 302
    assert 'summary = "Otro resumen."' in files_of_draft(draft)["es/course.toml"]
    assert write(draft, "settings/", pass_percent="90", edition="2021-spring").status_code == 302
    neutral = files_of_draft(draft)["course.toml"]
    assert "pass_percent = 90" in neutral and 'edition = "2021-spring"' in neutral
    assert set(neutral.splitlines()) ^ set(files_of(edition_of("tiny", ""))["course.toml"].splitlines()) == {
        "pass_percent = 90", "pass_percent = 80", 'edition = "2021-spring"', 'edition = "2026.1"',
    }  # fmt: skip


def test_a_form_with_a_number_of_rows_that_is_none_changes_nothing(draft):
    before = files_of_draft(draft)["course.toml"]
    assert write(draft, "settings/", objectives="many").status_code == 400
    assert files_of_draft(draft)["course.toml"] == before


@pytest.mark.parametrize("duty", ["required", "exempt"])
def test_the_preview_shows_both_languages_and_the_words_for_one_duty_and_records_nothing(draft, duty):
    body = ":::: check c1\nA tale.\n\n### What?\n\n- [x] This.\n\n  Said.\n\n  **required:** You must.\n\n"
    body += "  **encouraged:** You may.\n\n  **exempt:** You need not.\n\n- [ ] That.\n\n  No.\n::::"
    write(draft, "pages/one/first/", **{"body-en": body})
    client = signed_in_as(MEI)
    assert client.get(at(draft, "preview/")).status_code == 200
    answer = client.get(at(draft, "preview/one/first/") + f"?duty={duty}")
    shown = answer.content.decode()
    assert 'article lang="en"' in shown and 'article lang="es"' in shown
    assert ("You must." in shown, "You need not." in shown) == (duty == "required", duty == "exempt")
    assert not any(model.objects.exists() for model in (Enrolment, PageSeen, LessonAnswer, Attempt))


def test_what_is_missing_names_the_page_that_changed_in_one_language_only(draft):
    write(draft, "pages/one/first/", **{"body-en": "Only English changed, and it says more than before."})
    write(draft, "pages/two/drawing/", **{"title-es": "", "body-es": ""})
    shown = text_of(signed_in_as(MEI).get(at(draft, "missing/")))
    assert "Page one/first (es) : The page one/first" in shown
    assert "Page two/drawing (es) : The page two/drawing" in shown


def test_what_is_missing_says_what_is_hard_for_some_readers(draft):
    hard = "Institutional representatives habitually characterise incompatible organisational responsibilities as "
    body = (hard * 6).strip() + ".\n\n[here](https://example.org)\n\nChoose the green one."
    write(draft, "pages/one/first/", **{"body-en": body})
    shown = text_of(signed_in_as(MEI).get(at(draft, "missing/")))
    for sentence in (
        "Hard to read: school grade",
        "does not say where it leads",
        "names a colour",
        "more than 20 words",
    ):
        assert sentence in shown


def ask(draft: CourseDraft, person_id: str = MEI, **sent: str):
    says = {"says-en": "One page is new.", "says-es": "Hay una página nueva."}
    return signed_in_as(person_id).post(at(draft, "review/"), {"act": "ask", "change": "material", **says, **sent})


def test_a_second_person_reads_what_changed_and_publishes(draft):
    write(draft, "pages/one/first/", **{"body-en": "New words.", "body-es": "Otras palabras."})
    ask(draft)
    own = signed_in_as(MEI).post(at(draft, "review/"), {"act": "publish"})
    assert own.status_code == 422 and "Whoever asked for the review cannot publish." in text_of(own)
    second = signed_in_as(RUTH)
    seen = text_of(second.get(at(draft, "review/")))
    assert "Otras palabras." in seen and "Publish edition 2021.1" in seen and "One page is new." in seen
    assert second.post(at(draft, "review/"), {"act": "publish"}).url == f"{DESK}tiny/holders/"
    edition = CourseEdition.objects.get(course_key="tiny", edition="2021.1")
    assert (edition.change, edition.published_by, edition.reviewed_by) == ("material", BY, f"person:{RUTH}")
    assert edition.pages == ["one/first"]
    client = signed_in_as(INES)
    client.post("/learn/tiny/")
    assert "New words." in text_of(client.get("/learn/tiny/one/first/"))


def test_a_change_after_the_review_was_asked_takes_the_request_back(draft):
    ask(draft)
    write(draft, "pages/one/first/", **{"body-en": "Something else."})
    answer = signed_in_as(RUTH).post(at(draft, "review/"), {"act": "publish"})
    assert answer.status_code == 422 and CourseEdition.objects.count() == 1


def test_a_draft_with_a_problem_can_neither_be_asked_for_nor_published(draft):
    ask(draft)
    CourseDraft.objects.filter(pk=draft.pk).get().files.filter(path="es/bank.toml").update(text="[[items]]\n")
    answer = signed_in_as(RUTH).post(at(draft, "review/"), {"act": "publish"})
    assert answer.status_code == 422 and "stand in the way of publishing" in text_of(answer)
    signed_in_as(RUTH).post(at(draft, "review/"), {"act": "withdraw"})
    assert ask(draft).status_code == 422 and CourseEdition.objects.count() == 1


def test_a_review_asks_for_the_kind_of_change_and_for_words_in_both_languages(draft):
    assert "Say what kind of change it is." in text_of(ask(draft, change=""))
    assert "Say in both languages what changed" in text_of(ask(draft, **{"says-es": ""}))


def test_a_note_about_a_place_is_kept_with_who_said_it(draft):
    signed_in_as(RUTH).post(at(draft, "review/"), {"act": "note", "place": "one/first", "note": "Too long."})
    assert "Ruth" in (shown := text_of(signed_in_as(MEI).get(at(draft, "review/")))) and "Too long." in shown


def test_a_draft_laid_aside_can_still_be_taken_away_and_another_one_begun(draft):
    write(draft, "pages/one/first/", **{"body-en": "Kept words."})
    client = signed_in_as(MEI)
    client.post(at(draft, "discard/"))
    assert client.get(at(draft)).status_code == 404
    with ZipFile(io.BytesIO(client.get(at(draft, "draft.zip")).content)) as archive:
        assert b"Kept words." in archive.read("tiny/en/one.md")
    assert client.post(f"{DESK}tiny/change/").url != at(draft)


def test_the_desk_stands_in_spanish(draft):
    client = signed_in_as(MEI)
    client.cookies["upstander_language"] = "es"
    assert "Escribir un curso nuevo" in text_of(client.get(DESK))
    assert "Lo que falta" in text_of(client.get(at(draft)))


def test_an_officer_of_one_programme_does_not_write_courses(draft):
    assert signed_in_as(HUGO).get(at(draft)).status_code == 404


def test_a_course_shows_its_editions_with_who_stands_behind_them(draft):
    ask(draft, change="editorial")
    signed_in_as(RUTH).post(at(draft, "review/"), {"act": "publish"})
    shown = text_of(signed_in_as(MEI).get(f"{DESK}tiny/"))
    assert "Edition 2021.1 is the one that people read now." in shown and "published by Ruth" in shown
