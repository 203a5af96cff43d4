"""The assessment in a browser without scripts: one question a page, a look before submitting, result, Review."""

import html
import re
from types import SimpleNamespace

import pytest

from tests.cast import HUGO, INES, MOMENT
from tests.learners import course_of, lay_out, read_everything, right_answer, take, wrong_answer
from tests.staff import later, open_office, signed_in_as
from upstander.core.bank import Item
from upstander.models import Attempt, Completion, Notice
from upstander.web import middleware

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def open_day(tmp_path, settings, monkeypatch):
    settings.CONTENT_ROOT = lay_out(tmp_path, "core", "option-a")
    monkeypatch.setattr(middleware, "timezone", SimpleNamespace(now=lambda: MOMENT.at))
    open_office()


@pytest.fixture
def ines():
    """Ines, who has read the course to its end."""
    read_everything(INES, course_of("core").outline, MOMENT)
    return signed_in_as(INES)


def text(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", response.content.decode()))


def fields(item: Item, answer: object) -> list[dict]:
    """The posts by which a person gives this answer in the browser."""
    if item.kind in {"single", "multiple"}:
        return [{"answer": answer}]
    if item.kind == "matching":
        return [{f"pair-{left}": right for left, right in answer.items()}]
    if item.kind == "ordering":
        return [{"order": ",".join(answer)}]
    return [{"branch": branch, "answer": option} for branch, option in answer.items()]


def answer_all(client, wrong: int = 0, course: str = "core") -> Attempt:
    """Begins an attempt and answers every item on its page; so many wrongly."""
    client.post(f"/learn/{course}/assessment/")
    attempt = Attempt.objects.get(submitted_at=None)
    bank = course_of(course).outline.assessment.bank
    for number, row in enumerate(attempt.form, 1):
        item = bank[row["item"]]
        for data in fields(item, wrong_answer(item) if number <= wrong else right_answer(item)):
            client.post(f"/learn/{course}/assessment/{number}/", {"attempt": attempt.pk, "go": "next", **data})
    return attempt


def submit(client, attempt: Attempt, course: str = "core"):
    return client.post(f"/learn/{course}/assessment/answers/", {"attempt": attempt.pk})


@pytest.mark.row("A14")
def test_passing_completes_the_course_and_says_what_it_counts_for(ines):
    attempt = answer_all(ines)
    done = submit(ines, attempt)
    page = text(ines.get(done.url))
    assert "You have completed this course" in page
    assert "Your requirement in “Supporting a harassment-free community” (2020-21) is met." in page
    assert Completion.objects.get(person_id=INES).completed_on == MOMENT.day
    assert Notice.objects.filter(person_id=INES, kind="confirmation", programme_id="page-a").count() == 1
    assert "/certificates/" in page


@pytest.mark.row("A14")
def test_below_the_mark_nothing_is_held_against_anybody_and_review_comes_first(ines):
    done = submit(ines, answer_all(ines, wrong=2))
    page = text(ines.get(done.url))
    assert "3 of 5 right." in page and "It takes 4 to pass." in page and "There is no penalty" in page
    assert re.search(r'button filled" href="[^"]*/review/"', page)
    assert not Completion.objects.exists()
    assert submit(ines, answer_all(ines)).status_code == 302
    assert Completion.objects.count() == 1


@pytest.mark.row("A14")
def test_review_lists_every_response_with_feedback_and_the_page_to_read_again(ines):
    attempt = answer_all(ines, wrong=5)
    submit(ines, attempt)
    page = text(ines.get(f"/learn/core/assessment/{attempt.pk}/review/"))
    assert page.count('class="reviewed"') == 5
    assert "You chose this." in page and "That is not right. a" in page and "That is right. b" in page
    assert "What to read again" in page and 'href="/learn/core/two/drawing/"' in page
    assert "It belongs to:" in page and "You had here:" in page


def test_review_adds_what_belongs_to_the_reader_s_own_duty_to_report(ines):
    attempt = answer_all(ines)
    submit(ines, attempt)
    Attempt.objects.filter(pk=attempt.pk).update(form=[{"item": "S1", "options": ["a", "b", "c"]}])
    page = text(ines.get(f"/learn/core/assessment/{attempt.pk}/review/"))
    assert "Your role must share." in page
    assert "Your role may" not in page


@pytest.mark.row("A15")
def test_an_attempt_begun_in_english_goes_on_and_is_reviewed_in_spanish(ines):
    attempt = answer_all(ines, wrong=1)
    ines.post("/language/", {"language": "es", "next": "/learn/core/assessment/answers/"})
    assert "Todas las preguntas tienen respuesta." in text(ines.get("/learn/core/assessment/answers/"))
    submit(ines, attempt)
    page = text(ines.get(f"/learn/core/assessment/{attempt.pk}/review/"))
    assert "Es correcto." in page and "4 de 5 correctas." in page


def test_each_answer_is_kept_with_its_page_and_shown_on_coming_back(ines):
    attempt = answer_all(ines)
    assert len(Attempt.objects.get(pk=attempt.pk).answers) == 5
    number = next(n for n, row in enumerate(attempt.form, 1) if row["item"][0] in "SM")
    assert "checked" in text(ines.get(f"/learn/core/assessment/{number}/"))
    assert "Go on (5 of 5 answered)" in text(ines.get("/learn/core/assessment/"))


def test_a_question_may_be_left_open_and_the_look_before_submitting_says_so(ines):
    ines.post("/learn/core/assessment/")
    attempt = Attempt.objects.get()
    onwards = ines.post("/learn/core/assessment/1/", {"attempt": attempt.pk, "go": "next"})
    number = next(n for n, row in enumerate(attempt.form, 1) if not row["item"].startswith("R"))
    ines.post(f"/learn/core/assessment/{number}/", {"attempt": attempt.pk, "go": "next"})
    assert onwards.url == "/learn/core/assessment/2/"
    assert "no answer yet" in text(ines.get("/learn/core/assessment/answers/"))


def test_steps_are_put_in_order_by_buttons(ines):
    ines.post("/learn/core/assessment/")
    attempt = Attempt.objects.get()
    number = next(n for n, row in enumerate(attempt.form, 1) if row["item"].startswith("R"))
    data = {"attempt": attempt.pk, "order": "x,y,z", "move": "z:up"}
    moved = ines.post(f"/learn/core/assessment/{number}/", data)
    assert moved.url == f"/learn/core/assessment/{number}/"
    assert Attempt.objects.get().answers[attempt.form[number - 1]["item"]] == ["x", "z", "y"]
    assert 'name="order" value="x,z,y"' in text(ines.get(moved.url))


def test_a_story_goes_on_after_the_right_step_and_ends_after_another(ines):
    ines.post("/learn/core/assessment/")
    attempt = Attempt.objects.get()
    number = next(n for n, row in enumerate(attempt.form, 1) if row["item"].startswith("B"))
    address = f"/learn/core/assessment/{number}/"
    assert "Second decision" not in text(ines.get(address))
    assert ines.post(address, {"attempt": attempt.pk, "go": "next", "branch": "1", "answer": "b"}).url == address
    assert "Second decision" in text(ines.get(address))
    ines.post(address, {"attempt": attempt.pk, "go": "next", "branch": "2", "answer": "b"})
    assert "This story ends here." in text(ines.get(address))


@pytest.mark.row("A14")
def test_a_submission_sent_twice_is_counted_once_and_says_so(ines):
    attempt = answer_all(ines)
    submit(ines, attempt)
    again = submit(ines, attempt)
    assert "It was counted once" in text(ines.get(again.url))
    assert Completion.objects.count() == 1


def test_a_page_left_open_from_an_old_attempt_changes_nothing_and_says_so(ines):
    attempt = answer_all(ines, wrong=5)
    submit(ines, attempt)
    kept = Attempt.objects.get(pk=attempt.pk).answers
    late = ines.post("/learn/core/assessment/1/", {"attempt": attempt.pk, "go": "next", "answer": "b"})
    assert late.url == f"/learn/core/assessment/{attempt.pk}/"
    assert "nothing has changed" in text(ines.get(late.url))
    assert Attempt.objects.get(pk=attempt.pk).answers == kept


@pytest.mark.row("B16")
def test_the_assessment_does_not_open_before_the_last_page():
    client = signed_in_as(HUGO)
    client.post("/learn/core/")
    assert client.get("/learn/core/assessment/").url == "/learn/core/one/first/"
    assert client.post("/learn/core/assessment/").url == "/learn/core/one/first/"
    assert not Attempt.objects.exists()


def test_an_attempt_is_its_owners_alone(ines):
    attempt = answer_all(ines, wrong=5)
    submit(ines, attempt)
    hugo = signed_in_as(HUGO)
    for address in (f"/learn/core/assessment/{attempt.pk}/", f"/learn/core/assessment/{attempt.pk}/review/"):
        assert hugo.get(address).status_code == 404
    assert submit(hugo, attempt).status_code == 404
    assert ines.get(f"/learn/option-a/assessment/{attempt.pk}/").status_code == 404


@pytest.mark.row("B05", "B06")
def test_an_option_is_completed_by_its_check_and_another_one_after_it_is_only_recorded():
    outcome = take(INES, course_of("option-a").outline, MOMENT)
    client = signed_in_as(INES)
    page = text(client.get(f"/learn/option-a/assessment/{outcome.attempt.pk}/"))
    assert "Your requirement in “Preventing harassment, 2020–21” (2020-21) is met." in page


def test_practice_after_completion_says_that_nothing_changed(ines, monkeypatch):
    submit(ines, answer_all(ines))
    monkeypatch.setattr(middleware, "timezone", SimpleNamespace(now=lambda: later(hours=1).at))
    practice = answer_all(ines, wrong=5)
    page = text(ines.get(submit(ines, practice).url))
    assert "This attempt was for practice." in page
    assert Completion.objects.count() == 1
