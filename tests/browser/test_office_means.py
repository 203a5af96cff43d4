"""The office's side by other means: text of twice the size on a telephone, no script, the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.passing import fits_its_width, stands
from tests.browser.taking import FILLED, press
from tests.browser.test_asking import iso

#: Pages of the office, each reached from its list: the list, and what to press there.
PAGES = [
    ("/office/", ""),
    ("/office/cases/", ""),
    ("/office/cases/?state=all", "main .table a"),
    ("/office/programmes/page-b/", ""),
    ("/office/programmes/page-b/messages/", ""),
    ("/office/programmes/page-b/sending/", ""),
    ("/office/programmes/page-b/people/", "main .table a"),
    ("/office/programmes/page-b/rehearse/", ""),
    ("/office/letters/", ""),
    ("/office/letters/reminder/en/", ""),
    ("/office/post/", ""),
    ("/office/arrangements/", 'main a[href*="/office/arrangements/"]'),
    ("/office/paper/", 'main a[href*="/office/paper/"]'),
    ("/office/in-person/", 'main a[href*="/office/in-person/dates/"]'),
    ("/office/in-person/", 'main a[href$="/roster/"]'),
]


@pytest.mark.row("A14")
@pytest.mark.parametrize(("address", "to"), PAGES, ids=[f"{address} {to}".strip() for address, to in PAGES])
def test_an_office_page_takes_text_of_twice_the_size_on_a_telephone(page, look, enter, address, to):
    enter("mei")
    assert page.goto(address).status == 200
    if to:
        page.goto(page.locator(to).first.get_attribute("href"))
    page.set_viewport_size({"width": 360, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    fits_its_width(page)


def asks_for_leave(page: Page, enter, key: str) -> str:
    """Somebody's request, as the office reaches it."""
    enter(key)
    page.goto("/ask/leave/")
    page.locator("#id_leave").fill("Parental")
    page.locator("#id_from_on").fill(iso(-1))
    page.locator("#id_to_on").fill(iso(40))
    press(page, FILLED)
    return page.url.replace("/cases/", "/office/cases/")


@pytest.mark.row("B09")
def test_without_a_script_a_case_is_taken_granted_answered_and_found_again(page, look, enter, site, browser):
    address = asks_for_leave(page, enter, site.somebody())
    page.context.clear_cookies()
    enter("mei")
    bare = browser.new_context(
        base_url=site.address,
        storage_state=page.context.storage_state(),
        java_script_enabled=False,
        viewport={"width": look.width, "height": 800},
    )
    desk = bare.new_page()
    desk.goto(address)
    desk.locator('form[action$="/hands/"] button').first.click()
    expect(desk.locator(".aside-block", has=desk.locator('form[action$="/hands/"]'))).to_contain_text("Mei Castellanos")
    desk.locator("#move-decline").check()
    desk.locator("form:has(#id_text) button").click()  # a reason is missing
    expect(desk.locator(".message, .messages").first).to_be_visible()
    expect(desk.locator("#move-decline")).to_be_checked()
    desk.locator('.aside-block a[href*="/adjust/"]').click()
    desk.locator("#id_reason").fill("OK.")
    desk.locator(FILLED).click()
    expect(desk.locator(".foreseen")).to_be_visible()
    desk.locator('button[value="record"]').click()
    expect(desk.locator("#answer")).to_have_count(0)  # granted, it is settled
    desk.goto("/office/cases/")
    desk.locator('select[name="state"]').select_option("settled")
    desk.locator("form.filters button").click()
    assert address.removeprefix(site.address) in desk.content()
    bare.close()


def tabs_to(page: Page, selector: str) -> None:
    """Goes on by the keyboard until this has the focus, and it can be seen that it has."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            seen = page.evaluate(
                "() => { const style = getComputedStyle(document.activeElement);"
                " return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; }"
            )
            assert seen, f"no focus to be seen on {selector}"
            return
    pytest.fail(f"the keyboard does not reach {selector}")


@pytest.mark.row("A14")
def test_by_the_keyboard_alone_a_case_is_found_and_answered(page, look, enter, site):
    address = asks_for_leave(page, enter, site.somebody()).removeprefix(site.address)
    page.context.clear_cookies()
    enter("mei")
    page.goto("/office/cases/")
    tabs_to(page, f'a[href="{address}"]')
    page.keyboard.press("Enter")
    expect(page.locator("#id_text")).to_be_visible()
    tabs_to(page, '[name="move"]')
    page.keyboard.press("ArrowDown")
    expect(page.locator("#move-ask")).to_be_checked()
    tabs_to(page, "#id_text")
    page.keyboard.type("Until when?")
    tabs_to(page, "form:has(#id_text) button")
    page.keyboard.press("Enter")
    expect(page.locator(".thread")).to_contain_text("Until when?")
    stands(page, look.language)
