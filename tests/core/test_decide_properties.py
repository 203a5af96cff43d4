"""What holds of every decision, whoever the person and whatever the programme is: over generated ones of both."""

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
    SEEDS,
    shuffled,
)
from tests.generated_programmes import ANY_PROGRAMME
from upstander.core.decide import decide
from upstander.core.decision import SETTLED, STATES, Decision
from upstander.core.facts import PersonFacts
from upstander.core.profile import decide_many
from upstander.core.reasons import REASONS
from upstander.core.recurrence import cycle_before, cycle_of

#: How much a state asks for; what is settled asks for nothing.
LATENESS = {"in-grace": 1, "overdue": 2}


def examples(count: int) -> settings:
    return settings(max_examples=count, deadline=None)


def asks(decision: Decision) -> bool:
    return decision.state not in SETTLED


def reopened(decision: Decision) -> bool:
    return any(reason.code == "edition-changed" for reason in decision.reasons)


@examples(100)
@given(ANY_PROGRAMME, st.lists(PEOPLE, max_size=5), DAYS)
def test_one_by_one_and_in_bulk_the_decision_is_the_same(programme, several, day):
    assert list(decide_many(programme, iter(several), day)) == [decide(programme, facts, day) for facts in several]


@pytest.mark.row("B06")
@examples(200)
@given(ANY_PROGRAMME, PEOPLE, COMPLETIONS, DAYS)
def test_a_completion_never_worsens_a_standing(programme, facts, completion, day):
    """Where each person's cycle follows from several completions, one put in between may set the clock to an earlier
    day: there the law holds for what is completed last. An older edition that finishes the requirement may leave what
    changed since to be read.
    """
    if programme.has_own_cycles and (programme.parts or programme.need > 1 or programme.has_updates):
        assume(all(completion.completed_on >= c.completed_on for c in facts.completions))
    before = decide(programme, facts, day)
    after = decide(programme, replace(facts, completions=(*facts.completions, completion)), day)
    assert LATENESS.get(after.state, 0) <= LATENESS.get(before.state, 0)
    assert asks(before) or not asks(after)
    if not programme.has_own_cycles:
        only_blanks_left = after.state == "undecided" and any(r.code == "part-unknown" for r in after.reasons)
        assert after.state in (before.state, "satisfied") or only_blanks_left or reopened(after)
    if after.state == before.state != "satisfied" and after.cycle == before.cycle and not reopened(after):
        assert (after.group, after.opens_on, after.due_on) == (before.group, before.opens_on, before.due_on)


@pytest.mark.row("B17")
@examples(200)
@given(ANY_PROGRAMME, PEOPLE, EXTENSIONS, DAYS)
def test_an_extension_never_shortens(programme, facts, extension, day):
    before = decide(programme, facts, day)
    given_more = replace(facts, adjustments=(*facts.adjustments, replace(extension, programme=programme.key)))
    after = decide(programme, given_more, day)
    assert LATENESS.get(after.state, 0) <= LATENESS.get(before.state, 0)
    assert asks(after) or not asks(before) or after.satisfied_by  # more time may let a late completion count
    if before.due_on and after.due_on:
        assert after.due_on >= before.due_on


@pytest.mark.row("A05", "B02", "B20")
@examples(200)
@given(
    ANY_PROGRAMME, PEOPLE, DAYS, st.sampled_from(["paid", "benefits_eligible", "student_year", "area", "supervises"])
)
def test_a_fact_that_becomes_unknown_releases_nobody(programme, facts, day, blanked):
    before = decide(programme, facts, day)
    assume(asks(before))
    for place in range(len(facts.appointments)):
        held = [replace(a, **{blanked: None}) if at == place else a for at, a in enumerate(facts.appointments)]
        assert asks(decide(programme, replace(facts, appointments=tuple(held)), day))


@examples(200)
@given(ANY_PROGRAMME, PEOPLE, APPOINTMENTS, DAYS)
def test_a_further_appointment_of_which_nothing_is_known_releases_nobody(programme, facts, appointment, day):
    before = decide(programme, facts, day)
    blank = replace(
        appointment, appointment_id="A9", paid=None, benefits_eligible=None, student_year=None, area=None,
        supervises=None, leaves=(),
    )  # fmt: skip
    assert asks(decide(programme, replace(facts, appointments=(*facts.appointments, blank)), day)) or not asks(before)


@examples(400)
@given(ANY_PROGRAMME, PEOPLE, DAYS, DAYS)
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


@examples(100)
@given(ANY_PROGRAMME, PEOPLE, DAYS, SEEDS)
def test_the_order_in_which_facts_arrive_does_not_matter(programme, facts, day, seed):
    assert decide(programme, shuffled(facts, seed), day) == decide(programme, facts, day)


@examples(100)
@given(ANY_PROGRAMME, PEOPLE, DAYS)
def test_every_decision_has_a_known_state_and_reasons_with_exactly_their_facts(programme, facts, day):
    decision = decide(programme, facts, day)
    assert decision.state in STATES
    assert decision.reasons
    for reason in decision.reasons:
        assert set(reason.facts) == REASONS[reason.code].facts, reason
    assert json.loads(json.dumps(decision.as_json()))["state"] == decision.state


@examples(100)
@given(ANY_PROGRAMME, PEOPLE, DAYS)
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
@examples(200)
@given(ANY_PROGRAMME, PEOPLE, DAYS)
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


@examples(200)
@given(ANY_PROGRAMME, PEOPLE, DAYS, st.sampled_from(["supervises", "paid", "area"]), st.booleans())
def test_only_filling_in_a_blank_may_release_somebody(programme, facts, day, blank, value):
    """Whoever is asked for something with the blank filled in, either way, is asked for something with it open."""
    filled = {"area": "school" if value else "central"}.get(blank, value)
    for place, appointment in enumerate(facts.appointments):
        if getattr(appointment, blank) is None:
            known = replace(appointment, **{blank: filled})
            held = tuple(known if at == place else a for at, a in enumerate(facts.appointments))
            assert asks(decide(programme, facts, day)) or not asks(
                decide(programme, replace(facts, appointments=held), day)
            )


@pytest.mark.row("B13")
@examples(150)
@given(ANY_PROGRAMME, PEOPLE, DAYS)
def test_the_cycle_of_a_decision_is_the_last_of_a_chain_whose_earlier_ones_are_kept(programme, facts, day):
    cycle = cycle_of(programme, facts, day)
    assert decide(programme, facts, day).cycle == cycle.key
    seen = [cycle]
    while before := cycle_before(programme, facts, seen[-1]):
        assert before.last_on < seen[-1].first_on
        seen.append(before)
        assert len(seen) < 60
    assert len({each.key for each in seen}) == len(seen)


@pytest.mark.row("B13")
@examples(100)
@given(ANY_PROGRAMME, PEOPLE, DAYS)
def test_an_earlier_cycle_can_still_be_decided_by_itself(programme, facts, day):
    before = cycle_before(programme, facts, cycle_of(programme, facts, day))
    if before:
        decision = decide(programme, facts, day, before)
        assert decision.cycle == before.key
        assert decision.state in STATES
