"""A training in person in Chromium: offered by the office, booked, put on the roster (row A16)."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.passing import stands, suits_a_thumb
from tests.browser.taking import FILLED, press


@pytest.mark.row("A16")
def test_the_office_sets_a_date_and_a_person_books_it(page, look, enter, site):
    """From the offer to the roster, every page whole in its look."""
    key, name = site.somebody(), f"hour-{look}"
    enter("mei")
    page.goto("/office/in-person/new/")
    stands(page, look.language)
    press(page, FILLED)  # nothing is written yet
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("#id_key").fill(name)
    for lang, title in (("en", "An hour for bystanders"), ("es", "Una hora para testigos")):
        page.locator(f"#id_title_{lang}").fill(title)
        page.locator(f"#id_summary_{lang}").fill(f"{title}.")
    press(page, FILLED)
    page.goto(f"/office/in-person/{name}/date/")
    stands(page, look.language)
    page.locator("#id_day").fill(f"{datetime.now(UTC) + timedelta(days=20):%Y-%m-%d}")
    page.locator("#id_begins").fill("10:00")
    page.locator("#id_ends").fill("11:00")
    page.locator("#id_place").fill(f"Room of {look}")
    press(page, FILLED)
    page.locator('button[value="open"]').click()
    stands(page, look.language)
    suits_a_thumb(page)
    desk = page.url
    page.goto("/office/in-person/")
    stands(page, look.language)
    page.context.clear_cookies()
    enter(key)
    page.goto("/in-person/")
    stands(page, look.language)
    suits_a_thumb(page)
    page.goto(desk.replace("/office/in-person/dates/", "/in-person/"))
    press(page, 'button[value="book"]')
    stands(page, look.language)
    suits_a_thumb(page)
    with page.expect_download() as download:
        page.locator('a[href$="/seat.ics"]').click()
    assert "METHOD:PUBLISH" in download.value.path().read_text(encoding="utf-8")
    page.goto("/my-training/")
    expect(page.locator('.message a[href*="/in-person/"]')).to_be_visible()
    stands(page, look.language)
    page.goto(desk.replace("/office/in-person/dates/", "/in-person/") + "here/")
    stands(page, look.language)
    page.context.clear_cookies()
    enter("mei")
    page.goto(desk.replace("/office/in-person/dates/", "/in-person/") + "roster/")
    expect(page.locator(".sign-sheet tbody tr")).to_have_count(1)
    stands(page, look.language)
