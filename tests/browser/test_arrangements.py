"""From a call to the record on paper, in Chromium: arranged, printed, keyed by two hands, read (row A07)."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from json import loads
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.arranged import right_letters
from tests.browser.conftest import LOOKS
from tests.browser.passing import stands, suits_a_thumb
from tests.browser.taking import FILLED, course_of, press
from upstander.core.bank import Shown
from upstander.core.paper import on_paper

COURSE, HERE = "option-c", ZoneInfo("America/New_York")


def person_of(site, key: str) -> tuple[str, int]:
    """Who this is by the roster, and the number of their standing in page-b."""
    with closing(sqlite3.connect(site.database)) as database:
        (listed,) = database.execute("SELECT demo_people FROM upstander_installation").fetchone()
        person_id = next(one["person_id"] for one in loads(listed) if one["key"] == key)
        asked = "SELECT id FROM upstander_standing WHERE person_id = ? AND programme_id = 'page-b'"
        return person_id, database.execute(asked, [person_id]).fetchone()[0]


def sheet_of(site) -> tuple[str, list[Shown]]:
    with closing(sqlite3.connect(site.database)) as database:
        asked = "SELECT number, form FROM upstander_papersheet ORDER BY printed_at DESC LIMIT 1"
        number, form = database.execute(asked).fetchone()
        return number, [Shown.of(row) for row in loads(form)]


def key_it(page: Page, number: str, letters: list[str], witness: str, language: str) -> None:
    page.goto("/office/paper/")
    stands(page, language)
    page.locator("#id_number").fill(number.lower().replace("-", " "))
    press(page, FILLED)
    stands(page, language)
    suits_a_thumb(page)
    page.locator("#id_on").fill(f"{datetime.now(HERE):%Y-%m-%d}")
    page.locator("#id_witness").fill(witness)
    for place, text in enumerate(letters, 1):
        page.locator(f"#id_q{place}").fill(text)
    press(page, FILLED)


@pytest.mark.row("A07")
def test_a_sheet_made_before_a_change_is_void_and_counts_again_by_a_witness(page, look, enter, site):
    """Papers by post, made in one language and changed to the other; every page whole in its look."""
    other = {"en": "es", "es": "en"}[look.language]
    _, standing = person_of(site, site.somebody())
    enter("mei")
    page.goto(f"/office/people/{standing}/arrange/")
    page.locator('input[name="kind"][value="paper"]').check()
    page.locator("#id_course_key").select_option(COURSE)
    page.locator("#id_language").select_option(look.language)
    press(page, FILLED)
    arrangement = page.url
    press(page, 'button[value="print"]')
    number, _ = sheet_of(site)
    page.locator("details.office-more summary").first.click()
    page.locator("#id_language").select_option(other)
    stands(page, look.language)
    press(page, "details[open] .actions .button")
    press(page, 'button[value="print"]')
    stands(page, look.language)
    suits_a_thumb(page)
    newer, _ = sheet_of(site)
    page.goto(f"/office/paper/{number}/")
    stands(page, look.language)
    suits_a_thumb(page)
    expect(page.locator(f'main a[href$="/office/paper/{newer}/"]')).to_be_visible()
    press(page, FILLED)
    expect(page.locator(".error-summary")).to_be_focused()
    stands(page, look.language)
    page.locator("#id_witness").fill("10000008")
    press(page, FILLED)
    expect(page.locator("#id_q1")).to_be_visible()
    page.goto(f"/office/paper/{newer}/")
    expect(page.locator('input[name="act"][value="in-force"]')).to_have_count(1)
    page.goto(arrangement)
    stands(page, look.language)
    page.goto("/programmes/page-b/schedule/")
    stands(page, look.language)
    page.emulate_media(media="print")
    expect(page.locator(".site-foot")).to_be_hidden()
    expect(page.locator("main .contact")).to_be_visible()


@pytest.mark.row("A07")
def test_from_the_call_to_the_certificate(page, look, enter, site):
    """Every page whole in its look; the second officer misreads one letter and mends it."""
    taker, second = site.somebody(), site.somebody()
    (person_id, standing), (hand, _) = person_of(site, taker), person_of(site, second)
    site.verb("grant", hand, "officer")
    enter("mei")
    page.goto(f"/office/people/{standing}/")
    stands(page, look.language)
    page.goto(f"/office/people/{standing}/arrange/")
    press(page, FILLED)
    expect(page.locator(".error-summary")).to_be_visible()
    stands(page, look.language)
    page.locator('input[name="kind"][value="paper"]').check()
    page.locator("#id_course_key").select_option(COURSE)
    page.locator("#id_language").select_option(look.language)
    page.locator("#id_day").fill(f"{datetime.now(HERE) + timedelta(days=3 + LOOKS.index(look)):%Y-%m-%d}")
    page.locator("#id_begins").fill("10:00")
    page.locator("#id_ends").fill("12:00")
    page.locator("#id_place").fill(f"Elm Hall {look}")
    page.locator("#id_facilitator").fill("10000008")
    suits_a_thumb(page)
    press(page, FILLED)
    arrangement = page.url
    press(page, 'button[value="print"]')
    stands(page, look.language)
    suits_a_thumb(page)
    page.goto("/office/arrangements/")
    stands(page, look.language)
    suits_a_thumb(page)
    number, form = sheet_of(site)
    bank = on_paper(course_of(COURSE, look.language).outline.assessment).bank
    letters = [right_letters(bank[one.item], one.options) for one in form]
    key_it(page, number, letters, "10000008", look.language)
    page.context.clear_cookies()
    enter(second)
    key_it(page, number, ["", *letters[1:]], "10000008", look.language)
    stands(page, look.language)
    page.locator("#id_q1").fill(letters[0])
    press(page, FILLED)
    expect(page.locator("main")).to_contain_text({"en": "Passed.", "es": "Aprobada."}[look.language])
    stands(page, look.language)
    page.goto(arrangement)
    stands(page, look.language)
    page.context.clear_cookies()
    enter(taker)
    own = arrangement.replace("/office/arrangements/", "/arrangements/")
    page.goto(own)
    stands(page, look.language)
    suits_a_thumb(page)
    expect(page.locator('a[href$=".pdf"]').first).to_be_visible()
    page.goto(f"{own}review/{number}/")
    stands(page, look.language)
    page.goto("/helping/")
    stands(page, look.language)
    assert person_id not in page.url
