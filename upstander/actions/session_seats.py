"""Seats of a training in person: booked, waited for, given up; whoever waits longest moves up by itself."""

from uuid import UUID

from django.db import transaction

from upstander.actions.locks import lock_person
from upstander.actions.session_letters import tell_seat
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.in_person import BOOKED, DRAFT, GIVEN_UP, HELD, OPEN, SEATED, WAITING
from upstander.models import AuditLine, Person, SessionSeat, TrainingSession
from upstander.queries.arrangements import expected_at
from upstander.queries.in_person import clash_of, times_of_session

BY_ITSELF = "upstander"


@transaction.atomic
def book(session_id: UUID, person_id: str, moment: Moment, by: str) -> SessionSeat:
    """A seat, or a place on the waiting list where none is left; asked twice, it is the same one.

    Refuses `session-not-open`, `session-began`, `clash` {person, words, starts_at} with another session of theirs,
    and `clash-arranged` {person, starts_at} with what the office has arranged for them.
    """
    lock_person(person_id)
    session = _locked(session_id)
    if session.state != OPEN:
        raise Refusal("session-not-open")
    if session.starts_at <= moment.at:
        raise Refusal("session-began")
    return _seated(session, person_id, moment, by, always=False)


@transaction.atomic
def put_in(session_id: UUID, person_id: str, moment: Moment, by: str) -> SessionSeat:
    """The office gives somebody a seat, and tells them where people can book; after it was held to who was there.

    Refuses `session-not-open` for one that was called off, `no-seat-left`, `clash`, `clash-arranged`.
    """
    lock_person(person_id)
    session = _locked(session_id)
    if session.state not in (DRAFT, OPEN, HELD):
        raise Refusal("session-not-open")
    had = session.seats_taken.filter(person_id=person_id, state__in=SEATED).exists()
    seat = _seated(session, person_id, moment, by, always=True)
    if session.state == OPEN and not had and by != f"person:{person_id}":
        tell_seat([seat], moment)
    return seat


def _seated(session: TrainingSession, person_id: str, moment: Moment, by: str, always: bool) -> SessionSeat:
    seat = SessionSeat.objects.filter(session=session, person_id=person_id).first()
    if seat and (seat.state in SEATED or (seat.state == WAITING and not always)):
        return seat
    other = clash_of(person_id, times_of_session(session), session.pk)
    if other is not None:
        named = Person.objects.get(pk=person_id).called if always else ""
        raise Refusal("clash", {"person": named, "words": other.offer.words, "starts_at": other.starts_at.isoformat()})
    arranged = expected_at(person_id, times_of_session(session))
    if arranged is not None:
        named = Person.objects.get(pk=person_id).called if always else ""
        raise Refusal("clash-arranged", {"person": named, "starts_at": arranged.starts_at.isoformat()})
    if session.facilitators.filter(person_id=person_id).exists():
        raise Refusal("leads-it")
    is_free = _free(session) > 0
    if always and not is_free:
        raise Refusal("no-seat-left")
    seat = seat or SessionSeat(session=session, person_id=person_id)
    seat.state = BOOKED if is_free else WAITING
    seat.asked_at = seat.changed_at = moment.at
    seat.changed_by, seat.came_by = by, ""
    seat.save()
    _audit(f"seat-{seat.state}", seat, moment, by)
    return seat


@transaction.atomic
def give_up(session_id: UUID, person_id: str, moment: Moment, by: str) -> SessionSeat:
    """Gives a seat or a place in the line up; the first in the line gets the seat.

    Refuses `no-seat`, and `session-began` once it has.
    """
    lock_person(person_id)
    session = _locked(session_id)
    seat = SessionSeat.objects.filter(session=session, person_id=person_id, state__in=(BOOKED, WAITING)).first()
    if seat is None:
        raise Refusal("no-seat")
    if session.starts_at <= moment.at or session.state not in (DRAFT, OPEN):
        raise Refusal("session-began")
    seat.state, seat.changed_at, seat.changed_by = GIVEN_UP, moment.at, by
    seat.save(update_fields=["state", "changed_at", "changed_by"])
    _audit("seat-given-up", seat, moment, by)
    move_up(session, moment)
    return seat


def move_up(session: TrainingSession, moment: Moment) -> list[SessionSeat]:
    """Gives free seats to who waits, the first come first; inside the caller's transaction, the session locked."""
    if session.state not in (DRAFT, OPEN) or session.starts_at <= moment.at:
        return []
    free = max(_free(session), 0)
    moved = list(session.seats_taken.filter(state=WAITING).order_by("asked_at", "pk")[:free])
    for seat in moved:
        seat.state, seat.changed_at, seat.changed_by = BOOKED, moment.at, BY_ITSELF
        seat.save(update_fields=["state", "changed_at", "changed_by"])
        _audit("seat-moved-up", seat, moment, BY_ITSELF)
    if session.state == OPEN:
        tell_seat(moved, moment)
    return moved


def _free(session: TrainingSession) -> int:
    return session.seats - session.seats_taken.filter(state__in=SEATED).count()


def _locked(session_id: UUID) -> TrainingSession:
    return TrainingSession.objects.select_for_update(of=("self",)).select_related("offer").get(pk=session_id)


def _audit(verb: str, seat: SessionSeat, moment: Moment, by: str) -> None:
    AuditLine.objects.create(at=moment.at, actor=by, verb=verb, subject=f"session-seat:{seat.pk}")
