"""The drawings of a rehearsal, made on the server: people by state over the days, and messages by day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from upstander.core.arrangement_letters import REMINDER as OF_ARRANGEMENT
from upstander.core.figures import LINES
from upstander.core.notices import ADDED, CONFIRMATION, DIGEST, OVERDUE, OVERDUE_OTHERS, REMINDER
from upstander.core.session_letters import REMINDER as OF_SESSION
from upstander.notices.registry import called as kind_word
from upstander.web.people import language
from upstander.words.dates import short_date
from upstander.words.figures import day_month, line_word

LEFT, TOP, WIDTH, HEIGHT = 64, 16, 560, 184
BOTTOM = TOP + HEIGHT
#: From the axis upwards: who is done, who can act, who is late, who is still to come.
STACK = ("finished", "open", "late", "coming", "on-leave", "needs-a-fact")
KINDS = (ADDED, DIGEST, REMINDER, OVERDUE, OVERDUE_OTHERS, OF_SESSION, OF_ARRANGEMENT, CONFIRMATION)
TICKS = 5
#: Longer periods name their days with the year.
SHORT_DAYS = 200


@dataclass(frozen=True, slots=True)
class Layer:
    """One band of the drawing: its name (also its class), its word and its outline."""

    key: str
    word: str
    points: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A day named under the drawing."""

    x: float
    word: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bands from the axis upwards, the scale's end and half, the days named, and the highest day where it is marked."""

    layers: tuple[Layer, ...]
    top: int
    ticks: tuple[Tick, ...]
    peak: tuple[float, float, int, str] | None = None

    @property
    def half(self) -> int:
        return self.top // 2


def lines_of(states: Mapping[str, int]) -> dict[str, int]:
    """People by the lines of the office's figures."""
    return {line: sum(states.get(state, 0) for state in LINES[line]) for line in STACK}


def people_chart(days: Sequence[Mapping]) -> Chart | None:
    """Everybody who is asked, by where they stand on each day; None where nobody is."""
    counted = [lines_of(day["states"]) for day in days]
    highest = max((sum(lines.values()) for lines in counted), default=0)
    if not highest:
        return None
    top, slot = _round_up(highest), WIDTH / len(days)
    below, layers = [0] * len(days), []
    for line in STACK:
        above = [low + lines[line] for low, lines in zip(below, counted, strict=True)]
        if above != below:
            layers.append(Layer(line, line_word(line), _steps(below, above, top, slot)))
        below = above
    return Chart(tuple(layers), top, _ticks(days, slot))


def notices_chart(days: Sequence[Mapping]) -> Chart | None:
    """The messages of each day, by kind; None where none goes."""
    totals = [sum(day["notices"].values()) for day in days]
    highest = max(totals, default=0)
    if not highest:
        return None
    top, slot = _round_up(highest), WIDTH / len(days)
    below, layers = [0] * len(days), []
    for kind in KINDS:
        above = [low + day["notices"].get(kind, 0) for low, day in zip(below, days, strict=True)]
        if above != below:
            layers.append(Layer(kind, kind_word(kind), _bars(below, above, top, slot)))
        below = above
    place = totals.index(highest)
    x = round(LEFT + slot * (place + 0.5), 1)
    anchor = "start" if x < LEFT + WIDTH / 3 else "end" if x > LEFT + WIDTH * 2 / 3 else "middle"
    return Chart(tuple(layers), top, _ticks(days, slot), (x, _y(highest, top) - 6, highest, anchor))


def _round_up(count: int) -> int:
    """A round number from the count on, for the end of the scale, with room for the peak's own number."""
    step = 1
    while step * 100 <= count:
        step *= 10
    return next(
        step * factor for factor in (2, 4, 6, 8, 10, 12, 16, 20, 30, 40, 50, 60, 80, 100) if step * factor >= count
    )


def _y(count: float, top: int) -> float:
    return round(TOP + HEIGHT * (1 - count / top), 1)


def _steps(below: Sequence[int], above: Sequence[int], top: int, slot: float) -> str:
    """The outline of a band as an SVG path: along its upper edge day by day, and back along the lower one."""
    upper = _edge(above, top, slot)
    lower = _edge(below, top, slot)
    return "M" + "L".join([*upper, *reversed(lower)]) + "Z"


def _edge(counts: Sequence[int], top: int, slot: float) -> list[str]:
    found, held = [], None
    for place, count in enumerate(counts):
        if count != held:
            if held is not None:
                found.append(_point(place, held, top, slot))
            found.append(_point(place, count, top, slot))
        held = count
    found.append(_point(len(counts), counts[-1], top, slot))
    return found


def _bars(below: Sequence[int], above: Sequence[int], top: int, slot: float) -> str:
    """One bar a day as an SVG path, with a gap where there is room for one."""
    gap = min(slot * 0.2, 3) if slot > 2 else 0
    found = []
    for place, (low, high) in enumerate(zip(below, above, strict=True)):
        if high > low:
            x = round(LEFT + slot * place + gap / 2, 1)
            found.append(f"M{x} {_y(low, top)}V{_y(high, top)}h{round(max(slot - gap, 1), 1)}V{_y(low, top)}Z")
    return "".join(found)


def _point(place: int, count: int, top: int, slot: float) -> str:
    return f"{round(LEFT + slot * place, 1)} {_y(count, top)}"


def _ticks(days: Sequence[Mapping], slot: float) -> tuple[Tick, ...]:
    """Evenly spaced days; the first begins at the axis, the last ends at the far edge."""
    last = len(days) - 1
    written = day_month if len(days) <= SHORT_DAYS else short_date
    places = sorted({round(last * step / (TICKS - 1)) for step in range(TICKS)})
    found = []
    for place in places:
        word = written(date.fromisoformat(days[place]["day"]), language())
        anchor = "start" if place == 0 else "end" if place == last else "middle"
        x = LEFT if place == 0 else LEFT + WIDTH if place == last else LEFT + slot * (place + 0.5)
        found.append(Tick(round(x, 1), word, anchor))
    return tuple(found)
