"""The least notice: the due date lies at least so many days after the first delivered letter (`minimum_notice_days`).

While none was delivered, the day that is asked about stands for that day, so that nobody is overdue unheard; a cycle
that has ended moves no due date any further. The days of a deferring leave are no days of notice.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from upstander.core.days import ONE_DAY, plus_days
from upstander.core.decision import Reason
from upstander.core.facts import PersonFacts
from upstander.core.programme import Cycle, Programme
from upstander.core.window import OwnWindow, lengthened


@dataclass(frozen=True, slots=True)
class LeastNotice:
    """What the rule does to one person's window in one cycle; `since_on`: letters before it do not count.

    `told_on`: the days on which a letter was delivered, in order.
    """

    days: int
    window: OwnWindow
    cycle: Cycle
    told_on: tuple[date, ...]

    def on(self, day: date) -> OwnWindow:
        """The window as it stands on the day; its only reason is the one for which its due date was moved."""
        window, floor = replace(self.window, reasons=()), self._floor(day)
        if window.due_on is None or (floor is not None and floor <= window.due_on):
            return window
        told = self._told(day)
        facts = {
            "days": self.days, "from_due_on": window.due_on.isoformat(), "due_on": floor.isoformat() if floor else None,
        }  # fmt: skip
        reason = Reason("due-moved-by-notice", {"told_on": told.isoformat(), **facts}) if told else None
        return replace(window, due_on=floor, reasons=(reason or Reason("not-told-yet", facts),))

    def changes_after(self, day: date) -> Iterator[date]:
        """Every later day on which the window may begin to stand otherwise; of a due date that moves daily, the
        next."""
        yield from (on for on in self.told_on if on > day)
        yield from (edge for span in self.window.still for edge in _edges(span.first, span.last))
        due_on = self.on(day).due_on
        if due_on is not None:
            yield from self._after_due(due_on)
            if self._told(day) is None and day < self.cycle.last_on:
                yield self._moves_on(day, due_on)

    def _after_due(self, due_on: date) -> Iterator[date]:
        if due_on < date.max:
            yield due_on + ONE_DAY

    def _moves_on(self, day: date, due_on: date) -> date:
        """The first later day on which, unheard of, the due date would be later than this; the due date at most."""
        first = max(day, self.window.opens_on) + ONE_DAY
        away = max((due_on - first).days + 1, 0)
        step = bisect_left(range(away), True, key=lambda more: self._is_later(plus_days(first, more), due_on))
        return plus_days(first, step)

    def _is_later(self, day: date, due_on: date) -> bool:
        floor = self._floor(day)
        return floor is None or floor > due_on

    def _told(self, day: date) -> date | None:
        return self.told_on[0] if self.told_on and self.told_on[0] <= day else None

    def _floor(self, day: date) -> date | None:
        """The earliest due date that the rule allows on the day; None: a leave without an end stands before it."""
        start = self._told(day) or max(min(day, self.cycle.last_on), self.window.opens_on)
        ahead = tuple(span for span in self.window.still if span.last is None or span.last >= start)
        return lengthened(start, plus_days(start, self.days), ahead)


def least_notice(
    programme: Programme, facts: PersonFacts, cycle: Cycle, window: OwnWindow, since_on: date = date.min
) -> LeastNotice:
    """The rule for this window; letters delivered before `since_on` told of something else."""
    told = (n.on for n in facts.notified if (n.programme, n.cycle) == (programme.key, cycle.key))
    return LeastNotice(programme.minimum_notice_days, window, cycle, tuple(sorted(on for on in told if on >= since_on)))


def _edges(first: date, last: date | None) -> Iterator[date]:
    yield first
    if last is not None and last < date.max:
        yield last + ONE_DAY
