"""What stands behind a reason: the facts it rests on, their present value, and whether a claim is true by now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from upstander.core.facts import Appointment, PersonFacts

YES_NO, NUMBER, DATE, CATEGORY, ROLE, WORDS = "yes-no", "number", "date", "category", "role", "words"
#: Values that can be compared with what the record says later; words are read by people.
COMPARED = frozenset({YES_NO, NUMBER, DATE, CATEGORY, ROLE})
OTHERWISE, NOW_RIGHT, CHANGED = "otherwise", "now-right", "changed"
SOMETHING = "something"
#: Facts of the roster that stay between the person, the office and Human Resources: free words, and leave.
KEPT_FROM_UNITS = frozenset({"leave", SOMETHING})


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the record: the kind of its value, who can correct it, and what it is a fact about."""

    value: str
    owner: str
    about: str = "person"
    may_be_blank: bool = False


#: By the column's name where it is one of the roster's.
FACTS: dict[str, Fact] = {
    "category": Fact(CATEGORY, "roster", "appointment"),
    "unit": Fact(WORDS, "roster", "appointment"),
    "area": Fact(WORDS, "roster", "appointment"),
    "paid": Fact(YES_NO, "roster", "appointment"),
    "benefits_eligible": Fact(YES_NO, "roster", "appointment"),
    "supervises": Fact(YES_NO, "roster", "appointment"),
    "confidential_role": Fact(YES_NO, "roster", "appointment"),
    "student_year": Fact(NUMBER, "roster", "appointment"),
    "graduates_on": Fact(DATE, "roster", "appointment"),
    "starts_on": Fact(DATE, "roster", "appointment"),
    "ends_on": Fact(DATE, "roster", "appointment", may_be_blank=True),
    "leave": Fact(WORDS, "roster"),
    "place": Fact(WORDS, "roster", "appointment"),
    "appointments": Fact(WORDS, "roster"),
    "onboarded_on": Fact(DATE, "roster"),
    "onboarded_as": Fact(WORDS, "roster"),
    "completed_on": Fact(DATE, "record", "completion"),
    "completion_role": Fact(ROLE, "record", "completion"),
    "completions": Fact(WORDS, "record"),
    "rule": Fact(WORDS, "rule", ""),
    "decision": Fact(WORDS, "officer", ""),
}
_BY_CODE: dict[str, str] = {
    "no-appointment": "appointments",
    "appointment-ended": "ends_on appointments",
    "not-on-roster": "appointments",
    "category": "category unit",
    "category-other": "category",
    "paid": "paid",
    "unpaid": "paid",
    "paid-unknown": "paid",
    "benefits-eligible": "benefits_eligible",
    "not-benefits-eligible": "benefits_eligible",
    "benefits-eligible-unknown": "benefits_eligible",
    "supervises": "supervises",
    "does-not-supervise": "supervises",
    "supervises-unknown": "supervises",
    "confidential-role": "confidential_role",
    "no-confidential-role": "confidential_role",
    "confidential-role-unknown": "confidential_role",
    "student-year": "student_year",
    "student-year-too-low": "student_year",
    "student-year-unknown": "student_year",
    "area": "unit area",
    "area-other": "unit area",
    "area-unknown": "unit area",
    "unit": "unit",
    "unit-other": "unit",
    "place": "place",
    "place-other": "place",
    "place-unknown": "place",
    "graduates-soon": "graduates_on",
    "graduates-later": "graduates_on",
    "graduation-unknown": "graduates_on",
    "ends-by-deadline": "ends_on",
    "ends-after-deadline": "ends_on",
    "end-told": "decision ends_on",
    "end-told-overtaken": "ends_on decision",
    "no-group": "unit area",
    "late-joiner": "appointments",
    "exempt-onboarded": "onboarded_on onboarded_as",
    "onboarded-before-exemption": "onboarded_on",
    "onboarded-otherwise": "onboarded_as onboarded_on",
    "onboarded-on-unknown": "onboarded_on",
    "completed": "completed_on completions",
    "completed-in-part": "completions",
    "completion-before-period": "completed_on",
    "completion-after-period": "completed_on",
    "completion-other-role": "completion_role",
    "completion-other-course": "completions",
    "completed-as": "completed_on completions",
    "edition-changed": "completions rule",
    "update-completed": "completed_on completions",
    "completion-withdrawn-option": "completed_on",
    "completion-not-in-person": "completions",
    "parts-done": "completions",
    "part-done": "completions",
    "part-missing": "completions",
    "part-minutes-missing": "completions",
    "cycle-unknown": "appointments",
    "hire-day-unknown": "appointments",
    "leave-defers": "leave",
    "leave-without-end": "leave",
    "leave-does-not-defer": "leave",
    "leave-in-part": "leave",
}
_OF_OWNER = {"rule": "rule", "officer": "decision"}


@dataclass(frozen=True, slots=True)
class Disputed:
    """One fact behind a reason: its key, the appointment or completion that it is about, and who can correct it."""

    key: str
    about: str
    owner: str

    @property
    def value(self) -> str:
        return FACTS[self.key].value if self.key in FACTS else WORDS

    @property
    def may_be_blank(self) -> bool:
        return self.key in FACTS and FACTS[self.key].may_be_blank


def behind(codes: Iterable[str], facts: Mapping[str, Any], owner: str) -> list[Disputed]:
    """The facts that a sentence of these reason codes rests on, and last "something else" of the same owner."""
    keys = [key for code in codes for key in _BY_CODE.get(code, _OF_OWNER.get(owner, "")).split()]
    found = [Disputed(key, _about(FACTS[key], facts), FACTS[key].owner) for key in dict.fromkeys(keys)]
    if not any(one.key in {"rule", "decision"} for one in found):
        found.append(Disputed(SOMETHING, "", owner))
    return found


def _about(fact: Fact, facts: Mapping[str, Any]) -> str:
    if fact.about == "appointment":
        return str(facts.get("appointment", ""))
    if fact.about == "completion":
        return f"{facts.get('course', '')}@{facts.get('on', '')}"
    return ""


def value_of(key: str, about: str, facts: PersonFacts) -> str:
    """The fact's present value as text ("yes", "2021-02-17", an id, a list); "" where it is blank or not on record."""
    fact = FACTS.get(key)
    if fact is None or not fact.about:
        return ""
    if fact.about == "appointment":
        held = next((a for a in facts.appointments if a.appointment_id == about), None)
        return _of_appointment(key, held) if held else ""
    if fact.about == "completion":
        return _of_completion(key, about, facts)
    return _of_person(key, facts)


def _of_appointment(key: str, held: Appointment) -> str:
    if key == "place":
        return f"{held.work_state} {held.work_country}".strip()
    return _text(getattr(held, "unit_id" if key == "unit" else key))


def _of_completion(key: str, about: str, facts: PersonFacts) -> str:
    course, _, on = about.partition("@")
    taken = [c for c in facts.completions if c.course_key == course]
    if key == "completed_on":
        return " ".join(sorted(c.completed_on.isoformat() for c in taken))
    return " ".join(sorted(c.role for c in taken if c.completed_on.isoformat() == on))


def _of_person(key: str, facts: PersonFacts) -> str:
    if key == "leave":
        leaves = ((a.appointment_id, leave) for a in facts.appointments for leave in a.leaves)
        return "; ".join(sorted(f"{held} {one.kind} {one.from_on} {one.to_on or ''}".strip() for held, one in leaves))
    if key == "appointments":
        held = [f"{a.appointment_id} {a.starts_on or ''} {a.ends_on or ''}" for a in facts.appointments]
        return "; ".join([*sorted(held), *([f"gone {facts.vanished_on}"] if facts.vanished_on else [])])
    if key == "completions":
        return "; ".join(sorted(f"{c.course_key} {c.completed_on}" for c in facts.completions))
    return _text(getattr(facts, key))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def how_it_stands(key: str, right: str, knew: str, now: str) -> str:
    """How a claim stands against the record: `now-right`, `changed` since it was made, or `otherwise` still."""
    compared = key in FACTS and FACTS[key].value in COMPARED
    if compared and right in (now.split() if FACTS[key].about == "completion" else [now]):
        return NOW_RIGHT
    return CHANGED if now != knew else OTHERWISE


def has_arrived(key: str, standing: str) -> bool:
    """Whether what an accepted claim waits for has come: the right value, or any change of what people must read."""
    words = key not in FACTS or FACTS[key].value not in COMPARED
    return standing == NOW_RIGHT or (words and standing == CHANGED)
