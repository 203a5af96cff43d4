"""The demo's trainings in person: two that are offered, dates with seats, one that is full, and one that was held."""

from datetime import date, time, timedelta

from django.conf import settings

from upstander.actions.attendance import close_roster, mark_attendance
from upstander.actions.in_person import Dated, Offered, make_offer, make_session, open_session
from upstander.actions.session_seats import book
from upstander.core.days import Moment
from upstander.core.in_person import times_of
from upstander.core.working_days import working_day_after
from upstander.models import Person, SessionOffer, TrainingSession

BY = "demo"
_HOUR = {
    "en": {
        "title": "An hour for bystanders",
        "summary": "What to say when something is not right, tried out in small groups.",
        "for_whom": "Everybody who works or studies here",
    },
    "es": {
        "title": "Una hora para testigos",
        "summary": "Qué decir cuando algo no está bien, practicado en grupos pequeños.",
        "for_whom": "Todo el personal y el estudiantado",
    },
}
_TALK = {
    "en": {
        "title": "When somebody tells you",
        "summary": "How to listen, what to say about confidentiality, and where to go with it.",
        "for_whom": "Whoever leads people or teaches",
    },
    "es": {
        "title": "Cuando alguien le cuenta algo",
        "summary": "Cómo escuchar, qué decir sobre la confidencialidad y adónde acudir después.",
        "for_whom": "Quienes dirigen equipos o enseñan",
    },
}


def seed_sessions(moment: Moment, course_key: str, leader: str, but: tuple[str, ...]) -> None:
    """Makes them once; the seats are those of people whom nobody plays (`but` leaves the others out)."""
    if SessionOffer.objects.exists():
        return
    crowd = list(Person.objects.exclude(pk__in=but).filter(vanished_on=None).order_by("pk")[:40])
    make_offer("bystander-hour", Offered(_HOUR, 60, ("en", "es"), ("staff", "students"), course_key, 20), moment, BY)
    make_offer("when-somebody-tells-you", Offered(_TALK, 90, ("en", "es"), ("faculty", "supervisors")), moment, BY)
    _held(moment, leader, crowd[:12])
    near = _dated("bystander-hour", _day(moment, 5), "en", "Elm Hall 12", 14, leader, moment)
    _seats(near, crowd[12:21], moment)
    _dated("bystander-hour", _day(moment, 9), "es", "Oak Hall 3", 20, "", moment)
    full = _dated("when-somebody-tells-you", _day(moment, 7), "en", "Oak Hall 3", 6, leader, moment)
    _seats(full, crowd[21:29], moment)


def _day(moment: Moment, working_days: int) -> date:
    return working_day_after(moment.day, working_days, settings.CLOSED_DAYS)


def _dated(key: str, day: date, language: str, place: str, seats: int, leader: str, moment: Moment) -> TrainingSession:
    times = times_of(day, time(10), time(11, 30), settings.INSTITUTION_ZONE)
    led_by = (leader,) if leader else ()
    made = make_session(key, Dated(times, language, place, seats, facilitators=led_by), moment, BY)
    return open_session(made.pk, moment, BY)


def _seats(session: TrainingSession, people: list[Person], moment: Moment) -> None:
    for number, person in enumerate(people):
        book(session.pk, person.pk, Moment(at=moment.at + timedelta(seconds=number), day=moment.day), BY)


def _held(moment: Moment, leader: str, people: list[Person]) -> None:
    """One of two weeks ago, at which nearly everybody was."""
    before = Moment.of(moment.at - timedelta(days=21), settings.INSTITUTION_ZONE)
    session = _dated("when-somebody-tells-you", _day(before, 5), "en", "Elm Hall 12", 14, leader, before)
    _seats(session, people, before)
    after = Moment.of(session.ends_at + timedelta(minutes=5), settings.INSTITUTION_ZONE)
    for seat in session.seats_taken.order_by("pk")[1:]:
        mark_attendance(seat.pk, True, after, BY)
    close_roster(session.pk, after, BY)
