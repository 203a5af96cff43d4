"""A department's side in Chromium: figures by two clocks, a list by keyboard, files, and who gets 404."""

import csv
import io
import json
import re
import sqlite3
from contextlib import closing
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.passing import stands
from tests.browser.taking import press

CLOCK = re.compile(r"\b\d\d:\d\d\b")
OF_MUSIC = "SELECT id FROM upstander_unit WHERE id = 'music' OR parent_id = 'music'"
PEOPLE = "#people tbody tr"
SHOW = "#people .filters button"


def asked(site, question: str) -> list[tuple]:
    """Rows of the site's database, to compare what a page shows with what is true."""
    with closing(sqlite3.connect(Path(site.environment["UPSTANDER_DATA_DIR"]) / "upstander.sqlite3")) as database:
        return database.execute(question).fetchall()


def today() -> str:
    """The civil day of the demo's university."""
    return datetime.now(ZoneInfo("America/New_York")).date().isoformat()


def music(site, states: tuple[str, ...]) -> set[str]:
    """Who is counted in Music or below it and stands in one of these states."""
    listed = ", ".join(f"'{state}'" for state in states)
    rows = asked(
        site,
        "SELECT person_id FROM upstander_standing WHERE programme_id = 'page-b' "
        f"AND unit_id IN ({OF_MUSIC}) AND state IN ({listed})",
    )
    return {person_id for (person_id,) in rows}


def figures(page: Page) -> tuple[list[int], list[int]]:
    """The columns of the two clocks: the official figures and those of now, line by line."""
    columns = []
    for place in (1, 2):
        cells = page.locator(f".clocks tbody td:nth-of-type({place})").all_inner_texts()
        columns.append([int(cell) for cell in cells])
    return columns[0], columns[1]


def table_in(page: Page, kind: str) -> list[list[str]]:
    """The rows of the download behind the button, its header first."""
    with page.expect_download() as waiting:
        page.locator(f'a[href*="people.{kind}"]').click()
    path = waiting.value.path()
    if kind == "csv":
        return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(path.read_bytes()), read_only=True).active
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


def names(page: Page) -> list[str]:
    return page.locator(f"{PEOPLE} td:first-child").all_inner_texts()


def by_keyboard(page: Page, selector: str) -> None:
    """Enter on what the keyboard stands on leads to another page."""
    page.locator(selector).focus()
    expect(page.locator(selector)).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.row("B18")
def test_an_administrator_sees_their_own_units_people_and_no_one_else(page, look, enter, site):
    enter("ruth")
    page.goto("/department/page-b/")
    page.locator("#status").select_option("")
    press(page, SHOW)
    rows = table_in(page, "csv")[1:]
    here = music(site, ("satisfied", "open", "in-progress", "scheduled", "overdue", "deferred", "undecided", "exempt"))
    assert {row[0] for row in rows} == here
    assert len(rows) == int(re.search(r"\d+", page.locator(".tally").inner_text())[0])
    first = page.locator(PEOPLE).first
    expect(first.locator(".status")).to_be_visible()
    assert all(cell.strip() for cell in first.locator("td").all_inner_texts())
    stands(page, look.language)


@pytest.mark.row("B18")
def test_what_is_finished_today_moves_the_live_figures_and_is_named_as_a_change(page, look, enter, site, tmp_path):
    enter("ruth")
    page.goto("/department/page-b/")
    assert len(CLOCK.findall(page.locator(".clocks thead").inner_text())) == 2
    expect(page.locator(".clocks + p")).to_contain_text(CLOCK)
    official, before = figures(page)
    everybody = asked(site, "SELECT id, legal_last_name FROM upstander_person WHERE id >= '2' ORDER BY id")
    still_open = music(site, ("open",))
    person_id, surname = next(row for row in everybody if row[0] in still_open)
    file = tmp_path / "completions.csv"
    file.write_text(
        "person_id,course_key,completed_on,role,source,score\n"
        f"{person_id},option-a,{today()},employee,a course in person,\n",
        encoding="utf-8",
    )
    site.verb("completions", "import", str(file), "--into-demo")
    page.reload()
    same, now = figures(page)
    assert same == official
    assert [one - other for one, other in zip(now, before, strict=True)][:2] == [1, -1]
    press(page, '.clocks + p a[href*="/changes/"]')
    row = page.locator("tbody tr", has_text=surname).filter(has=page.locator(".status-satisfied"))
    expect(row.first.locator(".status-open")).to_have_count(1)
    stands(page, look.language)


@pytest.mark.row("B18")
def test_the_list_is_filtered_sorted_and_paged_by_keyboard(page, look, enter, site):
    page.set_viewport_size({"width": 1280, "height": 800})
    enter("ruth")
    page.goto("/department/page-b/?status=")
    ahead = names(page)
    by_keyboard(page, "#people thead th:first-child a")
    expect(page.locator("#people thead th:first-child")).to_have_attribute("aria-sort", "descending")
    assert names(page) != ahead
    by_keyboard(page, "#people thead th:first-child a")
    assert names(page) == ahead
    by_keyboard(page, "a[rel=next]")
    expect(page.locator(".pages [aria-current=page]")).to_have_text("2")
    assert not set(names(page)) & set(ahead)
    stands(page, look.language)

    page.locator("#status").select_option("finished")
    by_keyboard(page, SHOW)
    expect(page.locator(f"{PEOPLE} .status-satisfied")).to_have_count(page.locator(PEOPLE).count())
    assert str(len(music(site, ("satisfied",)))) in page.locator("#status option:checked").inner_text()


@pytest.mark.row("B18")
def test_both_files_hold_the_rows_of_the_page(page, look, enter):
    enter("ruth")
    page.goto("/department/page-b/?status=finished")
    as_csv, as_xlsx = table_in(page, "csv"), table_in(page, "xlsx")
    assert as_csv == as_xlsx
    assert [row[1] for row in as_csv[1:]] == names(page)


@pytest.mark.row("B18")
def test_another_units_administrator_gets_404(page, look, enter, site):
    key = site.somebody()
    ((people,),) = asked(site, "SELECT demo_people FROM upstander_installation")
    person_id = next(one["person_id"] for one in json.loads(people) if one["key"] == key)
    site.verb("grant", person_id, "department", "--unit", "history")
    enter(key)
    assert page.request.get("/department/page-b/").status == 200
    for part in ("", "changes/", "remind/", "people.csv", "people.xlsx"):
        assert page.request.get(f"/department/page-b/{part}?unit=music").status == 404
    assert page.request.get("/office/programmes/page-b/people/").status == 404


@pytest.mark.row("B18")
def test_on_a_telephone_the_table_is_a_list(page, look, enter):
    page.set_viewport_size({"width": 360, "height": 740})
    enter("ruth")
    page.goto("/department/page-b/")
    row = page.locator(PEOPLE).first
    cells = [cell.bounding_box() for cell in row.locator("td").all()]
    assert all(above["y"] + above["height"] <= below["y"] + 0.5 for above, below in pairwise(cells))
    assert page.locator("#people thead").bounding_box()["height"] <= 1
    labels = row.locator("td").evaluate_all("cells => cells.map(cell => getComputedStyle(cell, '::before').content)")
    assert all(len(label) > 2 for label in labels)
    stands(page, look.language)


@pytest.mark.row("B18")
def test_a_period_that_is_over_says_how_it_went(page, look, enter, site):
    enter("ruth")
    page.goto("/department/page-a/")
    ((done, late),) = asked(
        site,
        "SELECT sum(state = 'satisfied'), sum(state = 'overdue') FROM upstander_standing "
        f"WHERE programme_id = 'page-a' AND unit_id IN ({OF_MUSIC})",
    )
    by_then, of_all, since = map(int, re.findall(r"\d+", page.locator(".course-chart + p").inner_text()))
    assert by_then + since == done
    assert of_all >= done + late
    expect(page.locator("#people .end .filled")).to_contain_text(str(late))
    page.locator(".course-chart ~ details summary").click()
    expect(page.locator(".course-chart ~ details tbody td").last).to_have_text(str(done))
    stands(page, look.language)
