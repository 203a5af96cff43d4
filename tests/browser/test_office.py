"""The office's side in Chromium: counts that agree with the decisions, people found and explained, sending foreseen."""

import json
import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.browser.passing import stands
from tests.browser.taking import press

PEOPLE = ".table tbody tr"
SHOW = "main .filters .filled"


def decided(site) -> list[dict]:
    return [json.loads(line) for line in site.verb("decide", "--programme", "page-b", "--json").splitlines()]


@pytest.mark.row("B01", "B02", "B18")
def test_the_programme_page_counts_what_is_decided_by_state_and_group(page, look, enter, site):
    enter("mei")
    page.goto("/office/programmes/page-b/")
    lines = decided(site)
    states = Counter(line["state"] for line in lines)
    now = [int(cell) for cell in page.locator(".clocks tbody td:nth-of-type(2)").all_inner_texts()]
    assert now[:2] == [states["satisfied"], states["open"] + states["in-progress"]]
    assert sum(now) == len(lines) - states["not-required"]
    groups = Counter((line["group"], line["state"] == "satisfied") for line in lines if line["state"] != "exempt")
    for row in page.locator(".table.lists tbody tr").all():
        group = row.locator("a").get_attribute("href").partition("group=")[2]
        finished, total = map(int, re.findall(r"\d+", row.locator("strong").inner_text()))
        assert (finished, total) == (groups[group, True], groups[group, True] + groups[group, False])
    stands(page, look.language)


@pytest.mark.row("B18")
def test_the_people_are_filtered_and_found_without_a_name_in_the_address(page, look, enter, site):
    enter("mei")
    page.goto("/office/programmes/page-b/people/")
    page.locator("#id_state").select_option("undecided")
    press(page, SHOW)
    waiting = [line["person_id"] for line in decided(site) if line["state"] == "undecided"]
    expect(page.locator(PEOPLE)).to_have_count(len(waiting))
    stands(page, look.language)

    page.locator("#id_state").select_option("")
    page.locator("#id_group").select_option("vp-research")
    page.locator("#search").fill("sofía marín")
    press(page, SHOW)
    assert not re.search("sof|mar", page.url.partition("?")[2].lower())
    expect(page.locator(PEOPLE)).to_have_count(1)
    expect(page.locator(PEOPLE)).to_contain_text("10000009")

    page.locator("#search").fill("")
    press(page, SHOW)
    assert page.locator(PEOPLE).count() > 1


@pytest.mark.row("A05", "B18")
def test_a_persons_page_gives_the_decision_its_reasons_and_its_history(page, look, enter):
    enter("mei")
    page.goto("/office/programmes/page-b/people/")
    page.locator("#search").fill("10000014")
    press(page, SHOW)
    press(page, f"{PEOPLE} a")
    expect(page.locator("h1")).to_have_text("Olu Bankole")
    duty = page.locator(".duty").first
    expect(duty.locator(".status-satisfied")).to_be_visible()
    assert duty.locator(".reasons li").count() >= 2
    history = duty.locator("details").nth(1)
    history.locator("summary").click()
    expect(history.locator("li").first).to_be_visible()
    stands(page, look.language)
    page.goto("/office/programmes/page-b/people/")
    page.locator("#search").fill("")
    press(page, SHOW)


@pytest.mark.row("A04")
def test_opening_the_sending_shows_first_what_it_lets_go(page, look, enter):
    enter("mei")
    page.goto("/office/programmes/page-b/sending/")
    press(page, "main .button.danger")
    expect(page.locator("main .message, .messages").first).to_be_visible()
    press(page, 'main a.button[href$="/sending/"]')
    would_go = int(re.search(r"\d+", page.locator("h1").inner_text())[0])
    kinds = page.locator("main .table tbody td").all_inner_texts()
    assert sum(map(int, kinds)) == would_go
    stands(page, look.language)
    press(page, "main form .button.filled")
    expect(page.locator('main a.button[href$="/sending/"]')).to_have_count(0)
    expect(page.locator('main a[href$="/sending/"]')).to_have_count(1)
    stands(page, look.language)
