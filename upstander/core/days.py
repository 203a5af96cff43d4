"""Calendar arithmetic with explicit rounding: spans, years, and the civil day of an instant."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


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


def plus_months_clamped(day: date, months: int) -> date:
    """The same day of the month `months` later, or the month's last day where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def year_from(day: date, month: int) -> int:
    """The calendar year in which the institution's year (beginning on the first of `month`) holding `day` began."""
    return day.year if day.month >= month else day.year - 1
