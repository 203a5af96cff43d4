"""Calendar arithmetic with explicit rounding: spans, years, and the civil day of an instant."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant (UTC) with the institution's civil day at that instant; what actions take instead of a clock."""

    at: datetime
    day: date

    @classmethod
    def of(cls, at: datetime, zone: str) -> "Moment":
        """The moment of an aware instant in the named zone."""
        return cls(at=at, day=at.astimezone(ZoneInfo(zone)).date())


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from `first` to `last`, both included; `last` None means without end."""

    first: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def covers(self, other: "Span") -> bool:
        """Whether every day of the other span is one of this."""
        return self.first <= other.first and (self.last is None or (other.last is not None and other.last <= self.last))


def min_day(one: date | None, other: date | None) -> date | None:
    """The earlier of two last days, where None is without end."""
    return min((day for day in (one, other) if day), default=None)


def plus_days(day: date, count: int) -> date:
    return day + timedelta(days=count)


#: What 31 January and one month is: the last day of February, or the first of March.
ROUNDINGS = ("last-day", "next-day")


def plus_months(day: date, months: int, rounding: str) -> date:
    """The same day of the month `months` later; where it has no such day, what the named rounding says.

    Beyond the calendar's end it is the calendar's last day.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    length = monthrange(year, month + 1)[1]
    if day.day <= length:
        return date(year, month + 1, day.day)
    last = date(year, month + 1, length)
    return last if rounding == "last-day" or last == date.max else last + timedelta(days=1)


def plus_months_clamped(day: date, months: int) -> date:
    """The same day of the month `months` later, or the month's last day where it has no such day."""
    return plus_months(day, months, "last-day")


def months_between(first: date, later: date) -> int:
    """Calendar months from one day's month to another's, whatever the days."""
    return (later.year - first.year) * 12 + later.month - first.month


def year_from(day: date, month: int) -> int:
    """The calendar year in which the institution's year (beginning on the first of `month`) holding `day` began."""
    return day.year if day.month >= month else day.year - 1
