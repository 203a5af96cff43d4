"""Another way, questions and the quick exit in Chromium, in every look; and without scripts (rows B14, B15)."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.passing import stands
from tests.browser.taking import FILLED, press

LESSON = "/learn/option-a/"


def begin(page, enter, key: str) -> str:
    """Signs in and begins the course; the address of its first lesson page."""
    enter(key)
    page.goto(LESSON)
    press(page, FILLED)
    return page.url


def neutral(page) -> str:
    """Lets the neutral site answer with an empty page of its own; its address."""
    address = page.locator("[data-exit]").get_attribute("data-exit")
    page.route(f"{address}**", lambda route: route.fulfill(body="<title>Weather</title><p>Sunny.</p>"))
    return address


@pytest.mark.row("B14")
def test_a_question_is_asked_from_the_page_and_answered_there(page, look, enter, site):
    key = site.somebody()
    lesson = begin(page, enter, key)
    page.locator('.lesson-away a[href*="/ask/"]').click()
    stands(page, look.language)
    press(page, FILLED)  # nothing is written yet
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("#id_note").fill("Does this hold on a field trip?")
    press(page, FILLED)
    stands(page, look.language)
    address = page.url
    page.context.clear_cookies()
    enter("mei")
    page.goto(address.replace("/cases/", "/office/cases/"))
    stands(page, look.language)
    page.locator("#id_text").fill("Yes, wherever you work.")
    press(page, FILLED)
    page.locator('a[href$="/share/"]').click()
    stands(page, look.language)
    for lang in ("en", "es"):
        page.locator(f"#id_question_{lang}").fill(f"On field trips too? ({lang})")
        page.locator(f"#id_answer_{lang}").fill(f"Yes. ({lang})")
    press(page, FILLED)
    page.context.clear_cookies()
    enter(key)
    page.goto("/my-training/")
    expect(page.locator(f'.message a[href="{address.removeprefix(site.address)}"]')).to_be_visible()
    stands(page, look.language)
    page.goto(lesson)
    expect(page.locator(".asked-before summary")).to_have_text(f"On field trips too? ({look.language})")
    stands(page, look.language)


@pytest.mark.row("B15")
def test_another_way_is_asked_in_one_step_and_held_by_a_custodian(page, look, enter, site):
    key = site.somebody()
    begin(page, enter, key)
    page.locator('.lesson-away a[href*="/support/"]').click()
    stands(page, look.language)
    page.locator('input[value="conversation"]').check()
    press(page, FILLED)
    stands(page, look.language)
    number = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", page.locator("h1").inner_text())[0]
    page.goto("/my-training/")
    expect(page.locator("main")).not_to_contain_text(number)
    stands(page, look.language)
    page.goto("/cases/")
    stands(page, look.language)
    page.context.clear_cookies()
    enter("sofia")
    page.goto("/confidence/")
    stands(page, look.language)
    page.locator(".case-line a").last.click()
    stands(page, look.language)
    page.locator('a[href$="/date/"]').click()
    stands(page, look.language)
    page.go_back()
    page.locator('a[href$="/done/"]').click()
    press(page, FILLED)
    expect(page.locator(".foreseen .status-satisfied")).to_be_visible()
    stands(page, look.language)
    press(page, 'button[value="record"]')
    expect(page.locator('a[href$="/done/"]')).to_have_count(0)
    stands(page, look.language)
    page.context.clear_cookies()
    enter(key)
    page.goto("/cases/")
    page.locator(".case-line a").last.click()
    expect(page.locator(".thread li").last).to_be_visible()
    stands(page, look.language)


@pytest.mark.row("B15")
def test_after_a_pause_the_way_back_shows_nothing_of_the_lesson(page, look, enter, site):
    lesson = begin(page, enter, site.somebody())
    heading = page.locator("h1").inner_text()
    page.locator('.lesson-away a[href*="/pause/"]').click()
    stands(page, look.language)
    page.go_back()
    expect(page.locator("form button.filled")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(heading)
    press(page, FILLED)
    expect(page).to_have_url(lesson)


@pytest.mark.row("B15")
def test_shift_three_times_leaves_nothing_and_the_way_back_asks_to_sign_in(page, look, enter, site):
    enter(site.somebody())
    page.goto("/my-training/")
    page.goto("/support/?course=option-a")
    address = neutral(page)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(address)
    page.go_back()  # the page that was left has no entry any more: this is the one before it
    page.reload()
    expect(page).to_have_url(re.compile("/account/login/"))


@pytest.mark.row("B15")
def test_the_exit_is_a_link_that_works_without_scripts(browser, site, look, enter, page):
    key = site.somebody()
    enter(key)
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    still = context.new_page()
    still.goto("/support/?course=option-a")
    address = still.locator("[data-exit]").get_attribute("data-exit")
    with still.expect_event("requestfailed", lambda one: one.url == address):  # no route sees where a redirect leads
        still.locator("[data-exit]").click()
    still.goto("/my-training/")
    expect(still).to_have_url(re.compile("/account/login/"))
    context.close()
