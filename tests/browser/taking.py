"""Taking a course as a reader does: its pages, its scenarios, and an attempt answered from the bank."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

import upstander
from upstander.core.bank import Item
from upstander.delivery.native.loader import load
from upstander.delivery.native.pieces import Course

PACKAGE = Path(upstander.__file__).parent
FILLED = "main .button.filled"
#: What a page of a lesson may hold beside prose; questions first.
BLOCKS = ("question", "figure-block", "reveal-block")


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


def touch(target: Locator) -> None:
    """A finger's tap where the screen takes one, else a click."""
    if target.page.evaluate("navigator.maxTouchPoints"):
        target.tap()
    else:
        target.click()


def press(page: Page, selector: str) -> None:
    """Presses what leads to another page and waits until it stands."""
    with page.expect_navigation():
        touch(page.locator(selector))


def read_to_the_end(
    page: Page, look_at: Callable[[Page], None], pass_by: Callable[[Page], None] = lambda shown: None
) -> int:
    """Every page of the lessons with every scenario answered.

    `pass_by` sees each page as it came and with its answers; `look_at` one of each mixture of blocks.
    """
    seen, pages = set(), 0
    while "/assessment/" not in page.url:
        pages += 1
        pass_by(page)
        for question in page.locator("form.question").all():
            touch(question.locator(".choice button").first)
            expect(question.locator(".feedback").first).to_be_visible()
        mixture = tuple(page.locator(f".{name}").count() > 0 for name in BLOCKS)
        if mixture not in seen:
            seen.add(mixture)
            look_at(page)
        elif mixture[0]:
            pass_by(page)
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
            touch(page.locator(f"#up-{step}"))
            expect(page.locator("input[name=order]")).not_to_have_value(",".join(now))
            expect(page.locator(f"#up-{step}")).to_be_focused()


def assess(
    page: Page,
    course: Course,
    rightly: bool | Callable[[int], bool],
    look_at: Callable[[Page], None],
    pass_by: Callable[[Page], None] = lambda shown: None,
) -> None:
    """One attempt from its first question to its submission; `look_at` once for each kind of item, `pass_by` always.

    `rightly` says of all questions, or of each by its number (from 1), whether it is answered rightly.
    """
    if "/assessment/1/" not in page.url:
        press(page, FILLED)
    seen, number = set(), 0
    while "/answers/" not in page.url:
        item = item_shown(page, course)
        number += 1
        answer(page, item, rightly(number) if callable(rightly) else rightly)
        if item.kind not in seen:
            seen.add(item.kind)
            look_at(page)
        else:
            pass_by(page)
        press(page, 'button[name="go"][value="next"]')
    look_at(page)
    press(page, FILLED)
