"""A course taken for real in Chromium: begun, read, answered, submitted, reviewed, proved."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.passing import stands
from tests.browser.taking import FILLED, assess, course_of, press, read_to_the_end


@pytest.mark.row("A01", "A03", "A06", "A14", "B18")
def test_the_core_course_is_taken_failed_reviewed_and_passed(page, look, enter, site):
    def look_at(shown: Page) -> None:
        stands(shown, look.language)

    course = course_of("core", look.language)
    enter(site.somebody())
    page.goto("/learn/core/")
    look_at(page)
    press(page, FILLED)
    assert read_to_the_end(page, look_at) == len(course.pages)
    look_at(page)

    assess(page, course, rightly=False, look_at=look_at)
    look_at(page)
    press(page, FILLED)
    expect(page.locator(".reviewed")).to_have_count(15)
    look_at(page)
    press(page, "main form .button.filled")

    page.goto("/learn/core/assessment/")
    assess(page, course, rightly=True, look_at=lambda shown: None)
    look_at(page)
    address = page.locator('a[href^="/certificates/"]').first.get_attribute("href")
    certificate = page.request.get(address)
    assert certificate.headers["content-type"] == "application/pdf"
    assert certificate.body().startswith(b"%PDF-")
    press(page, 'a[href^="/verify/"]')
    look_at(page)
    page.goto("/learn/core/pause/")
    look_at(page)
    page.goto("/support/?course=core")
    look_at(page)


@pytest.mark.row("A06")
def test_arrow_keys_turn_the_pages_and_a_choice_is_made_by_keyboard(page, look, enter, site):
    enter(site.somebody())
    page.goto("/learn/option-b/")
    press(page, FILLED)
    first = page.url
    with page.expect_navigation():
        page.keyboard.press("ArrowRight")
    assert page.url != first
    with page.expect_navigation():
        page.keyboard.press("ArrowLeft")
    assert page.url == first
    choice = page.locator("form.question .choice button").first
    choice.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".feedback").first).to_be_visible()
    expect(page.locator("form.question .choice button").first).to_be_focused()
    expect(page.locator("#said")).not_to_be_empty()


@pytest.mark.row("A15")
def test_the_language_changes_in_mid_lesson_with_place_and_answers_kept(page, look, enter, site):
    enter(site.somebody())
    page.goto("/learn/option-b/")
    press(page, FILLED)
    page.locator("form.question .choice button").nth(1).click()
    expect(page.locator(".choice.chosen")).to_have_count(1)
    place = page.url
    other = "es" if look.language == "en" else "en"
    press(page, f'header button[name="language"][value="{other}"]')
    assert page.url.split("#")[0] == place
    expect(page.locator("html")).to_have_attribute("lang", other)
    expect(page.locator(".choice").nth(1)).to_have_class(re.compile("chosen"))


def test_what_is_pressed_in_a_lesson_is_44_pixels_high(page, look, enter, site):
    enter(site.somebody())
    page.goto("/learn/option-b/")
    press(page, FILLED)
    for target in page.locator("main .button, main summary, .choice button, .lesson-away a, .others a").all():
        if target.is_visible():
            assert target.bounding_box()["height"] >= 43.9, target.inner_text()


def test_a_lesson_weighs_little(page, look, enter, site):
    enter(site.somebody())
    page.goto("/learn/option-b/")
    press(page, FILLED)
    fresh = page.context.browser.new_context(storage_state=page.context.storage_state())
    visit = fresh.new_page()
    session = fresh.new_cdp_session(visit)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    visit.goto(page.url, wait_until="networkidle")
    fresh.close()
    assert len(sizes) <= 10
    assert sum(sizes) <= 90 * 1024
