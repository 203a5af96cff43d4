"""Whoever completed an older edition reads what changed, and nothing else of their duty is touched."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generated import DAYS, SEEDS, a_completion, a_person, an_appointment
from tests.generated_programmes import COURSES, a_programme, some_updates
from upstander.core.decide import decide
from upstander.core.decision import SETTLED, Decision
from upstander.core.facts import Appointment, Completion, PersonFacts
from upstander.core.profile import decide_many
from upstander.core.programme import Programme
from upstander.core.programme_file import parse_programme
from upstander.core.requirement import Update

LATENESS = {"in-grace": 1, "overdue": 2}
STAFF = Appointment("A1", "staff", paid=True, benefits_eligible=True, starts_on=date(2015, 3, 1))


def updated(seed: int) -> Programme:
    """A programme of any shape of which every course has an update, or two in a row."""
    chance = Random(seed)
    rules = a_programme(seed)
    options = tuple(replace(o, updates=some_updates(chance, [1, 2]), withdrawn_on=None) for o in rules.options)
    return replace(rules, options=options, exemptions=(), parts=rules.parts if chance.random() < 0.3 else ())


def a_holder(seed: int) -> PersonFacts:
    """Somebody at work, or anybody, with one to three completions of what is on the menu, mostly in edition 1."""
    chance = Random(seed)
    anybody = a_person(seed)
    at_work = (replace(STAFF, area=chance.choice(["school", "central"]), leaves=an_appointment(chance, "A1").leaves),)
    held = tuple(
        replace(a_completion(chance, f"C{n}"), role="employee", course_key=chance.choice(COURSES),
                edition=chance.choice("1112"))
        for n in range(chance.choice([1, 2, 3]))
    )  # fmt: skip
    appointments = at_work if chance.random() < 0.8 else anybody.appointments
    return replace(anybody, completions=held, appointments=appointments, vanished_on=None)


UPDATED, HOLDERS = SEEDS.map(updated), SEEDS.map(a_holder)


def examples(count: int) -> settings:
    return settings(max_examples=count, deadline=None)


def is_reopened(decision: Decision) -> bool:
    return any(reason.code == "edition-changed" for reason in decision.reasons)


def without_updates(programme: Programme) -> Programme:
    return replace(programme, options=tuple(replace(option, updates=()) for option in programme.options))


@examples(150)
@given(UPDATED, st.lists(HOLDERS, min_size=1, max_size=4), DAYS)
def test_updates_are_decided_one_by_one_as_in_bulk(programme, several, day):
    assert list(decide_many(programme, iter(several), day)) == [decide(programme, facts, day) for facts in several]


@examples(300)
@given(UPDATED, HOLDERS, DAYS)
def test_an_update_asks_only_of_whoever_would_be_satisfied_without_it(programme, facts, day):
    """Where cycles are counted from completion, what is a reading with updates is a completion without them."""
    decision, plain = decide(programme, facts, day), decide(without_updates(programme), facts, day)
    if programme.has_own_cycles and decision.cycle != plain.cycle:
        return
    if is_reopened(decision):
        assert plain.state == "satisfied"
        assert decision.state not in SETTLED
        assert decision.due_on is None or plain.due_on is None or decision.due_on >= plain.due_on
    elif plain.state != "satisfied":
        assert (decision.state, decision.due_on) == (plain.state, plain.due_on)


@examples(200)
@given(UPDATED, HOLDERS, DAYS)
def test_whoever_reads_the_newest_edition_of_what_is_asked_is_satisfied_by_what_they_had(programme, facts, day):
    decision = decide(programme, facts, day)
    if not is_reopened(decision):
        return
    asked = {r.facts["course"] for r in decision.reasons if r.code == "edition-changed"}
    read = tuple(Completion(course, day, programme.roles[0], f"R-{course}", edition="9") for course in asked)
    then = decide(programme, replace(facts, completions=(*facts.completions, *read)), day)
    assert (then.state, then.cycle) == ("satisfied", decision.cycle)
    assert then.satisfied_by.ref not in {completion.ref for completion in read}
    assert any(reason.code == "update-completed" for reason in then.reasons)


@examples(300)
@given(UPDATED, HOLDERS, DAYS)
def test_a_reopened_duty_stands_until_its_next_change_and_changes_then(programme, facts, day):
    decision = decide(programme, facts, day)
    following = decision.next_change_on
    if following:
        assert replace(decide(programme, facts, following - timedelta(days=1)), next_change_on=following) == decision
        assert replace(decide(programme, facts, following), next_change_on=None) != replace(
            decision, next_change_on=None
        )


@examples(200)
@given(UPDATED, HOLDERS, DAYS, SEEDS)
def test_a_further_completion_never_makes_a_reading_later(programme, facts, day, seed):
    chance = Random(seed)
    more = replace(a_completion(chance, "C9"), role="employee", course_key=chance.choice(COURSES))
    if programme.has_own_cycles and any(more.completed_on < c.completed_on for c in facts.completions):
        return
    before = decide(programme, facts, day)
    after = decide(programme, replace(facts, completions=(*facts.completions, more)), day)
    assert LATENESS.get(after.state, 0) <= LATENESS.get(before.state, 0)
    if is_reopened(before) and is_reopened(after) and before.cycle == after.cycle:
        assert after.due_on is None or (before.due_on and after.due_on >= before.due_on)


TEXT = """
key = "p"
version = 1
title = { en = "P", es = "P" }
cycle = { kind = "yearly", starts_on = "07-01", first_year = 2020 }
window = { days = 45 }
requirement = { complete = 1 }
counts = { roles = ["employee"] }
[audience]
routes = [{ key = "paid", when = { paid = true } }]
[[options]]
course = "core"
[[options]]
course = "old"
[[options.updates]]
edition = "2"
older = ["1"]
since_on = 2020-10-01
days = 30
[[equivalencies]]
course = "old"
counts_as = "core"
[leave]
sabbatical = "continues"
junior_faculty = "continues"
parental = "defers"
medical = "defers"
military = "defers"
unpaid = "continues"
other = "continues"
"""


@pytest.mark.row("A10")
def test_a_course_that_counts_as_another_is_asked_about_by_its_own_update():
    rules = parse_programme(TEXT)
    held = PersonFacts("10000001", appointments=(STAFF,),
                       completions=(Completion("old", date(2020, 7, 5), ref="C1", edition="1"),))  # fmt: skip
    decision = decide(rules, held, date(2020, 10, 5))
    assert [r.facts["course"] for r in decision.reasons if r.code == "edition-changed"] == ["old"]
    assert decision.due_on == date(2020, 10, 31)


def test_an_update_of_an_earlier_cycle_is_not_asked_for_in_it_afterwards():
    rules = parse_programme(TEXT)
    late = replace(rules.options[1], updates=(Update("2", ("1",), date(2021, 8, 1), 30),))
    rules = replace(rules, options=(rules.options[0], late))
    held = PersonFacts("10000001", appointments=(STAFF,),
                       completions=(Completion("old", date(2020, 7, 5), ref="C1", edition="1"),))  # fmt: skip
    earlier = rules.cycles.before(rules.cycle_on(date(2021, 8, 10)))
    assert decide(rules, held, date(2021, 8, 10), earlier).state == "satisfied"


def test_two_editions_on_one_day_count_as_the_newer_one_whichever_comes_first():
    rules = parse_programme(TEXT)
    for one, two in (("C1", "C2"), ("C2", "C1")):
        held = PersonFacts("10000001", appointments=(STAFF,), completions=(
            Completion("old", date(2020, 10, 5), ref=one, edition="1"),
            Completion("old", date(2020, 10, 5), ref=two, edition="2"),
        ))  # fmt: skip
        assert decide(rules, held, date(2020, 10, 5)).state == "satisfied"
