"""The whole thread in Chromium: letter, sign-in, a course failed and passed, and what anyone can check."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.letters import Reader, follow_through_sign_in, open_letter, set_password, sign_out, subject_of
from tests.browser.passing import stands
from tests.browser.taking import FILLED, assess, course_of, press, read_to_the_end

CODE = re.compile(r"/check/([A-Z0-9]{4}(?:-[A-Z0-9]{4}){2})/")


@pytest.fixture
def reader(page: Page, readers: dict[str, list[Reader]], look, site) -> Reader:
    """Somebody with a letter of each programme, who has set a password."""
    one = readers[look.language].pop()
    set_password(page, site, one, lambda shown: stands(shown, look.language))
    return one


@pytest.mark.row("A04", "A05", "B02", "B05", "B18", "A14")
def test_from_the_letter_to_the_code_that_anyone_can_check(page, look, reader, site):
    def look_at(shown: Page) -> None:
        stands(shown, look.language)

    open_letter(page, reader, subject_of("page-a", look.language), look_at)
    follow_through_sign_in(page, reader, "/learn/core/", look_at)
    expect(page).to_have_url(re.compile(r"/learn/core/$"))
    look_at(page)
    sign_out(page)

    letter = open_letter(page, reader, subject_of("page-b", look.language), look_at)
    follow_through_sign_in(page, reader, "/my-training/#page-b", look_at)
    expect(page).to_have_url(re.compile(r"/my-training/#page-b$"))
    duty = page.locator("#page-b")
    expect(duty).to_be_in_viewport()
    expect(duty.locator(".option")).to_have_count(5)
    if not duty.locator(".reasons").is_visible():
        duty.locator(".why summary").click()
    reasons = duty.locator(".reasons li p:first-child").all_inner_texts()
    assert any(" ".join(reason.split()) in " ".join(letter.split()) for reason in reasons)
    look_at(page)

    take_option_c(page, look.language, duty.locator('a[href="/learn/option-c/"]'), look_at)
    expect(page.locator(".meets li")).to_have_count(1)
    look_at(page)
    code = page.locator('a[href^="/verify/"]').inner_text().rstrip("/").rpartition("/")[2]

    page.goto("/my-training/")
    expect(duty.locator(".status-satisfied").first).to_be_visible()
    expect(duty.locator(".option")).to_have_count(4)
    expect(page.locator("#page-a .status-satisfied")).to_have_count(0)
    look_at(page)
    sign_out(page)

    site.verb("sending", "run")
    confirmation = open_letter(page, reader, subject_of("page-b", look.language), look_at)
    press(page, f'.mailbox-plain a[href$="/verify/{code}/"]')
    expect(page.locator("dl.facts")).to_contain_text(reader.surname)
    expect(page.locator("dl.facts")).to_contain_text(course_of("option-c", look.language).title)
    look_at(page)
    for written in (letter, confirmation):
        check(page, CODE.search(written)[1], look_at)


def take_option_c(page: Page, language: str, start: Locator, look_at: Callable[[Page], None]) -> None:
    """Read, failed by two of six, reviewed, taken again with other questions, and passed."""
    course = course_of("option-c", language)
    with page.expect_navigation():
        start.click()
    press(page, FILLED)
    assert read_to_the_end(page, in_passing) == len(course.pages)
    assess(page, course, rightly=lambda number: number > 2, look_at=in_passing)
    expect(page.locator(".lede")).to_contain_text(re.compile(r"\b4\b.*\b6\b"))
    look_at(page)
    press(page, FILLED)
    expect(page.locator(".reviewed")).to_have_count(6)
    expect(page.locator(".review-state.wrong")).to_have_count(2)
    look_at(page)
    press(page, "main form .button.filled")
    assess(page, course, rightly=True, look_at=in_passing)


def in_passing(page: Page) -> None:
    """The pages of a lesson are looked at where the player is tested."""


def check(page: Page, code: str, look_at: Callable[[Page], None]) -> None:
    """Types the letter's code, without hyphens and in small letters, as nobody in particular."""
    page.goto("/check/")
    page.locator("#code").fill(code.replace("-", "").lower())
    press(page, FILLED)
    expect(page).to_have_url(re.compile(f"/check/{code}/$"))
    expect(page.locator("dl.facts")).to_contain_text(code)
    look_at(page)
