"""Which notices are due for a standing on a day, and the only gate that lets one go (law 4 of the house)."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from upstander.core.decision import ACTIONABLE, SETTLED, Reason
from upstander.core.escalation import PERSON, Step, come

ADDED, REMINDER, CONFIRMATION = "added", "reminder", "confirmation"
#: After the due date: to the person, and to whom the programme names beside them.
OVERDUE, OVERDUE_OTHERS = "overdue", "overdue-others"
#: The states of which those two speak.
LATE = frozenset({"overdue"})
#: Several programmes' letters of one day to one person in one.
DIGEST = "digest"
EXTENSION_GRANTED, CERTIFICATE, DRAFT_READY = "extension-granted", "certificate", "draft-ready"
#: The kinds that follow from a standing alone: what a rehearsal of coming days can foresee.
FORESEEN = (ADDED, REMINDER, OVERDUE, CONFIRMATION)
#: An officer's own words, tried on themself alone; it waits for no programme's sending.
TEST_LETTER = "test-letter"
#: What the key of a notice begins with that goes once more in the place of another.
AGAIN = "again:"
#: What a notice can be about: the reader's own duty, what they asked, a place in a session, an arrangement, something
#: they completed, a draft of the office, or the duties of others.
DUTY, CASE, SEAT, ARRANGEMENT, COMPLETION, DRAFT, OTHERS = ABOUT = (
    "duty", "case", "seat", "arrangement", "completion", "draft", "others",
)  # fmt: skip
#: The kinds that ask something of their reader.
ASKING = (ADDED, REMINDER, OVERDUE)
#: The kinds that may be put off for what is nobody else's business.
MAY_BE_PUT_OFF = (*ASKING, OVERDUE_OTHERS)
#: A planned reminder that could not go for longer than this is past: the next one stands for it.
CATCH_UP_DAYS = 14
#: Reasons that only say "not yet": the notice stays planned and is asked about again.
LATER = frozenset({"sending-closed", "outside-hours"})
#: Every reason for which a notice does not go, for good or for now; each has a heading in the reference.
NOT_SENT = frozenset({
    "settled", "undecided", "on-leave", "not-open-yet", "not-finished", "no-standing", "disputed", "cycle-over",
    "arranged", "superseded", "no-longer-due", "person-suspended", "no-address", "suppressed-address", "kind-retired",
    "not-theirs", "answer-gone", "seen-already", "declined", "no-reader", "taken-apart",
    *LATER,
})  # fmt: skip
CATCH_UP = timedelta(days=CATCH_UP_DAYS)
WORK_FROM, WORK_TO = time(9, 0), time(17, 0)
SATURDAY = 5
_ADDRESS = re.compile(r"[^@\s<>()\[\],;:\\\"]+@[^@\s<>()\[\],;:\\\".]+(\.[^@\s<>()\[\],;:\\\".]+)+")
_NOT_ASKED_IN = {"undecided": "undecided", "deferred": "on-leave", "scheduled": "not-open-yet"}


@dataclass(frozen=True, slots=True)
class Kind:
    """What the gate must know of a kind of notice.

    `asks`: it asks something of its reader, and so never follows a settled duty; one about a duty that does not ask
    confirms it. `about`: one of `ABOUT`. `at_once`: it answers what its reader asked or did and waits for no working
    hours, nor for the end of a dispute. `states`: the states of a duty in which it may ask.
    `declinable`: its reader may decline it, for nothing of theirs depends on it.
    """

    key: str
    asks: bool = True
    about: str = DUTY
    at_once: bool = False
    states: frozenset[str] = ACTIONABLE
    declinable: bool = False

    @property
    def of_duty(self) -> bool:
        return self.about == DUTY

    @property
    def rests(self) -> bool:
        """Whether it waits while a fact of the duty is disputed."""
        return self.about in (DUTY, OTHERS) and self.asks and not self.at_once


def foreseen(key: str) -> Kind:
    """One of the kinds in `FORESEEN`, as its folder has it."""
    asks = key in ASKING
    return Kind(key, asks, at_once=not asks, states=LATE if key == OVERDUE else ACTIONABLE)


@dataclass(frozen=True, slots=True)
class Owed:
    """What a standing says that decides about notices; `taken_here` is true where a course taken here satisfied it."""

    state: str
    opens_on: date | None = None
    due_on: date | None = None
    taken_here: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What the person has been told of this cycle: the last day of a notice that asks, and whether each kind went."""

    last_on: date | None = None
    added: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A notice that is due: its kind and the turn of it (the planned day of a reminder, else "1")."""

    kind: str
    turn: str = "1"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Everything beside the standing's state that the gate asks about; `zone` is the reader's own time zone.

    `due_still`: the plan of the programme asks for it still. `disputed`: a case of the person about this programme is
    open, and what asks rests meanwhile. `put_off`: it rests for what is nobody else's business, so that the record
    says no more than of a message that waits for the morning. `suppressed`: mail to the address came back too often.
    `declined`: the reader wants no more of this kind. `may_read`: a reader of what is about others is still one of
    those who are told of them. `hours_matter` is false where nobody's evening is at stake (the
    demo's mailbox).
    """

    address: str
    at: datetime
    zone: str
    person_present: bool = True
    disputed: bool = False
    arranged: bool = False
    put_off: bool = False
    cycle_current: bool = True
    due_still: bool = True
    superseded: bool = False
    sending_open: bool = True
    suppressed: bool = False
    declined: bool = False
    may_read: bool = True
    hours_matter: bool = True
    closed_days: Collection[date] = ()


def may_send(kind: Kind, state: str | None, about: Circumstances) -> Reason | None:
    """Why this notice may not go now, or None: then it goes. A code in `LATER` means not yet, any other never.

    `state` is the standing's state, read in the transaction that claims the notice; None where there is none. Of a
    notice about others it is that of the duty it is about. Nothing that asks ever goes after a settled standing (rows
    A13, A09; pain 1 of the peers).
    """
    by_state = _by_state(kind, state)
    if by_state:
        return by_state
    for code, holds in (
        ("person-suspended", not about.person_present),
        ("not-theirs", not about.may_read),
        ("no-address", not is_address(about.address)),
        ("suppressed-address", about.suppressed),
        ("declined", kind.declinable and about.declined),
        ("disputed", kind.rests and about.disputed),
        ("arranged", kind.rests and about.arranged),
        ("cycle-over", kind.of_duty and kind.asks and not about.cycle_current),
        ("superseded", about.superseded),
        ("no-longer-due", not about.due_still),
        ("sending-closed", not about.sending_open),
    ):
        if holds:
            return Reason(code)
    if not kind.at_once and about.hours_matter:
        opens_at = next_in_hours(about.at, about.zone, about.closed_days)
        if opens_at > about.at:
            return Reason("outside-hours", {"until": opens_at.isoformat()})
    if kind.rests and about.put_off:
        # asked after the hours, so that at night it waits for the same instant as its neighbours
        tomorrow = next_in_hours(about.at + timedelta(days=1), about.zone, about.closed_days)
        return Reason("outside-hours", {"until": tomorrow.isoformat()})
    return None


def _by_state(kind: Kind, state: str | None) -> Reason | None:
    if not kind.of_duty and not (kind.about == OTHERS and kind.asks):
        return None
    if state is None:
        return Reason("no-standing")
    if not kind.asks:
        return None if state == "satisfied" else Reason("not-finished", {"state": state})
    if state in SETTLED:
        return Reason("settled", {"state": state})
    if state not in kind.states:
        other = "no-longer-due" if state in ACTIONABLE else "undecided"
        return Reason(_NOT_ASKED_IN.get(state, other), {"state": state})
    return None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a programme says of notices: reminders (days before the due date, negative after), steps of escalation."""

    reminders: tuple[int, ...] = ()
    escalation: tuple[Step, ...] = ()
    grace_days: int = 0


def due_notices(owed: Owed, told: Told, plan: Plan, day: date) -> list[Due]:
    """The notices that are due on a day, at most one of them asking: first "added", afterwards reminders.

    "added" is due once the person's window is open and nothing was said; a reminder on the planned days after that,
    several missed ones as one; once it is overdue, what the escalation says to the person goes before a reminder of the
    same day; a confirmation once, for a course taken here (an imported history is not news).
    """
    if owed.state == "satisfied":
        return [Due(CONFIRMATION)] if owed.taken_here and not told.confirmed else []
    if owed.state not in ACTIONABLE or (owed.opens_on and day < owed.opens_on):
        return []
    if not told.added:
        return [Due(ADDED)]
    if owed.state == "overdue":
        turn = overdue_turn(plan, owed.due_on, day, told.last_on)
        if turn:
            return [Due(OVERDUE, turn.isoformat())]
    turn = reminder_turn(plan.reminders, owed.due_on, day, told.last_on)
    return [Due(REMINDER, turn.isoformat())] if turn else []


def overdue_turn(plan: Plan, due_on: date | None, day: date, told_on: date | None) -> date | None:
    """The day of the step of escalation at which the person is to be told that it is overdue, or None."""
    step = step_of(plan, PERSON, due_on, day)
    if step is None or due_on is None:
        return None
    turn = due_on + timedelta(days=step.days_late(plan.grace_days))
    return turn if told_on is None or told_on < turn else None


def step_of(plan: Plan, to: str, due_on: date | None, day: date) -> Step | None:
    """The step that has come for this kind of reader, or None; missed ones are one."""
    return come(plan.escalation, plan.grace_days, due_on, day, CATCH_UP).get(to) if due_on else None


def reminder_days(reminders: Iterable[int], due_on: date) -> list[date]:
    """The days on which reminders are planned, in order; `reminders` are days before the due date, negative after."""
    return sorted({due_on - timedelta(days=before) for before in reminders})


def reminder_turn(reminders: Iterable[int], due_on: date | None, day: date, told_on: date | None) -> date | None:
    """The planned day of the reminder that is due, or None; days up to the last one on which we wrote are past."""
    if due_on is None:
        return None
    come = [turn for turn in reminder_days(reminders, due_on) if day - CATCH_UP <= turn <= day]
    if not come or (told_on is not None and come[-1] <= told_on):
        return None
    return come[-1]


def next_in_hours(at: datetime, zone: str, closed_days: Collection[date] = ()) -> datetime:
    """The first instant (UTC) from `at` on within Monday to Friday, 9 to 17, in the zone and on no closed day."""
    here = at.astimezone(ZoneInfo(zone))
    day = here.date() + timedelta(days=1) if here.time() >= WORK_TO else here.date()
    while day.weekday() >= SATURDAY or day in closed_days:
        day += timedelta(days=1)
    opening = datetime.combine(day, WORK_FROM, ZoneInfo(zone))
    return max(at.astimezone(UTC), opening.astimezone(UTC))


def is_address(text: str) -> bool:
    """Whether a message can be addressed to this text at all."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None


def address_digest(address: str) -> str:
    """What an address is remembered by where mail to it fails: the same for any case and blanks around it."""
    return sha256(address.strip().casefold().encode()).hexdigest()
