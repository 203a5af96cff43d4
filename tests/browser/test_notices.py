"""From the letter in the demo's mailbox to the training it is about, and to the answer whether it is genuine."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.passing import stands


def open_letter(page: Page) -> None:
    """Opens the letter to Ines about the menu of courses."""
    page.goto("/mailbox/?to=Okafor")
    page.locator(".mailbox-messages a", has_text=re.compile("Preventing harassment|Prevenir el acoso")).first.click()
    page.locator(".mailbox-body").wait_for()


def test_the_mailbox_stands_and_so_does_a_message_in_it(page, look):
    page.goto("/mailbox/")
    stands(page, look.language)
    open_letter(page)
    stands(page, look.language)
    page.goto(page.url + "&as=text")
    stands(page, look.language)


@pytest.mark.row("A04", "B26")
def test_the_letters_link_leads_through_the_sign_in_to_the_training(page):
    open_letter(page)
    page.locator('.mailbox-body a[href*="/my-training/"]').click()
    page.wait_for_url(re.compile(r"/account/login/"))
    page.locator('button[name="key"][value="ines"]').click()
    page.wait_for_url(re.compile(r"/my-training/"))
    expect(page.locator("#page-b")).to_be_attached()
    open_letter(page)
    page.locator('.mailbox-body a[href*="/my-training/"]').click()
    page.wait_for_url(re.compile(r"/my-training/#page-b$"))
    expect(page.locator("#page-b")).to_be_in_viewport()


def test_the_code_of_the_letter_tells_that_it_is_genuine(page, look):
    page.goto("/check/")
    stands(page, look.language)
    open_letter(page)
    code = page.locator(".mailbox-body .code").inner_text()
    page.locator('.mailbox-body .quiet a[href*="/check/"]').click()
    page.wait_for_url(f"**/check/{code}/")
    stands(page, look.language)
    expect(page.locator("main")).to_contain_text("i•••@a•••.example")
    open_letter(page)
    page.locator('.mailbox-body a[href$="#done"]').click()
    expect(page.locator("#done")).to_be_in_viewport()
