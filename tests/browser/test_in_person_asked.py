"""A session asked for, set, signed in to by the room's code, and judged afterwards, in Chromium (row A16)."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.passing import stands, suits_a_thumb
from tests.browser.taking import FILLED, press

ZONE = ZoneInfo("America/New_York")


def over(database: Path, session: str) -> None:
    """Lets the session have been today, some hours ago."""
    moved = "SET starts_at = datetime(starts_at, '-3 hours'), ends_at = datetime(ends_at, '-3 hours')"
    with closing(sqlite3.connect(database)) as rows:
        done = rows.execute(f"UPDATE upstander_trainingsession {moved} WHERE id = ?", [session.replace("-", "")])
        assert done.rowcount == 1
        rows.commit()


def as_(page: Page, enter, key: str, address: str, look) -> None:
    """Another reader opens a page."""
    page.context.clear_cookies()
    enter(key)
    page.goto(address)
    stands(page, look.language)


def asked(page: Page, look) -> str:
    """The address of a request for a session of one's group."""
    page.goto("/ask/in-person/")
    stands(page, look.language)
    for name, text in (("audience", "The choir"), ("size", "12"), ("topic", "Speaking up"), ("place", f"Hall {look}")):
        page.locator(f"#id_{name}").fill(text)
    press(page, FILLED)
    stands(page, look.language)
    return page.url.split("/cases/")[1].strip("/")


def set_soon(page: Page, case: str, look) -> str:
    """The office makes the session from the request, some minutes ahead, and opens it; its id."""
    page.goto(f"/office/in-person/requests/{case}/")
    stands(page, look.language)
    press(page, 'a[href^="/office/in-person/bystander-hour/date/"]')
    begins = datetime.now(tz=ZONE) + timedelta(minutes=15)
    page.locator("#id_day").fill(f"{begins:%Y-%m-%d}")
    page.locator("#id_begins").fill(f"{begins:%H:%M}")
    page.locator("#id_ends").fill(f"{begins + timedelta(minutes=30):%H:%M}")
    stands(page, look.language)
    press(page, FILLED)
    return page.url.split("/dates/")[1].strip("/")


@pytest.mark.row("A16")
def test_a_session_is_asked_for_set_signed_in_to_and_judged(page, look, enter, site):
    key = site.somebody()
    enter(key)
    case = asked(page, look)
    as_(page, enter, "mei", "/office/in-person/", look)
    session = set_soon(page, case, look)
    with closing(sqlite3.connect(site.database)) as rows:
        asker = rows.execute("SELECT person_id FROM upstander_case WHERE id = ?", [case.replace("-", "")]).fetchone()[0]
    page.locator("#id_people").fill(asker)
    press(page, '#put-in button:not([value="open"])')
    press(page, 'button[value="open"]')
    stands(page, look.language)
    page.goto(f"/in-person/{session}/code/")
    stands(page, look.language)
    as_(page, enter, key, f"/cases/{case}/", look)
    expect(page.locator("main")).to_contain_text(f"Hall {look}")
    as_(page, enter, "mei", f"/in-person/{session}/code/", look)
    code = page.locator(".room-code").inner_text()
    as_(page, enter, key, f"/in-person/{session}/here/", look)
    suits_a_thumb(page)
    page.locator("#id_code").fill(code)
    press(page, FILLED)
    stands(page, look.language)
    over(site.database, session)
    as_(page, enter, "mei", f"/in-person/{session}/roster/", look)
    press(page, 'button[value="close"]')
    stands(page, look.language)
    as_(page, enter, key, f"/in-person/{session}/", look)
    press(page, 'a[href$="/feedback/"]')
    stands(page, look.language)
    suits_a_thumb(page)
    page.locator('main input[type="radio"]').first.check()
    press(page, FILLED)
    stands(page, look.language)
    expect(page.locator('a[href$="/feedback/"]')).to_have_count(0)
