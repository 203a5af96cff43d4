"""Tables of cases: facts, a day and what must come out; policy people read them, `check` and `cases` run them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from upstander.core.case_facts import read_facts, refuse
from upstander.core.decide import decide
from upstander.core.decision import STATES, Decision
from upstander.core.facts import PersonFacts
from upstander.core.profile import decide_many
from upstander.core.programme import Programme
from upstander.core.reasons import REASONS

#: Parts of a decision that a case may name; "none" in a table means empty.
EXPECTABLE = ("state", "group", "cycle", "opens_on", "due_on", "next_change_on", "satisfied_by")
REASON_LISTS = ("reasons", "no_reasons")


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


def read_cases(entries: Any) -> list[Case]:
    """The cases of a table, a list of tables. Raises Refusal `case-unreadable` {name, message}."""
    if not isinstance(entries, list | tuple):
        raise refuse("cases", "must be a list of tables, [[cases]]")
    return [_case(place, entry) for place, entry in enumerate(entries, 1)]


def _case(place: int, entry: Any) -> Case:
    if not isinstance(entry, Mapping):
        raise refuse(f"case {place}", "must be a table")
    name = str(entry.get("name") or f"case {place}")
    stray = sorted(set(entry) - {"name", "why", "day", "facts", "expected"})
    if stray:
        raise refuse(name, f"{stray[0]!r} is not known here")
    day, expected = entry.get("day"), entry.get("expected")
    if type(day) is not date:
        raise refuse(name, "day must be a date such as 2021-02-17")
    _check_expected(name, expected)
    return Case(name, read_facts(name, entry.get("facts", {}), f"{place:08d}"), day, expected)


def _check_expected(name: str, expected: Any) -> None:
    """What cannot come out is a slip of the pen: it is refused rather than never found."""
    if not isinstance(expected, Mapping) or not expected or set(expected) - {*EXPECTABLE, *REASON_LISTS}:
        raise refuse(name, f"expected must say some of {', '.join((*EXPECTABLE, *REASON_LISTS))}")
    if expected.get("state", STATES[0]) not in STATES:
        raise refuse(name, f"state must be one of {', '.join(STATES)}")
    for key in REASON_LISTS:
        codes = expected.get(key, [])
        unknown = [code for code in codes if code not in REASONS] if isinstance(codes, list) else [codes]
        if unknown:
            raise refuse(name, f"{key} must be a list of reason codes; {unknown[0]!r} is none")


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
