"""When something does not work, in Chromium: each check finds what is wrong; only ticked facts leave the browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.passing import stands, suits_a_thumb

NO_COOKIES = 'Object.defineProperty(document, "cookie", {get: () => "", set: () => {}});'
#: Whatever is written: first the browser's own refusal of a full store, then that of a browser that keeps nothing.
FULL = 'Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };'
BLOCKED = 'Object.defineProperty(window, "localStorage", {get() { throw new DOMException("no", "SecurityError"); }});'
LATE_BY_MINUTES = 90
WRONG_CLOCK = f"const now = Date.now.bind(Date); Date.now = () => now() + {LATE_BY_MINUTES} * 60000;"


def looked(page: Page, script: str = "") -> Page:
    """The guide once it has looked."""
    if script:
        page.add_init_script(script)
    page.goto("/trouble/")
    page.locator("[data-trouble][data-done]").wait_for()
    return page


def found(page: Page, check: str) -> str:
    """The code of what a check shows; exactly one thing is shown."""
    shown = page.locator(f'[data-check="{check}"] [data-code]:visible')
    expect(shown).to_have_count(1)
    return shown.get_attribute("data-code")


@pytest.mark.row("A02", "A15")
def test_a_browser_in_which_all_works_is_told_so_and_shown_no_steps(page, look):
    looked(page)
    codes = {check: found(page, check) for check in ("scripts", "cookies", "storage", "window", "clock", "connection")}
    assert set(codes.values()) == {"good"}
    assert found(page, "popups") == "none"
    expect(page.locator(".trouble-checks details:visible")).to_have_count(0)
    expect(page.locator('[data-say="all"]')).to_be_visible()
    stands(page, look.language)
    page.locator(".trouble-problem summary").first.click()
    expect(page.locator(".trouble-problem[open] li").first).to_be_visible()
    stands(page, look.language)
    if look.width == 360:
        suits_a_thumb(page)


@pytest.mark.row("A02")
@pytest.mark.parametrize(
    ("script", "check", "code"),
    [
        (NO_COOKIES, "cookies", "off"),
        (FULL, "storage", "full"),
        (BLOCKED, "storage", "off"),
        (WRONG_CLOCK, "clock", "off"),
    ],
    ids=["no cookies", "storage full", "storage blocked", "clock wrong"],
)
def test_what_is_wrong_is_named_first_with_its_steps_open(page, look, script, check, code):
    looked(page, script)
    assert found(page, check) == code
    expect(page.locator(f'[data-check="{check}"] details[open]:visible')).to_have_count(1)
    expect(page.locator(f'[data-first] a[href="#check-{check}"]')).to_be_visible()
    if check == "clock":
        expect(page.locator('[data-check="clock"] [data-code="off"]')).to_contain_text(str(LATE_BY_MINUTES))
    stands(page, look.language)


@pytest.mark.row("A02", "A15")
@pytest.mark.parametrize(
    ("wider", "points", "percent"),
    [(1.39, 1, 100), (1.5, 1, 100), (1.5, 1.5, 150), (2.5, 2.5, 250)],
    ids=["a side bar", "a side bar of the size of a step", "zoomed", "zoomed far"],
)
def test_the_size_of_the_text_is_told_by_zooming_and_not_by_a_side_bar(page, look, wider, points, percent):
    looked(
        page,
        f"""Object.defineProperty(window, "outerWidth", {{get: () => Math.round(innerWidth * {wider})}});
        Object.defineProperty(window, "devicePixelRatio", {{get: () => {points}}});""",
    )
    assert found(page, "zoom") == ("large" if percent > 200 else "good")
    expect(page.locator('[data-check="zoom"] [data-code]:visible')).to_contain_text(str(percent))


@pytest.mark.row("A02")
def test_a_line_that_is_cut_is_seen_and_its_return_too(page, look):
    looked(page)
    page.context.set_offline(True)
    expect(page.locator('[data-check="connection"] [data-code="off"]')).to_be_visible()
    assert found(page, "clock") == "unknown"
    page.context.set_offline(False)
    expect(page.locator('[data-check="connection"] [data-code="good"]')).to_be_visible()


@pytest.mark.row("A02")
def test_a_store_that_is_truly_full_is_seen(page, look):
    page.goto("/trouble/")
    page.evaluate(
        """() => { let piece = "x".repeat(1 << 20); let number = 0;
        while (piece.length) { try { localStorage.setItem("stone" + number++, piece); }
        catch { piece = piece.slice(0, piece.length >> 1); } } }"""
    )
    assert found(looked(page), "storage") == "full"


@pytest.mark.row("A02")
def test_looking_sends_nothing_but_for_our_clock_and_the_sample(page, look):
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.method, request.url.split("/", 3)[3])))
    looked(page)
    own = [one for one in asked if "static/" not in one[1] and "theme" not in one[1]]
    assert {method for method, _ in own} == {"GET"}
    assert {address for _, address in own} == {"trouble/", "trouble/echo/", "trouble/sample/"}


@pytest.mark.row("B21", "A15")
def test_from_the_foot_of_a_lesson_to_the_office_with_what_was_struck_left_behind(page, look, enter, site):
    enter(site.somebody())
    page.goto("/courses/")
    page.locator('footer a[href^="/ask/technical/"]').click()
    page.locator("[data-trouble][data-done]").wait_for(state="attached")
    expect(page.locator('[data-fact="page"] [data-value]')).to_have_text("/courses/")
    for fact in ("window", "zoom", "connection", "checks"):
        expect(page.locator(f'[data-fact="{fact}"] [data-value]')).not_to_be_empty()
    stands(page, look.language)
    if look.width == 360:
        suits_a_thumb(page)
    page.locator('[data-fact="browser"] input').uncheck()
    page.locator('[data-fact="connection"] input').uncheck()
    page.locator("#id_note").fill("The film stays black.")
    with page.expect_request(lambda request: request.method == "POST") as posted:
        page.locator("main .button.filled").click()
    body = posted.value.post_data
    assert "window=" in body and "browser=" not in body and "connection=" not in body
    page.wait_for_url(re.compile(r"/cases/"))
    stands(page, look.language)


@pytest.mark.row("B21")
def test_a_visitor_copies_the_facts(page, look):
    page.goto("/account/login/")
    page.locator('footer a[href^="/ask/technical/"]').click()
    page.locator("[data-trouble][data-done]").wait_for(state="attached")
    expect(page.locator('[data-fact="window"] [data-value]')).not_to_be_empty()
    stands(page, look.language)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-copy]").click()
    expect(page.locator("[data-copied]")).to_be_visible()
    assert "/account/login/" in page.evaluate("navigator.clipboard.readText()")
