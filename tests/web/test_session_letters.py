"""What is written to people about their seat: planned, asked about again, and what stands in it (rows A16, A04)."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from tests.cast import AMARA, HUGO, INES, MEI
from tests.rooms import WORDS, at_hours, dated, offered
from tests.staff import MOMENT, later
from upstander.actions.in_person import Dated, call_off, change_session, open_session
from upstander.actions.sending import Rules, claim
from upstander.actions.session_letters import plan_session_reminders
from upstander.actions.session_seats import book, give_up, put_in
from upstander.core.days import Moment
from upstander.core.session_letters import reminded_on
from upstander.delivery import catalogue
from upstander.models import Notice, Programme, TrainingSession
from upstander.notices.registry import letters
from upstander.wires.mail import Envelope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university"), pytest.mark.row("A16")]
RULES = Rules(letters(catalogue.card_of), hours_matter=False)
#: Tuesday 26 January 2021; the cast's day is a Tuesday or not, the letters count from the session.
DAYS_AHEAD = 10


@pytest.fixture(autouse=True)
def _sending_is_open():
    Programme.objects.update(sending_opened_at=MOMENT.at)


def told(kind: str, person_id: str = INES) -> list[Notice]:
    return list(Notice.objects.filter(kind=kind, person_id=person_id).order_by("planned_at", "dedupe_key"))


def sent(notice: Notice, moment: Moment = MOMENT) -> Envelope:
    envelope = claim(notice.pk, moment, RULES)
    assert isinstance(envelope, Envelope), envelope
    return envelope


def booked(hours: float = 24 * DAYS_AHEAD, **said) -> TrainingSession:
    offered()
    session = dated(hours=hours, **said)
    book(session.pk, INES, MOMENT, f"person:{INES}")
    return session


def moved(session: TrainingSession, place: str = "Oak Hall 3", hours: float = 24 * DAYS_AHEAD + 2, moment=MOMENT):
    session.refresh_from_db()
    written = Dated(at_hours(hours), session.language, place, session.seats)
    return change_session(session.pk, written, session.sequence, moment, "test")


def test_whoever_presses_for_a_seat_gets_no_letter_about_it():
    booked()
    assert not Notice.objects.filter(seat__isnull=False).exists()


def test_who_moves_up_is_told_at_once_with_an_invitation():
    session = booked(seats=1)
    book(session.pk, HUGO, MOMENT, f"person:{HUGO}")
    give_up(session.pk, INES, MOMENT, f"person:{INES}")
    (letter,) = told("session-seat", HUGO)
    envelope = sent(letter)
    assert "A seat has come free" in envelope.text and WORDS["en"]["title"] in envelope.subject
    event = Calendar.from_ical(envelope.calendar).walk("VEVENT")[0]
    assert envelope.calendar_method == "REQUEST" and "hugo@" in str(event["ATTENDEE"])


def test_who_moved_up_and_gave_it_up_again_is_not_told():
    session = booked(seats=1)
    book(session.pk, HUGO, MOMENT, f"person:{HUGO}")
    give_up(session.pk, INES, MOMENT, f"person:{INES}")
    give_up(session.pk, HUGO, MOMENT, f"person:{HUGO}")
    (letter,) = told("session-seat", HUGO)
    assert claim(letter.pk, MOMENT, RULES) == "no-longer-due"


def test_whom_the_office_puts_in_is_told_once_people_can_book():
    offered()
    session = dated(is_open=False)
    put_in(session.pk, INES, MOMENT, f"person:{MEI}")
    assert not told("session-seat")
    open_session(session.pk, MOMENT, "test")
    put_in(session.pk, INES, MOMENT, f"person:{MEI}")
    put_in(session.pk, AMARA, MOMENT, f"person:{MEI}")
    assert "The office has kept a seat for you" in " ".join(sent(told("session-seat")[0]).text.split())
    assert (len(told("session-seat")), len(told("session-seat", AMARA))) == (1, 1)


def test_another_place_is_told_to_who_has_a_seat_and_to_who_waits_with_the_entry_as_it_is_now():
    session = booked(seats=1)
    book(session.pk, HUGO, MOMENT, f"person:{HUGO}")
    moved(session)
    envelope = sent(told("session-changed")[0])
    event = Calendar.from_ical(envelope.calendar).walk("VEVENT")[0]
    assert "Oak Hall 3" in envelope.text and (event["LOCATION"], event["SEQUENCE"]) == ("Oak Hall 3", 1)
    waits = sent(told("session-changed", HUGO)[0])
    assert "waiting list" in waits.text and waits.calendar == ""


def test_of_two_changes_only_the_newest_is_told():
    session = booked()
    moved(session)
    moved(session, "Elm Hall 1")
    first, second = told("session-changed")
    assert claim(first.pk, MOMENT, RULES) == "superseded" and "Elm Hall 1" in sent(second).text


def test_what_people_need_not_know_is_no_change_and_takes_no_letter_back():
    session = booked()
    moved(session)
    session.refresh_from_db()
    same = Dated(at_hours(24 * DAYS_AHEAD + 2), "en", "Oak Hall 3", 5, needs="a screen")
    change_session(session.pk, same, session.sequence, MOMENT, "test")
    (letter,) = told("session-changed")
    assert "Oak Hall 3" in sent(letter).text


def test_a_session_called_off_is_told_once_and_taken_out_of_the_calendar():
    session = booked()
    moved(session)
    call_off(session.pk, MOMENT, "test")
    assert claim(told("session-changed")[0].pk, MOMENT, RULES) == "no-longer-due"
    (letter,) = told("session-cancelled")
    envelope = sent(letter)
    event = Calendar.from_ical(envelope.calendar).walk("VEVENT")[0]
    assert envelope.calendar_method == "CANCEL" and str(event["STATUS"]) == "CANCELLED" and event["SEQUENCE"] == 2


def test_a_draft_called_off_is_told_to_nobody():
    offered()
    session = dated(is_open=False)
    put_in(session.pk, INES, MOMENT, f"person:{MEI}")
    call_off(session.pk, MOMENT, "test")
    assert not Notice.objects.filter(seat__isnull=False).exists()


def test_the_reminder_comes_on_the_working_day_before_and_once():
    session = booked()
    due_on = reminded_on(session.starts_at.date())
    before = later(days=(due_on - MOMENT.day).days - 1)
    on_it = later(days=(due_on - MOMENT.day).days)
    assert plan_session_reminders(before) == 0
    assert plan_session_reminders(on_it) == 1 and plan_session_reminders(on_it) == 0
    assert "You have a seat in a training in person" in " ".join(sent(told("session-reminder")[0], on_it).text.split())


def test_a_monday_is_reminded_of_on_friday():
    monday = MOMENT.day + timedelta(days=-MOMENT.day.weekday() + 7)
    assert reminded_on(monday).weekday() == 4 and reminded_on(monday, {monday - timedelta(days=3)}).weekday() == 3


def test_who_books_on_the_day_of_the_reminder_needs_none():
    offered()
    session = dated(hours=24 * DAYS_AHEAD)
    on_it = later(days=(reminded_on(session.starts_at.date()) - MOMENT.day).days)
    book(session.pk, INES, on_it, f"person:{INES}")
    assert plan_session_reminders(on_it) == 0


@pytest.mark.parametrize("what", ["given up", "called off", "moved"])
def test_a_reminder_of_what_is_no_longer_so_does_not_go(what):
    session = booked()
    on_it = later(days=(reminded_on(session.starts_at.date()) - MOMENT.day).days)
    plan_session_reminders(on_it)
    if what == "given up":
        give_up(session.pk, INES, on_it, f"person:{INES}")
    elif what == "called off":
        call_off(session.pk, on_it, "test")
    else:
        moved(session, hours=24 * DAYS_AHEAD + 48)
    (letter,) = told("session-reminder")
    assert claim(letter.pk, on_it, RULES) == ("superseded" if what == "moved" else "no-longer-due")


@pytest.mark.row("A04")
@pytest.mark.parametrize(("language", "said"), [("en", "You have a seat"), ("es", "Usted tiene un cupo")])
def test_the_letter_speaks_the_language_of_its_reader_and_leads_to_the_session(language, said):
    session = booked()
    person = told_person()
    person.preferred_language = language
    person.save()
    on_it = later(days=(reminded_on(session.starts_at.date()) - MOMENT.day).days)
    plan_session_reminders(on_it)
    text = " ".join(sent(told("session-reminder")[0], on_it).text.split())
    assert said in text and f"/in-person/{session.pk}/" in text and WORDS[language]["title"] in text


def told_person():
    return Notice._meta.get_field("person").related_model.objects.get(pk=INES)
