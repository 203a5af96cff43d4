"""Nothing is lost: the line drops, the window closes, the session ends, two windows answer; each arrives once."""

import json
import re
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.passing import PATIENCE_MS, stands
from tests.browser.taking import FILLED, answer, course_of, item_shown, press, read_to_the_end

CHOICE = "form.question .choice button"
SAID = "#kept p"


def waiting(page: Page) -> int:
    """How many sendings this device keeps."""
    return page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('upstander-kept:')).length")


def arrived(page: Page) -> None:
    """Waits until nothing is kept on this device any more, though the page may be made anew meanwhile."""
    for _ in range(PATIENCE_MS // 100):
        with suppress(Error):
            if not waiting(page):
                return
        page.wait_for_timeout(100)
    pytest.fail(f"still kept: {waiting(page)}")


def rows(site, sql: str) -> list[tuple]:
    """What stands in the site's database."""
    path = Path(site.environment["UPSTANDER_DATA_DIR"]) / "upstander.sqlite3"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        found = database.execute(sql).fetchall()
    database.close()
    return found


def enrolment_of(page: Page) -> str:
    return page.locator("#kept").get_attribute("data-mark").split(":")[0]


def answers_of(site, enrolment: str) -> list[str]:
    name = enrolment.replace("-", "")
    found = rows(site, f"SELECT answer FROM upstander_lessonanswer WHERE enrolment_id = '{name}'")
    return [json.loads(one) for (one,) in found]


@pytest.fixture
def reader(browser, site, look):
    """Somebody on the first page of option-b, where a scenario stands; a broken line makes errors in their console."""
    context = browser.new_context(
        base_url=site.address, viewport={"width": look.width, "height": 800}, color_scheme=look.theme,
        locale="en-US" if look.language == "en" else "es-US", timezone_id="America/New_York", reduced_motion="reduce",
    )  # fmt: skip
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto("/learn/option-b/")
    press(page, f'button[name="key"][value="{site.somebody()}"]')
    if page.locator("html").get_attribute("lang") != look.language:
        press(page, f'header button[name="language"][value="{look.language}"]')
    press(page, FILLED)
    yield page
    context.close()


@pytest.mark.row("A06")
def test_an_answer_given_without_a_line_outlives_its_window_and_arrives_once(reader, look, site):
    context, place, enrolment = reader.context, reader.url, enrolment_of(reader)
    context.set_offline(True)
    reader.locator(CHOICE).nth(1).click()
    expect(reader.locator(SAID)).to_be_visible()
    expect(reader.locator(".choice").nth(1)).to_have_class(re.compile("chosen"))
    stands(reader, look.language)
    assert (waiting(reader), answers_of(site, enrolment)) == (1, [])
    reader.close()
    context.set_offline(False)
    later = context.new_page()
    later.goto(place)
    arrived(later)
    expect(later.locator(".feedback")).to_be_visible()
    expect(later.locator(SAID)).to_be_visible()
    assert len(answers_of(site, enrolment)) == 1
    stands(later, look.language)


@pytest.mark.row("A06")
def test_what_is_kept_names_nobody_and_goes_when_the_line_is_back(reader, look, site):
    enrolment = enrolment_of(reader)
    reader.context.set_offline(True)
    for number in (0, 1):
        reader.locator(CHOICE).nth(number).click()
        expect(reader.locator(".choice").nth(number)).to_have_class(re.compile("chosen"))
    kept = reader.evaluate("Object.values(localStorage).map((one) => JSON.parse(one))")
    assert {name for entry in kept for name in entry} == {"path", "submits", "at", "fields"}
    fields = {name for entry in kept for name, _ in entry["fields"]}
    assert fields <= {"mark", "key", "given", "edition", "block", "answer"}
    reader.context.set_offline(False)
    arrived(reader)
    expect(reader.locator(".feedback")).to_be_visible()
    chosen = reader.locator(CHOICE).nth(1).get_attribute("value")
    assert answers_of(site, enrolment) == [chosen]


@pytest.mark.row("A06")
def test_the_next_page_without_a_line_is_told_and_turned_once_it_is_back(reader, look, site):
    place = reader.url
    reader.context.set_offline(True)
    reader.locator("[data-next]").click()
    expect(reader.locator(SAID)).to_be_visible()
    assert reader.url == place
    stands(reader, look.language)
    reader.context.set_offline(False)
    arrived(reader)
    press(reader, f"{SAID} a")
    assert reader.url != place


@pytest.mark.row("A06")
def test_a_session_that_ended_in_mid_lesson_loses_nothing(reader, look, site):
    place, enrolment = reader.url, enrolment_of(reader)
    door = [one for one in reader.context.cookies() if one["name"] != "upstander_session"]
    inside = reader.context.cookies()
    reader.context.clear_cookies()
    reader.context.add_cookies(door)
    reader.locator(CHOICE).nth(1).click()
    expect(reader.locator(f"{SAID} a")).to_be_visible()
    assert (waiting(reader), answers_of(site, enrolment)) == (1, [])
    address = reader.locator(f"{SAID} a").get_attribute("href")
    assert address.startswith("/account/login/?next=%2Flearn%2Foption-b%2F")
    reader.goto(address)
    assert waiting(reader) == 1
    reader.context.add_cookies([one for one in inside if one["name"] == "upstander_session"])
    reader.goto(place)
    arrived(reader)
    assert len(answers_of(site, enrolment)) == 1


@pytest.mark.row("A06")
def test_what_one_reader_left_on_a_device_is_never_sent_as_anothers(reader, look, site):
    place, enrolment = reader.url, enrolment_of(reader)
    reader.context.set_offline(True)
    reader.locator(CHOICE).nth(1).click()
    expect(reader.locator(SAID)).to_be_visible()
    reader.route(
        "**/learn/option-b/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    reader.context.set_offline(False)
    reader.goto("/?people=1")
    press(reader, f'button[name="key"][value="{site.somebody()}"]')
    reader.unroute("**/learn/option-b/**")
    reader.goto("/learn/option-b/")
    press(reader, FILLED)
    other = enrolment_of(reader)
    reader.goto(place)
    reader.wait_for_load_state("networkidle")
    assert other != enrolment
    assert answers_of(site, other) == answers_of(site, enrolment) == []
    assert waiting(reader) == 1


def test_signing_out_leaves_nothing_on_the_device(reader, look, site):
    reader.context.set_offline(True)
    reader.locator(CHOICE).nth(1).click()
    expect(reader.locator(SAID)).to_be_visible()
    reader.route(
        "**/learn/option-b/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    reader.context.set_offline(False)
    reader.locator('form[action="/account/logout/"] button').click()
    reader.wait_for_url("**/")
    assert waiting(reader) == 0


def test_what_waited_for_longer_than_two_weeks_is_dropped(reader, look, site):
    enrolment = enrolment_of(reader)
    reader.context.set_offline(True)
    reader.locator(CHOICE).nth(1).click()
    expect(reader.locator(SAID)).to_be_visible()
    reader.evaluate(
        """() => { for (const name of Object.keys(localStorage)) { const entry = JSON.parse(localStorage[name]);
        entry.at -= 15 * 24 * 3600 * 1000; localStorage[name] = JSON.stringify(entry); } }"""
    )
    reader.context.set_offline(False)
    arrived(reader)
    assert answers_of(site, enrolment) == []


@pytest.mark.row("A06")
def test_two_windows_send_what_is_kept_once_and_the_newer_answer_stays(reader, look, site):
    enrolment = enrolment_of(reader)
    other = reader.context.new_page()
    other.goto(reader.url)
    reader.route(
        "**/learn/option-b/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    reader.locator(CHOICE).nth(0).click()
    expect(reader.locator(SAID)).to_be_visible()
    newer = other.locator(CHOICE).nth(1)
    newer.click()
    expect(other.locator(".feedback")).to_be_visible()
    reader.unroute("**/learn/option-b/**")
    other.evaluate("dispatchEvent(new Event('online'))")
    reader.evaluate("dispatchEvent(new Event('online'))")
    arrived(reader)
    assert answers_of(site, enrolment) == [newer.get_attribute("value")]
    name = enrolment.replace("-", "")
    assert rows(site, f"SELECT COUNT(*) FROM upstander_arrival WHERE enrolment_id = '{name}'") == [(1,)]


@pytest.mark.row("A14")
def test_an_assessment_answered_and_submitted_without_a_line_is_submitted_once(reader, look, site):
    course = course_of("option-b", look.language)
    read_to_the_end(reader, lambda page: None)
    press(reader, FILLED)
    while "/answers/" not in reader.url:
        answer(reader, item_shown(reader, course), rightly=True)
        press(reader, 'button[name="go"][value="next"]')
    reader.context.set_offline(True)
    for _ in range(2):
        reader.locator(FILLED).click()
        expect(reader.locator(SAID)).to_be_visible()
    stands(reader, look.language)
    attempt = reader.locator("main [name=attempt]").get_attribute("value")
    submitted = f"SELECT submitted_at, passed FROM upstander_attempt WHERE id = '{attempt.replace('-', '')}'"
    assert rows(site, submitted) == [(None, None)]
    reader.context.set_offline(False)
    arrived(reader)
    press(reader, f"{SAID} a")
    stands(reader, look.language)
    expect(reader.locator('a[href^="/certificates/"]').first).to_be_visible()
    ((at, passed),) = rows(site, submitted)
    assert at and passed


@pytest.mark.row("A14")
def test_an_answer_whose_sending_fails_lets_the_reader_go_on_where_the_page_can_be_had(reader, look, site):
    course = course_of("option-b", look.language)
    read_to_the_end(reader, lambda page: None)
    press(reader, FILLED)
    while item_shown(reader, course).kind != "single":
        answer(reader, item_shown(reader, course), rightly=True)
        press(reader, 'button[name="go"][value="next"]')
    first = reader.url
    item = item_shown(reader, course)
    broken = "**/assessment/**"
    reader.route(broken, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    answer(reader, item, rightly=True)
    reader.locator('button[name="go"][value="next"]').click()
    reader.wait_for_url(lambda address: address != first)
    reader.unroute(broken)
    reader.evaluate("dispatchEvent(new Event('online'))")
    arrived(reader)
    reader.goto(first)
    expect(reader.locator(".pick :checked")).to_have_count(1)
