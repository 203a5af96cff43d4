"""Cycles as a chain: which one a person is in, the one before it, and what the months make of the 31st (row B13)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from upstander.core.cycles import Cycle, EveryCycles
from upstander.core.days import ROUNDINGS, plus_months
from upstander.core.decide import decide
from upstander.core.facts import Appointment, Completion, PersonFacts
from upstander.core.programme_file import parse_programme
from upstander.core.recurrence import cycle_before, cycle_of

pytestmark = pytest.mark.row("B13")
FILES = Path(__file__).resolve().parent.parent / "cases" / "programmes"
RENEWALS, ANNIVERSARIES, EVERY, RANKS = (
    parse_programme((FILES / f"{key}.toml").read_text(encoding="utf-8"))
    for key in ("renewals", "anniversaries", "every", "ranks")
)
DATES = st.dates(date(1990, 1, 1), date(2199, 12, 31))


def somebody(*completed: date, starts_on: date | None = date(2015, 3, 1)) -> PersonFacts:
    held = Appointment("A1", "staff", paid=True, supervises=True, starts_on=starts_on)
    return PersonFacts(
        "10000001", appointments=(held,), completions=tuple(Completion("core", on, ref=f"{on}") for on in completed)
    )


def test_renewals_are_a_chain_that_keeps_its_earlier_cycles():
    facts = somebody(date(2021, 2, 1), date(2023, 1, 10))
    now = cycle_of(RENEWALS, facts, date(2025, 1, 1))
    assert now == Cycle("2024-11-11", date(2024, 11, 11), date.max)
    before = cycle_before(RENEWALS, facts, now)
    assert before == Cycle("2022-12-03", date(2022, 12, 3), date(2024, 11, 10))
    first = cycle_before(RENEWALS, facts, before)
    assert first == Cycle("2021-01-01", date(2021, 1, 1), date(2022, 12, 2))
    assert cycle_before(RENEWALS, facts, first) is None


def test_an_earlier_renewal_is_decided_by_its_own_dates():
    facts = somebody(date(2021, 2, 1), date(2023, 1, 10))
    before = cycle_before(RENEWALS, facts, cycle_of(RENEWALS, facts, date(2025, 1, 1)))
    decision = decide(RENEWALS, facts, date(2025, 1, 1), before)
    assert (decision.cycle, decision.state, decision.due_on) == ("2022-12-03", "satisfied", date(2023, 2, 1))
    assert decision.satisfied_by.on == date(2023, 1, 10)


def test_anniversaries_are_a_chain_back_to_the_programme_s_first_day():
    facts = somebody(starts_on=date(2018, 3, 15))
    chain = [cycle_of(ANNIVERSARIES, facts, date(2023, 6, 1))]
    while before := cycle_before(ANNIVERSARIES, facts, chain[-1]):
        chain.append(before)
    assert [cycle.key for cycle in chain] == ["2023-03-15", "2022-03-15", "2021-03-15", "2021-01-01"]
    assert [cycle.last_on for cycle in chain[1:]] == [cycle.first_on - timedelta(days=1) for cycle in chain[:-1]]


def test_shared_cycles_have_the_same_chain_for_everybody():
    now = cycle_of(EVERY, somebody(), date(2021, 9, 1))
    assert now.key == "2021-08-31"
    assert cycle_before(EVERY, somebody(), now).key == "2021-02-28"
    assert cycle_before(EVERY, somebody(), EVERY.cycle_on(date(2020, 9, 1))) is None


def test_a_new_version_does_not_decide_the_earlier_period_by_later_windows():
    earlier = RANKS.cycles.before(RANKS.cycle_on(date(2022, 2, 1)))
    decision = decide(RANKS, somebody(), date(2022, 2, 1), earlier)
    assert (decision.opens_on, decision.due_on) == (date(2021, 3, 1), date(2021, 3, 31))


@pytest.mark.parametrize(
    "day, months, rounding, expected",
    [
        (date(2021, 1, 31), 1, "last-day", date(2021, 2, 28)),
        (date(2021, 1, 31), 1, "next-day", date(2021, 3, 1)),
        (date(2024, 1, 31), 1, "last-day", date(2024, 2, 29)),
        (date(2024, 1, 31), 1, "next-day", date(2024, 3, 1)),
        (date(2024, 1, 29), 1, "next-day", date(2024, 2, 29)),
        (date(2024, 2, 29), 12, "next-day", date(2025, 3, 1)),
        (date(2024, 2, 29), 48, "next-day", date(2028, 2, 29)),
        (date(2021, 8, 31), 3, "last-day", date(2021, 11, 30)),
        (date(2021, 8, 31), 3, "next-day", date(2021, 12, 1)),
        (date(2021, 3, 31), -1, "last-day", date(2021, 2, 28)),
        (date(9999, 12, 31), 2, "next-day", date.max),
    ],
)
def test_months_are_rounded_as_they_are_named(day, months, rounding, expected):
    assert plus_months(day, months, rounding) == expected


@settings(max_examples=200, deadline=None)
@given(DATES, st.integers(0, 600), st.sampled_from(ROUNDINGS))
def test_a_day_that_the_month_has_is_never_rounded(day, months, rounding):
    later = plus_months(day, months, rounding)
    passed = (later.year - day.year) * 12 + later.month - day.month
    assert (
        later.day == day.day or (later.day == 1 and passed == months + 1) or (later.day < day.day and passed == months)
    )
    assert plus_months(day, months + 1, rounding) > later or later.day == 1


@settings(max_examples=200, deadline=None)
@given(DATES, st.integers(1, 60), st.sampled_from(ROUNDINGS), st.integers(0, 4_000))
def test_cycles_of_months_follow_each_other_without_gap_or_overlap(starts_on, every_months, rounding, after):
    cycles = EveryCycles(starts_on, every_months, rounding)
    day = starts_on + timedelta(days=after)
    cycle = cycles.on(day)
    assert cycle.first_on <= day <= cycle.last_on
    following = cycles.after(cycle)
    assert following.first_on == cycle.last_on + timedelta(days=1)
    assert cycles.before(following) == cycle
    assert cycles.on(cycle.last_on) == cycles.on(cycle.first_on) == cycle
    assert (cycles.before(cycle) is None) == (cycle.first_on == starts_on)
