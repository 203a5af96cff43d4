"""The closed set of audience conditions: each answers YES, NO or UNKNOWN about one appointment, with its reasons.

A condition never raises and never guesses. In "all of" a known no goes before a blank; what survives as UNKNOWN is for
the caller to show (law 2 of the house).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from upstander.core.decision import Reason
from upstander.core.facts import Appointment, PersonFacts


class Verdict(Enum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict with the reasons that made it: for NO the parts that failed, for UNKNOWN the blanks, for YES all."""

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a condition may look at: one appointment of one person on one day."""

    appointment: Appointment
    person: PersonFacts
    day: date


@dataclass(frozen=True, slots=True)
class Test:
    """One elementary condition: its key in the file, its wanted value, and the question it asks."""

    key: str
    wanted: Any

    def answer(self, asked: Asked) -> Answer:
        return QUESTIONS[self.key](self.wanted, asked)


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple["Condition", ...]

    def answer(self, asked: Asked) -> Answer:
        answers = [part.answer(asked) for part in self.parts]
        given = [answer.verdict for answer in answers]
        verdict = Verdict.NO if Verdict.NO in given else Verdict.UNKNOWN if Verdict.UNKNOWN in given else Verdict.YES
        reasons: list[Reason] = []
        for answer in answers:
            if answer.verdict is verdict:
                reasons += answer.reasons
        return Answer(verdict, tuple(reasons))


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple["Condition", ...]

    def answer(self, asked: Asked) -> Answer:
        answers = [part.answer(asked) for part in self.parts]
        for verdict in (Verdict.YES, Verdict.UNKNOWN):
            for answer in answers:
                if answer.verdict is verdict:
                    return answer
        return min(answers, key=lambda a: distance(a.reasons), default=Answer(Verdict.NO))


@dataclass(frozen=True, slots=True)
class Not:
    part: "Condition"

    def answer(self, asked: Asked) -> Answer:
        inner = self.part.answer(asked)
        turned = {Verdict.YES: Verdict.NO, Verdict.NO: Verdict.YES}.get(inner.verdict, Verdict.UNKNOWN)
        return Answer(turned, inner.reasons)


Condition = Test | AllOf | AnyOf | Not


def tests_of(condition: Condition | None) -> Iterator[Test]:
    """Every elementary condition inside a condition."""
    if isinstance(condition, Test):
        yield condition
    elif isinstance(condition, Not):
        yield from tests_of(condition.part)
    elif isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from tests_of(part)


#: What each elementary condition reads of an appointment, where that does not have its own name.
READS = {
    "student_year_at_least": ("student_year",),
    "unit_within": ("unit_id", "unit_line"),
    "graduates_within_days": ("graduates_on",),
}


def read_by(conditions: Iterable[Condition | None]) -> tuple[str, ...]:
    """The attributes of an appointment on which the verdicts depend; looking ahead, the day has a say too."""
    keys = {test.key for condition in conditions for test in tests_of(condition)}
    return tuple(sorted({attribute for key in keys for attribute in READS.get(key, (key,))}))


#: How far a miss is from a yes; what is not named is 1. Another category is another kind of person altogether.
FAR = {"category-other": 4, "area-other": 3, "unit-other": 3, "unpaid": 2, "not-benefits-eligible": 2}


def distance(reasons: tuple[Reason, ...]) -> int:
    """How near a miss was, for showing the nearest first."""
    return sum(FAR.get(reason.code, 1) for reason in reasons)


def _answer(verdict: Verdict, code: str, asked: Asked, **facts: Any) -> Answer:
    facts["appointment"] = asked.appointment.appointment_id
    return Answer(verdict, (Reason(code, facts),))


def _category(wanted: tuple[str, ...], asked: Asked) -> Answer:
    held = asked.appointment.category
    if held in wanted:
        return _answer(Verdict.YES, "category", asked, category=held, unit=asked.appointment.unit_id)
    return _answer(Verdict.NO, "category-other", asked, category=held, wanted=list(wanted))


def _flag(attribute: str, yes: str, no: str, unknown: str) -> Callable[[bool, Asked], Answer]:
    def question(wanted: bool, asked: Asked) -> Answer:
        held = getattr(asked.appointment, attribute)
        if held is None:
            return _answer(Verdict.UNKNOWN, unknown, asked, fact=attribute)
        verdict = Verdict.YES if held is wanted else Verdict.NO
        return _answer(verdict, yes if held else no, asked)

    return question


def _student_year(wanted: int, asked: Asked) -> Answer:
    year = asked.appointment.student_year
    if year is None:
        return _answer(Verdict.UNKNOWN, "student-year-unknown", asked, fact="student_year", needed=wanted)
    if year >= wanted:
        return _answer(Verdict.YES, "student-year", asked, year=year, needed=wanted)
    return _answer(Verdict.NO, "student-year-too-low", asked, year=year, needed=wanted)


def _area(wanted: tuple[str, ...], asked: Asked) -> Answer:
    area = asked.appointment.area
    if not area:
        return _answer(Verdict.UNKNOWN, "area-unknown", asked, fact="area", unit=asked.appointment.unit_id)
    verdict = Verdict.YES if area in wanted else Verdict.NO
    code = "area" if area in wanted else "area-other"
    return _answer(verdict, code, asked, area=area, unit=asked.appointment.unit_id)


def _unit_within(wanted: tuple[str, ...], asked: Asked) -> Answer:
    line = (asked.appointment.unit_id, *asked.appointment.unit_line)
    inside = next((unit for unit in line if unit in wanted), None)
    if inside:
        return _answer(Verdict.YES, "unit", asked, unit=asked.appointment.unit_id, within=inside)
    return _answer(Verdict.NO, "unit-other", asked, unit=asked.appointment.unit_id)


def _graduates_within(wanted: int, asked: Asked) -> Answer:
    on = asked.appointment.graduates_on
    if on is None:
        return _answer(Verdict.UNKNOWN, "graduation-unknown", asked, fact="graduates_on")
    soon = asked.day <= on <= asked.day + timedelta(days=wanted)
    return _answer(Verdict.YES if soon else Verdict.NO, "graduates-soon" if soon else "graduates-later", asked,
                   graduates_on=on.isoformat())  # fmt: skip


def _place(attribute: str) -> Callable[[tuple[str, ...], Asked], Answer]:
    def question(wanted: tuple[str, ...], asked: Asked) -> Answer:
        held = getattr(asked.appointment, attribute)
        if not held:
            return _answer(Verdict.UNKNOWN, "place-unknown", asked, fact=attribute)
        verdict = Verdict.YES if held in wanted else Verdict.NO
        return _answer(verdict, "place" if held in wanted else "place-other", asked, fact=attribute, place=held)

    return question


QUESTIONS: dict[str, Callable[[Any, Asked], Answer]] = {
    "category": _category,
    "paid": _flag("paid", "paid", "unpaid", "paid-unknown"),
    "benefits_eligible": _flag(
        "benefits_eligible", "benefits-eligible", "not-benefits-eligible", "benefits-eligible-unknown"
    ),
    "supervises": _flag("supervises", "supervises", "does-not-supervise", "supervises-unknown"),
    "confidential_role": _flag(
        "confidential_role", "confidential-role", "no-confidential-role", "confidential-role-unknown"
    ),
    "student_year_at_least": _student_year,
    "area": _area,
    "unit_within": _unit_within,
    "graduates_within_days": _graduates_within,
    "work_state": _place("work_state"),
    "work_country": _place("work_country"),
}
#: The kind of value that each elementary condition takes in a programme file.
VALUE_KINDS = {
    "category": "categories",
    "paid": "yes-no",
    "benefits_eligible": "yes-no",
    "supervises": "yes-no",
    "confidential_role": "yes-no",
    "student_year_at_least": "whole-number",
    "area": "words",
    "unit_within": "words",
    "graduates_within_days": "whole-number",
    "work_state": "words",
    "work_country": "words",
}
