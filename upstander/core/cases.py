"""Tables of cases: facts, a day and what must come out; policy people read them, `check` and `cases` run them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from upstander.core.decide import decide, decide_many
from upstander.core.decision import Decision
from upstander.core.errors import Refusal
from upstander.core.facts import Adjustment, Appointment, Completion, Leave, PersonFacts
from upstander.core.programme import Programme

EXPECTABLE = ("state", "group", "cycle", "opens_on", "due_on", "next_change_on", "satisfied_by")


@dataclass(frozen=True, slots=True)
class Case:
    """One row: a name, the facts, the day, and the expected parts of the decision."""

    name: str
    facts: PersonFacts
    day: date
    expected: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Failure:
    """What a case expected and what came instead; `how` is singly or in the batch."""

    name: str
    part: str
    expected: Any
    got: Any
    how: str = "singly"


def _refuse(name: str, message: str) -> Refusal:
    return Refusal("case-unreadable", {"name": name, "message": message})


def _made(kind: type, name: str, entry: Any, **fixed: Any) -> Any:
    known = {field.name for field in fields(kind)}
    if not isinstance(entry, Mapping):
        raise _refuse(name, f"{entry!r} must be a table")
    stray = sorted(set(entry) - known)
    if stray:
        raise _refuse(name, f"{stray[0]!r} is not a fact of {kind.__name__}; known are {', '.join(sorted(known))}")
    for key, value in entry.items():
        dated = key.endswith("_on")
        if dated and type(value) is not date:
            raise _refuse(name, f"{key} must be a date such as 2021-02-17")
    try:
        return kind(**{**entry, **fixed})
    except TypeError as problem:
        raise _refuse(name, str(problem)) from problem


def read_facts(name: str, table: Mapping, person_id: str) -> PersonFacts:
    """The facts of a case; an appointment's id, where not given, is its place in the list."""
    if not isinstance(table, Mapping):
        raise _refuse(name, "facts must be a table")
    appointments = []
    for place, entry in enumerate(table.get("appointments", []), 1):
        if not isinstance(entry, Mapping):
            raise _refuse(name, "each appointment must be a table")
        leaves = tuple(_made(Leave, name, leave) for leave in entry.get("leaves", []))
        rest = {key: value for key, value in entry.items() if key != "leaves"}
        rest.setdefault("appointment_id", f"A{place}")
        if "unit_line" in rest:
            rest["unit_line"] = tuple(rest["unit_line"])
        appointments.append(_made(Appointment, name, rest, leaves=leaves))
    completions = tuple(
        _made(Completion, name, {"ref": f"C{place}", **entry})
        for place, entry in enumerate(table.get("completions", []), 1)
    )
    adjustments = tuple(
        _made(Adjustment, name, {"ref": f"X{place}", **entry})
        for place, entry in enumerate(table.get("adjustments", []), 1)
    )
    started = frozenset((entry["course_key"], entry["on"]) for entry in table.get("started", []))
    lists = {"appointments", "completions", "adjustments", "started"}
    return _made(
        PersonFacts,
        name,
        {key: value for key, value in table.items() if key not in lists},
        person_id=person_id,
        appointments=tuple(appointments),
        completions=completions,
        adjustments=adjustments,
        started=started,
    )


def read_cases(entries: Iterable[Mapping]) -> list[Case]:
    """The cases of a table. Raises Refusal `case-unreadable` {name, message}."""
    cases = []
    for place, entry in enumerate(entries, 1):
        name = str(entry.get("name") or f"case {place}")
        stray = sorted(set(entry) - {"name", "why", "day", "facts", "expected"})
        if stray:
            raise _refuse(name, f"{stray[0]!r} is not known here")
        if type(entry.get("day")) is not date:
            raise _refuse(name, "day must be a date such as 2021-02-17")
        expected = entry.get("expected", {})
        unknown = sorted(set(expected) - {*EXPECTABLE, "reasons", "no_reasons"})
        if unknown or not expected:
            raise _refuse(name, f"expected must say some of {', '.join(EXPECTABLE)}, reasons, no_reasons")
        cases.append(Case(name, read_facts(name, entry.get("facts", {}), f"{place:08d}"), entry["day"], expected))
    return cases


def _plain(value: Any) -> Any:
    return "none" if value is None else value


def compare(case: Case, decision: Decision, how: str) -> list[Failure]:
    """Every part that the case names and that came out otherwise; "none" in a table means empty."""
    got = {part: _plain(getattr(decision, part)) for part in EXPECTABLE}
    got["satisfied_by"] = decision.satisfied_by.kind if decision.satisfied_by else "none"
    codes = [reason.code for reason in decision.reasons]
    failures = [
        Failure(case.name, part, case.expected[part], got[part], how)
        for part in EXPECTABLE
        if part in case.expected and case.expected[part] != got[part]
    ]
    missing = [code for code in case.expected.get("reasons", []) if code not in codes]
    unwanted = [code for code in case.expected.get("no_reasons", []) if code in codes]
    if missing:
        failures.append(Failure(case.name, "reasons", missing, codes, how))
    if unwanted:
        failures.append(Failure(case.name, "no_reasons", unwanted, codes, how))
    return failures


def run_cases(programme: Programme, cases: list[Case]) -> list[Failure]:
    """Runs every case by itself and all of one day as one batch; both must give what is expected."""
    failures = []
    for case in cases:
        failures += compare(case, decide(programme, case.facts, case.day), "singly")
    for day in sorted({case.day for case in cases}):
        of_day = [case for case in cases if case.day == day]
        decisions = decide_many(programme, (case.facts for case in of_day), day)
        for case, decision in zip(of_day, decisions, strict=True):
            failures += compare(case, decision, "in the batch")
    return failures
