"""Asking a past day again: what "known by then" means, and how two answers about one day differ."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from upstander.core.decision import Decision

#: What a reader of a decision is told; the order in which differences are named.
TOLD = ("state", "group", "opens_on", "due_on", "satisfied_by", "reasons")
#: Columns of the roster that no decision reads: a change in these explains no change of a standing.
NEVER_READ = frozenset(
    {"legal_first_name", "legal_last_name", "preferred_name", "email", "birth_date", "preferred_language", "time_zone",
     "supervisor_id", "extra", "person_id", "appointment_id"}
)  # fmt: skip


def end_of_day(day: date, zone: str) -> datetime:
    """The instant at which the civil day ends in the zone: what was recorded before it was known on that day."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(zone))


def just_after(at: datetime) -> datetime:
    """The first instant at which what was recorded at `at` is known."""
    return at + timedelta(microseconds=1)


def differing(one: Decision, other: Decision) -> tuple[str, ...]:
    """In what two answers about the same person and day differ, of what a reader is told; () if in nothing."""
    return tuple(name for name in TOLD if getattr(one, name) != getattr(other, name))


@dataclass(frozen=True, slots=True)
class Cause:
    """What brought a change about: a permanent code and what its sentence needs (row C03).

    Codes: `roster-first` `roster-changed` `roster-left` `roster-back` `unit-changed` `roster` {number, columns},
    `programme` {version}, `day`, `completion` `completion-retracted` `start` {course}, `waiver` `extension` `deferral`
    `equivalency` and the same with `-ended` {officer}, `told` and `told-came-back` of a message, `office` for any other
    decision of the office, `unknown`. An alternative is told as a completion: how somebody met a duty stays with them.
    """

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def roster_cause(before: Mapping | None, after: Mapping, number: int) -> Cause:
    """What one roster record brought, beside the record before it: {"present","document"} each."""
    if before is None:
        return Cause("roster-first", {"number": number, "columns": []})
    columns = [name for name in changed_columns(before["document"], after["document"]) if name not in NEVER_READ]
    if before["present"] and not after["present"]:
        code = "roster-left"
    elif after["present"] and not before["present"]:
        code = "roster-back"
    else:
        code = "roster-changed" if columns else "roster"
    return Cause(code, {"number": number, "columns": columns})


def changed_columns(before: Mapping | None, after: Mapping) -> list[str]:
    """The columns in which two roster documents differ; `appointments` where their number or ids do."""
    if before is None:
        return []
    names = [
        key for key in {*before["person"], *after["person"]} if before["person"].get(key) != after["person"].get(key)
    ]
    old = {row["appointment_id"]: row for row in before["appointments"]}
    new = {row["appointment_id"]: row for row in after["appointments"]}
    if old.keys() != new.keys():
        names.append("appointments")
    for key in old.keys() & new.keys():
        names += [name for name in {*old[key], *new[key]} if old[key].get(name) != new[key].get(name)]
    return sorted(set(names))
