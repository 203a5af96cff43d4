"""The shape of an answer: a state, its dates and the reasons that made it (law 2 of the house)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

STATES = (
    "not-required",
    "exempt",
    "satisfied",
    "waived",
    "undecided",
    "deferred",
    "scheduled",
    "open",
    "in-progress",
    "in-grace",
    "overdue",
)
#: States in which nothing more is asked of the person, now or by the clock alone.
SETTLED = frozenset({"not-required", "exempt", "satisfied", "waived"})
#: States in which the person can act today.
ACTIONABLE = frozenset({"open", "in-progress", "in-grace", "overdue"})


@dataclass(frozen=True, slots=True)
class Reason:
    """A permanent code and the facts (JSON values, dates as ISO strings) that its sentence needs."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict:
        return {"code": self.code, "facts": dict(self.facts)}


@dataclass(frozen=True, slots=True)
class SatisfiedBy:
    """What settled the duty: its kind, its reference in the record, and the day it counts from."""

    kind: str
    ref: str
    on: date

    def as_json(self) -> dict:
        return {"kind": self.kind, "ref": self.ref, "on": self.on.isoformat()}


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person owes in one programme's cycle on one day, and why."""

    person_id: str
    programme: str
    cycle: str
    state: str
    group: str | None = None
    opens_on: date | None = None
    due_on: date | None = None
    satisfied_by: SatisfiedBy | None = None
    reasons: tuple[Reason, ...] = ()
    next_change_on: date | None = None

    def until(self, next_change_on: date | None) -> "Decision":
        """The same decision, standing until a day (None: for good)."""
        return Decision(
            self.person_id, self.programme, self.cycle, self.state, self.group, self.opens_on, self.due_on,
            self.satisfied_by, self.reasons, next_change_on,
        )  # fmt: skip

    def as_json(self) -> dict:
        """The object that `upstander decide --json` prints, dates in ISO 8601."""

        def iso(day: date | None) -> str | None:
            return day.isoformat() if day else None

        return {
            "person_id": self.person_id,
            "programme": self.programme,
            "cycle": self.cycle,
            "state": self.state,
            "group": self.group,
            "opens_on": iso(self.opens_on),
            "due_on": iso(self.due_on),
            "satisfied_by": self.satisfied_by.as_json() if self.satisfied_by else None,
            "reasons": [reason.as_json() for reason in self.reasons],
            "next_change_on": iso(self.next_change_on),
        }
