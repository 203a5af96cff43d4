"""Trainings in person as they stand: dates with their seats, a person's own, and what clashes with what."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from upstander.core.credit import attendance_counts
from upstander.core.in_person import (
    ABSENT,
    ATTENDED,
    BOOKED,
    CANCELLED,
    HELD,
    OPEN,
    SEATED,
    WAITING,
    Times,
    same_place,
)
from upstander.core.programme import Programme
from upstander.models import Appointment, SessionFacilitator, SessionSeat, TrainingSession
from upstander.queries.programmes import all_published
from upstander.queries.roles import with_units_below


def times_of_session(session: TrainingSession) -> Times:
    return Times(session.starts_at, session.ends_at)


def taken(session_ids: Iterable[UUID]) -> Counter[UUID]:
    """How many seats of each session are taken."""
    rows = SessionSeat.objects.filter(session_id__in=list(session_ids), state__in=SEATED)
    return Counter(rows.order_by().values_list("session_id", flat=True))


def sessions_to_come(at: datetime) -> QuerySet[TrainingSession]:
    """The dates that anybody can book: open, not for a closed group, of an offer that stands, not begun."""
    return TrainingSession.objects.select_related("offer").filter(
        state=OPEN, closed_group=False, offer__is_offered=True, starts_at__gt=at
    )


def own_seats(person_id: str, at: datetime) -> list[SessionSeat]:
    """The person's seats and places on a waiting list in sessions that are not over, the next first."""
    rows = SessionSeat.objects.select_related("session__offer").filter(person_id=person_id)
    held = rows.filter(state__in=(BOOKED, WAITING), session__ends_at__gt=at).exclude(session__state=HELD)
    return list(held.order_by("session__starts_at"))


def sessions_led(person_id: str) -> list[TrainingSession]:
    """The sessions that this person leads, the last ones first; a draft is not told yet."""
    rows = TrainingSession.objects.select_related("offer").filter(facilitators__person_id=person_id)
    return list(rows.exclude(state="draft").order_by("-starts_at")[:30])


def facilitators_of(session: TrainingSession) -> list[SessionFacilitator]:
    return list(session.facilitators.select_related("person").order_by("person__legal_last_name", "person_id"))


def roster_of(session: TrainingSession) -> list[SessionSeat]:
    """Who has or had a seat and who waits, by name; who gave it up is not there."""
    rows = session.seats_taken.select_related("person").exclude(state=CANCELLED)
    return sorted(rows, key=lambda seat: (seat.person.legal_last_name, seat.person.called, seat.person_id))


def place_in_line(seat: SessionSeat) -> int:
    """The place on the waiting list, the first being 1."""
    ahead = Q(asked_at__lt=seat.asked_at) | Q(asked_at=seat.asked_at, pk__lt=seat.pk)
    return 1 + SessionSeat.objects.filter(ahead, session_id=seat.session_id, state=WAITING).count()


def clash_of(person_id: str, times: Times, but: UUID | None) -> TrainingSession | None:
    """A session that this person leads, sits in or waits for at the same time, `but` one left out."""
    overlapping = TrainingSession.objects.select_related("offer").filter(
        starts_at__lt=times.ends_at, ends_at__gt=times.starts_at
    )
    leads = Q(pk__in=SessionFacilitator.objects.filter(person_id=person_id).values("session_id"))
    seats = SessionSeat.objects.filter(person_id=person_id, state__in=(BOOKED, WAITING))
    mine = overlapping.filter(leads | Q(pk__in=seats.values("session_id"))).exclude(state=CANCELLED)
    return mine.exclude(pk=but).order_by("starts_at").first()


def in_the_room(place: str, times: Times, but: UUID | None) -> TrainingSession | None:
    """A session in the same place at an overlapping time, `but` one left out; a blank place is none."""
    if not same_place(place, place):
        return None
    rows = TrainingSession.objects.select_related("offer").exclude(state=CANCELLED).exclude(pk=but)
    overlapping = rows.filter(starts_at__lt=times.ends_at, ends_at__gt=times.starts_at).order_by("starts_at")
    return next((one for one in overlapping if same_place(one.place, place)), None)


def attendance_of(session_ids: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """How many came and how many had a seat, by session."""
    rows = SessionSeat.objects.filter(session_id__in=list(session_ids), state__in=(ATTENDED, ABSENT)).order_by()
    counts = Counter(rows.values_list("session_id", "state"))
    sessions = {session_id for session_id, _ in counts}
    return {one: (counts[one, ATTENDED], counts[one, ATTENDED] + counts[one, ABSENT]) for one in sessions}


def counting_attendance(course_key: str, day: date) -> list[Programme]:
    """The published programmes that let attendance of this course on that day count."""
    return [rules for rules in all_published() if attendance_counts(rules, course_key, day)]


def people_of_unit(unit_id: str, day: date) -> list[str]:
    """Everybody with an appointment in this unit or below it that has begun and not ended."""
    rows = Appointment.objects.filter(unit_id__in=with_units_below({unit_id}), person__vanished_on=None)
    begun = rows.exclude(starts_on__gt=day).exclude(ends_on__lt=day)
    return sorted(set(begun.order_by().values_list("person_id", flat=True)))
