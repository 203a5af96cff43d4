"""Whole courses on a telephone, in Spanish, by touch: from the letter to the certificate.

Every page is looked at for its width and its targets, one of each mixture of blocks and kind of item by axe too.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.letters import Reader, follow_through_sign_in, open_letter, set_password, subject_of
from tests.browser.passing import PATIENCE_MS, fits_its_width, stands, suits_a_thumb
from tests.browser.taking import FILLED, assess, course_of, press, read_to_the_end, touch


def pass_by(shown: Page) -> None:
    fits_its_width(shown)
    suits_a_thumb(shown)


def look_at(shown: Page) -> None:
    stands(shown, "es")
    suits_a_thumb(shown)


@pytest.fixture
def telephone(browser: Browser, site) -> Iterator[Page]:
    """A page of a telephone 360 px wide, touched and not clicked; an error in its console fails the test."""
    context = browser.new_context(
        base_url=site.address, viewport={"width": 360, "height": 740}, device_scale_factor=2, has_touch=True,
        is_mobile=True, locale="es-PR", timezone_id="America/Puerto_Rico", reduced_motion="reduce",
    )  # fmt: skip
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies([{"name": "upstander_language", "value": "es", "url": site.address}])
    opened, errors = context.new_page(), []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert errors == []


@pytest.fixture
def reader(telephone: Page, readers: dict[str, list[Reader]], site) -> Reader:
    """Somebody with a letter of each programme, who has set a password."""
    one = readers["es"].pop()
    set_password(telephone, site, one, look_at)
    return one


@pytest.mark.row("A04", "A08", "A15", "B02", "B04", "B05", "B26")
def test_from_the_letter_over_the_survey_through_option_c_to_the_certificate(telephone, reader, site):
    site.ask_the_survey(reader.person_id)
    open_letter(telephone, reader, subject_of("page-b", "es"), fits_its_width)
    follow_through_sign_in(telephone, reader, "/my-training/#page-b", look_at)
    pressed = ["the letter's link"]

    expect(telephone).to_have_url(re.compile(r"/survey/pre-training/"))
    look_at(telephone)
    touch(telephone.locator("fieldset").first.locator("label").first)
    press(telephone, 'main button[value="look"]')
    expect(telephone.locator(".survey-record")).to_be_visible()
    look_at(telephone)
    press(telephone, 'main button[value="send"]')

    expect(telephone).to_have_url(re.compile(r"/my-training/"))
    look_at(telephone)
    press(telephone, '#page-b a[href="/learn/option-c/"]')
    pressed.append("the course")
    look_at(telephone)
    press(telephone, FILLED)
    pressed.append("start")
    expect(telephone.locator("article.lesson-text")).to_be_visible()
    assert len(pressed) <= 3

    take(telephone, "option-c")
    expect(telephone.locator(".meets li")).to_have_count(1)
    assert certificate_of(telephone).startswith(b"%PDF-")
    telephone.goto("/my-training/")
    expect(telephone.locator("#page-b .status-satisfied").first).to_be_visible()
    look_at(telephone)


@pytest.mark.row("A01", "A03", "A04", "A08", "A14", "A15", "B26")
def test_from_the_letter_through_core_to_the_certificate(telephone, reader):
    open_letter(telephone, reader, subject_of("page-a", "es"), fits_its_width)
    follow_through_sign_in(telephone, reader, "/learn/core/", look_at)
    expect(telephone).to_have_url(re.compile(r"/learn/core/$"))
    look_at(telephone)
    press(telephone, FILLED)
    expect(telephone.locator("article.lesson-text")).to_be_visible()

    take(telephone, "core")
    assert certificate_of(telephone).startswith(b"%PDF-")
    telephone.goto("/my-training/")
    expect(telephone.locator("#page-a .status-satisfied").first).to_be_visible()
    look_at(telephone)


def take(telephone: Page, key: str) -> None:
    """The whole course, from its first page to the result of an assessment without a fault."""
    course = course_of(key, "es")
    assert read_to_the_end(telephone, look_at, pass_by) == len(course.pages)
    look_at(telephone)
    assess(telephone, course, rightly=True, look_at=look_at, pass_by=pass_by)
    look_at(telephone)


def certificate_of(telephone: Page) -> bytes:
    """The file behind the result's link."""
    address = telephone.locator('a[href^="/certificates/"]').first.get_attribute("href")
    found = telephone.request.get(address)
    assert found.headers["content-type"] == "application/pdf"
    return found.body()
