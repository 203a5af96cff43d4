"""Which trainings from elsewhere a programme can accept: from whom, when, and how long they took (row A10)."""

from dataclasses import dataclass
from datetime import date

from upstander.core.cycles import Cycle
from upstander.core.errors import Refusal

#: From whom a training can come; a programme that names none leaves it to whoever reviews.
SOURCES = ("university", "employer", "public-agency", "professional-body", "this-institution")


@dataclass(frozen=True, slots=True)
class ElsewhereLimits:
    """What can count after a review: these sources (none named: any), within the cycle or not, of so many minutes."""

    sources: tuple[str, ...] = ()
    within_cycle: bool = False
    minutes: int = 0

    @property
    def are_set(self) -> bool:
        return bool(self.sources or self.within_cycle or self.minutes)


def check_elsewhere(limits: ElsewhereLimits, cycle: Cycle, asked: dict[str, str], day: date) -> None:
    """Refuses what could not count whoever reviews it, each with its `field`.

    Codes: date-needed, elsewhere-ahead, elsewhere-outside {from_on, to_on}, minutes-needed, elsewhere-too-short
    {minutes}, elsewhere-source.
    """
    on = _day_of(asked.get("from_on", ""))
    if on > day:
        raise Refusal("elsewhere-ahead", {"field": "from_on"})
    if limits.within_cycle and not cycle.first_on <= on <= cycle.last_on:
        days = {"from_on": cycle.first_on.isoformat(), "to_on": cycle.last_on.isoformat()}
        raise Refusal("elsewhere-outside", {"field": "from_on", **days})
    taken = asked.get("minutes", "")
    if not (taken.isascii() and taken.isdigit() and int(taken)):
        raise Refusal("minutes-needed", {"field": "minutes"})
    if int(taken) < limits.minutes:
        raise Refusal("elsewhere-too-short", {"field": "minutes", "minutes": limits.minutes})
    if limits.sources and asked.get("source", "") not in limits.sources:
        raise Refusal("elsewhere-source", {"field": "source"})


def _day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise Refusal("date-needed", {"field": "from_on"}) from problem
