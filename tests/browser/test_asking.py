"""Kinds of request in Chromium, from the form to what the office does with it; by keyboard, and without scripts."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pikepdf import Pdf
from playwright.sync_api import Page, expect

from tests.browser.letters import open_letter, set_password, sign_out, subject_of
from tests.browser.passing import stands
from tests.browser.taking import FILLED, press
from tests.sent_files import a_pdf
from upstander.jobs.demo.calendar import SOON_DAYS

NUMBER = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}")
#: What leads from a case to the adjustment that it asks for.
GRANT = '.aside-block a[href*="/adjust/"]'
RING = """() => { const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 }"""
MOST_STOPS = 150


def iso(days: int) -> str:
    return (datetime.now(tz=ZoneInfo("America/New_York")).date() + timedelta(days=days)).isoformat()


def longer(pdf: Pdf) -> None:
    """Another file than the first, whenever both are made: the same one twice is kept once."""
    pdf.add_blank_page()


def sent(page: Page) -> str:
    """The address of the request that was sent just now."""
    expect(page.locator("h1")).to_have_text(NUMBER)
    return page.url


def at_office(page: Page, enter, address: str) -> None:
    """Opens the request as the office has it, in the next reader's place."""
    page.context.clear_cookies()
    enter("mei")
    page.goto(address.replace("/cases/", "/office/cases/"))


def back(page: Page, enter, key: str, address: str) -> None:
    page.context.clear_cookies()
    enter(key)
    page.goto(address)


def tab_to(page: Page, selector: str) -> None:
    """Goes by the tab key to what fits, and fails where it is never reached or nobody could see that it was."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            assert page.evaluate(RING), selector
            return
    pytest.fail(f"the keyboard does not reach {selector}")


def enter_on(page: Page, selector: str) -> None:
    """Goes by the tab key to what leads on, and presses Enter."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def granted(page: Page, look_at: str) -> None:
    """Foresees and records what the case asks for, with a reason."""
    press(page, GRANT)
    stands(page, look_at)
    page.locator("#id_reason").fill("OK.")
    press(page, FILLED)
    expect(page.locator(".foreseen")).to_be_visible()
    press(page, 'button[value="record"]')


@pytest.mark.row("B17")
def test_more_time_within_the_limits_is_granted_at_once_and_the_office_sees_it_settled(page, look, enter, site):
    enter(site.somebody())
    page.goto("/ask/")
    stands(page, look.language)
    press(page, 'a[href="/ask/extension/"]')
    page.locator("#id_to_on").fill(iso(SOON_DAYS))
    stands(page, look.language)
    press(page, FILLED)
    address = sent(page)
    expect(page.locator("main .status-satisfied, main .status").first).to_be_visible()
    stands(page, look.language)
    at_office(page, enter, address)
    expect(page.locator(GRANT)).to_have_count(0)
    stands(page, look.language)


@pytest.mark.row("A09")
def test_a_leave_is_told_and_the_office_lets_the_clock_stand(page, look, enter, site):
    key = site.somebody()
    enter(key)
    page.goto("/ask/leave/")
    page.locator("#id_leave").fill("Parental")
    page.locator("#id_from_on").fill(iso(10))
    page.locator("#id_to_on").fill(iso(1))
    press(page, FILLED)  # it would end before it begins
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("#id_leave")).to_have_value("Parental")
    page.locator("#id_from_on").fill(iso(-1))
    page.locator("#id_to_on").fill(iso(40))
    press(page, FILLED)
    address = sent(page)
    at_office(page, enter, address)
    granted(page, look.language)
    back(page, enter, key, "/my-training/")
    expect(page.locator("#page-b .status").first).to_be_visible()
    stands(page, look.language)


@pytest.mark.row("A10")
def test_a_training_from_elsewhere_comes_with_a_file_that_the_office_opens_and_accepts(page, look, enter, site):
    key = site.somebody()
    enter(key)
    page.goto("/ask/equivalency/")
    page.locator("#id_what").fill("Speak up")
    page.locator("#id_where").fill("Old Quarry College")
    page.locator('[name="source"]').first.check()
    page.locator("#id_from_on").fill(iso(-9))
    page.locator("#id_minutes").fill("90")
    wrong = {"name": "certificate.pdf", "mimeType": "application/pdf", "buffer": b"MZ executable"}
    page.locator("#id_files").set_input_files([wrong])
    press(page, FILLED)
    expect(page.locator(".error-summary")).to_contain_text("certificate.pdf")
    expect(page.locator("#id_where")).to_have_value("Old Quarry College")
    stands(page, look.language)
    page.locator("#id_files").set_input_files([{**wrong, "buffer": a_pdf()}])
    press(page, FILLED)
    address = sent(page)
    stands(page, look.language)
    at_office(page, enter, address)
    with page.expect_download() as fetched:
        page.locator(".case-files a").click()
    assert fetched.value.suggested_filename == "certificate.pdf"
    stands(page, look.language)
    granted(page, look.language)
    back(page, enter, key, address)
    expect(page.locator(".file-gone")).to_have_count(0)  # what it was decided with stays
    expect(page.locator(".case-files a")).to_have_count(1)


@pytest.mark.row("B09")
def test_an_end_is_foreseen_told_with_a_file_and_releases_the_person(page, look, enter, site):
    key = site.somebody()
    enter(key)
    page.goto("/ask/appointment-ending/")
    expect(page.locator("#id_files")).to_have_count(0)
    page.locator("#id_to_on").fill(iso(300))
    press(page, FILLED)  # long after it is due
    expect(page.locator('input[name="sure"]')).to_have_count(0)
    page.locator("#id_to_on").fill(iso(2))
    press(page, FILLED)
    expect(page.locator(".foreseen")).to_be_visible()
    stands(page, look.language)
    page.locator("#id_files").set_input_files([{"name": "contract.pdf", "mimeType": "", "buffer": a_pdf()}])
    press(page, FILLED)
    address = sent(page)
    at_office(page, enter, address)
    expect(page.locator(".case-files a")).to_have_text("contract.pdf")
    granted(page, look.language)
    back(page, enter, key, "/my-training/")
    expect(page.locator("#page-b")).not_to_contain_text("404")
    stands(page, look.language)


@pytest.mark.row("A13")
def test_the_letter_leads_past_the_sign_in_to_the_form_that_tells_what_was_done(page, look, enter, site, readers):
    reader = readers[look.language].pop()
    set_password(page, site, reader, lambda shown: None)
    open_letter(page, reader, subject_of("page-b", look.language), lambda shown: None)
    press(page, '.mailbox-plain a[href*="/check/"] >> nth=0')
    press(page, 'a[href="/ask/already-done/?programme=page-b"]')
    page.locator('input[name="login"]').fill(reader.email)
    page.locator('input[name="password"]').fill("four-plain-words-here")
    press(page, 'form:has(input[name="password"]) .button')
    expect(page).to_have_url(re.compile(r"/ask/already-done/\?programme=page-b$"))
    expect(page.locator('input[name="programme"][value="page-b"]')).to_be_checked()
    page.locator("#id_what").fill("Option A, at the college")
    stands(page, look.language)
    press(page, FILLED)
    address = sent(page)
    sign_out(page)
    at_office(page, enter, address)
    page.locator("#move-decline").check()
    page.locator("#id_text").fill("No such course is on record there.")
    press(page, "#answer ~ form .button")
    expect(page.locator(".thread")).to_contain_text("No such course")


@pytest.mark.row("B20")
def test_whoever_need_not_take_a_course_asks_for_it_and_the_office_opens_and_closes_it(page, look, enter, site):
    key = "lin"
    enter(key)
    closed = page.context.new_page()  # Chromium counts every 403 as an error of the page that it shows
    closed.goto("/learn/option-b/")
    stands(closed, look.language)
    press(closed, FILLED)
    address = sent(closed)
    closed.close()
    at_office(page, enter, address)
    press(page, 'a[href$="/access/"]')
    stands(page, look.language)
    press(page, FILLED)
    back(page, enter, key, "/learn/option-b/")
    expect(page.locator('form[action*="/ask/"]')).to_have_count(0)
    at_office(page, enter, address)
    press(page, 'a[href$="/access/"]')
    press(page, FILLED)
    page.context.clear_cookies()
    enter(key)
    closed = page.context.new_page()
    closed.goto("/learn/option-b/")
    expect(closed.locator('form[action*="/ask/"]')).to_have_count(1)


@pytest.mark.row("A14", "A15")
def test_by_keyboard_alone_a_language_is_asked_for_a_slip_mended_and_a_word_added(page, look, enter, site):
    enter(site.somebody())
    page.goto("/my-training/")
    enter_on(page, 'main a[href="/ask/"]')
    enter_on(page, 'a[href="/ask/language/"]')
    enter_on(page, FILLED)  # nothing is filled in yet
    expect(page.locator(".error-summary")).to_be_focused()
    tab_to(page, '.error-summary a[href="#id_which"]')
    page.keyboard.press("Enter")
    expect(page.locator("#id_which")).to_be_focused()
    page.keyboard.type("Tagalog")
    enter_on(page, FILLED)
    sent(page)
    tab_to(page, "#id_text")
    page.keyboard.type("In the mornings I read it with a colleague.")
    enter_on(page, "main form .button")
    expect(page.locator(".thread")).to_contain_text("with a colleague")
    enter_on(page, ".withdraw button")
    expect(page.locator("#id_text")).to_have_count(0)


@pytest.mark.row("A13", "A14")
def test_without_scripts_what_was_done_is_told_with_a_file_and_the_answer_read(page, look, enter, site):
    enter(site.somebody())
    kept = page.context.storage_state()
    bare = page.context.browser.new_context(java_script_enabled=False, storage_state=kept, base_url=site.address)
    reader = bare.new_page()
    reader.goto("/ask/already-done/")
    reader.locator(FILLED).click()
    expect(reader.locator(".error-summary")).to_be_focused()
    reader.locator("#id_what").fill("Option A, at the college")
    reader.locator("#id_files").set_input_files([{"name": "diploma.pdf", "mimeType": "", "buffer": a_pdf()}])
    reader.locator(FILLED).click()
    address = sent(reader)
    expect(reader.locator(".case-files a")).to_have_text("diploma.pdf")
    reader.locator(".add-file summary").click()
    reader.locator("#id_files").set_input_files([{"name": "second.pdf", "mimeType": "", "buffer": a_pdf(longer)}])
    reader.locator(".add-file .button").click()
    expect(reader.locator(".case-files a")).to_have_count(2)
    reader.locator(".file-gone summary").last.click()
    reader.locator(".file-gone .button").last.click()
    expect(reader.locator(".case-files a")).to_have_count(1)
    at_office(page, enter, address)
    page.locator("#move-decline").check()
    page.locator("#id_text").fill("No such course is on record there.")
    press(page, "#answer ~ form .button")
    reader.goto(address)
    expect(reader.locator(".thread")).to_contain_text("No such course")
    bare.close()
