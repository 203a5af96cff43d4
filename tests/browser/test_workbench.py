"""The workbench in Chromium: a rule raised, seen in people, held, released by a second officer, and put back."""

import json
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.passing import stands
from tests.browser.taking import press

VERSIONS = "/office/programmes/page-b/versions/"
FILLED = "main .button.filled"
SAVE = "#part-form .actions .filled"
YEAR = "#id-audience-routes-1-when-1-value"


def person_of(site, key: str) -> str:
    """The person behind a key of the demo's door."""
    with sqlite3.connect(Path(site.environment["UPSTANDER_DATA_DIR"]) / "upstander.sqlite3") as database:
        (listed,) = database.execute("SELECT demo_people FROM upstander_installation").fetchone()
    database.close()
    return next(entry["person_id"] for entry in json.loads(listed) if entry["key"] == key)


def asked(page: Page) -> int:
    """The figure of the panel."""
    return int(page.locator("#panel .wb-big").inner_text())


def begin_draft(page: Page) -> str:
    page.goto(VERSIONS)
    press(page, "main form.actions button")
    return page.url


def open_part(page: Page, draft: str, part: str) -> None:
    """The form of a part, its panel worked out."""
    page.goto(f"{draft}parts/{part}/")
    expect(page.locator("#panel .wb-big")).to_be_visible()


def typed(page: Page, control: str, value: str) -> None:
    """Fills a control in and waits until the panel has followed."""
    with page.expect_response(lambda answer: answer.url.endswith("/count/")):
        page.locator(control).fill(value)


def set_year(page: Page, draft: str, year: str) -> None:
    open_part(page, draft, "audience")
    typed(page, YEAR, year)
    press(page, SAVE)


def move_last_group(page: Page, draft: str, days: int) -> None:
    """Moves the last group's due day, which alone is more than may change at once."""
    open_part(page, draft, "groups")
    page.locator("#id-groups-3 > summary").click()
    due = page.locator("#id-groups-3-due_on").input_value()
    typed(page, "#id-groups-3-due_on", (date.fromisoformat(due) + timedelta(days=days)).isoformat())
    press(page, SAVE)


@pytest.fixture
def second(site, page: Page, enter) -> str:
    """The door's key of another officer of page-b."""
    key = site.somebody()
    site.verb("grant", person_of(site, key), "officer", "--programme", "page-b")
    return key


def enter_anew(page: Page, enter, key: str) -> None:
    page.context.clear_cookies(name="upstander_session")
    enter(key)


def published_by_two(page: Page, enter, draft: str, second: str) -> None:
    """Asks for publication as mei and releases as the second officer."""
    page.goto(f"{draft}publish/")
    press(page, FILLED)
    expect(page).to_have_url(f"{draft}release/")
    enter_anew(page, enter, second)
    page.goto(f"{draft}release/")
    press(page, FILLED)
    expect(page).to_have_url(page.url.partition("/office/")[0] + VERSIONS)
    enter_anew(page, enter, "mei")


@pytest.mark.row("B02", "C03")
def test_a_rule_is_raised_seen_in_people_and_released_by_a_second_officer(page, look, enter, site, second):
    enter("mei")
    draft = begin_draft(page)
    expect(page.locator("#panel .wb-big")).to_be_visible()
    stands(page, look.language)

    open_part(page, draft, "audience")
    before = asked(page)
    typed(page, YEAR, "1")
    expect(page.locator("#panel .wb-big")).not_to_have_text(str(before))
    gained = asked(page) - before
    assert gained > 0
    stands(page, look.language)
    press(page, SAVE)
    move_last_group(page, draft, 1)

    # The example of the third year still holds: it is later than the first.
    expect(page.locator(".wb-examples .fails")).to_have_count(0)
    press(page, f'main a[href$="{draft.partition("/office")[2]}difference/"]')
    gains = page.locator(".kind-gains")
    expect(gains.locator("summary")).to_contain_text(str(gained))
    gains.locator("summary").click()
    expect(gains.locator("tbody tr").first).to_be_visible()
    stands(page, look.language)

    press(page, FILLED)
    expect(page.locator("main .message")).to_be_visible()
    stands(page, look.language)
    press(page, FILLED)
    expect(page.locator('main button[value="release"]')).to_have_count(0)
    stands(page, look.language)

    enter_anew(page, enter, second)
    page.goto("/office/")
    stands(page, look.language)
    press(page, 'main .message a[href$="/release/"]')
    expect(page.locator(".kind-gains summary")).to_contain_text(str(gained))
    stands(page, look.language)
    press(page, FILLED)
    expect(page.locator("main .message").first).to_be_visible()
    stands(page, look.language)

    enter_anew(page, enter, "mei")
    back = begin_draft(page)
    set_year(page, back, "3")
    move_last_group(page, back, -1)
    published_by_two(page, enter, back, second)


@pytest.mark.parametrize(
    "part", ["basics", "cycle", "groups", "window", "requirement", "options", "leave", "reminders", "office", "legal"]
)
def test_every_form_stands_and_is_worked_by_keyboard(page, look, enter, part):
    enter("mei")
    draft = begin_draft(page)
    open_part(page, draft, part)
    for row in page.locator("details.wb-row > summary").all():
        if row.evaluate("summary => !summary.parentElement.open"):
            row.focus()
            page.keyboard.press("Enter")
    stands(page, look.language)
    adds = page.locator(".wb-add > button").last
    if adds.count():
        adds.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.closest('.wb-row') !== null")
        stands(page, look.language)
    page.goto(f"{draft}discard/")
    press(page, "main .button.danger")


def test_the_text_and_a_new_example_stand(page, look, enter):
    enter("mei")
    draft = begin_draft(page)
    open_part(page, draft, "examples")
    page.locator(".wb-find summary").click()
    page.locator("#find-person").fill("okafor")
    press(page, 'button[value="find"]')
    stands(page, look.language)
    press(page, 'button[value^="take:"]')
    expect(page.locator("#id-examples-6-name")).to_be_visible()
    stands(page, look.language)

    page.goto(f"{draft}text/")
    expect(page.locator(".wb-gutter")).to_contain_text("12")
    page.locator("#text").fill(page.locator("#text").input_value().replace("student_year_at_least = 3", "shoes = 44"))
    press(page, FILLED)
    page.locator("[data-line]").first.click()
    marked = "[document.activeElement].map(at => at.value.slice(at.selectionStart, at.selectionEnd))[0]"
    assert "shoes = 44" in page.evaluate(marked)
    stands(page, look.language)
    page.goto(f"{draft}discard/")
    press(page, "main .button.danger")


def test_a_new_programme_is_begun_and_laid_aside(page, look, enter):
    enter("mei")
    page.goto("/office/new-programme/")
    stands(page, look.language)
    page.locator("#id_key").fill("Not A Key")
    press(page, FILLED)
    expect(page.locator(".error-summary")).to_be_focused()
    stands(page, look.language)
    page.locator("#id_key").fill(f"walk-{look}")
    press(page, FILLED)
    expect(page.locator(".wb-card").first).to_be_visible()
    press(page, 'main a[href$="/publish/"]')
    stands(page, look.language)
    page.goto(page.url.replace("/publish/", "/discard/"))
    press(page, "main .button.danger")
    stands(page, look.language)
