"""The person who asks: their facts and the stored decision, as the answers read them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from upstander.core.audience import held_on
from upstander.core.decision import Decision
from upstander.core.facts import Appointment, PersonFacts
from upstander.core.programme import Cycle, Programme
from upstander.core.questions import Point

#: How a person stands, by the state of the decision, where a last day is set.
_STANDS = {
    "not-required": "released", "exempt": "released", "waived": "released", "satisfied": "done",
    "undecided": "undecided", "scheduled": "ahead", "deferred": "resting", "open": "due", "in-progress": "due",
    "in-grace": "late", "overdue": "late",
}  # fmt: skip


@dataclass(frozen=True)
class Asker:
    """Facts and decision of one person.

    `letters_in` is the language of our messages to them; `reminders_rest` is true while something that they asked
    about the programme is looked into.
    """

    facts: PersonFacts
    decision: Decision
    letters_in: str = "en"
    reminders_rest: bool = False

    @cached_property
    def stand(self) -> str:
        """released, done, undecided, ahead, resting, due, late; free where it is asked and no last day is set."""
        stand = _STANDS[self.decision.state]
        return "free" if stand in ("ahead", "resting", "due", "late") and self.decision.due_on is None else stand

    @cached_property
    def dates(self) -> Mapping[str, Any]:
        """The decision's days, those that it has."""
        by = self.decision.satisfied_by
        days = {"opens_on": self.decision.opens_on, "due_on": self.decision.due_on, "on": by.on if by else None}
        return {name: day for name, day in days.items() if day}

    def appointments(self, day: date) -> tuple[Appointment, ...]:
        """Current and coming ones."""
        return held_on(self.facts, day)

    def is_among(self, categories: Collection[str], day: date) -> bool:
        return any(appointment.category in categories for appointment in self.appointments(day))

    def cycle(self, programme: Programme, day: date) -> Cycle:
        """The cycle of the decision: the day's, or the one before it while that can still be met."""
        current = programme.cycle_on(day)
        before = programme.cycles.before(current)
        return before if before and before.key == self.decision.cycle else current


def reasons_among(asker: Asker, codes: Collection[str]) -> list[Point]:
    """The decision's reasons of these codes as one point; none where there is none."""
    found = tuple(reason for reason in asker.decision.reasons if reason.code in codes)
    return [Point("reasons", {"reasons": found})] if found else []


def verdict(asker: Asker) -> Point:
    """Whether the person needs to take it, in a few words; the answer before its grounds."""
    if asker.stand == "released":
        return Point(f"you-{asker.decision.state}")
    codes = {"done": "verdict-done", "undecided": "undecided-nothing", "late": "verdict-late", "free": "verdict-free"}
    return Point(codes.get(asker.stand, "verdict-due"), asker.dates)
