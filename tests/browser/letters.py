"""Letters as their readers get them: who has one, the mailbox, and the sign-in behind the link."""

import re
import sqlite3
import tomllib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.taking import FILLED, PACKAGE, press

PASSWORD = "four-plain-words-here"
#: Who owes both programmes and has a letter of each: `more_people`.
OWING = """
    SELECT person.id, person.email, person.preferred_name, person.legal_first_name, person.legal_last_name
    FROM upstander_person AS person
    JOIN upstander_standing AS yearly ON yearly.person_id = person.id AND yearly.programme_id = 'page-a'
    JOIN upstander_standing AS menu ON menu.person_id = person.id AND menu.programme_id = 'page-b'
    WHERE menu.state = 'open' AND yearly.state = 'overdue' AND person.id >= '29' ORDER BY person.id
"""


@dataclass(frozen=True)
class Reader:
    """Somebody who owes both programmes and has a letter of each."""

    person_id: str
    email: str
    surname: str


def readers_of_letters(site) -> dict[str, list[Reader]]:
    """People by the language in which they are written to; their letters, which the demo puts off, have gone.

    One programme's letters go after the other's: together they would be one letter that tells of both.
    """
    with closing(sqlite3.connect(site.database)) as database:
        rows = database.execute(OWING).fetchall()
        found = {"en": rows[::2], "es": rows[1::2]}
        for language, people in found.items():
            changed = [(language, person_id) for person_id, *_ in people]
            database.executemany("UPDATE upstander_person SET preferred_language = ? WHERE id = ?", changed)
        # the crowd's thousands, whose time may have come by now, would go first
        database.execute("UPDATE upstander_notice SET retry_at = datetime('now', '+1 day') WHERE state = 'planned'")
        database.commit()
    for programme in ("page-a", "page-b"):
        with closing(sqlite3.connect(site.database)) as database:
            come = [(row[0], programme) for row in rows]
            database.executemany(
                "UPDATE upstander_notice SET retry_at = NULL WHERE person_id = ? AND programme_id = ?", come
            )
            database.commit()
        site.verb("sending", "run")
    return {lang: [Reader(row[0], row[1], row[4]) for row in people] for lang, people in found.items()}


def set_password(page: Page, site, reader: Reader, look_at: Callable[[Page], None]) -> None:
    """Sets a password by the office's link and signs out again."""
    page.goto(site.verb("invite", reader.person_id).strip())
    look_at(page)
    for field in ("password1", "password2"):
        page.locator(f'input[name="{field}"]').fill(PASSWORD)
    press(page, FILLED)
    expect(page).to_have_url(re.compile(r"/my-training/$"))
    sign_out(page)


def sign_out(page: Page) -> None:
    press(page, 'form[action="/account/logout/"] button')


def open_letter(page: Page, reader: Reader, subject: str, look_at: Callable[[Page], None]) -> str:
    """The plain text of the newest letter to the reader whose subject holds the words."""
    page.goto(f"/mailbox/?to={reader.email}")
    press(page, f'.mailbox-messages a:has-text("{subject}") >> nth=0')
    press(page, ".mailbox-views a")
    look_at(page)
    return page.locator(".mailbox-plain").inner_text()


def follow_through_sign_in(page: Page, reader: Reader, path: str, look_at: Callable[[Page], None]) -> None:
    """Presses the letter's link, is asked to sign in, and does, with address and password."""
    press(page, f'.mailbox-plain a[href$="{path}"]')
    expect(page).to_have_url(re.compile(r"/account/login/\?next="))
    look_at(page)
    page.locator('input[name="login"]').fill(reader.email)
    page.locator('input[name="password"]').fill(PASSWORD)
    press(page, 'form:has(input[name="password"]) .button')


def subject_of(programme: str, language: str) -> str:
    """What the subject line of each of the programme's letters begins with, without the year."""
    document = tomllib.loads((PACKAGE / "programmes" / f"{programme}.toml").read_text(encoding="utf-8"))
    return document["title"][language].split(",")[0]
