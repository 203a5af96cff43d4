"""A doubted fact in Chromium, from the reason to the answer: its person, the office, a department."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.passing import stands
from tests.browser.taking import FILLED, press

NUMBER = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}")


def open_a_case(page, enter, key: str) -> str:
    """Signs in, disputes the first reason, and gives the address of the case."""
    enter(key)
    page.goto("/my-training/page-b/wrong/?reason=0&fact=unit")
    page.locator("#id_right").fill("The Laboratory of Light")
    press(page, FILLED)
    return page.url


def leave(page) -> None:
    page.context.clear_cookies()


@pytest.mark.row("C01")
def test_a_reason_leads_to_a_request_with_a_number_and_the_plan_says_that_it_is_checked(page, look, enter, site):
    enter(site.somebody())
    page.goto("/my-training/")
    link = page.locator("#page-b .reasons a").first
    expect(page.locator("#page-b .reasons a")).to_have_count(page.locator("#page-b .reasons li").count())
    if not link.is_visible():
        page.locator("#page-b details:has(.reasons) > summary").click()
    link.click()
    stands(page, look.language)
    page.locator(".choices a").first.click()
    stands(page, look.language)
    press(page, FILLED)  # the choice is still missing
    expect(page.locator(".error-summary")).to_be_visible()
    stands(page, look.language)
    page.locator("#id_right").select_option("affiliate")
    press(page, FILLED)
    expect(page.locator("h1")).to_have_text(NUMBER)
    stands(page, look.language)
    page.goto("/my-training/")
    expect(page.locator("#page-b .message a")).to_have_text(NUMBER)
    stands(page, look.language)
    page.goto("/cases/")
    expect(page.locator(".case-line")).to_have_count(1)
    stands(page, look.language)


def test_the_office_asks_back_the_person_answers_and_the_office_accepts(page, look, enter, site):
    key = site.somebody()
    address = open_a_case(page, enter, key)
    leave(page)
    enter("mei")
    at_office = address.replace("/cases/", "/office/cases/")
    page.goto("/office/cases/")
    expect(page.locator(f'a[href="{at_office.removeprefix(site.address)}"]')).to_be_visible()
    stands(page, look.language)
    page.goto(f"{at_office}?words=ask-which")
    expect(page.locator("#move-ask")).to_be_checked()
    expect(page.locator("#id_text")).to_have_value(re.compile("nombramientos" if look.language == "es" else "Which of"))
    stands(page, look.language)
    press(page, FILLED)
    leave(page)
    enter(key)
    page.goto(address)
    page.locator("#id_text").fill("Since September.")
    stands(page, look.language)
    press(page, FILLED)
    leave(page)
    enter("mei")
    page.goto(at_office)
    expect(page.locator(".thread")).to_contain_text("Since September.")
    page.locator("#move-accept").check()
    press(page, FILLED)
    expect(page.locator(".status-in-progress").first).to_be_visible()


@pytest.mark.row("A10")
def test_an_extension_is_foreseen_recorded_and_ended(page, look, enter, site):
    address = open_a_case(page, enter, site.somebody())
    leave(page)
    enter("mei")
    page.goto(address.replace("/cases/", "/office/cases/"))
    page.locator('a[href*="/adjust/"]').click()
    stands(page, look.language)
    page.locator("#id_to_on").fill("2020-01-01")
    page.locator("#id_reason").fill("Field work.")
    press(page, FILLED)
    expect(page.locator(".error-summary")).to_be_visible()
    stands(page, look.language)
    page.locator("#id_to_on").fill("2099-06-30")
    press(page, FILLED)
    expect(page.locator(".foreseen")).to_contain_text("2099")
    stands(page, look.language)
    press(page, 'button[value="record"]')
    expect(page.locator(".thread")).to_contain_text("2099")
    page.locator('.aside-block a[href*="/office/people/"]').first.click()
    stands(page, look.language)
    page.locator('a[href*="/adjustments/"]').click()
    stands(page, look.language)
    page.locator("#id_reason").fill("Back from the field.")
    press(page, FILLED)
    expect(page.locator('a[href*="/adjustments/"]')).to_have_count(0)


def test_a_department_reads_its_doubted_facts(page, look, enter):
    enter("ruth")
    page.goto("/department/facts/")
    stands(page, look.language)


def test_whoever_owes_nothing_reads_what_would_change_it(page, look, enter):
    enter("noor")
    page.goto("/my-training/")
    expect(page.locator(".what-if p").first).to_be_visible()
    stands(page, look.language)
