"""A new example from a real person's facts, without their name, their numbers or anything an officer may not see."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext

from upstander.core.conditions import tests_of
from upstander.core.decide import decide
from upstander.core.facts import Appointment, PersonFacts
from upstander.core.programme import Programme
from upstander.models import Person
from upstander.queries.facts import facts_of
from upstander.web.office.workbench.controls import Posted, raw_of
from upstander.web.office.workbench.desk import Desk
from upstander.web.office.workbench.parts import Part
from upstander.words.names import listed_name

FOUND_AT_MOST = 10
PLAIN = (
    "category", "area", "paid", "benefits_eligible", "student_year", "graduates_on", "supervises",
    "confidential_role", "work_state", "work_country", "starts_on", "ends_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Search:
    """What was typed and who fits it."""

    text: str = ""
    people: tuple[tuple[str, str], ...] = ()
    asked: bool = False


def answered(request: HttpRequest, desk: Desk, part: Part, raw: dict[str, Any], posted: Posted) -> Search:
    """Looks for a person, or puts the chosen one's facts as a new example into the form; nothing is stored."""
    text = posted.one("find-person").strip()[:80]
    act = posted.act
    if part.key != "examples" or act.verb not in {"find", "take"}:
        return Search(text)
    if act.verb == "find":
        return Search(text, _people(text), asked=True)
    person = Person.objects.filter(pk=act.name, vanished_on=None).first()
    if person is not None and isinstance(raw["examples"], list):
        control = part.controls(desk.view.document)[0]
        facts = facts_of(person.pk, told_of=())  # an example's form has no letters, and must expect what it shows
        entry = example_of(facts, desk.view.rules, request.moment.day)
        raw["examples"].append({"was": "", "row": raw_of(control.row, entry)})
        posted.touched = f"examples-{len(raw['examples']) - 1}"
    return Search()


def _people(text: str) -> tuple[tuple[str, str], ...]:
    """People of whose name every typed word is a part, or with that number."""
    wanted = Q()
    for word in text.split():
        named = Q(preferred_name__icontains=word) | Q(legal_last_name__icontains=word)
        wanted &= named | Q(legal_first_name__icontains=word) | Q(pk=word)
    found = Person.objects.filter(wanted, vanished_on=None).order_by("legal_last_name", "legal_first_name", "pk")
    if not text:
        return ()
    columns = ("pk", "preferred_name", "legal_first_name", "legal_last_name")
    rows = found.values_list(*columns)[:FOUND_AT_MOST]
    return tuple((pk, listed_name(preferred, first, last, pk)) for pk, preferred, first, last in rows)


def example_of(facts: PersonFacts, rules: Programme | None, day: Any) -> dict[str, Any]:
    """The facts as an example's table, with what comes out of them today as what is expected."""
    courses = rules.course_keys if rules else frozenset()
    known: dict[str, Any] = {}
    if facts.onboarded_on:
        known["onboarded_on"] = facts.onboarded_on
    if facts.onboarded_as:
        known["onboarded_as"] = facts.onboarded_as
    by_unit = rules is not None and _reads_units(rules)
    known["appointments"] = [_appointment(held, by_unit) for held in facts.appointments]
    done = [each for each in facts.completions if each.course_key in courses]
    if done:
        known["completions"] = [
            {"course_key": each.course_key, "completed_on": each.completed_on, "role": each.role} for each in done
        ]
    entry: dict[str, Any] = {"name": gettext("Say what this example shows"), "day": day, "facts": known}
    if rules is not None:
        entry["expected"] = _expected(facts, rules, day)
    return entry


def _expected(facts: PersonFacts, rules: Programme, day: Any) -> Mapping[str, Any]:
    decision = decide(rules, facts, day)
    found: dict[str, Any] = {"state": decision.state}
    if decision.group:
        found["group"] = decision.group
    if decision.due_on:
        found["due_on"] = decision.due_on
    return found


def _appointment(held: Appointment, by_unit: bool) -> dict[str, Any]:
    table = {key: getattr(held, key) for key in PLAIN if getattr(held, key) not in (None, "")}
    if by_unit and held.unit_id:
        table["unit_id"] = held.unit_id
        if held.unit_line:
            table["unit_line"] = list(held.unit_line)
    leaves = [
        {"kind": leave.kind, "from_on": leave.from_on, **({"to_on": leave.to_on} if leave.to_on else {})}
        for leave in held.leaves
    ]
    return {**table, "leaves": leaves} if leaves else table


def _reads_units(rules: Programme) -> bool:
    conditions = [rules.audience, *(group.when for group in rules.groups if group.when)]
    return any(test.key == "unit_within" for condition in conditions for test in tests_of(condition))
