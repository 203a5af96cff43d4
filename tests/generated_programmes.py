"""Programmes as an office could write them, for properties: every kind of cycle, window, requirement and rule.

Each is drawn from one number, as the people of `tests/generated.py` are, on the same days.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from random import Random

from hypothesis import strategies as st

from tests.generated import PAGE_A, PAGE_B, POOL, PROGRAMMES, SEEDS
from upstander.core.conditions import AllOf, AnyOf, Condition, Not, Test
from upstander.core.cycles import Cycle, Cycles, EveryCycles, NamedCycles, OwnCycles, YearlyCycles
from upstander.core.days import ROUNDINGS
from upstander.core.programme import Group, Programme, Window
from upstander.core.requirement import Equivalency, Option, Part, Update

COURSES = ("core", "option-a", "option-b", "option-c")
TOPICS = ("policy", "duties")
LEAVES = ("sabbatical", "parental", "medical", "other")
NAMED = (
    Cycle("2020-21", date(2020, 7, 1), date(2021, 3, 31)),
    Cycle("2021", date(2021, 4, 1), date(2021, 12, 31)),
)


def a_condition(chance: Random, depth: int = 0) -> Condition:
    """A condition of any kind, up to three deep."""
    kind = chance.choice(["test", "test", "all", "any", "not"] if depth < 2 else ["test"])
    if kind == "test":
        return chance.choice([
            Test("category", ("staff", "faculty")), Test("category", ("graduate_student",)), Test("paid", True),
            Test("supervises", True), Test("supervises", False), Test("benefits_eligible", True),
            Test("student_year_at_least", 3), Test("area", ("school", "central")), Test("unit_within", ("U1",)),
        ])  # fmt: skip
    if kind == "not":
        return Not(a_condition(chance, depth + 1))
    parts = tuple(a_condition(chance, depth + 1) for _ in range(2))
    return AllOf(parts) if kind == "all" else AnyOf(parts)


def some_cycles(chance: Random) -> Cycles:
    """Any kind of cycle, turning around the days of the pool."""
    every, rounding = chance.choice([6, 12, 18, 24]), chance.choice(ROUNDINGS)
    starts_on = chance.choice([date(2018, 8, 31), date(2020, 7, 1), date(2020, 12, 31), date(2021, 1, 31)])
    kind = chance.choice(["yearly", "named", "every", "completion", "completion", "hire"])
    if kind == "yearly":
        return YearlyCycles(chance.choice([1, 7]), 1, chance.choice([2019, 2020]))
    if kind == "named":
        return NamedCycles(NAMED[: chance.choice([1, 2])])
    if kind == "every":
        return EveryCycles(starts_on, every, rounding)
    return OwnCycles(kind, every, rounding, starts_on, chance.choice([0, 30, 90]) if kind == "completion" else 0)


def some_groups(chance: Random) -> tuple[tuple[Group, ...], dict[tuple[str, str], Window]]:
    """Two or three groups with windows, ranked or not, and the windows that some had in the period before."""
    ranked, groups, kept = chance.random() < 0.5, [], {}
    for place in range(chance.choice([2, 3])):
        opens, due = sorted(chance.sample([day for day in POOL if NAMED[1].first_on <= day <= NAMED[1].last_on], 2))
        early, late = sorted(chance.sample([day for day in POOL if NAMED[0].first_on <= day <= NAMED[0].last_on], 2))
        kept["2020-21", f"g{place}"] = Window(early, late)
        rank = chance.choice([1, 1, 2]) if ranked else None
        groups.append(Group(f"g{place}", {"en": "G", "es": "G"}, a_condition(chance), Window(opens, due), rank))
    return tuple(groups), kept


def some_options(chance: Random) -> tuple[Option, ...]:
    return tuple(
        Option(
            course,
            minutes=chance.choice([None, 30, 60]),
            topics=tuple(topic for topic in TOPICS if chance.random() < 0.5),
            withdrawn_on=chance.choice(POOL) if chance.random() < 0.2 else None,
            updates=some_updates(chance),
            in_person=chance.random() < 0.5,
        )
        for course in COURSES
    )


def some_updates(chance: Random, numbers: Sequence[int] = (0, 0, 1, 2)) -> tuple[Update, ...]:
    """So many as one of the numbers says; of two in a row the second asks the readers of the first too, or does not."""
    first, second = sorted(chance.sample(POOL, 2))
    older, days = chance.choice([("1",), ("1", ""), ("",)]), [5, 20, 60]
    updates = (
        Update("2", older, first, chance.choice(days)),
        Update("3", (*older, "2") if chance.random() < 0.7 else ("2",), second, chance.choice(days)),
    )
    return updates[: chance.choice(numbers)]


def a_part(chance: Random, key: str, looks_back: bool, depth: int = 0) -> Part:
    """Courses, minutes, or further parts."""
    when = a_condition(chance, 1) if chance.random() < 0.4 else None
    kind = chance.choice(["of", "of", "minutes", "parts"] if depth < 1 else ["of", "minutes"])
    if kind == "minutes":
        within = chance.choice([None, 3, 12]) if looks_back else None
        return Part(key, when=when, minutes=chance.choice([30, 60, 100]), topics=(chance.choice(TOPICS),),
                    within_months=within, rounding=chance.choice(ROUNDINGS))  # fmt: skip
    if kind == "parts":
        inner = tuple(a_part(chance, f"{key}-{n}", looks_back, depth + 1) for n in range(2))
        return Part(key, when=when, complete=chance.choice([None, 1]), parts=inner)
    of = tuple(chance.sample(COURSES, chance.choice([1, 2, 2])))
    return Part(key, when=when, complete=chance.choice([None, 1]), of=of)


def an_equivalency(chance: Random) -> Equivalency:
    dated = sorted(chance.sample(POOL, 2)) if chance.random() < 0.5 else [None, None]
    course, counts_as = chance.choice(["core-2018", "outside", "option-a"]), chance.choice(["core", "option-b"])
    return Equivalency(course, counts_as, *dated, at_most=chance.choice([None, None, 1]))


@lru_cache(maxsize=4_000)
def a_programme(seed: int) -> Programme:
    """A programme of any shape; its key is that of one of the two pages, so that officers' decisions reach it."""
    chance = Random(seed)
    base, cycles = chance.choice([PAGE_A, PAGE_B]), some_cycles(chance)
    groups, kept = some_groups(chance) if isinstance(cycles, NamedCycles) and len(cycles.periods) > 1 else ((), {})
    in_months = chance.random() < 0.3
    looks_back = not (isinstance(cycles, OwnCycles) and cycles.counted_from == "completion")
    parts = tuple(a_part(chance, f"p{n}", looks_back) for n in range(chance.choice([0, 0, 1, 2, 3])))
    return replace(
        base, cycles=cycles, groups=groups, period_windows=kept, options=some_options(chance), parts=parts,
        need=chance.randint(1, len(parts)) if parts else chance.choice([1, 1, 1, 2, 3]),
        equivalencies=tuple(an_equivalency(chance) for _ in range(chance.choice([0, 0, 1, 2, 3]))),
        window_days=None if in_months or groups else chance.choice([10, 30, 60]),
        window_months=chance.choice([1, 2, 6]) if in_months and not groups else None,
        window_rounding=chance.choice(ROUNDINGS), grace_days=chance.choice([0, 0, 7]),
        ending_by_due_excludes=bool(groups) and chance.random() < 0.5,
        deferring_leave=frozenset(kind for kind in LEAVES if chance.random() < 0.5),
        exemptions=base.exemptions if chance.random() < 0.3 else (), recommendations=(), examples=(),
        minimum_notice_days=chance.choice([0, 0, 0, 5, 30]),
    )  # fmt: skip


GENERATED = SEEDS.map(a_programme)
#: The two pages' programmes, and any other.
ANY_PROGRAMME = st.one_of(PROGRAMMES, GENERATED, GENERATED)
