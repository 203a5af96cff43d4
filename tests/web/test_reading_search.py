"""Search inside the courses: whole words of the reader, only what stands open, and no trace of what was looked for."""

import logging
import re
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.cast import INES, MOMENT
from tests.learners import course_of, lay_out, take
from tests.staff import open_office, signed_in_as
from upstander.core.search import Index, Passage, Place, excerpt, words_of
from upstander.web import middleware

pytestmark = [pytest.mark.django_db, pytest.mark.row("B16")]


@pytest.fixture(autouse=True)
def open_day(tmp_path, settings, monkeypatch):
    """The tiny course under the keys of the two programmes, on the day of the cast."""
    settings.CONTENT_ROOT = lay_out(tmp_path, "core", "option-a")
    monkeypatch.setattr(middleware, "timezone", SimpleNamespace(now=lambda: MOMENT.at))
    open_office()


@pytest.fixture
def ines():
    client = signed_in_as(INES)
    client.post("/learn/option-a/")
    return client


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def found_at(response) -> list[str]:
    return re.findall(r'<h3><a href="([^"]+)"', response.content.decode())


def test_a_word_on_an_open_page_is_found_marked_and_linked_to_its_place(ines):
    page = ines.get("/learn/option-a/search/", {"q": "care"})
    assert found_at(page) == ["/learn/option-a/one/first/#b1"]
    assert "<mark>care</mark>" in text(page)
    lesson = text(ines.get("/learn/option-a/one/first/"))
    assert 'id="b1"' in lesson


def test_what_does_not_stand_open_yet_is_only_counted(ines):
    page = ines.get("/learn/option-a/search/", {"q": "Dario"})
    assert found_at(page) == []
    assert "1 place opens as you go on." in text(page)
    assert "stays behind" not in text(page)


def test_after_completion_every_page_and_what_was_said_to_each_choice_is_found():
    take(INES, course_of("option-a").outline, MOMENT)
    client = signed_in_as(INES)
    assert found_at(client.get("/learn/option-a/search/", {"q": "Dario"})) == ["/learn/option-a/one/story/#promise"]
    said = client.get("/learn/option-a/search/", {"q": "promise costs"})
    assert found_at(said) == ["/learn/option-a/one/story/?others=promise#promise"]


def test_what_is_said_to_a_choice_is_not_given_away_before_completion(ines):
    ines.post("/learn/option-a/one/first/", {"go": "next"})
    page = text(ines.get("/learn/option-a/search/", {"q": "promise costs"}))
    assert "Nothing fits" in page


def test_placeholders_are_found_by_the_words_that_fill_them(ines, settings):
    phone = settings.INSTITUTION["office"]["phone"].split("-")[-1]
    assert found_at(ines.get("/learn/option-a/search/", {"q": phone})) == ["/learn/option-a/one/first/#b1"]


def test_before_beginning_nothing_is_shown_and_the_places_are_counted():
    page = text(signed_in_as(INES).get("/learn/option-a/search/", {"q": "care"}))
    assert "1 place in this course; it opens once you have begun." in page
    assert "<mark>" not in page


def test_the_search_over_all_courses_shows_what_is_open_and_names_the_rest(ines):
    page = ines.get("/courses/search/", {"q": "care"})
    assert found_at(page) == ["/learn/option-a/one/first/#b1"]
    assert "1 place in this course; it opens once you have begun." in text(page)


def test_without_sign_in_only_the_courses_are_named():
    page = Client().get("/courses/search/", {"q": "care"})
    assert found_at(page) == []
    assert "/learn/option-a/" in text(page)
    assert "Sign in to read what stands there." in text(page)


@pytest.mark.row("A15")
def test_the_switch_of_the_language_keeps_what_was_looked_for(ines):
    page = text(ines.get("/learn/option-a/search/", {"q": "care"}))
    assert 'name="next" value="/learn/option-a/search/?q=care"' in page


def test_nothing_of_what_was_looked_for_reaches_the_log(ines, caplog):
    with caplog.at_level(logging.DEBUG):
        ines.get("/learn/option-a/search/", {"q": "somethingprivate"})
        ines.get("/courses/search/", {"q": "somethingprivate"})
    assert "somethingprivate" not in caplog.text


def test_markup_that_was_typed_is_shown_as_text(ines):
    page = text(ines.get("/learn/option-a/search/", {"q": "<script>alert(1)</script>"}))
    assert "<script>alert" not in page


INDEX = Index.of([
    Place("a", "Otra cosa", (Passage("b1", "Las represalias están prohibidas."),)),
    Place("b", "Sin represalias", (Passage("b1", "Nadie paga por hablar."),)),
    Place("c", "Más", (Passage("b1", "Represalia", is_heading=True), Passage("b2", "La política la prohíbe."))),
])  # fmt: skip


def test_a_title_goes_before_a_heading_and_a_heading_before_the_text():
    assert [hit.ref for hit in INDEX.find("represalias")] == ["b", "c", "a"]


@pytest.mark.parametrize("typed", ["PROHIBE", "prohíb", "politica prohibe"])
def test_accents_capitals_and_beginnings_of_words_do_not_matter(typed):
    assert "c" in [hit.ref for hit in INDEX.find(typed)]


def test_every_word_has_to_stand_on_the_page():
    assert [hit.ref for hit in INDEX.find("represalias hablar")] == ["b"]
    assert INDEX.find("represalias ballena") == []


def test_nothing_typed_finds_nothing():
    assert INDEX.find("  , ") == []


def test_an_excerpt_begins_before_the_first_word_found_and_marks_it_without_its_stops():
    shown = excerpt("one " * 30 + "«care», and " + "more " * 40, words_of("care"))
    assert ("care", True) in shown
    assert shown[0][0].startswith("… one")
    assert shown[-1][0].endswith("…")
