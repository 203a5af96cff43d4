"""A person's feed of dates: made and ended on the account page, read by a program that signs in nowhere (row B12)."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar

from tests.cast import AMARA, INES
from tests.rooms import at_hours, dated, offered
from tests.staff import MOMENT, complete, later, signed_in_as, stand_on
from upstander.actions.in_person import call_off
from upstander.actions.session_seats import book
from upstander.models import Arrangement, AuditLine, CalendarFeed, Person
from upstander.web.public.calendar_feed import MISSES, READS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university"), pytest.mark.row("B12")]


@pytest.fixture(autouse=True)
def _moment(monkeypatch):
    cache.clear()
    stand_on(monkeypatch, MOMENT)


def made(person_id: str = INES, language: str = "en") -> str:
    """Makes an address by the page, and gives its path."""
    client = signed_in_as(person_id)
    client.cookies["upstander_language"] = language
    page = unescape(client.post("/account/calendar/", {"act": "make"}).content.decode())
    return re.search(r"webcal://[^/]+(/calendar/[\w-]+\.ics)", page).group(1)


def events(address: str) -> list:
    answer = Client().get(address)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content).walk("VEVENT")


def titles(address: str) -> list[str]:
    return [str(event["SUMMARY"]) for event in events(address)]


def test_a_due_date_stands_in_the_feed_on_its_day():
    days = {str(event["SUMMARY"]): str(event.decoded("DTSTART")) for event in events(made())}
    assert "2021-02-17" in days.values() and all(title.startswith("Last day for “") for title in days)


def test_the_feed_asks_for_no_sign_in_and_makes_no_session():
    answer = Client().get(made())
    assert answer["Content-Type"] == "text/calendar; charset=utf-8" and not answer.cookies
    assert "noindex" in answer["X-Robots-Tag"] and "private" in answer["Cache-Control"]


def test_what_is_finished_disappears():
    address = made()
    before = titles(address)
    complete(INES)
    assert len(titles(address)) == len(before) - 1


def test_a_booked_seat_and_an_appointment_stand_there_with_title_and_day_only():
    offered()
    session, address = dated(), made()
    book(session.pk, INES, MOMENT, "test")
    times = at_hours(48)
    Arrangement.objects.create(
        number="A-1", person_id=INES, course_key="option-a", kind="paper", language="en", starts_at=times.starts_at,
        ends_at=times.ends_at, place="Oak Hall 3", needs="a reader", made_at=MOMENT.at, made_by="test",
    )  # fmt: skip
    text = Client().get(address).content.decode()
    assert "An hour for bystanders" in titles(address) and any(one.startswith("Appointment") for one in titles(address))
    for told in ("Elm Hall", "Oak Hall", "reader", "paper", "Ines", "Okafor", INES, "open"):
        assert told not in text
    assert text.count("DTSTART;VALUE=DATE:") == text.count("BEGIN:VEVENT")
    call_off(session.pk, MOMENT, "test")
    assert "An hour for bystanders" not in titles(address)


def test_somebody_elses_dates_are_not_there():
    offered()
    session = dated()
    book(session.pk, AMARA, MOMENT, "test")
    assert "An hour for bystanders" not in titles(made())


def test_only_a_digest_of_the_address_is_kept_and_it_has_160_bits():
    token = made().removeprefix("/calendar/").removesuffix(".ics")
    kept = CalendarFeed.objects.get(person_id=INES)
    assert len(token) == 27 and token not in (kept.token_digest, *AuditLine.objects.values_list("subject", flat=True))
    assert token not in signed_in_as(INES).get("/account/").content.decode()


def test_a_new_address_ends_the_old_one_and_an_ended_one_is_like_one_never_made():
    first = made()
    second = made()
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    signed_in_as(INES).post("/account/calendar/", {"act": "end"})
    ended, unknown = Client().get(second), Client().get("/calendar/" + "A" * 27 + ".ics")
    assert ended.status_code == unknown.status_code == 404
    own = re.compile(rb'/calendar/[\w-]+|value="\w{64}"|nonce="[^"]+"')  # what differs from one answer to the next
    assert own.sub(b"", ended.content) == own.sub(b"", unknown.content)


@pytest.mark.parametrize(("language", "words"), [("en", "make a new one"), ("es", "cree una nueva")])
def test_the_page_of_an_address_that_ended_says_what_to_do(language, words):
    first, _ = made(), made()
    client = Client(headers={"accept-language": language})
    assert words in client.get(first).content.decode()


def test_a_program_that_tries_other_verbs_first_is_told_which_there_are():
    address, strict = made(), Client(enforce_csrf_checks=True)
    for verb in ("PROPFIND", "OPTIONS", "POST"):
        answer = strict.generic(verb, address)
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert strict.head(address).status_code == 200


def test_who_has_left_the_roster_has_no_feed():
    address = made()
    Person.objects.filter(pk=INES).update(vanished_on=MOMENT.day)
    assert Client().get(address).status_code == 404


def test_nothing_is_sent_again_while_nothing_changes(monkeypatch):
    address = made()
    first = Client().get(address)
    stand_on(monkeypatch, later(hours=3))
    again = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304 and again.content == b""
    assert Client().get(address, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    complete(INES)
    changed = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert Client().get(address, headers={"if-modified-since": first["Last-Modified"]}).status_code == 200


def test_an_entry_keeps_its_identity_when_the_address_is_made_anew():
    first = {str(event["UID"]) for event in events(made())}
    assert first == {str(event["UID"]) for event in events(made())} and first


def test_a_program_that_asks_without_end_is_told_to_wait():
    address = made()
    answers = [Client().get(address).status_code for _ in range(READS + 1)]
    assert answers[READS - 1 :] == [200, 429] and "Retry-After" in Client().get(address)


def test_whoever_tries_addresses_is_told_to_wait_and_a_good_one_still_works():
    address = made()
    tried = [Client().get(f"/calendar/{number}.ics").status_code for number in range(MISSES + 1)]
    assert (tried[0], tried[-1]) == (404, 429) and Client().get(address).status_code == 200


def test_the_feed_speaks_the_language_that_its_owner_chose():
    client = signed_in_as(INES)
    client.post("/language/", {"language": "es", "next": "/account/"})
    address = made(language="es")
    assert all(title.startswith("Último día para") for title in titles(address))
    assert "Fechas de capacitación" in str(Calendar.from_ical(Client().get(address).content)["NAME"])


def test_a_seat_of_yesterday_is_gone(monkeypatch):
    offered()
    session, address = dated(), made()
    book(session.pk, INES, MOMENT, "test")
    stand_on(monkeypatch, later(days=1, hours=2))
    assert session.ends_at < MOMENT.at + timedelta(days=1, hours=2)
    assert "An hour for bystanders" not in titles(address)
