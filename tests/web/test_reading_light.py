"""What a device asks for: low-bandwidth mode and larger text, on every page of a course, kept in a cookie."""

import re
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.cast import INES, MOMENT
from tests.learners import lay_out, read_everything
from tests.staff import open_office, signed_in_as
from upstander.delivery import catalogue
from upstander.models import Attempt
from upstander.web import middleware

pytestmark = [pytest.mark.django_db, pytest.mark.row("B10")]


@pytest.fixture(autouse=True)
def open_day(tmp_path, settings, monkeypatch):
    """The tiny course under the keys of the two programmes, on the day of the cast."""
    settings.CONTENT_ROOT = lay_out(tmp_path, "core", "option-a")
    monkeypatch.setattr(middleware, "timezone", SimpleNamespace(now=lambda: MOMENT.at))
    open_office()


@pytest.fixture
def ines():
    return signed_in_as(INES)


def choose(client, **wanted):
    return client.post("/reading/", {"next": "/learn/option-a/", **wanted})


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def fetched(response) -> list[str]:
    """What the page has the browser fetch: stylesheets, scripts, pictures, media, fonts."""
    page = response.content.decode()
    return re.findall(r'<link rel="(?:stylesheet|preload)"[^>]*href="([^"]+)', page) + re.findall(
        r'<(?:script|img|video|audio|iframe)[^>]*src="([^"]+)', page
    )


def lean_pages(client) -> dict[str, object]:
    """Every kind of page of a course, by its address, in an attempt that is under way."""
    outline = catalogue.edition("option-a", "en").outline
    read_everything(INES, outline, MOMENT)
    client.post("/learn/option-a/assessment/")
    attempt = Attempt.objects.get(enrolment__person_id=INES)
    addresses = ["", "search/?q=care", "assessment/", "assessment/answers/"]
    addresses += [f"assessment/{number}/" for number in range(1, len(attempt.form) + 1)]
    addresses += [f"{ref}/" for ref in outline.pages]
    return {address: client.get(f"/learn/option-a/{address}") for address in addresses}


def test_every_page_of_a_course_has_one_stylesheet_and_nothing_else(ines):
    choose(ines, light="on")
    for address, page in lean_pages(ines).items():
        assert page.status_code == 200, address
        assert len(fetched(page)) == 1, address
        assert "light" in fetched(page)[0], address


def test_a_drawing_is_told_in_words(ines):
    choose(ines, light="on")
    page = text(lean_pages(ines)["two/drawing/"])
    assert "<svg" not in page
    assert "A square with a line through it." in page


def test_without_the_wish_a_drawing_is_drawn(ines):
    assert "<svg" in text(lean_pages(ines)["two/drawing/"])


def test_answers_are_given_and_kept_without_a_script(ines):
    choose(ines, light="on")
    lean_pages(ines)
    answered = ines.post("/learn/option-a/one/story/", {"block": "promise", "answer": "b"}, follow=True)
    assert "Dario can decide." in text(answered)


def test_the_choice_leads_back_to_its_place_and_stays_on_the_device(ines):
    chosen = choose(ines, light="on")
    assert chosen.url == "/learn/option-a/"
    cookie = chosen.cookies["upstander_reading"]
    assert cookie.value == "light-100"
    assert cookie["httponly"]
    assert "Switch low-bandwidth mode off" in text(ines.get("/learn/option-a/"))


def test_the_way_back_never_leads_to_another_site(ines):
    assert choose(ines, light="on", next="https://elsewhere.example/").url == "/reading/"


def test_a_browser_that_saves_data_is_offered_the_mode_until_somebody_chose(ines):
    said = "Your browser asks to save data."
    assert said not in text(ines.get("/learn/option-a/"))
    assert said in text(ines.get("/learn/option-a/", headers={"save-data": "on"}))
    choose(ines, light="off")
    assert said not in text(ines.get("/learn/option-a/", headers={"save-data": "on"}))


@pytest.mark.row("A08")
@pytest.mark.parametrize("size", ["125", "150", "200"])
def test_the_size_of_the_text_holds_on_every_page(size):
    visitor = Client()
    choose(visitor, size=size)
    for address in ("/", "/courses/", "/help/", "/reading/"):
        assert f'data-size="{size}"' in text(visitor.get(address)), address


@pytest.mark.row("A08")
def test_one_wish_leaves_the_other_as_it_was(ines):
    choose(ines, size="150")
    assert choose(ines, light="on").cookies["upstander_reading"].value == "light-150"


@pytest.mark.parametrize("kept", ["", "light", "light-1000", "x-150-y", "<script>"])
def test_an_unreadable_wish_counts_as_none(kept):
    visitor = Client()
    visitor.cookies["upstander_reading"] = kept
    page = visitor.get("/reading/")
    assert page.status_code == 200
    assert "data-size" not in text(page)


def test_help_leads_to_the_mode():
    assert 'href="/reading/"' in text(Client().get("/help/"))
