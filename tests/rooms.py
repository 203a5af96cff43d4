"""Trainings in person for the tests: an offer, and dates of it as the office would write them."""

from datetime import timedelta
from typing import Any

from tests.arranged import arranged_belongings
from tests.cast import INES, MOMENT, RUTH
from tests.chronicle import DOCUMENT, publish
from upstander.actions.in_person import Dated, Offered, make_offer, make_session, open_session
from upstander.actions.session_seats import put_in
from upstander.core.days import Moment
from upstander.core.in_person import Times
from upstander.models import SessionOffer, TrainingSession

WORDS = {
    "en": {"title": "An hour for bystanders", "summary": "What to say and do.", "for_whom": ""},
    "es": {"title": "Una hora para testigos", "summary": "Qué decir y qué hacer.", "for_whom": ""},
}


def offered(course_key: str = "option-a", key: str = "bystander-hour", **changed: Any) -> SessionOffer:
    """An offer of an hour in both languages that counts as this course."""
    values = {"words": WORDS, "minutes": 60, "languages": ("en", "es"), "audiences": ("staff",), "seats": 20}
    return make_offer(key, Offered(**{**values, "course_key": course_key, **changed}), MOMENT, "test")


def let_attendance_count(course_key: str = "option-a", number: int = 2, moment: Moment = MOMENT) -> None:
    """A further version of the cast's menu, in which attendance counts as this course."""
    line = f'course = "{course_key}"\n'
    assert line in DOCUMENT
    publish(DOCUMENT.replace(line, f"{line}in_person = true\n", 1), number, moment)


def at_hours(hours: float, length: float = 1) -> Times:
    """From so many hours after the cast's moment, for so long."""
    starts_at = MOMENT.at + timedelta(hours=hours)
    return Times(starts_at, starts_at + timedelta(hours=length))


def dated(hours: float = 24, is_open: bool = True, key: str = "bystander-hour", **changed: Any) -> TrainingSession:
    """A date of the offer, opened unless said otherwise."""
    values = {"times": at_hours(hours), "language": "en", "place": "Elm Hall 12", "seats": 2}
    session = make_session(key, Dated(**{**values, **changed}), MOMENT, "test")
    return open_session(session.pk, MOMENT, "test") if is_open else session


def gathered() -> dict[str, Any]:
    """A session that Ruth leads and one of a closed group, both with a seat for Ines; and what is arranged for her."""
    offered()
    sessions = [dated(facilitators=(RUTH,)), dated(hours=30, closed_group=True)]
    for session in sessions:
        put_in(session.pk, INES, MOMENT, "test")
    return {"session": sessions[0].pk, "closed_session": sessions[1].pk, **arranged_belongings()}
