"""Deciding many by their profiles: everybody gets what decide() says of them, and those alike are decided once."""

from dataclasses import fields, replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generated import DAYS, PAGE_A, PAGE_B, PEOPLE, POOL, PROGRAMME_FILES, a_person
from upstander.core import profile
from upstander.core.decide import decide
from upstander.core.facts import Adjustment, Appointment, Completion, Leave, PersonFacts
from upstander.core.profile import Profiles, decide_many, stand_in
from upstander.core.programme import Programme
from upstander.core.programme_file import parse_programme
from upstander.core.recurrence import cycle_before, cycle_of

TEXTS = {key: (PROGRAMME_FILES / f"{key}.toml").read_text(encoding="utf-8") for key in ("page-a", "page-b")}
PARTS = """
[[requirement.parts]]
key = "base"
title = { en = "Base", es = "Base" }
complete = "all"
of = ["core"]

[[requirement.parts]]
key = "lead"
title = { en = "For those who lead", es = "Para quienes dirigen" }
when = { supervises = true }
complete = 1
of = ["option-a", "option-c"]

[[requirement.parts]]
key = "topics"
title = { en = "Topics", es = "Temas" }
minutes = 60
topics = ["policy"]
within_months = 9
rounding = "last-day"
"""
OPTIONS = '[[options]]\ncourse = "core"\n'


def varied(key: str, *changes: tuple[str, str]) -> Programme:
    """A programme file with some of its rules put otherwise."""
    text = TEXTS[key].partition("[[examples]]")[0]
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return parse_programme(text)


def owned(counted_from: str, renewal: str = "") -> tuple[str, str]:
    return (
        'kind = "yearly"\nstarts_on = "07-01"\nfirst_year = 2020',
        f'kind = "own"\ncounted_from = "{counted_from}"\nevery_months = 6\nrounding = "last-day"\n'
        f"starts_on = 2020-06-01\n{renewal}",
    )


SPOKEN_OF = {
    "page-a": PAGE_A,
    "page-b": PAGE_B,
    "units": varied("page-a", ("benefits_eligible = true", 'unit_within = ["U1", "school"]')),
    "looks ahead": varied("page-b", ("student_year_at_least = 3", "graduates_within_days = 120")),
    "places": varied("page-b", ('area = ["vp_research"]', 'work_state = ["NY"]')),
    "grace": varied("page-a", ("grace_days = 0", "grace_days = 9")),
    "ends do not matter": varied("page-b", ("exclude_if_by_due = true", "exclude_if_by_due = false")),
    "two exemptions": varied(
        "page-b",
        ("[requirement]", '[[exemptions]]\nkey = "earlier"\nonboarded_on_or_after = 2020-06-20\n'
         'onboarded_as = "student"\nif_blank_with_category = []\n\n[requirement]'),
    ),
    "parts": varied(
        "page-a",
        ("complete = 1", PARTS),
        (OPTIONS, OPTIONS + 'minutes = 45\ntopics = ["policy"]\n\n[[options]]\ncourse = "option-a"\nminutes = 30\n'
         'topics = ["policy"]\n\n[[options]]\ncourse = "option-c"\nwithdrawn_on = 2021-03-01\n\n[[equivalencies]]\n'
         'course = "core-2018"\ncounts_as = "core"\nat_most = 1\n'),
    ),
    "own cycles from hire": varied("page-a", owned("hire")),
    "own cycles from completion": varied("page-a", owned("completion", "renewal_days = 30")),
}  # fmt: skip


def told_more(facts: PersonFacts, seed: int) -> PersonFacts:
    """The person with the facts that only some programmes read."""
    chance = Random(seed)
    return replace(
        facts,
        appointments=tuple(
            replace(
                a, supervises=chance.choice([True, False, None]), graduates_on=chance.choice([None, *POOL]),
                unit_line=chance.choice([(), (a.unit_id, "school"), (a.unit_id, "other", "U1")]),
                work_state=chance.choice(["", "NY", "CA"]),
            )
            for a in facts.appointments
        ),
        completions=tuple(replace(c, minutes=chance.choice([None, 20, 60])) for c in facts.completions),
    )  # fmt: skip


SOMEBODY = st.builds(told_more, PEOPLE, st.integers(0, 2**32))


def examples(count: int) -> settings:
    return settings(max_examples=count, deadline=None)


def one_by_one(programme, people, day, cycle=None):
    return [decide(programme, facts, day, cycle) for facts in people]


@pytest.mark.row("A05", "A09", "B02", "B07", "B13")
@pytest.mark.parametrize("programme", SPOKEN_OF.values(), ids=SPOKEN_OF)
@given(people=st.lists(SOMEBODY, min_size=1, max_size=6), day=DAYS)
@examples(40)
def test_by_profiles_everybody_gets_the_decision_of_one_by_one(programme, people, day):
    assert list(decide_many(programme, iter(people), day)) == one_by_one(programme, people, day)


@pytest.mark.parametrize("programme", SPOKEN_OF.values(), ids=SPOKEN_OF)
@given(people=st.lists(SOMEBODY, min_size=1, max_size=4), day=DAYS)
@examples(20)
def test_an_earlier_cycle_is_decided_alike(programme, people, day):
    for facts in people:
        before = cycle_before(programme, facts, cycle_of(programme, facts, day + timedelta(days=400)))
        if before:
            assert list(decide_many(programme, [facts], day, before)) == one_by_one(programme, [facts], day, before)


def alike(facts: PersonFacts, chance: Random, number: int) -> PersonFacts:
    """Somebody who differs in what should have no say: ids, names of jobs, days long gone by."""
    names = sorted(a.appointment_id for a in facts.appointments)
    ids = dict(zip(names, sorted(f"Z{number}-{n}-{chance.random()}" for n in range(len(names))), strict=True))
    return replace(
        facts,
        person_id=f"{90_000_000 + number}",
        onboarded_on=facts.onboarded_on and facts.onboarded_on - timedelta(days=chance.randrange(900)),
        appointments=tuple(
            replace(
                a, appointment_id=ids[a.appointment_id], title=f"Job {number}", unit_id=a.unit_id and f"unit {number}",
                starts_on=a.starts_on and a.starts_on - timedelta(days=chance.randrange(4_000)),
                ends_on=a.ends_on and a.ends_on + timedelta(days=chance.randrange(4_000)),
            )
            for a in facts.appointments
        ),
        completions=tuple(replace(c, ref=f"{c.ref}-{number}") for c in facts.completions),
        adjustments=tuple(
            replace(a, appointment_id=ids.get(a.appointment_id, ""), ref=f"{a.ref}-{number}") for a in facts.adjustments
        ),
    )  # fmt: skip


@pytest.mark.parametrize("programme", SPOKEN_OF.values(), ids=SPOKEN_OF)
@given(facts=SOMEBODY, day=DAYS, seed=st.integers(0, 2**32))
@examples(40)
def test_people_nearly_alike_do_not_get_each_others_decision(programme, facts, day, seed):
    chance = Random(seed)
    people = [facts, *(alike(facts, chance, number) for number in range(5))]
    assert list(decide_many(programme, people, day)) == one_by_one(programme, people, day)


def employee(number: int, **facts) -> PersonFacts:
    held = {"category": "staff", "area": "school", "paid": True, "benefits_eligible": True, **facts}
    appointment = Appointment(appointment_id=f"A{number}", unit_id=f"unit {number}", title=f"Job {number}", **held)
    return PersonFacts(f"{10_000_000 + number}", date(2001, 1, 1) + timedelta(days=number), "employee", (appointment,))


@pytest.mark.parametrize("programme", [PAGE_A, PAGE_B], ids=lambda p: p.key)
def test_those_alike_are_decided_once(programme):
    people = [employee(n, starts_on=date(2005, 3, 1) + timedelta(days=n)) for n in range(500)]
    profiles = Profiles(programme, date(2021, 2, 1), lambda shared: shared)
    decisions = [shared.decision_of(facts, own) for facts in people for shared, own in [profiles.of(facts)]]
    assert profiles.decided == 1
    assert decisions == one_by_one(programme, people, date(2021, 2, 1))
    assert {decision.reasons[0].facts["appointment"] for decision in decisions} == {f"A{n}" for n in range(500)}


def test_an_end_too_far_away_to_have_a_say_makes_no_profile_of_its_own():
    people = [employee(n, ends_on=date(2021, 7, 2) + timedelta(days=n)) for n in range(100)]
    profiles = Profiles(PAGE_A, date(2020, 8, 1), lambda shared: shared)
    for facts in people:
        shared, own = profiles.of(facts)
        assert shared.decision_of(facts, own) == decide(PAGE_A, facts, date(2020, 8, 1))
    assert profiles.decided == 1


def test_forgetting_profiles_changes_no_decision(monkeypatch):
    monkeypatch.setattr(profile, "KEPT", 3)
    people = [a_person(seed % 11) for seed in range(60)]
    day = date(2021, 2, 1)
    profiles = Profiles(PAGE_B, day, lambda shared: shared)
    found = [shared.decision_of(facts, own) for facts in people for shared, own in [profiles.of(facts)]]
    assert found == one_by_one(PAGE_B, people, day)
    assert len(profiles._young) + len(profiles._old) <= 2 * 3


OTHER = {
    bool: True, int: 7, str: "otherwise", date: date(2021, 1, 31), tuple: (Leave("medical", date(2021, 2, 2)),),
    frozenset: frozenset({("core", date(2021, 1, 30))}),
}  # fmt: skip
#: What a profile leaves out or evens out; every other fact is part of it, one that is added later too.
EVENED_OUT = {
    Appointment: {"appointment_id", "unit_id", "unit_line", "title", "graduates_on", "starts_on", "ends_on"},
    Completion: {"ref"},
    Adjustment: {"ref"},
    PersonFacts: {"person_id", "onboarded_on", "appointments", "completions", "adjustments", "notified"},
}


def other(value: object, kind: str) -> object:
    """Another value of the same kind."""
    wanted = next(type_ for type_ in OTHER if kind.startswith(type_.__name__))
    return OTHER[wanted] if value != OTHER[wanted] else not value


@pytest.mark.parametrize("kind", EVENED_OUT, ids=lambda kind: kind.__name__)
def test_every_fact_that_is_not_evened_out_is_part_of_the_profile(kind):
    things = {
        Appointment: Appointment("A1", "staff", starts_on=date(2021, 1, 1)),
        Completion: Completion("core", date(2021, 1, 1)),
        Adjustment: Adjustment("waiver", "page-a", "X1"),
        PersonFacts: PersonFacts("10000001"),
    }
    place = {Appointment: "appointments", Completion: "completions", Adjustment: "adjustments"}.get(kind)
    reading = profile.Reading(PAGE_A, date(2021, 2, 1), None)

    def profile_of(thing):
        return reading.profile(replace(things[PersonFacts], **{place: (thing,)}) if place else thing)[0]

    for field in fields(kind):
        if field.name not in EVENED_OUT[kind]:
            value = getattr(things[kind], field.name)
            changed = replace(
                things[kind], **{field.name: other(value, str(getattr(field.type, "__name__", field.type)))}
            )
            assert profile_of(changed) != profile_of(things[kind]), field.name


@given(facts=SOMEBODY, day=DAYS)
@examples(40)
def test_the_stand_in_has_the_profile_that_it_was_made_of(facts, day):
    reading = profile.Reading(PAGE_B, day, None)
    made, own = reading.profile(facts)
    again, marks = reading.profile(stand_in(made))
    assert again == made
    assert len(marks) == len(own)


def test_ids_with_every_kind_of_letter_come_back_as_they_were():
    odd = 'Ä "quoted" \\ 100% {0} %s \u2028 名'
    facts = replace(employee(1), appointments=(replace(employee(1).appointments[0], appointment_id=odd, unit_id=odd),))
    assert list(decide_many(PAGE_B, [facts], POOL[0])) == [decide(PAGE_B, facts, POOL[0])]
