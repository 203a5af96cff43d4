"""What rules would do to the people on the roster: counts, a fair draw with its margin, and differences."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from tests.cast import AMARA, DARIO, EVERYBODY, INES, LIN, MEI, MOMENT, SOFIA
from tests.staff import complete, later, open_office
from upstander.core.conditions import Test as Condition
from upstander.core.decide import decide
from upstander.core.programme import Route, Window
from upstander.models import Person, Standing, StandingChange
from upstander.queries import preview as previewing
from upstander.queries.facts import iter_facts
from upstander.queries.preview import difference, preview
from upstander.queries.programmes import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules():
    open_office()
    return published("page-b")


def with_due(rules, place, day):
    groups = list(rules.groups)
    groups[place] = replace(groups[place], window=Window(groups[place].window.opens_on, day))
    return replace(rules, groups=tuple(groups))


def only(rules, condition):
    return replace(rules, routes=(Route("all", condition),), groups=(), window_days=30)


def test_everybody_is_counted_where_the_roster_is_small(rules):
    found = preview(rules, MOMENT)
    stored = list(Standing.objects.filter(programme_id="page-b").values_list("state", flat=True))
    assert found.people_by_state == {state: stored.count(state) for state in set(stored)}
    assert (found.exact, found.of_people, found.looked_at, found.margins) == (True, 12, 12, {})
    assert found.matches == "some"


def test_rules_whose_fact_nobody_has_on_record_match_neither_nobody_nor_everybody(rules):
    found = preview(replace(only(rules, Condition("work_state", ("NY",))), exemptions=()), MOMENT)
    assert set(found.people_by_state) == {"undecided"}
    assert found.matches == "some"


def test_a_group_counts_those_who_owe_it(rules):
    assert preview(rules, MOMENT).people_by_group == {
        "all-schools": 5, "vp-research": 1, "graduate-students": 1, "central": 1,
    }  # fmt: skip


def test_the_sample_names_people_of_as_many_states_as_it_can(rules):
    found = preview(rules, MOMENT, sample=6)
    sample = found.sample
    assert {decision.state for _, _, decision in sample} == set(found.people_by_state)
    assert all(person == decision.person_id in EVERYBODY for person, _, decision in sample)
    assert all(name and name != person for person, name, _ in sample)


@pytest.mark.parametrize(
    ("condition", "matches"),
    [
        (Condition("category", ("undergraduate",)), "nobody"),
        (Condition("category", ("faculty", "staff", "affiliate", "graduate_student")), "everybody"),
        (Condition("category", ("staff",)), "some"),
    ],
)
def test_a_rule_for_nobody_or_everybody_is_told_as_such(rules, condition, matches):
    assert preview(only(rules, condition), MOMENT).matches == matches


def test_who_left_the_roster_is_not_counted(rules):
    Person.objects.filter(pk=INES).update(vanished_on=MOMENT.day)
    assert preview(rules, MOMENT).of_people == 11


def test_of_many_people_a_fair_draw_is_decided_and_told_as_one(rules, monkeypatch):
    monkeypatch.setattr(previewing, "EXACT_PEOPLE", 6)
    found = preview(rules, MOMENT)
    assert (found.exact, found.of_people, found.looked_at) == (False, 12, 6)
    assert set(found.margins) == set(found.people_by_state)
    assert all(0 < margin <= 12 for margin in found.margins.values())
    assert sum(found.people_by_state.values()) == 12


def test_the_same_people_are_drawn_while_a_rule_is_edited(rules, monkeypatch):
    monkeypatch.setattr(previewing, "EXACT_PEOPLE", 6)
    assert preview(rules, MOMENT) == preview(rules, MOMENT)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.5])
def test_the_margin_holds_the_true_count_nineteen_times_in_twenty(share):
    of_people, drawn = 20_000, 2_000
    people = [place < share * of_people for place in range(of_people)]
    inside = 0
    for seed in range(100):
        count = sum(previewing.random.Random(seed).sample(people, drawn))
        told = round(count * of_people / drawn)
        inside += abs(told - share * of_people) <= previewing._margin(count, drawn, of_people)
    assert inside >= 88


def test_a_preview_and_a_difference_write_nothing(rules):
    before = (Standing.objects.count(), StandingChange.objects.count())
    preview(rules, later(60))
    difference(rules, with_due(rules, 0, date(2021, 2, 20)), later(60))
    assert (Standing.objects.count(), StandingChange.objects.count()) == before


def test_the_same_rules_change_nobody(rules):
    found = difference(rules, replace(rules, version=2), MOMENT)
    assert found.changes_nobody
    assert (found.people, found.duties_before, found.duties_after) == (12, 8, 8)


def test_a_moved_date_is_told_with_its_days(rules):
    found = difference(rules, with_due(rules, 0, date(2021, 2, 20)), MOMENT)
    assert (found.counts["later"], dict(found.days_moved)) == (5, {3: 5})
    change = next(each for each in found.listed["later"] if each.person_id == INES)
    assert (change.from_due_on, change.to_due_on, change.days) == (date(2021, 2, 17), date(2021, 2, 20), 3)
    sooner = difference(rules, with_due(rules, 0, date(2021, 2, 10)), MOMENT)
    assert (sooner.counts["earlier"], set(sooner.days_moved)) == (5, {-7})


def test_a_date_that_moves_over_today_changes_states_too(rules):
    found = difference(rules, with_due(rules, 0, date(2021, 2, 20)), later(29))
    assert found.states[("overdue", "open")] == 4


def test_who_gains_and_who_loses_a_duty_is_named(rules):
    routes = (rules.routes[0], replace(rules.routes[1], when=Condition("category", ("graduate_student",))))
    found = difference(rules, replace(rules, routes=routes), MOMENT)
    assert [change.person_id for change in found.listed["gains"]] == [LIN]
    back = difference(replace(rules, routes=routes), rules, MOMENT)
    assert [change.person_id for change in back.listed["loses"]] == [LIN]
    assert (found.gains, back.loses, found.moved) == (1, 1, 0)


def test_a_duty_already_done_is_lost_like_any_other(rules):
    complete(DARIO, course="option-b")
    found = difference(rules, replace(rules, routes=rules.routes[:1]), MOMENT)
    assert [(change.person_id, change.from_state) for change in found.listed["loses"]] == [(DARIO, "satisfied")]


def test_an_exemption_that_goes_is_a_duty_gained(rules):
    found = difference(rules, replace(rules, exemptions=()), MOMENT)
    assert [(change.person_id, change.from_state) for change in found.listed["gains"]] == [(AMARA, "exempt")]


def test_the_list_is_bounded_and_the_count_is_not(rules):
    found = difference(rules, with_due(rules, 0, date(2021, 2, 20)), MOMENT, listed_at_most=2)
    assert (found.counts["later"], len(found.listed["later"])) == (5, 2)


def test_the_counts_that_are_kept_name_nobody(rules):
    kept = str(difference(rules, with_due(rules, 1, date(2021, 3, 30)), MOMENT).as_json())
    assert not any(person in kept for person in EVERYBODY)
    assert SOFIA not in kept and MEI not in kept


def test_without_a_version_before_every_duty_is_gained(rules):
    found = difference(None, rules, MOMENT)
    assert (found.gains, found.duties_before, found.duties_after) == (8, 0, 8)


def test_progress_is_told(rules, monkeypatch):
    monkeypatch.setattr(previewing, "PROGRESS_EVERY", 5)
    told = []
    difference(rules, rules, MOMENT, lambda what, count: told.append((what, count)))
    assert told == [("people", 5), ("people", 10)]


def test_every_change_is_one_that_deciding_gives(rules):
    new = with_due(rules, 0, date(2021, 2, 20))
    found = difference(rules, new, MOMENT)
    for facts in iter_facts():
        pair = (decide(rules, facts, MOMENT.day).due_on, decide(new, facts, MOMENT.day).due_on)
        listed = [change for changes in found.listed.values() for change in changes]
        told = [change for change in listed if change.person_id == facts.person_id]
        assert [(change.from_due_on, change.to_due_on) for change in told] == ([pair] if pair[0] != pair[1] else [])


def test_a_roster_of_any_size_asks_few_questions(rules, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        preview(rules, MOMENT)
    assert connection.in_atomic_block
