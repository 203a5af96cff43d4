"""Days on which an office works: Monday to Friday without the days on which it is closed."""

from collections.abc import Collection
from datetime import date, timedelta

from upstander.core.days import ONE_DAY

SATURDAY = 5


def is_working_day(day: date, closed_days: Collection[date] = ()) -> bool:
    return day.weekday() < SATURDAY and day not in closed_days


def working_day_after(day: date, count: int, closed_days: Collection[date] = ()) -> date:
    """The working day that is `count` working days after the day; the day itself never counts."""
    while count > 0:
        day += ONE_DAY
        count -= is_working_day(day, closed_days)
    return day


def working_days_between(first: date, last: date, closed_days: Collection[date] = ()) -> int:
    """How many working days came after `first` up to and with `last`; 0 where `last` is not later."""
    days = max((last - first).days, 0)
    return sum(is_working_day(first + timedelta(days=number), closed_days) for number in range(1, days + 1))
