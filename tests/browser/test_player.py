"""A course taken for real in Chromium: begun, read, answered, submitted, reviewed, proved."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import upstander
from tests.browser.passing import fits_its_width, stands
from upstander.core.bank import Item
from upstander.delivery.native.loader import load
from upstander.delivery.native.pieces import Course

PACKAGE = Path(upstander.__file__).parent
FILLED = "main .button.filled"


def course_of(key: str, language: str) -> Course:
    """The course with the demo's words."""
    demo = tomllib.loads((PACKAGE / "programmes" / "institution-demo.toml").read_text(encoding="utf-8"))
    return load(PACKAGE / "content", key, language, demo)


def words(markup: str) -> str:
    text = re.sub(r"<[^>]+>", "", markup)
    return re.sub(r"\s+", " ", text.replace("&amp;", "&").replace("&quot;", '"').replace("&#x27;", "'")).strip()


def item_shown(page: Page, course: Course) -> Item:
    """The item of the bank whose question stands on the page."""
    stem = re.sub(r"\s+", " ", page.locator(".stem").inner_text()).strip()
    return next(item for item in course.items.values() if words(item.stem) == stem)


def press(page: Page, selector: str) -> None:
    """Presses what leads to another page and waits until it stands."""
    with page.expect_navigation():
        page.locator(selector).click()


def read_to_the_end(page: Page, look_at: Callable[[Page], None]) -> int:
    """Every page of the lessons with every scenario answered; `look_at` once for each mixture of blocks."""
    seen, pages = set(), 0
    while "/assessment/" not in page.url:
        pages += 1
        for question in page.locator("form.question").all():
            question.locator(".choice button").first.click()
            expect(question.locator(".feedback").first).to_be_visible()
        mixture = tuple(page.locator(f".{name}").count() > 0 for name in ("question", "figure-block", "reveal-block"))
        if mixture not in seen:
            seen.add(mixture)
            look_at(page)
        press(page, "[data-next]")
    return pages


def answer(page: Page, item: Item, rightly: bool) -> None:
    """One answer as a hand gives it: a choice, a selection, or the buttons that move a step."""
    if item.kind in {"single", "multiple"}:
        for option in item.options:
            if option.correct == rightly:
                page.locator(f'.pick input[value="{option.id}"]').check()
    elif item.kind == "matching":
        names = [pair.id for pair in item.pairs]
        partners = names if rightly else names[1:] + names[:1]
        for left, right in zip(names, partners, strict=True):
            page.locator(f"#pair-{left}").select_option(right)
    elif item.kind == "ordering":
        _put_in_order(page, [step.id for step in item.steps] if rightly else [step.id for step in item.steps][::-1])
    else:
        branch = item.branch(page.locator("[name=branch]").get_attribute("value"))
        chosen = next(option.id for option in branch.options if option.correct == rightly)
        page.locator(f'.pick input[value="{chosen}"]').check()


def _put_in_order(page: Page, wanted: list[str]) -> None:
    for place, step in enumerate(wanted):
        while (now := page.locator("input[name=order]").input_value().split(",")).index(step) > place:
            page.locator(f"#up-{step}").click()
            expect(page.locator("input[name=order]")).not_to_have_value(",".join(now))
            expect(page.locator(f"#up-{step}")).to_be_focused()


def assess(page: Page, course: Course, rightly: bool, look_at: Callable[[Page], None]) -> None:
    """One attempt from its first question to its submission; `look_at` once for each kind of item."""
    press(page, FILLED)
    seen = set()
    while "/answers/" not in page.url:
        item = item_shown(page, course)
        answer(page, item, rightly)
        if item.kind not in seen:
            seen.add(item.kind)
            look_at(page)
        press(page, 'button[name="go"][value="next"]')
    look_at(page)
    press(page, FILLED)


@pytest.mark.row("A01", "A03", "A06", "A14", "B18")
def test_the_core_course_is_taken_failed_reviewed_and_passed(page, look, enter, site):
    def look_at(shown: Page) -> None:
        stands(shown, look.language)

    course = course_of("core", look.language)
    enter(site.somebody())
    page.goto("/learn/core/")
    look_at(page)
    press(page, FILLED)
    assert read_to_the_end(page, look_at) == len(course.pages)
    look_at(page)

    assess(page, course, rightly=False, look_at=look_at)
    look_at(page)
    press(page, FILLED)
    expect(page.locator(".reviewed")).to_have_count(15)
    look_at(page)
    press(page, "main form .button.filled")

    page.goto("/learn/core/assessment/")
    assess(page, course, rightly=True, look_at=lambda shown: None)
    look_at(page)
    address = page.locator('a[href^="/certificates/"]').first.get_attribute("href")
    certificate = page.request.get(address)
    assert certificate.headers["content-type"] == "application/pdf"
    assert certificate.body().startswith(b"%PDF-")
    press(page, 'a[href^="/verify/"]')
    look_at(page)
    page.goto("/learn/core/pause/")
    look_at(page)
    page.goto("/learn/core/ask/?for=another-way")
    look_at(page)


@pytest.mark.row("A08", "A15", "B02", "B05")
def test_option_c_is_taken_in_spanish_on_a_telephone_and_meets_the_duty(browser, site):
    context = browser.new_context(
        base_url=site.address, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, locale="es-PR"
    )
    context.add_cookies([{"name": "upstander_language", "value": "es", "url": site.address}])
    telephone = context.new_page()
    telephone.goto("/learn/option-c/")
    press(telephone, f'button[name="key"][value="{site.somebody()}"]')
    if telephone.locator("html").get_attribute("lang") != "es":
        press(telephone, 'button[name="language"][value="es"]')
    press(telephone, FILLED)
    read_to_the_end(telephone, fits_its_width)
    assess(telephone, course_of("option-c", "es"), rightly=True, look_at=fits_its_width)
    expect(telephone.locator(".meets li")).to_have_count(1)
    telephone.goto("/my-training/")
    expect(telephone.locator("#page-b .status-satisfied").first).to_be_visible()
    context.close()


@pytest.mark.row("A06")
def test_arrow_keys_turn_the_pages_and_a_choice_is_made_by_keyboard(page, look, enter, site):
    enter(site.somebody())
    page.goto("/learn/option-b/")
    press(page, FILLED)
    first = page.url
    with page.expect_navigation():
        page.keyboard.press("ArrowRight")
    assert page.url != first
    with page.expect_navigation():
        page.keyboard.press("ArrowLeft")
    assert page.url == first
    choice = page.locator("form.question .choice button").first
    choice.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".feedback").first).to_be_visible()
    expect(page.locator("form.question .choice button").first).to_be_focused()
    expect(page.locator("#said")).not_to_be_empty()


@pytest.mark.row("A15")
def test_the_language_changes_in_mid_lesson_with_place_and_answers_kept(page, look, enter, site):
    enter(site.somebody())
    page.goto("/learn/option-b/")
    press(page, FILLED)
    page.locator("form.question .choice button").nth(1).click()
    expect(page.locator(".choice.chosen")).to_have_count(1)
    place = page.url
    other = "es" if look.language == "en" else "en"
    press(page, f'header button[name="language"][value="{other}"]')
    assert page.url.split("#")[0] == place
    expect(page.locator("html")).to_have_attribute("lang", other)
    expect(page.locator(".choice").nth(1)).to_have_class(re.compile("chosen"))


def test_what_is_pressed_in_a_lesson_is_44_pixels_high(page, look, enter, site):
    enter(site.somebody())
    page.goto("/learn/option-b/")
    press(page, FILLED)
    for target in page.locator("main .button, main summary, .choice button, .lesson-away a, .others a").all():
        if target.is_visible():
            assert target.bounding_box()["height"] >= 43.9, target.inner_text()


def test_a_lesson_weighs_little(page, look, enter, site):
    enter(site.somebody())
    page.goto("/learn/option-b/")
    press(page, FILLED)
    fresh = page.context.browser.new_context(storage_state=page.context.storage_state())
    visit = fresh.new_page()
    session = fresh.new_cdp_session(visit)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    visit.goto(page.url, wait_until="networkidle")
    fresh.close()
    assert len(sizes) <= 10
    assert sum(sizes) <= 90 * 1024
