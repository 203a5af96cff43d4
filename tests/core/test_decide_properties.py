"""What holds of every decision, whoever the person is: over generated people, in both programmes."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.generated import (
    APPOINTMENTS,
    COMPLETIONS,
    DAYS,
    EXTENSIONS,
    PAGE_A,
    PAGE_B,
    PEOPLE,
    PROGRAMMES,
    SEEDS,
    shuffled,
)
from upstander.core.decide import decide, decide_many
from upstander.core.decision import SETTLED, STATES, Decision
from upstander.core.facts import PersonFacts
from upstander.core.reasons import REASONS

#: How much a state asks for; what is settled asks for nothing.
LATENESS = {"in-grace": 1, "overdue": 2}


def examples(count: int) -> settings:
    return settings(max_examples=count, deadline=None)


def asks(decision: Decision) -> bool:
    return decision.state not in SETTLED


@examples(40)
@given(PROGRAMMES, st.lists(PEOPLE, max_size=5), DAYS)
def test_one_by_one_and_in_bulk_the_decision_is_the_same(programme, several, day):
    assert list(decide_many(programme, iter(several), day)) == [decide(programme, facts, day) for facts in several]


@examples(80)
@given(PROGRAMMES, PEOPLE, COMPLETIONS, DAYS)
def test_a_completion_never_worsens_a_standing(programme, facts, completion, day):
    before = decide(programme, facts, day)
    after = decide(programme, replace(facts, completions=(*facts.completions, completion)), day)
    assert after.state in (before.state, "satisfied")
    if after.state == before.state != "satisfied":
        assert (after.group, after.opens_on, after.due_on) == (before.group, before.opens_on, before.due_on)


@pytest.mark.row("B17")
@examples(80)
@given(PROGRAMMES, PEOPLE, EXTENSIONS, DAYS)
def test_an_extension_never_shortens(programme, facts, extension, day):
    before = decide(programme, facts, day)
    given_more = replace(facts, adjustments=(*facts.adjustments, replace(extension, programme=programme.key)))
    after = decide(programme, given_more, day)
    assert LATENESS.get(after.state, 0) <= LATENESS.get(before.state, 0)
    assert asks(after) or not asks(before) or after.satisfied_by  # more time may let a late completion count
    if before.due_on and after.due_on:
        assert after.due_on >= before.due_on


@pytest.mark.row("A05", "B02", "B20")
@examples(80)
@given(PROGRAMMES, PEOPLE, DAYS, st.sampled_from(["paid", "benefits_eligible", "student_year", "area"]))
def test_a_fact_that_becomes_unknown_releases_nobody(programme, facts, day, blanked):
    before = decide(programme, facts, day)
    assume(asks(before))
    for place in range(len(facts.appointments)):
        held = [replace(a, **{blanked: None}) if at == place else a for at, a in enumerate(facts.appointments)]
        assert asks(decide(programme, replace(facts, appointments=tuple(held)), day))


@examples(80)
@given(PROGRAMMES, PEOPLE, APPOINTMENTS, DAYS)
def test_a_further_appointment_of_which_nothing_is_known_releases_nobody(programme, facts, appointment, day):
    before = decide(programme, facts, day)
    blank = replace(
        appointment, appointment_id="A9", paid=None, benefits_eligible=None, student_year=None, area=None, leaves=()
    )
    assert asks(decide(programme, replace(facts, appointments=(*facts.appointments, blank)), day)) or not asks(before)


@examples(150)
@given(PROGRAMMES, PEOPLE, DAYS, DAYS)
def test_a_decision_stands_until_its_next_change_and_changes_then(programme, facts, day, later):
    decision = decide(programme, facts, day)
    following = decision.next_change_on
    for other in (later, day + timedelta(days=1), following and following - timedelta(days=1)):
        if other and other > day and (following is None or other < following):
            assert decide(programme, facts, other) == decision
    if following:
        assert following > day
        changed = decide(programme, facts, following)
        assert replace(changed, next_change_on=None) != replace(decision, next_change_on=None)


@examples(60)
@given(PROGRAMMES, PEOPLE, DAYS, SEEDS)
def test_the_order_in_which_facts_arrive_does_not_matter(programme, facts, day, seed):
    assert decide(programme, shuffled(facts, seed), day) == decide(programme, facts, day)


@examples(100)
@given(PROGRAMMES, PEOPLE, DAYS)
def test_every_decision_has_a_known_state_and_reasons_with_exactly_their_facts(programme, facts, day):
    decision = decide(programme, facts, day)
    assert decision.state in STATES
    assert decision.reasons
    for reason in decision.reasons:
        assert set(reason.facts) == REASONS[reason.code].facts, reason
    assert json.loads(json.dumps(decision.as_json()))["state"] == decision.state


@examples(100)
@given(PROGRAMMES, PEOPLE, DAYS)
def test_group_and_due_date_stand_where_the_contract_says_so(programme, facts, day):
    decision = decide(programme, facts, day)
    if decision.state in {"not-required", "undecided"}:
        assert (decision.group, decision.due_on) == (None, None)
    if decision.state == "exempt":
        assert decision.due_on is None
    assert (decision.satisfied_by is not None) == (decision.state == "satisfied")
    if decision.state in {"open", "in-progress"} and decision.due_on:
        assert decision.opens_on <= day <= decision.due_on
    if decision.state == "scheduled":
        assert day < decision.opens_on
    if decision.state == "overdue":
        assert decision.due_on < day


@pytest.mark.row("A09", "B10")
@examples(80)
@given(PROGRAMMES, PEOPLE, DAYS)
def test_taking_away_every_leave_never_lets_a_duty_fall_due_later(programme, facts, day):
    at_work = replace(facts, appointments=tuple(replace(a, leaves=()) for a in facts.appointments))
    with_leave, without = decide(programme, facts, day), decide(programme, at_work, day)
    if with_leave.due_on and without.due_on:
        assert with_leave.due_on >= without.due_on
    if with_leave.state == "overdue":
        assert without.state == "overdue"


@pytest.mark.parametrize("programme", [PAGE_A, PAGE_B], ids=lambda p: p.key)
@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2020, 2, 29), date(2199, 12, 31)])
def test_nobody_and_no_day_is_without_a_decision(programme, day):
    assert decide(programme, PersonFacts("10000001"), day).state == "not-required"


@pytest.mark.parametrize("programme", [PAGE_A, PAGE_B], ids=lambda p: p.key)
@given(facts=PEOPLE)
@examples(30)
def test_ends_far_away_as_some_systems_write_them_are_no_trouble(programme, facts):
    far = date(9999, 12, 31)
    held = tuple(
        replace(a, ends_on=far, leaves=tuple(replace(leave, to_on=far) for leave in a.leaves))
        for a in facts.appointments
    )
    lasting = replace(facts, appointments=held, adjustments=tuple(replace(a, to_on=far) for a in facts.adjustments))
    endless = replace(facts, appointments=tuple(
        replace(a, ends_on=None, leaves=tuple(replace(leave, to_on=None) for leave in a.leaves)) for a in held
    ), adjustments=())  # fmt: skip
    day = date(2021, 2, 1)
    assert decide(programme, lasting, day).person_id == facts.person_id
    without = decide(programme, replace(lasting, adjustments=()), day)
    assert without.state == decide(programme, endless, day).state
