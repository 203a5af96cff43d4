"""Reading in Chromium: search, larger text, low-bandwidth mode, paper and the voice, in every look."""

import pytest
from playwright.sync_api import expect

from tests.browser.passing import fits_its_width, stands
from tests.browser.taking import FILLED, press

LARGEST = [
    "/my-training/", "/my-training/page-b/compare/", "/programmes/page-b/schedule/", "/courses/", "/help/",
    "/help/page-b/", "/privacy/", "/learn/option-b/",
]  # fmt: skip
VOICE = """
window.spoken = [];
const voices = [{lang: "en-US", localService: true}, {lang: "es-US", localService: true}];
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => voices, addEventListener: () => {}, cancel: () => {}, pause: () => window.spoken.push("pause"),
  resume: () => {}, speak: (said) => window.spoken.push([said.lang, said.text]),
}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } addEventListener() {} };
"""


@pytest.mark.row("B16")
def test_a_search_leads_to_the_place_and_keeps_its_words_in_the_other_language(page, look, enter, site):
    enter(site.somebody())
    page.goto("/learn/option-b/")
    press(page, FILLED)
    word = page.locator(".prose-block p").first.inner_text().split()[-1].strip(".,")
    page.goto(f"/learn/option-b/search/?q={word}")
    stands(page, look.language)
    link = page.locator(".found h3 a").first
    anchor = link.get_attribute("href").split("#")[1]
    link.click()
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()
    page.goto(f"/courses/search/?q={word}")
    stands(page, look.language)


@pytest.mark.row("A08")
@pytest.mark.parametrize("address", LARGEST)
def test_nothing_overflows_with_the_largest_text(page, look, enter, site, address):
    enter("ines")
    page.goto("/reading/")
    stands(page, look.language)
    press(page, 'button[name="size"][value="200"]')
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("data-size", "200")
    fits_its_width(page)


@pytest.mark.row("B10", "A08")
def test_low_bandwidth_mode_is_switched_on_in_a_lesson_and_stands_without_a_script(page, look, enter, site):
    enter(site.somebody())
    page.goto("/learn/option-b/")
    press(page, FILLED)
    place = page.url
    fold = (
        page.locator(".lesson-small details").nth(1)
        if look.width == 360
        else page.locator(".lesson-side .reading-fold")
    )
    fold.locator("summary").first.click()
    with page.expect_navigation():
        fold.locator('button[name="light"]').click()
    assert page.url.split("#")[0] == place.split("#")[0]
    assert page.locator("script").count() == 0
    stands(page, look.language)
    page.locator(".choice button").first.click()
    expect(page.locator(".feedback").first).to_be_visible()
    stands(page, look.language)
    page.goto("/learn/option-b/")
    stands(page, look.language)


@pytest.mark.row("A07")
def test_the_course_on_paper_stands(page, look, enter, site):
    enter("ines")
    page.goto("/learn/option-b/print/")
    stands(page, look.language)


@pytest.mark.row("A08")
def test_a_page_is_read_aloud_in_its_language_paused_and_stopped(page, look, enter, site):
    page.add_init_script(VOICE)
    enter(site.somebody())
    page.goto("/learn/option-b/")
    press(page, FILLED)
    play, stop = page.locator("[data-listen-play]"), page.locator("[data-listen-stop]")
    play.click()
    spoken = page.evaluate("window.spoken")
    assert {language for language, _ in spoken} == {look.language}
    assert spoken[0][1] == page.locator("h1").inner_text()
    play.click()
    assert page.evaluate("window.spoken").count("pause") == 1
    stop.click()
    expect(stop).to_be_hidden()
    expect(play).to_be_focused()
