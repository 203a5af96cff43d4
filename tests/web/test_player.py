"""The player in a browser without scripts: begin, read, answer, pause, come back elsewhere, in either language."""

import re
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.cast import DARIO, INES, MOMENT
from tests.learners import course_of, lay_out, take
from tests.staff import open_office, signed_in_as
from upstander.models import Enrolment, LessonAnswer
from upstander.web import middleware

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def open_day(tmp_path, settings, monkeypatch):
    """The tiny course under the keys of the two programmes, on the day of the cast."""
    settings.CONTENT_ROOT = lay_out(tmp_path, "core", "option-a")
    monkeypatch.setattr(middleware, "timezone", SimpleNamespace(now=lambda: MOMENT.at))
    open_office()


@pytest.fixture
def ines():
    return signed_in_as(INES)


def begin(client, course="core"):
    return client.post(f"/learn/{course}/")


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.row("A03", "A06")
def test_before_the_start_stand_the_goals_the_content_note_the_minutes_and_one_button(ines):
    page = text(ines.get("/learn/core/"))
    for said in ("Know the tiny policy", "Know the tiny resources", "Nothing here is graphic.", "minutes", "Español"):
        assert said in page
    assert page.count("button filled") == 1
    assert "Start the course" in page


@pytest.mark.row("A04")
def test_a_link_from_a_message_survives_sign_in_and_lands_on_the_course():
    client = Client()
    asked = client.get("/learn/core/")
    assert asked.status_code == 302
    assert "next=/learn/core/" in asked.url


@pytest.mark.row("A06", "B26")
def test_starting_leads_to_the_first_page_and_coming_back_elsewhere_to_the_place_that_was_kept(ines):
    started = begin(ines)
    assert started.url == "/learn/core/one/first/"
    following = ines.post(started.url, {"go": "next"})
    assert following.url == "/learn/core/one/story/"
    ines.get(following.url)
    telephone = signed_in_as(INES)
    assert "Go on where you left off" in text(telephone.get("/learn/core/"))
    assert begin(telephone).url == "/learn/core/one/story/"


@pytest.mark.row("A06")
def test_a_lesson_says_where_the_reader_is_and_how_many_minutes_are_left(ines):
    begin(ines)
    page = text(ines.get("/learn/core/one/first/"))
    assert "Section 1 of 2: The first section" in page
    assert re.search(r"about \d+ minutes? left", page)
    assert "Next: A story" in page


@pytest.mark.row("B16")
def test_pages_open_in_order_until_the_course_is_completed_and_freely_afterwards(ines):
    begin(ines)
    early = ines.get("/learn/core/two/drawing/")
    assert early.url == "/learn/core/one/first/"
    assert ines.post("/learn/core/two/drawing/", {"go": "next"}).url == "/learn/core/one/first/"
    take(INES, course_of("core").outline, MOMENT)
    assert ines.get("/learn/core/two/drawing/").status_code == 200


def test_a_choice_in_a_scenario_is_kept_and_answered_for_the_readers_own_role(ines):
    begin(ines)
    ines.post("/learn/core/one/first/", {"go": "next"})
    answered = ines.post("/learn/core/one/story/", {"block": "promise", "answer": "b"})
    assert answered.url == "/learn/core/one/story/#promise"
    page = text(ines.get("/learn/core/one/story/"))
    assert "Dario can decide." in page and "You must share it." in page
    assert "You keep it." not in page and "A promise costs trust." not in page
    assert LessonAnswer.objects.get().answer == "b"


def test_the_other_answers_are_shown_when_asked_for(ines):
    begin(ines)
    ines.post("/learn/core/one/first/", {"go": "next"})
    assert "A promise costs trust." not in text(ines.get("/learn/core/one/story/?others=promise"))
    ines.post("/learn/core/one/story/", {"block": "promise", "answer": "b"})
    assert "A promise costs trust." in text(ines.get("/learn/core/one/story/?others=promise"))


def test_with_scripts_the_question_alone_is_sent_back(ines):
    begin(ines)
    ines.post("/learn/core/one/first/", {"go": "next"})
    part = ines.post("/learn/core/one/story/", {"block": "promise", "answer": "a"}, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "A promise costs trust." in text(part) and "<html" not in text(part)


def test_a_choice_that_does_not_exist_is_not_kept(ines):
    begin(ines)
    ines.post("/learn/core/one/first/", {"go": "next"})
    for data in ({"block": "promise", "answer": "z"}, {"block": "nothing", "answer": "a"}):
        assert ines.post("/learn/core/one/story/", data).status_code == 404
    assert not LessonAnswer.objects.exists()


@pytest.mark.row("A15")
def test_the_language_changes_in_mid_lesson_and_place_and_answers_stay(ines):
    begin(ines)
    ines.post("/learn/core/one/first/", {"go": "next"})
    ines.post("/learn/core/one/story/", {"block": "promise", "answer": "b"})
    changed = ines.post("/language/", {"language": "es", "next": "/learn/core/one/story/"})
    assert changed.url == "/learn/core/one/story/"
    page = text(ines.get(changed.url))
    assert "Dario puede decidir." in page and "Debe informarlo." in page
    assert "Sección 1 de 2: La primera sección" in page
    assert Enrolment.objects.get().place == "one/story"


@pytest.mark.row("B15")
def test_pausing_keeps_the_place_and_leaves_nothing_of_the_lesson_on_the_screen(ines):
    begin(ines)
    page = text(ines.get("/learn/core/pause/"))
    assert "Your place is kept" in page
    assert ines.get("/learn/core/one/first/").url == "/learn/core/pause/"  # the way back shows nothing of it
    assert ines.post("/learn/core/pause/").url == "/learn/core/one/first/"
    assert ines.get("/learn/core/one/first/").status_code == 200
    assert "A tiny course" not in page and "The first page" not in page


@pytest.mark.row("B14", "B15")
def test_asking_carries_the_place_along_and_another_way_asks_no_reason(ines):
    begin(ines)
    question = text(ines.get("/learn/core/ask/?page=one/first"))
    assert "the page “The first page” of “A tiny course”" in question
    other = text(ines.get("/learn/core/ask/?for=another-way&page=one/first", follow=True))
    assert "needs no reason" in other and "The first page" not in other


def test_every_page_in_a_course_offers_the_ways_out(ines):
    begin(ines)
    page = text(ines.get("/learn/core/one/first/"))
    for way in ("/learn/core/pause/", "/learn/core/ask/?page=one%2Ffirst", "/support/?course=core", "/my-training/"):
        assert way in page


def test_a_course_or_page_that_does_not_exist_is_404(ines):
    begin(ines)
    assert ines.get("/learn/nothing/").status_code == 404
    assert ines.get("/learn/core/one/nothing/").status_code == 404


def test_a_lesson_before_beginning_leads_to_the_start(ines):
    assert ines.get("/learn/core/one/first/").url == "/learn/core/"


@pytest.mark.row("B16")
def test_a_completed_course_can_be_started_again(ines):
    take(INES, course_of("core").outline, MOMENT)
    assert "Start again from the first page" in text(ines.get("/learn/core/"))
    assert ines.post("/learn/core/again/").url == "/learn/core/one/first/"
    assert "Go on where you left off" in text(ines.get("/learn/core/"))


def test_a_lesson_needs_a_constant_number_of_queries(ines, django_assert_max_num_queries):
    begin(ines)
    ines.get("/learn/core/one/first/")
    with django_assert_max_num_queries(8):
        ines.get("/learn/core/one/first/")


@pytest.mark.row("B20")
def test_whoever_has_no_duty_may_take_a_course_all_the_same():
    assert begin(signed_in_as(DARIO), "option-a").url == "/learn/option-a/one/first/"
