"""The day that others read of a duty done another way: near the real one, and not it (row B15)."""

from datetime import date, timedelta

from upstander.core.days import ONE_DAY

#: The day is one of so many, the real one among them.
BLUR_DAYS = 14


def blur_span(
    asked_on: date, opens_on: date | None, due_on: date | None, begun_on: date | None, day: date
) -> list[date]:
    """The days of which one is drawn: the fortnight up to the day, none that would contradict the record.

    Never after the day; never after the due date where the person asked by then (the office's time is not theirs), and
    not in time where they asked too late; not before the window opened or the course was begun.
    """
    last, floors = day, [opens_on, begun_on]
    if due_on is not None and due_on < day:
        if asked_on <= due_on:
            last = due_on
        else:
            floors.append(due_on + ONE_DAY)
    first = max([last - timedelta(days=BLUR_DAYS - 1), *(floor for floor in floors if floor)])
    return [first + timedelta(days=number) for number in range((last - first).days + 1)] or [last]


def blurred_day(span: list[date], draw: int) -> date:
    """The day that a keyed number draws: the same one each time, and nobody without the key can turn it back."""
    return span[draw % len(span)]
