"""Legal presets: what one law asks of training, and what several of them ask together, each value with its source.

Nothing is merged in silence: topics are united, the earliest deadline and the longest retention win, and every value
keeps the presets that asked for it. What cannot be met by one clock is a tension for the office to resolve.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from upstander.core.days import plus_days, plus_months_clamped

Value = TypeVar("Value")
#: How much of the law was read: the text or its regulator, a report of it, or only a part.
CONFIDENCE = ("seen", "secondary", "partly-seen")
KINDS = (
    "legal-duty", "regulatory-condition", "preventive-duty", "code-of-practice", "policy-duty", "reporting-duty",
    "notice-duty", "directive", "guidance", "no-duty",
)  # fmt: skip
#: Kinds that ask for training that a programme can assign; the others are for policy, notices or the duty table.
TRAINS = frozenset(
    {"legal-duty", "regulatory-condition", "preventive-duty", "code-of-practice", "guidance", "directive"}
)
#: From where a repeat is counted. The last three are fixed years; `completion` and `hire` run with each person.
ANCHORS = ("completion", "hire", "role-start", "entry", "calendar-year", "july-year", "academic-year")
FIXED_YEARS = {"calendar-year": (1, 1), "july-year": (7, 1), "academic-year": (9, 1)}
#: Roles that the roster can tell, with the words of a programme's audience for them.
ROLES: Mapping[str, Mapping[str, object]] = {
    "all-staff": {"category": ["faculty", "staff", "postdoc"]},
    "employee": {"category": ["faculty", "staff", "postdoc"]},
    "public-employee": {"category": ["faculty", "staff", "postdoc"]},
    "new-employee": {"category": ["faculty", "staff", "postdoc"]},
    "supervisor": {"category": ["faculty", "staff", "postdoc"], "supervises": True},
    "student": {"category": ["undergraduate", "graduate_student"]},
    "incoming-student": {"category": ["undergraduate", "graduate_student"]},
}
#: Strictest last: of several, the last one in this order is asked.
INTERACTIVE = ("", "recommended", "required")


@dataclass(frozen=True, slots=True)
class Preset:
    """One law's wishes; `minutes`, months, days and years are None where the law sets none."""

    id: str
    jurisdiction: str
    kind: str
    confidence: str
    as_of: date
    reference: str
    roles: tuple[str, ...]
    topics: tuple[str, ...]
    who: Mapping[str, str]
    check: Mapping[str, str]
    sources: tuple[str, ...] = ()
    minutes: int | None = None
    extra_minutes: Mapping[str, int] = field(default_factory=dict)
    every_months: int | None = None
    counted_from: str = ""
    first_within_months: int | None = None
    first_within_days: int | None = None
    before_serving: bool = False
    restarts_on_promotion: bool = False
    interactive: str = ""
    languages: str = ""
    trainer_answers_within_days: int | None = None
    acknowledgement: str = ""
    in_person_for: tuple[str, ...] = ()
    outside_only: bool = False
    keep_years: int | None = None
    from_headcount: int | None = None
    digest: str = ""

    @property
    def trains(self) -> bool:
        return self.kind in TRAINS

    def first_due_on(self, start: date) -> date | None:
        """The last day for somebody who begins on `start`; months are calendar months, rounded to the month's end."""
        if self.first_within_months is not None:
            return plus_months_clamped(start, self.first_within_months)
        return plus_days(start, self.first_within_days) if self.first_within_days is not None else None


def read_presets(entries: Iterable[Mapping]) -> tuple[Preset, ...]:
    """Presets from their documents, ordered by id. A key that is not known is a fault of ours and raises TypeError."""
    presets = []
    for entry in entries:
        kept = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
        presets.append(Preset(**kept, digest=digest_of(entry)))
    return tuple(sorted(presets, key=lambda preset: preset.id))


def digest_of(entry: Mapping) -> str:
    """What a signature holds for: any change of the preset, its words included, needs a new one."""
    return hashlib.sha256(repr(_sorted(entry)).encode()).hexdigest()


def _sorted(value: object) -> object:
    return sorted((key, _sorted(inner)) for key, inner in value.items()) if isinstance(value, Mapping) else value


@dataclass(frozen=True, slots=True)
class Asked(Generic[Value]):
    """One value of a stack and the presets that ask for it; `others` asked for less, each with its own value."""

    value: Value
    by: tuple[str, ...]
    others: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Tension:
    """What the stack cannot settle by itself: a code and the presets concerned."""

    code: str
    presets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stack:
    """Several presets at once: united topics, earliest deadline, shortest interval, longest retention, by source."""

    presets: tuple[Preset, ...]
    topics: Mapping[str, tuple[str, ...]]
    minutes: Asked[int] | None
    extra_minutes: Mapping[str, Asked[int]]
    every_months: Asked[int] | None
    counted_from: Asked[str] | None
    first_due: Asked[int] | None
    keep_years: Asked[int] | None
    interactive: Asked[str] | None
    tensions: tuple[Tension, ...]

    def first_due_on(self, start: date) -> Asked[date] | None:
        """The earliest last day for somebody who begins on `start`, and who asks for it."""
        return _asked([(p.id, due) for p in self.presets if (due := p.first_due_on(start))], min)


def stack(presets: Sequence[Preset]) -> Stack:
    """What these presets ask together. The order in which they are given does not matter."""
    by_id = {preset.id: preset for preset in presets}
    ordered = tuple(by_id[key] for key in sorted(by_id))
    topics: dict[str, list[str]] = defaultdict(list)
    extra: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for preset in ordered:
        for topic in preset.topics:
            topics[topic].append(preset.id)
        for topic, minutes in preset.extra_minutes.items():
            extra[topic].append((preset.id, minutes))
    clocks = [p for p in ordered if p.every_months and p.counted_from]
    clock = _clock(clocks)
    return Stack(
        presets=ordered,
        topics={topic: tuple(topics[topic]) for topic in sorted(topics)},
        minutes=_asked([(p.id, p.minutes) for p in ordered if p.minutes and not p.outside_only], max),
        extra_minutes={topic: asked for topic in sorted(extra) if (asked := _asked(extra[topic], max))},
        every_months=_asked([(p.id, p.every_months) for p in clocks], min),
        counted_from=Asked(clock.counted_from, (clock.id,)) if clock else None,
        first_due=_asked([(p.id, days) for p in ordered if (days := _at_least_days(p)) is not None], min),
        keep_years=_asked([(p.id, p.keep_years) for p in ordered if p.keep_years], max),
        interactive=_asked([(p.id, p.interactive) for p in ordered if p.interactive], _strictest),
        tensions=tuple(_tensions(ordered, clocks, clock)),
    )


def _asked(pairs: list[tuple[str, Any]], choose: Callable[[Iterable], Any]) -> Asked[Any] | None:
    if not pairs:
        return None
    value = choose(value for _, value in pairs)
    by = tuple(preset for preset, each in pairs if each == value)
    return Asked(value, by, tuple((preset, each) for preset, each in pairs if each != value))


def _strictest(values: Iterable[str]) -> str:
    return max(values, key=INTERACTIVE.index)


def _at_least_days(preset: Preset) -> int | None:
    """The fewest days that the first deadline can leave: calendar months are shortest when they end with February."""
    if preset.first_within_months is None:
        return preset.first_within_days
    starts = [date(2022, month, 28) for month in range(1, 13)] + [date(2022, month, 1) for month in range(1, 13)]
    return min((plus_months_clamped(start, preset.first_within_months) - start).days for start in starts)


def covers(one: Preset, other: Preset) -> bool:
    """Whether keeping one preset's clock keeps the other's too.

    A person who repeats no later than so many months after each completion does so in every window of that length,
    fixed years included; a fixed year says nothing about the months between two completions.
    """
    if not one.every_months or not other.every_months:
        return not other.every_months
    if one.every_months > other.every_months:
        return False
    if one.counted_from == "completion":
        return True
    return one.counted_from == other.counted_from and other.every_months % one.every_months == 0


def _clock(clocks: list[Preset]) -> Preset | None:
    """The preset whose clock covers all the others'; else the one that repeats soonest."""
    for preset in clocks:
        if all(covers(preset, other) for other in clocks):
            return preset
    return min(clocks, key=lambda preset: (preset.every_months or 0, preset.id), default=None)


def _tensions(presets: tuple[Preset, ...], clocks: list[Preset], clock: Preset | None) -> Iterable[Tension]:
    """What a reviewer must settle, most weighty first."""
    found = {
        "clocks-differ": [p.id for p in clocks if clock and not covers(clock, p)],
        "not-training": [p.id for p in presets if not p.trains],
        "read-in-part": [p.id for p in presets if p.confidence == "partly-seen"],
        "role-not-on-roster": [p.id for p in presets if not set(p.roles) <= set(ROLES)],
        "city-not-on-roster": [p.id for p in presets if p.jurisdiction.count("-") > 1],
        "outside-only": [p.id for p in presets if p.outside_only],
        "in-person": [p.id for p in presets if p.in_person_for],
        "trainer-answers": [p.id for p in presets if p.trainer_answers_within_days],
        "acknowledgement": [p.id for p in presets if p.acknowledgement],
        "promotion": [p.id for p in presets if p.restarts_on_promotion],
        "language": [p.id for p in presets if p.languages not in ("", "common")],
        "no-interval": [p.id for p in presets if p.trains and not p.every_months],
        "headcount": [p.id for p in presets if (p.from_headcount or 0) > 1],
    }
    return [Tension(code, tuple(ids)) for code, ids in found.items() if ids]
