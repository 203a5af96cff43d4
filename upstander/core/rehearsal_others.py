"""Of whom others would be told that a duty is overdue, and when: the steps of escalation over days played ahead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from upstander.core.decision import Decision
from upstander.core.escalation import PERSON, Step, come
from upstander.core.notices import CATCH_UP, LATE, next_in_hours
from upstander.core.programme import Programme
from upstander.core.recurrence import cycle_before, cycle_of
from upstander.core.rehearsal_player import Calendar, Played


@dataclass(frozen=True, slots=True)
class Telling:
    """One person's duty of which one kind of reader is to be told, planned in the night before `on`."""

    person_id: str
    cycle: str
    on: date
    due_on: date
    step: Step
    played: Played


def tellings(programme: Programme, played: Played, calendar: Calendar) -> Iterator[Telling]:
    """What would be planned about the person, each step once; nothing while a case of theirs rests what asks."""
    steps = [step for step in programme.escalation if step.to != PERSON]
    if not steps or played.player.rests:
        return
    told: set[tuple[str, Step, date]] = set()
    for begins, last, decision in (*_current(played, calendar), *_earlier(programme, played, calendar)):
        if decision.state not in LATE or decision.due_on is None:
            continue
        for step in steps:
            place = decision.cycle, step, decision.due_on
            on = max(begins, decision.due_on + timedelta(days=step.days_late(programme.grace_days)))
            if place in told or on > last or not _has_come(programme, step, decision.due_on, on):
                continue
            told.add(place)
            yield Telling(decision.person_id, decision.cycle, on, decision.due_on, step, played)


def _current(played: Played, calendar: Calendar) -> Iterator[tuple[date, date, Decision]]:
    """Each decision about the day's cycle with its first and its last day."""
    yield from _spans(list(played.stretches), calendar)


def _earlier(programme: Programme, played: Played, calendar: Calendar) -> Iterator[tuple[date, date, Decision]]:
    """The same of the cycle before the day's, where it is still asked for: due after its own end."""
    if programme.has_own_cycles:
        return
    for begins, last, decision in _spans(list(played.earlier), calendar):
        facts = played.player.facts
        following = cycle_of(programme, facts, begins)
        before = cycle_before(programme, facts, following)
        if before and before.key == decision.cycle and decision.due_on and decision.due_on > before.last_on:
            yield begins, min(last, following.last_on), decision


def _spans(found: list[tuple[date, Decision]], calendar: Calendar) -> Iterator[tuple[date, date, Decision]]:
    for place, (begins, decision) in enumerate(found):
        following = found[place + 1][0] if place + 1 < len(found) else None
        yield begins, following - timedelta(days=1) if following else calendar.shown.last, decision


def goes_at(
    programme: Programme, telling: Telling, zone: str, calendar: Calendar, not_before: datetime | None = None
) -> datetime | None:
    """The instant at which the letter that tells of it goes to a reader in this zone; None where it is past by then.

    `not_before`: until then the reader gets no other letter about others.
    """
    at = max(calendar.night(telling.on), calendar.opened_at, not_before or calendar.opened_at)
    if calendar.hours_matter:
        at = next_in_hours(at, zone, calendar.closed_days)
    day = calendar.moment(at).day
    decision = telling.played.stands(telling.cycle, day)
    same = decision is not None and decision.state in LATE and decision.due_on == telling.due_on
    return at if same and _has_come(programme, telling.step, telling.due_on, day) else None


def _has_come(programme: Programme, step: Step, due_on: date, day: date) -> bool:
    return come(programme.escalation, programme.grace_days, due_on, day, CATCH_UP).get(step.to) == step
