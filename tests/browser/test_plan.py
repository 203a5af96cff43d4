"""The way from a message to the course, and My training as a reader meets it: keyboard, zoom, weight, no scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.passing import fits_its_width, stands

FILLED = ".button.filled"


@pytest.mark.row("A04", "B26")
def test_the_link_of_a_message_leads_through_sign_in_to_the_course_itself(page, look, site):
    page.goto("/learn/option-b/")
    expect(page).to_have_url(re.compile(r"/account/login/\?next="))
    stands(page, look.language)
    page.locator(f'button[name="key"][value="{site.somebody()}"]').click()
    expect(page).to_have_url(re.compile(r"/learn/option-b/$"))


@pytest.mark.row("A05", "B02", "B05")
def test_the_plan_answers_and_its_one_filled_button_leads_to_a_course(page, look, enter):
    enter("ines")
    page.goto("/my-training/")
    duty = page.locator("#page-b")
    expect(duty.locator(".option")).to_have_count(5)
    expect(page.locator(FILLED)).to_have_count(1)
    expect(page.locator("details.why").first).to_have_attribute("open", "")
    page.locator(FILLED).click()
    expect(page).to_have_url(re.compile(r"/learn/[a-z-]+/$"))


@pytest.mark.row("A15")
def test_the_language_switches_and_the_place_is_kept(page, look, enter, site):
    enter(site.somebody())
    page.goto("/my-training/page-b/compare/")
    other = "es" if look.language == "en" else "en"
    page.locator(f'button[name="language"][value="{other}"]').first.click()
    expect(page.locator("html")).to_have_attribute("lang", other)
    expect(page).to_have_url(re.compile(r"/my-training/page-b/compare/$"))


@pytest.mark.row("B01")
def test_the_plan_leads_to_the_schedule_with_the_own_group_marked(page, look, enter):
    enter("ines")
    page.goto("/my-training/")
    page.locator("#page-b .duty-facts a").first.click()
    expect(page).to_have_url(re.compile(r"/programmes/page-b/schedule/$"))
    expect(page.locator("tr.mine")).to_have_count(1)
    expect(page.locator("tbody tr")).to_have_count(4)


def test_the_keyboard_reaches_the_page_first_and_then_every_way_out(page, look, enter):
    enter("ines")
    page.goto("/my-training/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('href') || document.activeElement.tagName"))
    assert {"/learn/option-a/", "/learn/option-e/", "/my-training/page-b/compare/", "SUMMARY", "/help/"} <= reached


@pytest.mark.parametrize(
    "address",
    [
        "/my-training/", "/my-training/page-b/compare/", "/help/", "/account/", "/account/letters/", "/cases/",
        "/support/", "/ask/equivalency/", "/ask/technical/", "/trouble/", "/check/?code=",
        "/programmes/page-b/schedule/",
    ],
)  # fmt: skip
def test_text_of_twice_the_size_and_a_window_of_320_pixels_lose_nothing(page, look, enter, address):
    enter("ines")
    page.goto(address)
    page.set_viewport_size({"width": 320, "height": 640})
    fits_its_width(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    fits_its_width(page)
    page.set_viewport_size({"width": 360, "height": 800})
    fits_its_width(page)


def test_what_is_pressed_is_44_pixels_high(page, look, enter):
    enter("ines")
    page.goto("/my-training/")
    for target in page.locator(".button, summary, .site-nav a, .site-me button, .site-foot li a").all():
        if target.is_visible():
            assert target.bounding_box()["height"] >= 43.9, target.inner_text()


def test_the_plan_weighs_little(page, look, enter, site):
    enter("ines")
    fresh = page.context.browser.new_context(storage_state=page.context.storage_state())
    visit = fresh.new_page()
    session = fresh.new_cdp_session(visit)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    visit.goto(site.address + "/my-training/", wait_until="networkidle")
    fresh.close()
    assert len(sizes) <= 10
    assert sum(sizes) <= 90 * 1024


def test_the_plan_works_without_scripts(page, look, enter, site):
    enter("ines")
    bare = page.context.browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    reader = bare.new_page()
    reader.goto(site.address + "/my-training/")
    assert reader.locator("#page-b .option").count() == 5
    assert reader.locator("#page-b .reasons li").first.is_visible()
    assert not reader.locator("#page-a .reasons li").first.is_visible()
    reader.locator("#page-a details summary").click()
    assert reader.locator("#page-a .reasons li").first.is_visible()
    bare.close()


def test_a_refused_form_puts_the_reader_on_the_summary_of_what_to_mend(page, look):
    page.goto("/account/password/reset/")
    page.locator("main form button").click()
    expect(page.locator(".error-summary")).to_be_focused()
    stands(page, look.language)
    page.locator(".error-summary a").first.click()
    expect(page.locator("#id_email")).to_be_focused()
