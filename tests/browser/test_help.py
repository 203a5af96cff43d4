"""Help as a reader meets it: the answer for them set apart, a way to each question, a search, and paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.passing import fits_its_width, stands

#: (who, programme): an answer of each kind stands on these pages.
ASKERS = [("dario", "page-b"), ("amara", "page-b"), ("tomas", "page-a"), ("", "page-a")]


@pytest.mark.row("C02")
@pytest.mark.parametrize(("who", "programme"), ASKERS)
def test_the_answers_of_a_programme_stand(page, look, enter, who, programme):
    if who:
        enter(who)
    assert page.goto(f"/help/{programme}/").status == 200
    stands(page, look.language)
    questions = page.locator(".answer")
    expect(page.locator(".answer .answer-own")).to_have_count(questions.count() if who else 0)
    page.set_viewport_size({"width": 320, "height": 640})
    fits_its_width(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    fits_its_width(page)


@pytest.mark.row("C02")
def test_the_list_of_questions_leads_to_each_answer(page, look, enter):
    enter("ines")
    page.goto("/help/page-b/")
    if look.width < 1000:
        page.locator(".help-contents summary").click()
        page.locator('.help-contents a[href="#appointment-ends"]').click()
    else:
        page.locator('.help-aside a[href="#appointment-ends"]').click()
    expect(page).to_have_url(re.compile(r"#appointment-ends$"))
    answer = page.locator("#appointment-ends")
    expect(answer.locator(".answer-own")).to_be_in_viewport()
    expect(answer.locator("h3")).to_be_in_viewport()


def test_the_search_is_reached_typed_and_left_by_keyboard(page, look, enter):
    enter("ines")
    page.goto("/help/page-b/")
    page.locator("#q").focus()
    page.keyboard.type("sabático")
    page.keyboard.press("Enter")
    expect(page.locator("#leave .answer-own")).to_be_visible()
    expect(page.locator("#contact")).to_have_count(0)
    stands(page, look.language)
    page.locator(".help-found a").click()
    expect(page.locator("#contact")).to_be_visible()


def test_help_and_its_search_stand_and_lead_to_the_answer(page, look, enter):
    enter("ines")
    page.goto("/help/")
    stands(page, look.language)
    page.locator("#q").fill("sabbatical")
    page.locator(".help-search button").click()
    stands(page, look.language)
    page.locator('.help-found a[href="/help/page-b/#leave"]').click()
    expect(page.locator("#leave .answer-own")).to_be_in_viewport()


def test_on_paper_every_answer_and_the_office_remain_and_the_search_goes(page, look, enter):
    enter("ines")
    page.goto("/help/page-a/")
    page.emulate_media(media="print")
    expect(page.locator(".help-search")).to_be_hidden()
    expect(page.locator("#told .answer-general")).to_be_visible()
    expect(page.locator("aside .contact").first).to_be_visible()
