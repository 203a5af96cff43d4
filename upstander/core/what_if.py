"""What would make a person owe what they do not owe: each fact behind a reason turned, and decided again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from upstander.core.decide import decide
from upstander.core.decision import Reason
from upstander.core.facts import Appointment, PersonFacts
from upstander.core.programme import Programme

#: States in which nothing is owed because of who somebody is.
NOT_OWED = frozenset({"not-required", "exempt"})
_FLAGS = {
    "unpaid": ("paid", True),
    "paid": ("paid", False),
    "not-benefits-eligible": ("benefits_eligible", True),
    "benefits-eligible": ("benefits_eligible", False),
    "does-not-supervise": ("supervises", True),
    "supervises": ("supervises", False),
    "no-confidential-role": ("confidential_role", True),
    "confidential-role": ("confidential_role", False),
}
Turned = tuple[Reason, PersonFacts]


def would_owe(
    programme: Programme, facts: PersonFacts, day: date, state: str, reasons: tuple[Reason, ...]
) -> list[Reason]:
    """Each single change after which the person would owe it, as a code with its facts; nothing that is not decided.

    Codes: `if-paid`, `if-year` {needed}, and so on (docs/reference/cases.md). Empty for whoever owes it already.
    """
    if state not in NOT_OWED:
        return []
    found = []
    for reason in reasons:
        for change, turned in _turned(reason, facts):
            then = decide(programme, turned, day).state
            if then not in NOT_OWED and then != "undecided" and change not in found:
                found.append(change)
    return found


def _turned(reason: Reason, facts: PersonFacts) -> Iterator[Turned]:
    """The facts as they would be if this one were otherwise, each with the code that says how."""
    carried = reason.facts
    held = next((a for a in facts.appointments if a.appointment_id == carried.get("appointment")), None)
    if reason.code == "exempt-onboarded":
        earlier = date.fromisoformat(carried["since_on"]) - timedelta(days=1)
        yield Reason("if-joined-earlier", {"since_on": carried["since_on"]}), replace(facts, onboarded_on=earlier)
    if held is None:
        return
    if reason.code in _FLAGS:
        name, value = _FLAGS[reason.code]
        key = f"if-{'' if value else 'not-'}{name.replace('_', '-')}"
        yield Reason(key), _with(facts, held, **{name: value})
    elif reason.code == "student-year-too-low":
        needed = carried["needed"]
        yield Reason("if-year", {"needed": needed}), _with(facts, held, student_year=needed)
    elif reason.code in {"ends-by-deadline", "appointment-ended"}:
        code = "if-it-went-on" if reason.code == "appointment-ended" else "if-it-ended-later"
        carries = {"due_on": carried["due_on"]} if "due_on" in carried else {}
        yield Reason(code, carries), _with(facts, held, ends_on=None)
    elif reason.code == "category-other":
        for category in carried["wanted"]:
            yield Reason("if-category", {"category": category}), _with(facts, held, category=category)


def _with(facts: PersonFacts, held: Appointment, **changes: object) -> PersonFacts:
    other = replace(held, **changes)
    return replace(facts, appointments=tuple(other if a is held else a for a in facts.appointments))
