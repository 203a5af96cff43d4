"""Help is found by whatever word people use, beside the questions too; and where nothing is, by a person (A17, C02)."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.cast import INES, NOOR
from tests.staff import signed_in_as
from upstander.core.search import alike, plain
from upstander.web.public.help_search import SYNONYMS, _groups

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university"), pytest.mark.row("A17", "C02")]


def read(address: str, person_id: str = "", lang: str = "en") -> str:
    client = signed_in_as(person_id) if person_id else Client()
    client.cookies["upstander_language"] = lang
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def results(typed: str, lang: str = "en") -> str:
    page = read(f"/help/?q={typed}", lang=lang)
    return page.split('<section class="help-found"')[1].split("</section>")[0]


@pytest.mark.parametrize(
    ("typed", "lang", "href"),
    [
        ("diploma", "en", "/help/page-b/#confirmation"),
        ("constancia", "es", "/help/page-b/#confirmation"),
        ("sabbatical", "es", "/help/page-b/#leave"),
        ("postpone", "es", "/ask/extension/"),
        ("muted", "en", "/trouble/#sound"),
        ("cookies", "es", "/trouble/#check-cookies"),
        ("hospital", "es", "/trouble/#network"),
        ("bystander", "en", "/learn/bystander-practice/"),
        ("prorroga", "en", "/ask/extension/"),
        ("responsible employee", "en", "/explainers/responsible-employee/"),
        ("i was assaulted", "en", "/help/#told"),
        ("me acosaron", "es", "/help/#told"),
        ("somebody has been raped", "es", "/help/#told"),
        ("is this phishing?", "en", "/check/"),
        ("correo falso", "es", "/check/"),
        ("embarazada", "es", "/ask/leave/"),
    ],
)
def test_a_word_that_people_use_leads_to_its_place(typed, lang, href):
    assert href in results(typed, lang)


def test_a_mistyped_word_is_answered_by_the_one_that_was_meant():
    said = results("certifcate")
    assert 'href="/help/?q=certificate"' in said
    assert "/help/page-b/#confirmation" in results("certificate")


@pytest.mark.parametrize("lang", ["en", "es"])
def test_where_nothing_fits_a_person_and_other_ways_are_offered(lang, settings):
    said = results("zzzzqqqq", lang)
    assert settings.INSTITUTION["office"]["phone"] in said and settings.INSTITUTION["office"]["email"] in said
    assert 'href="/trouble/"' in said and 'href="/ask/"' in said


def test_every_word_for_the_same_is_written_as_it_is_compared_and_finds_the_others():
    for group in _groups():
        for word in group:
            assert word == plain(word), f"{word} in {SYNONYMS.name}"
            assert set(alike(word, _groups())) >= group


@pytest.mark.parametrize(
    ("question", "kind"),
    [("more-time", "extension"), ("leave", "leave"), ("languages", "language"), ("no-computer", "no-computer"),
     ("technical", "technical"), ("reminders-done", "already-done"), ("in-person", "in-person"), ("survey", "privacy")],
)  # fmt: skip
def test_an_answer_that_says_ask_leads_in_one_step_to_its_form(question, kind):
    page = read("/help/page-b/", INES)
    answer = page.split(f'<article class="answer" id="{question}"')[1].split("</article>")[0]
    address = re.search(rf'href="(/ask/{kind}/\?programme=page-b)"', answer)[1]
    assert re.search(r'<form method="post"[^>]* novalidate', read(address, INES))


def test_a_visitor_is_led_to_the_form_by_the_sign_in_and_can_write_at_once():
    page = read("/help/page-b/")
    answer = page.split('<article class="answer" id="more-time"')[1].split("</article>")[0]
    assert "mailto:" in answer and "/ask/extension/?programme=page-b" in answer
    came = Client().get("/ask/extension/?programme=page-b")
    assert came.status_code == 302 and came.url == "/account/login/?next=/ask/extension/%3Fprogramme%3Dpage-b"


def test_nobody_is_led_to_a_form_that_could_take_nothing_from_them():
    answer = read("/help/page-b/", NOOR).split('<article class="answer" id="more-time"')[1].split("</article>")[0]
    assert "/ask/extension/" not in answer and "mailto:" in answer
