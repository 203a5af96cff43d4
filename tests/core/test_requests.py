"""The course of a case as data, what a claim is compared with, and what would change a decision."""

from datetime import date

import pytest

from tests.staff import PROGRAMMES
from upstander.core.access import Roles
from upstander.core.decide import decide
from upstander.core.decision import Reason
from upstander.core.disputes import (
    CHANGED,
    FACTS,
    NOW_RIGHT,
    OTHERWISE,
    SOMETHING,
    Disputed,
    behind,
    has_arrived,
    how_it_stands,
    value_of,
)
from upstander.core.errors import Refusal
from upstander.core.facts import Appointment, Completion, Leave, PersonFacts
from upstander.core.programme_file import parse_programme
from upstander.core.reasons import REASONS
from upstander.core.requests import (
    KINDS,
    MOVES,
    OFFICER,
    OWNERS,
    PERSON,
    STATES,
    SYSTEM,
    UNSETTLED,
    WRONG_FACT,
    answer_by,
    check_fields,
    kind_of,
    may_be_told,
    may_handle,
    moved,
    moves_open,
    rests,
)
from upstander.core.what_if import would_owe
from upstander.core.working_days import working_day_after, working_days_between

DAY = date(2021, 1, 20)
PAGE_B = parse_programme((PROGRAMMES / "page-b.toml").read_text(encoding="utf-8"))


def refused(call, *args, **more) -> Refusal:
    with pytest.raises(Refusal) as found:
        call(*args, **more)
    return found.value


def test_every_move_leads_from_known_states_to_a_known_one():
    for name, move in MOVES.items():
        assert move.states <= set(STATES) and (move.to is None or move.to in STATES), name
        assert move.by in {PERSON, OFFICER, SYSTEM}


def test_every_kind_knows_its_moves_its_owners_and_promises_something_where_it_waits():
    for key, kind in KINDS.items():
        assert kind.moves <= set(MOVES), key
        assert set(kind.promised) <= set(OWNERS) and kind.first_state in STATES
        assert (kind.first_state in UNSETTLED) == bool(kind.promised), key


def test_no_unsettled_case_is_a_dead_end_for_either_side():
    for state in UNSETTLED:
        assert "withdraw" in moves_open(WRONG_FACT, state, PERSON)
        assert "settle" in moves_open(WRONG_FACT, state, OFFICER)


@pytest.mark.parametrize(
    ("state", "name", "role", "after"),
    [
        ("open", "ask", OFFICER, "asked"),
        ("asked", "answer", PERSON, "open"),
        ("open", "accept", OFFICER, "accepted"),
        ("accepted", "settle", OFFICER, "settled"),
        ("asked", "decline", OFFICER, "declined"),
        ("declined", "reopen", PERSON, "open"),
        ("open", "reply", OFFICER, "open"),
        ("settled", "note", OFFICER, "settled"),
    ],
)
def test_a_move_leads_where_the_table_says(state, name, role, after):
    assert moved(WRONG_FACT, state, name, role, "Some words.") == after


@pytest.mark.parametrize(
    ("state", "name", "role"),
    [
        ("declined", "accept", OFFICER),
        ("settled", "withdraw", PERSON),
        ("open", "accept", PERSON),
        ("open", "arrived", SYSTEM),
        ("open", "no-such-move", OFFICER),
    ],
)
def test_a_move_that_is_not_open_is_refused(state, name, role):
    assert refused(moved, WRONG_FACT, state, name, role, "Words.").code == "move-not-open"


def test_words_are_needed_where_the_reader_depends_on_them_and_are_not_endless():
    assert refused(moved, WRONG_FACT, "open", "decline", OFFICER, "  ").code == "text-needed"
    assert refused(moved, WRONG_FACT, "open", "decline", OFFICER, "x" * 4_001).code == "text-too-long"


def test_what_was_declined_twice_is_not_reopened():
    assert "reopen" in moves_open(WRONG_FACT, "declined", PERSON, declines=1)
    assert moves_open(WRONG_FACT, "declined", PERSON, declines=2) == []
    assert refused(moved, WRONG_FACT, "declined", "reopen", PERSON, "New.", 2).code == "declined-for-good"


def test_reminders_rest_exactly_while_a_case_is_unsettled():
    assert {state for state in STATES if rests(WRONG_FACT, state)} == set(UNSETTLED)


def test_an_unknown_kind_or_field_is_refused():
    assert refused(kind_of, "no-such-kind").code == "no-such-kind"
    assert refused(check_fields, kind_of(WRONG_FACT), {"fact": "paid", "file": "x"}).code == "no-such-field"


def test_the_promise_counts_working_days_and_leaves_out_closed_ones():
    friday, closed = date(2021, 1, 15), {date(2021, 1, 18)}
    assert answer_by(WRONG_FACT, "rule", friday, closed) == date(2021, 1, 21)
    assert answer_by(WRONG_FACT, "roster", friday) == date(2021, 1, 22)
    assert working_day_after(friday, 0) == friday
    assert working_days_between(friday, date(2021, 1, 21), closed) == 3
    assert working_days_between(friday, date(2021, 1, 1)) == 0


def test_an_officer_handles_the_cases_of_their_programme_and_never_their_own():
    officer = Roles(person_id="1", officer_of=frozenset({"page-b"}))
    assert may_handle(officer, "page-b", "2")
    assert not may_handle(officer, "page-a", "2")
    assert not may_handle(officer, "page-b", "1")
    assert not may_handle(officer, None, "2")
    assert not may_handle(Roles(), "page-b", "2")


@pytest.mark.parametrize(
    ("owner", "state", "unit", "person_id", "told"),
    [
        ("roster", "open", "music", "2", True),
        ("record", "open", "music", "2", False),
        ("roster", "settled", "music", "2", False),
        ("roster", "open", "history", "2", False),
        ("roster", "open", "", "2", False),
        ("roster", "open", "music", "1", False),
    ],
)
def test_a_department_is_told_of_unsettled_roster_facts_of_its_units_only(owner, state, unit, person_id, told):
    administrator = Roles(person_id="1", units=frozenset({"music"}))
    assert may_be_told(administrator, WRONG_FACT, owner, state, unit, person_id) is told


def test_every_reason_can_be_disputed_and_names_who_can_correct_it():
    for code, kind in REASONS.items():
        facts = dict.fromkeys(kind.facts, "x")
        found = behind((code,), facts, kind.owner)
        assert found and all(one.owner in OWNERS for one in found), code
        assert all(one.key in FACTS or one.key == SOMETHING for one in found), code
        assert any(one.key != SOMETHING for one in found), code


def test_a_sentence_of_two_reasons_rests_on_the_facts_of_both_of_one_appointment():
    found = behind(("category", "paid"), {"appointment": "a-1", "category": "staff", "unit": "music"}, "roster")
    assert [one.key for one in found] == ["category", "unit", "paid", SOMETHING]
    assert found[2] == Disputed("paid", "a-1", "roster")


FACTS_OF_INES = PersonFacts(
    "1",
    onboarded_on=date(2015, 9, 1),
    appointments=(
        Appointment("a-1", "staff", "music", area="school", paid=True, leaves=(Leave("medical", date(2021, 2, 1)),)),
    ),
    completions=(Completion("core", date(2020, 10, 1)),),
)


@pytest.mark.parametrize(
    ("key", "about", "value"),
    [
        ("paid", "a-1", "yes"),
        ("supervises", "a-1", ""),
        ("paid", "a-9", ""),
        ("unit", "a-1", "music"),
        ("ends_on", "a-1", ""),
        ("onboarded_on", "", "2015-09-01"),
        ("leave", "", "a-1 medical 2021-02-01"),
        ("completed_on", "core@2020-10-01", "2020-10-01"),
        ("completion_role", "core@2020-10-01", "employee"),
        ("rule", "", ""),
        (SOMETHING, "", ""),
    ],
)
def test_the_value_of_a_fact_is_read_from_the_record(key, about, value):
    assert value_of(key, about, FACTS_OF_INES) == value


@pytest.mark.parametrize(
    ("key", "right", "knew", "now", "standing", "arrived"),
    [
        ("paid", "no", "yes", "no", NOW_RIGHT, True),
        ("paid", "no", "yes", "yes", OTHERWISE, False),
        ("paid", "no", "", "yes", CHANGED, False),
        ("ends_on", "", "2021-02-01", "", NOW_RIGHT, True),
        ("completed_on", "2020-10-01", "2020-09-01", "2020-09-01 2020-10-01", NOW_RIGHT, True),
        ("unit", "History", "music", "history", CHANGED, True),
        ("unit", "History", "music", "music", OTHERWISE, False),
        (SOMETHING, "All of it", "", "", OTHERWISE, False),
    ],
)
def test_a_claim_is_compared_with_what_the_record_says_now(key, right, knew, now, standing, arrived):
    assert how_it_stands(key, right, knew, now) == standing
    assert has_arrived(key, standing) is arrived


def changes(facts: PersonFacts) -> list[str]:
    """What would make this person owe page-b, as codes."""
    decision = decide(PAGE_B, facts, DAY)
    return [change.code for change in would_owe(PAGE_B, facts, DAY, decision.state, decision.reasons)]


def person(onboarded_on: date = date(2015, 9, 1), **appointment) -> PersonFacts:
    held = {"category": "staff", "unit_id": "music", "area": "school", "paid": True, **appointment}
    return PersonFacts("1", onboarded_on, "employee", (Appointment("a-1", **held),))


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (person(paid=False), ["if-paid"]),
        (person(category="graduate_student", student_year=2), ["if-year"]),
        (person(onboarded_on=date(2020, 7, 1)), ["if-joined-earlier"]),
        (person(ends_on=date(2021, 2, 1)), ["if-it-ended-later"]),
        (person(ends_on=date(2020, 2, 1)), ["if-it-went-on"]),
        (person(category="affiliate"), ["if-category"] * 2),
        (person(), []),
    ],
)
def test_what_would_make_somebody_owe_it_is_said(facts, codes):
    found = changes(facts)
    assert found[: len(codes)] == codes if codes else found == []


def test_a_change_that_would_not_be_enough_is_not_said():
    assert changes(person(paid=False, category="affiliate")) == []
    reasons = (Reason("unpaid", {"appointment": "a-1"}),)
    assert would_owe(PAGE_B, person(paid=False, ends_on=date(2020, 1, 1)), DAY, "not-required", reasons) == []
