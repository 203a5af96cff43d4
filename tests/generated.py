"""People as a roster could have them, for properties: around the days on which the two programmes' rules turn.

Each is drawn from one number: a hundred of them cost milliseconds, and a failure shows the whole person.
"""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from hypothesis import strategies as st

from upstander.core.facts import Adjustment, Appointment, Completion, Leave, Notified, PersonFacts
from upstander.core.programme import Programme
from upstander.core.programme_file import parse_programme

PROGRAMME_FILES = Path(__file__).resolve().parent.parent / "upstander" / "programmes"


def programme(key: str) -> Programme:
    return parse_programme((PROGRAMME_FILES / f"{key}.toml").read_text(encoding="utf-8"))


PAGE_A, PAGE_B = programme("page-a"), programme("page-b")
PROGRAMMES = st.sampled_from([PAGE_A, PAGE_B])
#: Days on which something turns in either programme.
TURNS = [
    date(2020, 6, 30), date(2020, 7, 1), date(2020, 8, 15), date(2020, 9, 1), date(2021, 1, 13), date(2021, 2, 17),
    date(2021, 2, 22), date(2021, 3, 26), date(2021, 4, 5), date(2021, 5, 4), date(2021, 5, 7), date(2021, 6, 11),
    date(2021, 6, 30), date(2021, 8, 15), date(2021, 8, 31),
]  # fmt: skip
AROUND = (-30, -10, -5, -1, 0, 1, 2, 5, 10, 20, 40)
POOL = sorted({turn + timedelta(days=shift) for turn in TURNS for shift in AROUND})
DAYS = st.sampled_from(POOL)
CATEGORIES = ["staff", "staff", "faculty", "postdoc", "graduate_student", "graduate_student", "affiliate"]
AREAS = ["school", "school", "vp_research", "central", "academic_admin", "libraries", None]
KNOWN_OR_NOT = [True, True, True, False, None]


def _maybe_day(chance: Random, often: float = 0.5) -> date | None:
    return chance.choice(POOL) if chance.random() < often else None


def _from_to(chance: Random, first: date | None, often: float = 0.5) -> tuple[date | None, date | None]:
    last = _maybe_day(chance, often)
    return (last, first) if first and last and last < first else (first, last)


def _leave(chance: Random) -> Leave:
    kind = chance.choice(["sabbatical", "parental", "medical", "medical", "other"])
    return Leave(kind, *_from_to(chance, chance.choice(POOL)))


def an_appointment(chance: Random, appointment_id: str) -> Appointment:
    starts_on, ends_on = _from_to(chance, _maybe_day(chance), often=0.3)
    return Appointment(
        appointment_id=appointment_id,
        category=chance.choice(CATEGORIES),
        unit_id=chance.choice(["U1", "U2", ""]),
        area=chance.choice(AREAS),
        paid=chance.choice(KNOWN_OR_NOT),
        benefits_eligible=chance.choice(KNOWN_OR_NOT),
        student_year=chance.choice([2, 3, 4, None]),
        supervises=chance.choice([True, False, None]),
        starts_on=starts_on,
        ends_on=ends_on,
        leaves=tuple(_leave(chance) for _ in range(chance.choice([0, 0, 1, 2]))),
    )


def a_completion(chance: Random, ref: str) -> Completion:
    course = chance.choice(["core", "core", "option-a", "option-b", "option-c", "core-2018", "outside"])
    role, minutes = chance.choice(["employee", "employee", "student"]), chance.choice([None, None, 0, 30, 90])
    edition = chance.choice(["", "1", "1", "2", "3"])
    return Completion(course, chance.choice(POOL), role, ref, minutes=minutes, edition=edition)


def an_adjustment(chance: Random, ref: str) -> Adjustment:
    kind = chance.choice(["waiver", "extension", "extension", "deferral", "deferral", "equivalency", "alternative"])
    key, cycle = chance.choice(["page-a", "page-b"]), chance.choice([None, None, "2020-21"])
    course = chance.choice(["", "option-a", "core", "core-2018"]) if kind in {"equivalency", "alternative"} else ""
    return Adjustment(kind, key, ref, cycle, *_from_to(chance, _maybe_day(chance)), course_key=course)


def an_ending(chance: Random, ref: str, held: tuple[Appointment, ...]) -> Adjustment:
    """An end that somebody told of an appointment of theirs, mostly accepted on what the roster says now."""
    of = chance.choice(held)
    roster_end = chance.choice([of.ends_on, of.ends_on, of.ends_on, None, chance.choice(POOL)])
    cycle = chance.choice([None, None, None, "2020-21"])
    key = chance.choice(["page-a", "page-b"])
    return Adjustment("ending", key, ref, cycle, roster_end, chance.choice(POOL), appointment_id=of.appointment_id)


def some_letter(chance: Random) -> Notified:
    return Notified(
        chance.choice(["page-a", "page-b"]), chance.choice(["2020-21", "2020-21", "2021"]), chance.choice(POOL)
    )


def a_person(seed: int) -> PersonFacts:
    """A person with up to three appointments, and what the record and the office say about them."""
    chance = Random(seed)
    held = tuple(an_appointment(chance, f"A{n}") for n in range(1, chance.choice([1, 2, 2, 2, 3, 3, 4])))
    adjusted = [an_adjustment(chance, f"X{n}") for n in range(chance.choice([0, 0, 1, 2]))]
    told = [an_ending(chance, f"Y{n}", held) for n in range(chance.choice([0, 0, 0, 1, 2]) if held else 0)]
    return PersonFacts(
        person_id=f"{10_000_000 + seed % 80_000_000}",
        onboarded_on=_maybe_day(chance, 0.3),
        onboarded_as=chance.choice(["", "employee", "student"]),
        appointments=held,
        completions=tuple(a_completion(chance, f"C{n}") for n in range(chance.choice([0, 0, 1, 2]))),
        adjustments=(*adjusted, *told),
        started=frozenset((course, chance.choice(POOL)) for course in ("core", "option-a") if chance.random() < 0.3),
        vanished_on=chance.choice(POOL) if chance.random() < 0.05 else None,
        notified=tuple(some_letter(chance) for _ in range(chance.choice([0, 0, 1, 3]))),
    )


def shuffled(facts: PersonFacts, seed: int) -> PersonFacts:
    """The same facts in another order."""
    chance = Random(seed)

    def turned(entries: tuple) -> tuple:
        return tuple(chance.sample(entries, len(entries)))

    return replace(
        facts,
        appointments=turned(facts.appointments),
        completions=turned(facts.completions),
        adjustments=turned(facts.adjustments),
    )


SEEDS = st.integers(0, 2**40)
PEOPLE = SEEDS.map(a_person)
COMPLETIONS = SEEDS.map(lambda seed: a_completion(Random(seed), "C9"))
EXTENSIONS = SEEDS.map(lambda seed: replace(an_adjustment(Random(seed), "X9"), kind="extension"))
APPOINTMENTS = SEEDS.map(lambda seed: an_appointment(Random(seed), "A9"))
