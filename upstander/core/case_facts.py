"""The facts of a case, read out of a table: every value of its kind, or the case is refused."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from types import UnionType
from typing import Any

from upstander.core.errors import Refusal
from upstander.core.facts import LEAVE_KINDS, Adjustment, Appointment, Completion, Leave, Notified, PersonFacts
from upstander.core.programme_reader import CATEGORIES

#: What a field of a kind takes: the Python type and how to say it.
VALUES: dict[type | UnionType, tuple[type, str]] = {
    date: (date, "a date such as 2021-02-17"),
    date | None: (date, "a date such as 2021-02-17"),
    str: (str, "text"),
    str | None: (str, "text"),
    bool | None: (bool, "true or false"),
    int | None: (int, "a whole number"),
}
CHOICES: dict[tuple[type, str], tuple[str, ...]] = {
    (Appointment, "category"): CATEGORIES,
    (Leave, "kind"): LEAVE_KINDS,
    (Completion, "role"): ("employee", "student"),
    (Adjustment, "kind"): ("waiver", "extension", "deferral", "equivalency", "alternative", "ending"),
}
#: What a decision works out from an accepted end; a case says the end itself, as an adjustment.
WORKED_OUT = {"told_end", "told_holds"}

EARLIEST_YEAR = 1900


def refuse(name: str, message: str) -> Refusal:
    """The refusal of a case by its name."""
    return Refusal("case-unreadable", {"name": name, "message": message})


def read_facts(name: str, table: Any, person_id: str) -> PersonFacts:
    """The facts of a case; ids and references, where not given, are places in the lists.

    Raises Refusal `case-unreadable` {name, message}.
    """
    lists = {
        "appointments": [_appointment(name, at, entry) for at, entry in _entries(name, table, "appointments")],
        "completions": [
            _made(Completion, name, entry, ref=f"C{at}") for at, entry in _entries(name, table, "completions")
        ],
        "adjustments": [
            _made(Adjustment, name, entry, ref=f"X{at}") for at, entry in _entries(name, table, "adjustments")
        ],
        "notified": [_made(Notified, name, entry) for _, entry in _entries(name, table, "notified")],
        "started": [_started(name, entry) for _, entry in _entries(name, table, "started")],
    }
    rest = {key: value for key, value in table.items() if key not in lists}
    found = {key: frozenset(value) if key == "started" else tuple(value) for key, value in lists.items()}
    return _made(PersonFacts, name, rest, person_id=person_id, **found)


def _entries(name: str, table: Any, key: str) -> list[tuple[int, Mapping]]:
    if not isinstance(table, Mapping):
        raise refuse(name, "facts must be a table")
    entries = table.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise refuse(name, f"{key} must be a list of tables")
    return list(enumerate(entries, 1))


def _appointment(name: str, place: int, entry: Mapping) -> Appointment:
    leaves = tuple(_made(Leave, name, leave) for _, leave in _entries(name, entry, "leaves"))
    line = entry.get("unit_line", [])
    if not isinstance(line, list) or not all(isinstance(unit, str) for unit in line):
        raise refuse(name, "unit_line must be a list of texts")
    rest = {key: value for key, value in entry.items() if key not in {"leaves", "unit_line"}}
    return _made(Appointment, name, rest, appointment_id=f"A{place}", unit_line=tuple(line), leaves=leaves)


def _started(name: str, entry: Mapping) -> tuple[str, date]:
    course, on = entry.get("course_key"), entry.get("on")
    if set(entry) != {"course_key", "on"} or not isinstance(course, str) or type(on) is not date:
        raise refuse(name, "started must say course_key and on, a date such as 2021-02-17")
    if on.year < EARLIEST_YEAR:
        raise refuse(name, f"on: the year {on.year:04d} cannot be meant")
    return course, on


def _made(kind: type, name: str, entry: Mapping, **given: Any) -> Any:
    """The frozen facts of an entry; `given` stands where the entry says nothing."""
    known = {field.name: field for field in fields(kind) if field.name not in WORKED_OUT}
    for key, value in entry.items():
        if key not in known or (key in given and known[key].type not in VALUES):
            raise refuse(name, f"{key!r} is not a fact of {kind.__name__}; known are {', '.join(sorted(known))}")
        wanted, said = VALUES[known[key].type]
        if type(value) is not wanted:
            raise refuse(name, f"{key} must be {said}, not {value!r}")
        if isinstance(value, date) and value.year < EARLIEST_YEAR:
            raise refuse(name, f"{key}: the year {value.year:04d} cannot be meant")
        allowed = CHOICES.get((kind, key))
        if allowed and value not in allowed:
            raise refuse(name, f"{key} must be one of {', '.join(allowed)}, not {value!r}")
    try:
        return kind(**{**given, **entry})
    except TypeError as problem:
        raise refuse(name, str(problem)) from problem
