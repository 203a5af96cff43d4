"""The chart "Are we on course": points of a drawing and the same numbers as a table, made on the server."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from upstander.core.figures import Pace, finished_after, pace
from upstander.queries import reports
from upstander.web.department.view import View
from upstander.web.figures import Clocks
from upstander.web.people import language
from upstander.words.dates import plain_date
from upstander.words.figures import day_month

#: The drawing's own measures: the field in which the line runs, and how many lines its table has at most.
LEFT, TOP, WIDTH, HEIGHT = 64, 16, 560, 184
TABLE_LINES = 12
STEPS_AHEAD = 16
WORDS_WIDTH = 180
#: Room for "137 today": left of the line's end while the period runs, right of it once it is over.
TODAY_WIDTH = 120
DAY_WIDTH = 72

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Chart:
    """Where the line runs (`points` of an SVG polyline), its end, the pace drawn on, and the table's lines.

    `done_by_due` is how many had finished by the due date, once that is behind us (`is_over`).
    """

    opens_on: date
    due_on: date
    same_due: bool
    is_over: bool
    asked: int
    done: int
    done_by_due: int
    points: str
    end: tuple[float, float]
    due_x: float
    pace: Pace | None
    ahead: str
    band: str
    pace_label_y: float
    table: list[tuple[date, int]]
    half: int

    @property
    def pace_words(self) -> str:
        """The range beside the drawing: "50 to 52 at this pace"."""
        if self.pace.low == self.pace.high:
            return gettext("%(count)d at this pace") % {"count": self.pace.low}
        return gettext("%(low)d to %(high)d at this pace") % {"low": self.pace.low, "high": self.pace.high}

    @property
    def pace_sentence(self) -> str:
        facts = {"low": self.pace.low, "high": self.pace.high, "due": plain_date(self.due_on, language())}
        if self.pace.low == self.pace.high:
            return gettext("At the pace of late, about %(low)d will have finished by %(due)s.") % facts
        return gettext("At the pace of late, %(low)d to %(high)d will have finished by %(due)s.") % facts

    @property
    def opens_label(self) -> str:
        return day_month(self.opens_on, language())

    @property
    def due_label(self) -> str:
        return day_month(self.due_on, language())

    @property
    def done_since(self) -> int:
        return self.done - self.done_by_due

    @property
    def due_label_x(self) -> float:
        """Where the due date's words end; where they would meet the opening day's, they begin beside the line."""
        return self.due_x if self.due_label_ends else max(self.due_x, LEFT + DAY_WIDTH)

    @property
    def due_label_ends(self) -> bool:
        return self.due_x >= LEFT + 2 * DAY_WIDTH

    @property
    def today(self) -> tuple[float, float, str]:
        """Where the words of today stand, and their anchor: where neither the line nor the due date crosses them.

        Once over, right of the end, where nothing is drawn. Before, above the line, which never falls; in the first
        days, when there is no room left of the end, below it.
        """
        x, y = self.end
        if self.is_over:
            return x + 12, y + 5, "start"
        if x >= LEFT + TODAY_WIDTH:
            return x - 2, y - 12, "end"
        return x + 12, min(y + 26, TOP + HEIGHT - 10), "start"


def course_chart(view: View, both: Clocks) -> Chart | None:
    """The chart of the period that most people here have; None before anybody has one, or before it opens."""
    standings, day = view.standings, view.moment.day
    course = reports.course(standings)
    if course is None or both.now.asked == 0 or day < course.opens_on:
        return None
    opens_on, due_on, finished = course.opens_on, course.due_on, course.finished_on
    per_day = _cumulated(finished, opens_on, day)
    field = _Field(opens_on, max(due_on, day), both.now.asked, WIDTH - TODAY_WIDTH if day > due_on else WIDTH)
    can_act = both.now.lines["open"] + both.now.lines["late"]
    found_pace = pace(finished, can_act, opens_on, day, due_on)
    low, high = _ahead(field, found_pace, per_day[-1], can_act, due_on) if found_pace else ([], [])
    middle = [(x, round((y + other) / 2, 1)) for (x, y), (_, other) in zip(low, high, strict=True)]
    return Chart(
        opens_on=opens_on,
        due_on=due_on,
        same_due=course.same_due,
        is_over=day > due_on,
        asked=both.now.asked,
        done=per_day[-1][1],
        done_by_due=max(count for on, count in per_day if on <= due_on),
        points=_written(field.place(on, count) for on, count in per_day),
        end=field.place(*per_day[-1]),
        due_x=field.place(due_on, 0)[0],
        pace=found_pace,
        ahead=_written(middle),
        band=_written([*low, *reversed(high)]),
        pace_label_y=_clear_of(low, field.place(due_on, 0)[0]),
        table=_thinned(per_day, due_on),
        half=both.now.asked // 2,
    )


@dataclass(frozen=True, slots=True)
class _Field:
    """Where a day and a count stand in the drawing."""

    first: date
    last: date
    asked: int
    width: int

    def place(self, on: date, count: float) -> Point:
        x = LEFT + self.width * (on - self.first).days / max((self.last - self.first).days, 1)
        return round(x, 1), round(TOP + HEIGHT * (1 - count / self.asked), 1)


def _ahead(
    field: _Field, found: Pace, today: tuple[date, int], can_act: int, due_on: date
) -> tuple[list[Point], list[Point]]:
    """The lower and the upper edge of the range, from today to the due date."""
    day, done = today
    whole = (due_on - day).days
    steps = sorted({round(whole * step / STEPS_AHEAD) for step in range(STEPS_AHEAD + 1)})

    def edge(rate: float) -> list[Point]:
        return [field.place(day + timedelta(days=n), done + finished_after(can_act, rate, n)) for n in steps]

    return edge(found.rates[0]), edge(found.rates[1])


def _clear_of(low: list[Point], due_x: float) -> float:
    """A line for the words of the range, below its lower edge over the words' whole length."""
    lowest = max((y for x, y in low if x > due_x - WORDS_WIDTH), default=TOP)
    return min(lowest + 24, TOP + HEIGHT - 8)


def _written(points: Iterable[Point]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def _cumulated(finished: dict[date, int], opens_on: date, day: date) -> list[tuple[date, int]]:
    """How many had finished by the end of each day; what was finished before the opening counts from the first."""
    total, found = sum(count for on, count in finished.items() if on < opens_on), []
    for step in range((day - opens_on).days + 1):
        on = opens_on + timedelta(days=step)
        total += finished.get(on, 0)
        found.append((on, total))
    return found


def _thinned(per_day: list[tuple[date, int]], due_on: date) -> list[tuple[date, int]]:
    """Evenly spaced days for the table, the last one and the due date always among them."""
    step = -(-len(per_day) // TABLE_LINES)
    kept = {on for on, _ in per_day[::-1][::step]} | {due_on}
    return [(on, total) for on, total in per_day if on in kept]
