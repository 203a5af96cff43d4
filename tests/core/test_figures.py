"""Counts by state brought into lines, and the pace drawn on only where that is honest."""

from datetime import date, timedelta

from upstander.core.decision import STATES
from upstander.core.figures import LINES, NOT_ASKED, figures, missing_code, pace

FIRST, DUE = date(2021, 1, 13), date(2021, 2, 17)


def test_every_state_stands_in_exactly_one_line():
    placed = [state for states in LINES.values() for state in states] + list(NOT_ASKED) + ["not-required"]
    assert sorted(placed) == sorted(STATES)


def test_those_asked_for_nothing_are_no_part_of_the_whole():
    counted = figures({"satisfied": 38, "open": 9, "in-progress": 2, "deferred": 2, "undecided": 1, "exempt": 5})
    assert (counted.finished, counted.asked, counted.lines["open"], counted.not_asked) == (38, 52, 11, 5)


def test_the_missing_fact_is_found_among_other_reasons():
    assert missing_code([{"code": "category", "facts": {}}, {"code": "paid-unknown", "facts": {}}]) == "paid-unknown"
    assert missing_code([{"code": "category", "facts": {}}]) == ""


def each_day(count: int, days: int) -> dict[date, int]:
    return {FIRST + timedelta(days=n): count for n in range(days)}


def test_a_pace_never_promises_more_than_those_who_can_act():
    found = pace(each_day(10, 20), can_act=3, first=FIRST, day=FIRST + timedelta(days=19), due=DUE)
    assert 200 <= found.low <= found.high <= 203


def test_a_pace_that_slows_gives_a_range():
    finished = {**each_day(5, 10), FIRST + timedelta(days=15): 2}
    found = pace(finished, can_act=40, first=FIRST, day=FIRST + timedelta(days=19), due=DUE)
    assert found.low < found.high


def test_there_is_no_pace_in_the_first_six_days():
    assert pace(each_day(9, 6), can_act=40, first=FIRST, day=FIRST + timedelta(days=5), due=DUE) is None


def test_there_is_no_pace_from_four_completions():
    assert pace(each_day(1, 4), can_act=40, first=FIRST, day=FIRST + timedelta(days=9), due=DUE) is None


def test_there_is_no_pace_once_the_due_day_has_come():
    assert pace(each_day(5, 20), can_act=40, first=FIRST, day=DUE, due=DUE) is None
