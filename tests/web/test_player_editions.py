"""A new edition in the browser: what changed is said, what did not change stays read, old attempts keep their words."""

import html
import re
from types import SimpleNamespace

import pytest

from tests.cast import INES, MOMENT
from tests.editions import BOTH, NEW, OLD, STORY, next_edition
from tests.learners import course_of, lay_out, read_everything, right_answer, take
from tests.staff import later, open_office, signed_in_as
from upstander.actions.course_editions import record_shipped
from upstander.delivery import catalogue
from upstander.models import Attempt, Completion, Enrolment, LessonAnswer, PageSeen
from upstander.web import middleware

pytestmark = pytest.mark.django_db
#: What the second edition changes in the bank: the words of every question about the first page.
STEM = {"en/bank.toml": ("Question S1", "The new question S1"), "es/bank.toml": ("Pregunta S1", "La nueva pregunta S1")}


@pytest.fixture(autouse=True)
def root(tmp_path, settings, monkeypatch):
    """The tiny course under the keys of the two programmes, its first edition on record, on the day of the cast."""
    settings.CONTENT_ROOT = lay_out(tmp_path / "content", "core", "option-a")
    settings.DATA_DIR = tmp_path / "data"
    monkeypatch.setattr(middleware, "timezone", SimpleNamespace(now=lambda: MOMENT.at))
    open_office()
    record_shipped(settings.CONTENT_ROOT, MOMENT)
    return settings.CONTENT_ROOT


@pytest.fixture
def ines():
    return signed_in_as(INES)


def text(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", response.content.decode()))


def read_on(client, *pages: str) -> None:
    client.post("/learn/core/")
    for page in pages:
        client.get(f"/learn/core/{page}/")
        client.post(f"/learn/core/{page}/", {"go": "next"})


def test_the_start_page_says_which_edition_it_is(ines):
    assert "<dt>Edition</dt><dd>2026.1</dd>" in text(ines.get("/learn/core/"))


@pytest.mark.row("A06")
def test_in_mid_course_the_next_visit_is_in_the_new_edition_with_unchanged_pages_read(ines, root):
    read_on(ines, "one/first", "one/story")
    next_edition(root, "core", STORY)
    page = text(ines.get("/learn/core/"))
    assert "You have begun" in page and "What changed" not in page
    assert Enrolment.objects.get().edition == NEW
    assert ines.get("/learn/core/two/drawing/").url == "/learn/core/one/story/"
    assert "Before the new story." in text(ines.get("/learn/core/one/story/"))


@pytest.mark.row("A06")
def test_a_page_opened_before_the_change_counts_for_nothing_and_is_shown_as_it_reads_now(ines, root):
    read_on(ines, "one/first")
    next_edition(root, "core", STORY)
    for given in ({"go": "next"}, {"block": "promise", "answer": "b"}):
        old = ines.post("/learn/core/one/story/", {**given, "edition": OLD})
        assert old.url == "/learn/core/one/story/"
    assert "This page has changed since you opened it." in text(ines.get("/learn/core/one/story/"))
    assert not LessonAnswer.objects.exists()
    assert list(PageSeen.objects.values_list("page", flat=True)) == ["one/first"]


def test_an_unchanged_page_counts_in_whichever_edition_it_was_opened(ines, root):
    read_on(ines)
    next_edition(root, "core", STORY)
    assert ines.post("/learn/core/one/first/", {"go": "next", "edition": OLD}).url == "/learn/core/one/story/"


def test_every_form_of_a_lesson_says_its_edition(ines):
    read_on(ines, "one/first")
    page = ines.get("/learn/core/one/story/").content.decode()
    assert page.count('name="edition" value="2026.1"') == 2


def answered(client, course) -> Attempt:
    """An attempt with every answer right but the submission still to come."""
    client.post("/learn/core/assessment/")
    attempt = Attempt.objects.get(submitted_at=None)
    for row in attempt.form:
        item = course.items[row["item"]]
        attempt.answers[item.id] = right_answer(item)
    attempt.save()
    return attempt


@pytest.mark.row("A14")
def test_an_attempt_begun_before_the_change_is_shown_and_counted_in_its_own_words(ines, root):
    old = course_of("core")
    read_everything(INES, old.outline, MOMENT)
    attempt = answered(ines, old)
    changes = {
        **STORY,
        "en/bank.toml": ('stem = "Question ', 'stem = "Changed question '),
        "es/bank.toml": ('stem = "', 'stem = "Nueva '),
    }
    next_edition(root, "core", changes)
    asked = next(n for n, row in enumerate(attempt.form, 1) if row["item"])
    assert "Changed question" not in text(ines.get(f"/learn/core/assessment/{asked}/"))
    done = ines.post("/learn/core/assessment/answers/", {"attempt": attempt.pk})
    assert "You have completed this course" in text(ines.get(done.url))
    assert Completion.objects.get(person_id=INES).edition == OLD


@pytest.mark.row("A14")
def test_the_review_of_an_old_attempt_shows_the_old_words(ines, root):
    outcome = take(INES, course_of("core").outline, MOMENT, wrong=5)
    name = outcome.attempt.form[0]["item"]
    next_edition(root, "core", {f"{lang}/bank.toml": (f'"{words} {name}"', f'"New words for {name}"')
                                for lang, words in (("en", "Question"), ("es", "Pregunta"))})  # fmt: skip
    page = text(ines.get(f"/learn/core/assessment/{outcome.attempt.pk}/review/"))
    assert f"Question {name}" in page and "New words" not in page
    assert catalogue.edition("core", "en").items[name].stem == f"New words for {name}"
    assert "kept until 400 days after you complete the course" in page


@pytest.fixture
def holder(ines, root):
    """Ines, who completed the first edition; then the second one came, with two pages of three changed."""
    take(INES, course_of("core").outline, MOMENT)
    next_edition(root, "core", BOTH)
    return ines


@pytest.mark.row("A14")
def test_a_holder_is_told_what_changed_how_much_it_weighs_and_on_which_pages(holder):
    page = text(holder.get("/learn/core/"))
    for said in (
        "What changed since you completed this course",
        "You completed edition 2026.1. This is edition 2026.2.",
        "What the course teaches has changed in part.",
        "The story was told anew.",
        "2 pages read otherwise",
        "A story",
        "The drawing",
    ):
        assert said in page, said
    assert page.count("button filled") == 1
    assert re.search(r'button filled">Read what changed, about \d+ minutes?<', page)


def test_a_holder_is_told_in_spanish(holder):
    holder.post("/language/", {"language": "es", "next": "/"})
    page = text(holder.get("/learn/core/"))
    assert "La historia se cuenta de nuevo." in page and "Qué cambió desde que usted completó este curso" in page


@pytest.mark.row("A14")
def test_a_holder_reads_only_the_changed_pages_and_is_asked_only_about_them(holder):
    begun = holder.post("/learn/core/changed/")
    assert begun.url == "/learn/core/one/story/"
    start = text(holder.get("/learn/core/"))
    assert "What you are reading: only what changed" in start
    assert holder.get("/learn/core/one/first/").status_code == 200
    assert holder.post("/learn/core/one/story/", {"go": "next"}).url == "/learn/core/two/drawing/"
    assert holder.post("/learn/core/two/drawing/", {"go": "next"}).url == "/learn/core/assessment/"
    course = course_of("core")
    attempt = answered(holder, course)
    assert {course.items[row["item"]].page for row in attempt.form} <= {"one/story", "two/drawing"}
    done = holder.get(holder.post("/learn/core/assessment/answers/", {"attempt": attempt.pk}).url)
    page = text(holder.get(done.url))
    assert "You have read what changed" in page and "Certificate (PDF)" in page and "Review my answers" in page
    newest = (
        Completion.objects.filter(person_id=INES).order_by("recorded_at", "source").values_list("edition", flat=True)
    )
    assert sorted(newest) == [OLD, NEW]
    assert "What changed since" not in text(holder.get("/learn/core/"))


@pytest.mark.row("A06")
def test_the_time_left_after_a_failed_attempt_is_that_of_the_changed_pages_alone(holder):
    holder.post("/learn/core/changed/")
    for page in ("one/story", "two/drawing"):
        holder.post(f"/learn/core/{page}/", {"go": "next"})
    left = re.search(r"about (\d+) minutes? left", text(holder.get("/learn/core/assessment/")))
    attempt = answered(holder, course_of("core"))
    attempt.answers = {}
    attempt.save()
    result = holder.post("/learn/core/assessment/answers/", {"attempt": attempt.pk, "anyway": "yes"}).url
    for address in (result, f"{result}review/"):
        assert re.search(r"about (\d+) minutes? left", text(holder.get(address)))[1] == left[1]


def test_a_holder_keeps_every_page_open_without_reading_what_changed(holder):
    assert "Before the new story." in text(holder.get("/learn/core/one/story/"))
    assert Enrolment.objects.count() == 1


def test_a_holder_may_take_the_whole_course_again(holder):
    assert holder.post("/learn/core/again/").url == "/learn/core/one/first/"
    assert "Go on where you left off" in text(holder.get("/learn/core/"))
    assert holder.get("/learn/core/two/drawing/").url == "/learn/core/one/first/"


def test_whoever_began_to_read_what_changed_may_take_the_whole_course_instead(holder):
    holder.post("/learn/core/changed/")
    assert "Take the whole course instead" in text(holder.get("/learn/core/"))
    holder.post("/learn/core/again/")
    assert holder.get("/learn/core/two/drawing/").url == "/learn/core/one/first/"


def test_a_duty_of_a_new_year_is_said_to_ask_for_the_whole_course(holder, monkeypatch):
    monkeypatch.setattr(middleware, "timezone", SimpleNamespace(now=lambda: later(days=170).at))
    holder.get("/my-training/")
    page = text(signed_in_as(INES).get("/learn/core/"))
    assert "asks for the whole course this time" in page


def test_where_nothing_was_completed_nothing_is_said_to_have_changed(ines, root):
    next_edition(root, "core", STORY)
    assert "What changed" not in text(ines.get("/learn/core/"))
    assert ines.post("/learn/core/changed/").url == "/learn/core/"
    assert ines.get("/learn/core/changed/").url == "/learn/core/"
    assert not Enrolment.objects.exists()


def test_a_change_of_the_questions_alone_is_read_by_saying_so(ines, root):
    take(INES, course_of("core").outline, MOMENT)
    next_edition(root, "core", STEM, weight="editorial")
    page = text(ines.get("/learn/core/"))
    assert "Every page reads as you know it." in page and "I have read this" in page
    done = ines.post("/learn/core/changed/")
    assert "You have read what changed" in text(ines.get(done.url))


def test_the_certificate_says_its_edition(holder):
    code = Completion.objects.get(person_id=INES).certificate.code
    assert "<dt>Edition</dt><dd>2026.1</dd>" in text(holder.get(f"/verify/{code}/"))


def test_a_lesson_in_a_second_edition_needs_as_few_queries(holder, django_assert_max_num_queries):
    holder.post("/learn/core/changed/")
    holder.get("/learn/core/one/story/")
    with django_assert_max_num_queries(15):
        holder.get("/learn/core/one/story/")
