"""The office's own words in Chromium: written with the letter beside them, published, tried and taken back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.passing import stands, suits_a_thumb

LETTER = "/office/letters/confirmation/{}/?programme=page-b"
TITLES = {"en": "Letters", "es": "Cartas"}


def press(page: Page, act: str) -> None:
    with page.expect_navigation():
        page.locator(f'#write button[value="{act}"]').click()


@pytest.mark.row("A04")
def test_an_officer_words_a_letter_sees_it_with_real_facts_tries_it_and_takes_it_back(page, look, enter):
    enter("mei")
    page.goto("/office/letters/?programme=page-b")
    expect(page.locator("h1")).to_have_text(TITLES[look.language])
    stands(page, look.language)
    suits_a_thumb(page)
    page.goto(LETTER.format(look.language))
    page.locator("#search").fill("Okafor")
    press(page, "find")
    expect(page.locator("#seen")).to_contain_text("Okafor, Ines")
    page.locator("#text").fill("Salve {name}\n\n{naem} https://elsewhere.example/")
    expect(page.locator("#seen .wording-faults li")).to_have_count(2)
    page.locator("#text").fill("Salve {name}\n\n- {training}\n- {my training}")
    expect(page.locator("#seen .wording-mail").first).to_contain_text("Salve Ines Okafor")
    expect(page.locator("#seen .wording-faults")).to_have_count(0)
    expect(page.locator("#seen .wording-mail").first.locator("li")).to_have_count(2)
    made_up, people = page.locator("#seen .wording-made-up"), page.locator(".wording-found input")
    people.last.check()
    expect(made_up).to_have_count(1)
    people.first.check()
    expect(made_up).to_have_count(0)
    expect(page.locator("#seen .wording-mail").first).to_contain_text("Salve Ines Okafor")
    expect(page.locator("#seen a")).to_have_count(0)
    page.locator(".wording-names summary").click()
    page.locator('[data-put="{office}"]').click()
    expect(page.locator("#text")).to_have_value(re.compile(r"\{office\}"))
    stands(page, look.language)
    press(page, "test")
    press(page, "publish")
    expect(page.locator(".office-history li")).to_have_count(2)
    stands(page, look.language)
    suits_a_thumb(page)
    press(page, "back")
    expect(page.locator(".office-history li")).to_have_count(3)


def test_every_letter_of_the_reader_is_listed_and_one_is_stopped_and_started(page, look, enter):
    enter("noor")
    page.goto("/account/letters/")
    stands(page, look.language)
    stop = page.locator(".letters-list button").first
    for left in ("start", "stop"):
        with page.expect_navigation():
            stop.click()
        expect(page.locator('.letters-list input[name="act"]').first).to_have_value(left)
    stands(page, look.language)
