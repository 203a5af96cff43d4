"""Every reason code is emitted by something, carries exactly its facts, and is nowhere invented."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from tests.generated import PAGE_A, PAGE_B, POOL, a_person
from upstander.core import conditions
from upstander.core.cases import read_cases
from upstander.core.decide import decide
from upstander.core.decision import Reason
from upstander.core.facts import Appointment, PersonFacts
from upstander.core.reasons import REASONS

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2021, 1, 20)


def from_the_tables() -> Iterator[Reason]:
    for programme in (PAGE_A, PAGE_B, replace(PAGE_B, need=2)):
        document = tomllib.loads((ROOT / "cases" / f"{programme.key}.toml").read_text(encoding="utf-8"))
        for case in read_cases(document["cases"]):
            yield from decide(programme, case.facts, case.day).reasons


def from_the_conditions() -> Iterator[Reason]:
    """Each elementary condition, asked of appointments with every value and with blanks."""
    wanted = {
        "category": ("staff",), "paid": True, "benefits_eligible": True, "supervises": True, "confidential_role": True,
        "student_year_at_least": 3, "area": ("school",), "unit_within": ("U0",), "graduates_within_days": 200,
        "work_state": ("NY",), "work_country": ("US",),
    }  # fmt: skip
    assert set(wanted) == set(conditions.QUESTIONS) == set(conditions.VALUE_KINDS)
    some = [
        Appointment(
            "A1", "staff", "U1", "school", ("U0",), True, True, 3, date(2021, 5, 28), True, True, "", "NY", "US"
        ),
        Appointment(
            "A1", "faculty", "U2", "central", (), False, False, 2, date(2030, 5, 28), False, False, "", "MA", "ES"
        ),
        Appointment("A1", "postdoc"),
    ]
    for (key, value), appointment in product(wanted.items(), some):
        asked = conditions.Asked(appointment, PersonFacts("10000001"), DAY)
        yield from conditions.Test(key, value).answer(asked).reasons


def from_generated_people() -> Iterator[Reason]:
    for seed in range(400):
        for programme in (PAGE_A, PAGE_B):
            yield from decide(programme, a_person(seed), POOL[seed % len(POOL)]).reasons


@pytest.fixture(scope="module")
def emitted() -> list[Reason]:
    return [*from_the_tables(), *from_the_conditions(), *from_generated_people()]


def test_every_code_is_emitted_by_somebody_s_decision(emitted):
    assert set(REASONS) - {reason.code for reason in emitted} == set()


def test_every_reason_carries_exactly_the_facts_that_its_code_needs(emitted):
    wrong = [r for r in emitted if r.code not in REASONS or set(r.facts) != REASONS[r.code].facts]
    assert wrong == []


def test_the_facts_of_a_reason_are_plain_values(emitted):
    def plain(value: object) -> bool:
        if isinstance(value, list):
            return all(isinstance(entry, str) for entry in value)
        return value is None or type(value) in (str, int, bool)

    assert [r for r in emitted if not all(plain(value) for value in r.facts.values())] == []


def test_every_code_has_an_owner_and_the_form_of_a_code():
    assert {kind.owner for kind in REASONS.values()} == {"roster", "record", "rule", "officer"}
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in REASONS)
