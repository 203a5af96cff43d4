"""The chart "Are we on course": points of a drawing and the same numbers as a table, made on the server."""

from dataclasses import dataclass
from datetime import date, timedelta

from upstander.core.figures import Pace, pace
from upstander.queries import reports
from upstander.web.department.view import View
from upstander.web.figures import Clocks
from upstander.web.people import language
from upstander.words.figures import day_month

#: The drawing's own measures: the field in which the line runs, and how many lines its table has at most.
LEFT, TOP, WIDTH, HEIGHT = 44, 16, 560, 184
TABLE_LINES = 12


@dataclass(frozen=True, slots=True)
class Chart:
    """Where the line runs (`points` of an SVG polyline), its end, the pace drawn on, and the table's lines."""

    opens_on: date
    due_on: date
    same_due: bool
    asked: int
    done: int
    points: str
    end: tuple[float, float]
    due_x: float
    pace: Pace | None
    pace_y: float
    table: list[tuple[date, int]]
    half: int

    @property
    def opens_label(self) -> str:
        return day_month(self.opens_on, language())

    @property
    def due_label(self) -> str:
        return day_month(self.due_on, language())

    @property
    def end_label_x(self) -> float:
        return min(self.end[0] + 12, LEFT + WIDTH - 90)

    @property
    def end_label_y(self) -> float:
        return min(self.end[1] + 26, TOP + HEIGHT - 10)

    @property
    def pace_label_y(self) -> float:
        return self.pace_y + 28 if self.pace_y < TOP + HEIGHT / 2 else self.pace_y - 14


def course_chart(view: View, both: Clocks) -> Chart | None:
    """The chart of the period that most people here have; None before anybody has one, or before it opens."""
    standings, day = view.standings, view.moment.day
    found = reports.period(standings)
    if found is None or both.now.asked == 0:
        return None
    opens_on, due_on, same_due = found
    if day < opens_on:
        return None
    finished = reports.finished_on(standings)
    per_day = _cumulated(finished, opens_on, day)
    asked, last = both.now.asked, max(due_on, day)

    def place(on: date, count: float) -> tuple[float, float]:
        x = LEFT + WIDTH * (on - opens_on).days / max((last - opens_on).days, 1)
        return round(x, 1), round(TOP + HEIGHT * (1 - count / asked), 1)

    ahead = pace(finished, asked, opens_on, day, due_on)
    return Chart(
        opens_on=opens_on,
        due_on=due_on,
        same_due=same_due,
        asked=asked,
        done=per_day[-1][1],
        points=" ".join(f"{x},{y}" for x, y in (place(on, count) for on, count in per_day)),
        end=place(*per_day[-1]),
        due_x=place(due_on, 0)[0],
        pace=ahead,
        pace_y=place(due_on, ahead.finished_by_due)[1] if ahead else 0,
        table=_thinned(per_day),
        half=asked // 2,
    )


def _cumulated(finished: dict[date, int], opens_on: date, day: date) -> list[tuple[date, int]]:
    """How many had finished by the end of each day; what was finished before the opening counts from the first."""
    total, found = sum(count for on, count in finished.items() if on < opens_on), []
    for step in range((day - opens_on).days + 1):
        on = opens_on + timedelta(days=step)
        total += finished.get(on, 0)
        found.append((on, total))
    return found


def _thinned(per_day: list[tuple[date, int]]) -> list[tuple[date, int]]:
    """Evenly spaced days for the table, the last one always among them."""
    step = -(-len(per_day) // TABLE_LINES)
    return per_day[::-1][::step][::-1]
