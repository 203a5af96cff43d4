"""What everybody can read: the way in, the schedule, help, and the pages for what goes wrong."""

from html import unescape

import pytest
from django.test import Client

from tests.cast import INES, MEI, MOMENT, NOOR, SOFIA
from tests.staff import signed_in_as
from upstander.actions.standing import decide_again
from upstander.models import Unit


def read(path: str, client: Client | None = None, lang: str = "en", status: int = 200) -> str:
    client = client or Client()
    client.cookies["upstander_language"] = lang
    answer = client.get(path)
    assert answer.status_code == status
    return unescape(answer.content.decode())


@pytest.mark.row("B01")
def test_the_schedule_shows_every_group_with_its_days_to_anybody(university):
    page = read("/programmes/page-b/schedule/")
    for words in (
        "All schools (including faculty)", "13 January 2021", "17 February 2021",
        "Vice President for Research", "22 February 2021", "26 March 2021",
        "Graduate students (third year and above)", "5 April 2021", "7 May 2021",
        "Central and academic administration", "4 May 2021", "11 June 2021",
    ):  # fmt: skip
        assert words in page
    assert "your group" not in page


@pytest.mark.row("B01")
def test_the_schedule_marks_the_reader_s_own_group_and_window(university):
    page = read("/programmes/page-b/schedule/", signed_in_as(INES))
    own = page.split('<tr class="mine">')[1].split("</tr>")[0]
    assert "All schools" in own
    assert "Your days: from 13 January 2021 to <strong>Wednesday 17 February 2021, end of day, Eastern time" in page


@pytest.mark.row("B01")
def test_a_person_in_two_groups_is_told_which_one_won_and_why(university):
    Unit.objects.get(pk="music").appointments.filter(person_id=SOFIA).update(paid=True, category="staff")
    decide_again([SOFIA], MOMENT, "roster", "test")
    page = read("/programmes/page-b/schedule/", signed_in_as(SOFIA))
    assert "You have appointments in more than one group." in page
    assert "“All schools (including faculty)” comes first in the roll-out, so it is yours." in page


def test_whoever_owes_nothing_sees_the_schedule_without_a_group(university):
    page = read("/programmes/page-b/schedule/", signed_in_as(NOOR))
    assert 'class="mine"' not in page


def test_a_programme_without_groups_says_how_its_days_are_counted(university):
    assert "is due 45 days after" in read("/programmes/page-a/schedule/")


def test_an_unknown_programme_has_no_schedule(university):
    read("/programmes/nosuch/schedule/", status=404)


@pytest.mark.row("A17")
@pytest.mark.parametrize(("lang", "name"), [("en", "Prevention Office"), ("es", "Oficina de Prevención")])
@pytest.mark.parametrize("path", ["/", "/help/", "/privacy/", "/courses/", "/account/login/", "/account/signup/"])
def test_the_office_with_its_telephone_stands_on_every_page(university, path, lang, name):
    page = read(path, lang=lang)
    assert name in page
    assert 'href="tel:5550100100"' in page
    assert f'<html lang="{lang}"' in page


@pytest.mark.parametrize("anchor", ["told", "more-time", "leave", "ending", "done", "language", "another-way"])
def test_every_place_that_the_plan_points_to_stands_on_the_help_page(university, anchor):
    assert f'id="{anchor}"' in read("/help/")


@pytest.mark.row("A17")
@pytest.mark.parametrize(("lang", "words"), [("en", "We cannot find this page"), ("es", "No encontramos esta página")])
def test_a_missing_page_says_what_to_do_and_whom_to_call(university, lang, words):
    page = read("/no/such/page/", lang=lang, status=404)
    assert words in page
    assert 'href="tel:5550100100"' in page


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "Something went wrong on our side"), ("es", "Algo falló de nuestro lado")],
)
def test_a_page_that_breaks_says_what_was_kept_without_asking_the_database(university, monkeypatch, lang, words):
    def broken():
        raise RuntimeError("the cause")

    monkeypatch.setattr("upstander.web.public.pages.all_published", broken)
    client = Client(raise_request_exception=False)
    page = read("/", client, lang, status=500)
    assert words in page
    assert "the cause" not in page
    assert 'href="tel:5550100100"' in page


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "The form was open too long"), ("es", "El formulario estuvo abierto demasiado tiempo")],
)
def test_a_form_without_its_proof_of_origin_is_explained(university, lang, words):
    client = Client(enforce_csrf_checks=True)
    client.cookies["upstander_language"] = lang
    answer = client.post("/account/login/", {"login": "a@b.example", "password": "x"})
    assert answer.status_code == 403
    assert words in answer.content.decode()


def test_who_is_signed_in_goes_from_the_first_page_to_their_training(university):
    assert signed_in_as(INES).get("/")["Location"] == "/my-training/"


def test_the_navigation_offers_what_the_reader_s_roles_open(university):
    assert 'href="/office/"' in read("/help/", signed_in_as(MEI))
    plain = read("/help/", signed_in_as(INES))
    assert 'href="/office/"' not in plain
    assert 'href="/department/"' not in plain


def test_the_courses_list_shows_every_option_once_under_its_programme(university):
    page = read("/courses/")
    for key in ("core", "option-a", "option-b", "option-c", "option-d", "option-e"):
        assert page.count(f'href="/learn/{key}/"') == 1


def test_the_theme_carries_the_institution_s_colour_and_may_be_kept(university):
    answer = Client().get("/theme.css?v=1")
    assert b"--accent:#0b5a5c" in answer.content
    assert "max-age=31536000" in answer["Cache-Control"]


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(university):
    for path in ("/", "/help/", "/courses/", "/account/login/"):
        page = read(path)
        assert " style=" not in page
        assert "<style" not in page
        assert "onclick" not in page
        assert "<script>" not in page
        assert 'src="http' not in page


def test_robots_are_kept_from_everything_but_the_public_pages(university):
    assert b"Disallow: /" in Client().get("/robots.txt").content
