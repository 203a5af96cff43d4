"""The least notice: never earlier than without it, nobody overdue unheard, and the same one by one as in bulk."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generated import DAYS, PAGE_B, PEOPLE, POOL, SEEDS
from tests.generated_programmes import ANY_PROGRAMME
from upstander.core.decide import decide
from upstander.core.decision import SETTLED
from upstander.core.facts import Appointment, Notified, PersonFacts
from upstander.core.profile import Profiles, decide_many
from upstander.core.recurrence import cycle_of

SOMEBODY = PersonFacts("10000001", appointments=(Appointment("A1", "staff", area="school", paid=True),))
NOTICE = st.sampled_from([1, 14, 45])


def examples(count: int) -> settings:
    return settings(max_examples=count, deadline=None)


def told(programme, facts, day: date, seed: int, days: tuple[int, ...] = (0, 1, 2)):
    """The person with letters on some days of the pool, in the cycle in which they are on the day."""
    chance, cycle = Random(seed), cycle_of(programme, facts, day)
    on = chance.sample(POOL, chance.choice(days))
    return replace(facts, notified=tuple(Notified(programme.key, cycle.key, each) for each in on))


@examples(60)
@given(ANY_PROGRAMME, PEOPLE, DAYS, NOTICE, SEEDS)
def test_no_due_date_is_earlier_and_nothing_else_is_decided_otherwise(programme, facts, day, least, seed):
    plain = replace(programme, minimum_notice_days=0)
    without, found = (
        decide(plain, facts, day),
        decide(replace(programme, minimum_notice_days=least), told(programme, facts, day, seed), day),
    )
    if found.due_on and without.due_on:
        assert found.due_on >= without.due_on
    assert (found.state in SETTLED) >= (without.state in SETTLED), "a settled duty is not opened"
    assert (found.opens_on, found.group) == (without.opens_on, without.group)


@examples(60)
@given(ANY_PROGRAMME, PEOPLE, DAYS, NOTICE)
def test_nobody_is_late_before_a_letter_has_reached_them_while_the_cycle_runs(programme, facts, day, least):
    programme = replace(programme, minimum_notice_days=least)
    found = decide(programme, replace(facts, notified=()), day)
    if day <= cycle_of(programme, facts, day).last_on:
        assert found.state not in {"in-grace", "overdue"}


@examples(60)
@given(ANY_PROGRAMME, PEOPLE, DAYS, NOTICE, SEEDS)
def test_an_earlier_letter_never_gives_more_time_than_a_later_one(programme, facts, day, least, seed):
    programme = replace(programme, minimum_notice_days=least)
    heard = told(programme, facts, day, seed, days=(1, 2))
    sooner = replace(heard, notified=tuple(replace(n, on=n.on - timedelta(days=7)) for n in heard.notified))
    one, other = decide(programme, sooner, day), decide(programme, heard, day)
    if one.due_on and other.due_on and one.state not in SETTLED and other.state not in SETTLED:
        assert one.due_on <= other.due_on


@examples(60)
@given(ANY_PROGRAMME, st.lists(PEOPLE, max_size=5), DAYS, NOTICE, SEEDS)
def test_one_by_one_and_in_bulk_the_decision_is_the_same(programme, several, day, least, seed):
    programme = replace(programme, minimum_notice_days=least)
    people = [told(programme, facts, day, seed + number) for number, facts in enumerate(several)]
    assert list(decide_many(programme, iter(people), day)) == [decide(programme, facts, day) for facts in people]


@examples(20)
@given(ANY_PROGRAMME, PEOPLE, DAYS, NOTICE, SEEDS)
def test_every_day_before_the_next_change_says_the_same(programme, facts, day, least, seed):
    programme = replace(programme, minimum_notice_days=least)
    heard = told(programme, facts, day, seed)
    found = decide(programme, heard, day)
    last = found.next_change_on or day + timedelta(days=40)
    for ahead in range(1, min((last - day).days, 40)):
        later = decide(programme, heard, day + timedelta(days=ahead))
        assert replace(later, next_change_on=None) == replace(found, next_change_on=None), ahead


@pytest.mark.parametrize("other", ["page-a", "nothing"])
def test_letters_of_another_programme_make_no_profile_of_their_own(other):
    from_day = date(2021, 1, 1)
    programme = replace(PAGE_B, minimum_notice_days=14)
    people = [
        replace(
            SOMEBODY, person_id=f"{number:08d}", notified=(Notified(other, "2020-21", from_day + timedelta(number)),)
        )
        for number in range(5)
    ]
    profiles = Profiles(programme, date(2021, 1, 20), lambda shared: shared)
    for facts in people:
        profiles.of(facts)
    assert profiles.decided == 1
