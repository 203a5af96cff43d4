"""The survey before the training, as a person meets it: both languages, telephone, keyboard (rows B04, B19, B26)."""

import json
import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.browser.passing import picture, stands

pytestmark = [pytest.mark.row("B04"), pytest.mark.row("B19")]


@pytest.fixture
def asked_again(site):
    """The door's key of somebody who has not met the survey."""
    key = site.somebody()
    with closing(sqlite3.connect(site.database)) as database:
        (listed,) = database.execute("SELECT demo_people FROM upstander_installation").fetchone()
    [person] = [one["person_id"] for one in json.loads(listed) if one["key"] == key]
    site.ask_the_survey(person)
    return key


@pytest.mark.row("B26")
def test_from_sign_in_over_the_survey_to_my_training_by_keyboard(page, look, enter, asked_again):
    enter(asked_again)
    page.goto("/my-training/")
    expect(page).to_have_url(re.compile(r"/survey/pre-training/\?next="))
    stands(page, look.language)
    picture(page, f"survey-{look}")
    first = page.locator("fieldset").first.locator("input").first
    first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("input:checked")).to_have_count(1)
    page.locator('main button[value="look"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator(".survey-record")).to_be_visible()
    assert json.loads(page.locator(".survey-record").inner_text())["answers"]["k1"] == "4"
    stands(page, look.language)
    picture(page, f"survey-stored-{look}")
    page.locator('button[value="send"]').press("Enter")
    expect(page).to_have_url(re.compile(r"/my-training/$"))
    page.goto("/my-training/")
    expect(page).to_have_url(re.compile(r"/my-training/$"))


@pytest.mark.row("B26")
def test_one_press_leads_past_the_survey_to_the_lesson(page, asked_again, enter):
    enter(asked_again)
    page.goto("/learn/option-b/")
    page.locator('button[value="later"]').click()
    expect(page).to_have_url(re.compile(r"/learn/option-b/$"))


def test_the_office_reads_the_survey_s_page(page, look, enter):
    enter("mei")
    page.goto("/office/survey/")
    stands(page, look.language)
    picture(page, f"survey-office-{look}")
