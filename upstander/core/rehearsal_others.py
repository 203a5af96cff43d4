"""Of whom others would be told that a duty is overdue, and when: the steps of escalation over days played ahead."""

from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from upstander.core.days import Span
from upstander.core.decision import Decision
from upstander.core.escalation import PERSON, Step, come
from upstander.core.notices import CATCH_UP, LATE, next_in_hours
from upstander.core.programme import Programme
from upstander.core.rehearsal_player import Calendar, Played

Stretches = list[tuple[date, Decision]]


@dataclass(frozen=True, slots=True)
class Telling:
    """One person's duty of which one kind of reader is to be told, planned in the night before `on`."""

    person_id: str
    cycle: str
    on: date
    due_on: date
    step: Step
    stretches: Stretches


def tellings(programme: Programme, played: Played, calendar: Calendar) -> Iterator[Telling]:
    """What would be planned about the person, each step once; nothing while a case of theirs rests what asks."""
    steps = [step for step in programme.escalation if step.to != PERSON]
    if not steps or played.player.rests:
        return
    for place, (begins, decision) in enumerate(played.stretches):
        if decision.state not in LATE or decision.due_on is None:
            continue
        ends = played.stretches[place + 1][0] if place + 1 < len(played.stretches) else calendar.shown.last
        span = Span(begins, ends if place + 1 == len(played.stretches) else ends - timedelta(days=1))
        for step in steps:
            on = max(begins, decision.due_on + timedelta(days=step.days_late(programme.grace_days)))
            if span.holds(on) and _has_come(programme, step, decision.due_on, on):
                told = decision.person_id, decision.cycle, on, decision.due_on, step, played.stretches
                yield Telling(*told)


def goes_at(programme: Programme, telling: Telling, zone: str, calendar: Calendar) -> datetime | None:
    """The instant at which the letter that tells of it goes to a reader in this zone; None where it is past by then."""
    at = max(calendar.night(telling.on), calendar.opened_at)
    if calendar.hours_matter:
        at = next_in_hours(at, zone, calendar.closed_days)
    day = calendar.moment(at).day
    decision = _on(telling.stretches, day)
    same = (decision.state in LATE, decision.cycle, decision.due_on) == (True, telling.cycle, telling.due_on)
    return at if same and _has_come(programme, telling.step, telling.due_on, day) else None


def one_a_day(instants: Collection[tuple[str, datetime]], calendar: Calendar) -> set[tuple[str, date]]:
    """The letters that carry these (reader, instant): one a day to one reader."""
    return {(reader, calendar.moment(at).day) for reader, at in instants}


def _on(stretches: Stretches, day: date) -> Decision:
    return stretches[bisect_right([begins for begins, _ in stretches], day) - 1][1]


def _has_come(programme: Programme, step: Step, due_on: date, day: date) -> bool:
    return come(programme.escalation, programme.grace_days, due_on, day, CATCH_UP).get(step.to) == step
