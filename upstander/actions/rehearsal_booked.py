"""The reminders of what is booked or arranged that a rehearsal foresees, planned and asked about as they will be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace

from django.conf import settings

from upstander.actions.circumstances import Known, suppressed, whatever_it_is_about
from upstander.core.arrangement_letters import REMINDER_KIND as OF_ARRANGEMENT
from upstander.core.arrangements import PLANNED
from upstander.core.in_person import BOOKED, OPEN
from upstander.core.notices import Kind, may_send
from upstander.core.programme import Programme
from upstander.core.rehearsal_player import OPEN as SENDING_IS_OPEN
from upstander.core.rehearsal_player import Calendar, Letter
from upstander.core.session_letters import REMINDER_KIND as OF_SESSION
from upstander.core.session_letters import reminded_on, turn_of
from upstander.models import Arrangement, Notice, Person, SessionSeat
from upstander.queries.declining import declined


@dataclass(frozen=True, slots=True)
class _Booking:
    """One person's part in something with a time; `since_at` is when they got it, `name` what its key says of it."""

    kind: Kind
    person_id: str
    starts_at: datetime
    since_at: datetime
    name: str

    @property
    def dedupe_key(self) -> str:
        return f"{self.kind.key}:{self.person_id}:{self.name}:{turn_of(self.starts_at)}"


def booked_letters(rules: Programme, calendar: Calendar, told_until: date | None) -> list[Letter]:
    """The reminders within the days shown: of arrangements for the programme, of sessions of its courses.

    Queries do not grow with the people.
    """
    bookings = [*_arranged(rules, calendar), *_seats(rules, calendar)]
    if not bookings:
        return []
    people = Person.objects.in_bulk({booking.person_id for booking in bookings})
    known = Known(
        rules={}, standings={}, others={}, languages={}, units={}, resting=frozenset(),
        suppressed=suppressed(list(people)), declined=declined(list(people), {OF_SESSION.key, OF_ARRANGEMENT.key}),
    )  # fmt: skip
    settled = _settled(bookings, told_until)
    found = []
    for booking in bookings:
        if booking.dedupe_key not in settled:
            goes_on = _goes_on(booking, people[booking.person_id], known, calendar)
            found += [Letter(goes_on, booking.person_id, booking.kind.key)] if goes_on else []
    return found


def _goes_on(booking: _Booking, person: Person, known: Known, calendar: Calendar) -> date | None:
    """The day on which the reminder goes, within those shown; None where none is planned or it is stopped."""
    held_on = calendar.moment(booking.starts_at).day
    due_on = reminded_on(held_on, settings.CLOSED_DAYS)
    at = max(calendar.night(max(due_on, calendar.first_on)), calendar.opened_at)
    if not calendar.moment(booking.since_at).day < due_on or booking.starts_at <= at:
        return None
    notice = SimpleNamespace(kind=booking.kind.key, programme=SENDING_IS_OPEN)
    while booking.starts_at > at:
        moment = calendar.moment(at)
        reason = may_send(
            booking.kind, None, whatever_it_is_about(notice, person, known, moment, calendar.hours_matter)
        )
        if reason is None:
            return moment.day if calendar.shown.holds(moment.day) else None
        if "until" not in reason.facts:
            return None
        at = datetime.fromisoformat(reason.facts["until"])
    return None


def _arranged(rules: Programme, calendar: Calendar) -> Iterator[_Booking]:
    planned = Arrangement.objects.filter(
        programme_id=rules.key, state=PLANNED, starts_at__gt=calendar.begins_at, person__vanished_on=None
    )
    for one in planned.order_by("starts_at", "pk"):
        name = f"{rules.key}:{one.cycle}:{one.pk}"
        for person_id in (one.person_id, one.facilitator_id):
            if person_id:
                yield _Booking(OF_ARRANGEMENT, person_id, one.starts_at, one.made_at, name)


def _seats(rules: Programme, calendar: Calendar) -> Iterator[_Booking]:
    seats = SessionSeat.objects.filter(
        state=BOOKED, session__state=OPEN, session__starts_at__gt=calendar.begins_at,
        session__offer__course_key__in=rules.course_keys,
    )  # fmt: skip
    for seat in seats.select_related("session").order_by("session__starts_at", "pk"):
        yield _Booking(OF_SESSION, seat.person_id, seat.session.starts_at, seat.changed_at, f"-::{seat.pk}")


def _settled(bookings: list[_Booking], told_until: date | None) -> set[str]:
    """The keys of those that went, or were stopped, already."""
    rows = Notice.objects.filter(dedupe_key__in=[booking.dedupe_key for booking in bookings])
    rows = rows.exclude(state="planned")
    if told_until:
        rows = rows.filter(planned_for_on__lte=told_until)
    return set(rows.values_list("dedupe_key", flat=True))
