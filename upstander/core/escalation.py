"""To whom an overdue duty is told, and when: the steps of a programme, and which of them have come (rows B12, B18)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

PERSON, SUPERVISOR, UNIT_ADMINISTRATOR, OFFICER = "person", "supervisor", "unit-administrator", "officer"
READERS = (PERSON, SUPERVISOR, UNIT_ADMINISTRATOR, OFFICER)


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """So many days after the due date one kind of reader is told."""

    after_days: int
    to: str

    @property
    def key(self) -> str:
        """Its permanent name within the programme."""
        return f"{self.to}-{self.after_days}"

    def days_late(self, grace_days: int) -> int:
        """So many days after the due date it falls: one that would fall into the days of grace comes after them."""
        return max(self.after_days, grace_days + 1)


def turn_of(step: Step, due_on: date) -> str:
    """What tells one step from another, and from itself after the due date has moved."""
    return f"{step.key}@{due_on.isoformat()}"


def reader_of(turn: str) -> str:
    """The kind of reader of a step, from its turn; "" for what is none."""
    return turn.partition("@")[0].rpartition("-")[0]


def come(steps: Iterable[Step], grace_days: int, due_on: date, day: date, within: timedelta) -> dict[str, Step]:
    """For each reader the last step that has come by the day and is not longer past than `within`: missed ones are
    one."""
    found: dict[str, Step] = {}
    for step in sorted(steps):
        if day - within <= due_on + timedelta(days=step.days_late(grace_days)) <= day:
            found[step.to] = step
    return found
