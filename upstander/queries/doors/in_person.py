"""The doors of trainings in person: whoever books, whoever leads, whoever runs them. Every "no" is Http404."""

from uuid import UUID

from django.http import Http404

from upstander.core.access import Roles, may_lead_session, may_run_sessions
from upstander.core.in_person import DRAFT
from upstander.models import Person, SessionFacilitator, SessionOffer, SessionSeat, TrainingSession


def only_for_session_officers(roles: Roles) -> None:
    """Http404 for whoever does not run trainings in person."""
    if not may_run_sessions(roles):
        raise Http404


def offer_for_officer(roles: Roles, key: str) -> SessionOffer:
    only_for_session_officers(roles)
    offer = SessionOffer.objects.filter(key=key).first()
    if offer is None:
        raise Http404
    return offer


def session_for_officer(roles: Roles, session_id: UUID) -> TrainingSession:
    only_for_session_officers(roles)
    return _session(session_id)


def session_for_leader(roles: Roles, session_id: UUID) -> TrainingSession:
    """A session whose roster the viewer may keep: they lead it, or they run them all."""
    session = _session(session_id)
    leaders = SessionFacilitator.objects.filter(session=session).values_list("person_id", flat=True)
    if not may_lead_session(roles, leaders) or (session.state == DRAFT and not may_run_sessions(roles)):
        raise Http404
    return session


def session_for_person(viewer: Person, session_id: UUID) -> tuple[TrainingSession, SessionSeat | None]:
    """A date of the catalogue with the viewer's own seat; one of a closed group only for whom it has a seat."""
    session = _session(session_id)
    seat = SessionSeat.objects.filter(session=session, person=viewer).first()
    if session.state == DRAFT or (seat is None and (session.closed_group or not session.offer.is_offered)):
        raise Http404
    return session, seat


def seat_of_session(session: TrainingSession, seat_id: int) -> SessionSeat:
    """A seat of this session, with its person."""
    seat = SessionSeat.objects.select_related("person").filter(session=session, pk=seat_id).first()
    if seat is None:
        raise Http404
    return seat


def _session(session_id: UUID) -> TrainingSession:
    session = TrainingSession.objects.select_related("offer").filter(pk=session_id).first()
    if session is None:
        raise Http404
    return session
