"""Attendance counts where the programme says so, and nowhere else (row A16)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generated import COMPLETIONS, DAYS, PAGE_B, PEOPLE
from tests.generated_programmes import ANY_PROGRAMME
from upstander.core.credit import attendance_counts
from upstander.core.decide import decide
from upstander.core.errors import Refusal
from upstander.core.facts import PersonFacts
from upstander.core.profile import decide_many
from upstander.core.programme_difference import CHANGED, Difference, differences
from upstander.core.programme_file import parse_programme
from upstander.core.requirement import Equivalency

pytestmark = pytest.mark.row("A16")
TEXT = """
key = "x"
version = 1
[title]
en = "X"
es = "X"
[cycle]
kind = "yearly"
starts_on = "07-01"
first_year = 2020
[audience]
[[audience.routes]]
key = "staff"
when = { category = ["staff"] }
[window]
days = 45
[requirement]
complete = 1
[[options]]
course = "room"
[counts]
roles = ["employee"]
[leave]
sabbatical = "continues"
junior_faculty = "continues"
parental = "defers"
medical = "defers"
military = "defers"
unpaid = "continues"
other = "continues"
"""
SAID = TEXT.replace('course = "room"\n', 'course = "room"\nin_person = true\n')


def attending(facts: PersonFacts) -> PersonFacts:
    """Everything that this person completed was attended."""
    return replace(facts, completions=tuple(replace(c, source="in-person") for c in facts.completions))


@settings(max_examples=100, deadline=None)
@given(ANY_PROGRAMME, st.lists(PEOPLE, max_size=5), DAYS)
def test_one_by_one_and_in_bulk_attendance_is_decided_alike(programme, several, day):
    mixed = [attending(facts) if place % 2 else facts for place, facts in enumerate([*several, *several])]
    assert list(decide_many(programme, iter(mixed), day)) == [decide(programme, facts, day) for facts in mixed]


@settings(max_examples=100, deadline=None)
@given(ANY_PROGRAMME, PEOPLE, COMPLETIONS, DAYS)
def test_where_no_option_says_so_attendance_moves_nothing(programme, facts, completion, day):
    silent = replace(programme, options=tuple(replace(option, in_person=False) for option in programme.options))
    there = replace(facts, completions=(*facts.completions, replace(completion, source="in-person")))
    before, after = decide(silent, facts, day), decide(silent, there, day)
    assert (after.state, after.due_on, after.satisfied_by) == (before.state, before.due_on, before.satisfied_by)


@settings(max_examples=100, deadline=None)
@given(ANY_PROGRAMME, PEOPLE, DAYS)
def test_where_every_option_says_so_it_does_not_matter_how_a_course_was_taken(programme, facts, day):
    open_ = replace(programme, options=tuple(replace(option, in_person=True) for option in programme.options))
    assert decide(open_, attending(facts), day) == decide(open_, facts, day)


def test_left_out_attendance_does_not_count():
    assert not parse_programme(TEXT).options[0].in_person and parse_programme(SAID).options[0].in_person


@pytest.mark.parametrize("value", ['"yes"', "1", "[true]"])
def test_what_is_neither_true_nor_false_is_named_with_its_place(value):
    with pytest.raises(Refusal) as refused:
        parse_programme(SAID.replace("in_person = true", f"in_person = {value}"))
    assert "options[0].in_person" in str(refused.value.data)


def test_a_version_that_lets_attendance_count_differs_in_that_option():
    assert differences(parse_programme(TEXT), parse_programme(SAID)) == (Difference("options", "room", CHANGED),)


def test_attendance_counts_by_an_equivalency_of_an_option_that_says_so():
    options = (replace(PAGE_B.options[0], in_person=True), *PAGE_B.options[1:])
    first, second = (option.course_key for option in options[:2])
    rules = (Equivalency("workshop", first), Equivalency("lecture", second))
    programme = replace(PAGE_B, options=options, equivalencies=rules)
    day = programme.cycles.periods[0].first_on
    counted = [key for key in (first, second, "workshop", "lecture") if attendance_counts(programme, key, day)]
    assert counted == [first, "workshop"]
