"""Every reason that the two tables of cases, the conditions and generated people bring out; drawn once a run."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path

from tests.generated import PAGE_A, PAGE_B, POOL, a_person
from upstander.core import conditions
from upstander.core.cases import read_cases
from upstander.core.decide import decide
from upstander.core.decision import Reason
from upstander.core.facts import Appointment, PersonFacts
from upstander.core.programme_file import parse_programme

TABLES = Path(__file__).resolve().parent / "cases"
DAY = date(2021, 1, 20)


@cache
def emitted() -> tuple[Reason, ...]:
    return (*_from_the_tables(), *_from_the_conditions(), *_from_generated_people())


def _from_the_tables() -> Iterator[Reason]:
    own = (parse_programme(path.read_text(encoding="utf-8")) for path in (TABLES / "programmes").glob("*.toml"))
    for programme in (PAGE_A, PAGE_B, replace(PAGE_B, need=2), *own):
        document = tomllib.loads((TABLES / f"{programme.key}.toml").read_text(encoding="utf-8"))
        for case in read_cases(document["cases"]):
            yield from decide(programme, case.facts, case.day).reasons


def _from_the_conditions() -> Iterator[Reason]:
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


def _from_generated_people() -> Iterator[Reason]:
    for seed in range(150):
        for programme in (PAGE_A, PAGE_B):
            yield from decide(programme, a_person(seed), POOL[seed % len(POOL)]).reasons
