"""A course changed in Chromium: a page in both languages, looked at, read and published by a second person, learned."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.passing import stands
from tests.browser.taking import press
from tests.browser.test_workbench import enter_anew, person_of

DESK = "/office/courses/"
TITLES = {"en": "A page that is new", "es": "Una página que es nueva"}
BODIES = {"en": "What stands here is new.", "es": "Lo que está aquí es nuevo."}


def begin(page: Page, course: str) -> str:
    """The draft of a course, begun or there already."""
    page.goto(f"{DESK}{course}/")
    press(page, "main .wb-head .button.filled")
    return page.url


@pytest.mark.row("A15")
def test_a_new_page_goes_from_the_desk_by_a_second_person_to_a_learner(page: Page, enter, site, look):
    second = site.somebody()
    site.verb("grant", person_of(site, second), "author")
    enter("mei")
    draft = begin(page, "supervisor-pack")
    page.locator("section.cw-section").first.locator("details summary").click()
    form = page.locator("section.cw-section").first.locator("details form")
    for lang, title in TITLES.items():
        form.locator(f'input[name="title-{lang}"]').fill(title)
    form.locator('input[name="name"]').fill("brand-new")
    form.locator("button").click()
    expect(page.locator("#body-en")).to_be_visible()
    stands(page, look.language)
    for lang, body in BODIES.items():
        with page.expect_response(lambda answer: "/live/" in answer.url):
            page.locator(f"#body-{lang}").fill(body)
        expect(page.locator(f"#shown-{lang}")).to_contain_text(body)
    with page.expect_response(lambda answer: "/live/" in answer.url):
        page.locator('[data-insert="body-en"]').first.click()
    expect(page.locator("#shown-en .key-block")).to_be_visible()
    with page.expect_response(lambda answer: "/live/" in answer.url):
        page.locator('[data-insert="body-es"]').first.click()
    press(page, ".cw-bar .filled")
    page.goto(f"{draft}preview/{page.url.rstrip('/').split('/pages/')[1]}/")
    expect(page.locator('article[lang="es"]')).to_contain_text(BODIES["es"])
    stands(page, look.language)
    page.goto(f"{draft}review/")
    page.locator('input[name="change"][value="editorial"]').check()
    press(page, 'button[value="ask"]')
    expect(page.locator('button[value="publish"]')).to_have_count(0)
    enter_anew(page, enter, second)
    page.goto(f"{draft}review/")
    expect(page.locator("main")).to_contain_text("brand-new")
    stands(page, look.language)
    press(page, 'button[value="publish"]')
    enter_anew(page, enter, site.somebody())
    page.goto("/learn/supervisor-pack/")
    press(page, "main form .filled")
    for _ in range(12):
        if page.locator("h1").inner_text() == TITLES[look.language]:
            break
        press(page, "[data-next]")
    expect(page.locator("h1")).to_have_text(TITLES[look.language])
    expect(page.locator(".lesson-text")).to_contain_text(BODIES[look.language])


@pytest.mark.parametrize(
    "place", ["", "words/", "settings/", "drawings/", "questions/", "missing/", "preview/", "changes/"]
)
def test_every_page_of_the_desk_stands(place, page: Page, enter, look):
    enter("mei")
    draft = begin(page, "option-d")
    page.goto(f"{draft}{place}")
    stands(page, look.language)


def test_a_question_and_the_list_of_courses_stand(page: Page, enter, look):
    enter("mei")
    draft = begin(page, "option-d")
    page.goto(f"{draft}questions/")
    press(page, "tbody tr:first-child th a")
    stands(page, look.language)
    for place in ("", "new/", "upload/", "option-d/", "option-d/holders/"):
        page.goto(f"{DESK}{place}")
        stands(page, look.language)
