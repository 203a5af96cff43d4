"""Time where a law asks for it: from sign to sign, at most twice the page's own time, never more than five minutes."""

from datetime import UTC, datetime, timedelta

import pytest

from upstander.core.seat_time import SeatTime, counted

AT = datetime(2021, 1, 20, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("elapsed", "page_seconds", "counts"),
    [
        (60, 90, 60),
        (180, 90, 180),
        (181, 90, 180),
        (3600, 90, 180),
        (299, 400, 299),
        (301, 400, 300),
        (25, 5, 25),
        (31, 5, 30),
        (0, 90, 0),
        (-5, 90, 0),
    ],
)
def test_between_two_signs_twice_the_pages_time_counts_and_five_minutes_at_most(elapsed, page_seconds, counts):
    assert counted(AT, AT + timedelta(seconds=elapsed), page_seconds) == counts


def test_the_first_sign_counts_nothing():
    assert counted(None, AT, 90) == 0


@pytest.mark.parametrize(
    ("spent", "minutes", "left", "reached"),
    [(0, 0, 60, False), (41 * 60 + 59, 41, 19, False), (3599, 59, 1, False), (3600, 60, 0, True), (9999, 60, 0, True)],
)
def test_the_floor_is_reached_with_its_last_second_and_never_a_ceiling(spent, minutes, left, reached):
    seat = SeatTime(60, spent)
    assert (seat.minutes, seat.minutes_left, seat.is_reached) == (minutes, left, reached)
