"""The figures of a programme for a page: the last night's beside those of now, each with its moment."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from upstander.core.days import Moment
from upstander.core.figures import LINES, Figures, figures
from upstander.models import Snapshot
from upstander.queries import reports
from upstander.words.figures import line_word


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of two clocks; `official` None where no night has been counted yet."""

    line: str
    word: str
    official: int | None
    now: int


@dataclass(frozen=True, slots=True)
class Clocks:
    """Both clocks: `taken_at` and `day` of the night (None before the first), `now_at` of the live figures."""

    now: Figures
    now_at: datetime
    night: Figures | None
    snapshot: Snapshot | None
    rows: tuple[Row, ...]
    waiting: int
    counts_now: reports.Counts
    counts_night: reports.Counts

    @property
    def official_time(self) -> str:
        """The time of the night for the column's head; its full date stands below the table."""
        return _time(self.snapshot.taken_at) if self.snapshot else ""

    @property
    def now_time(self) -> str:
        return _time(self.now_at)


def _time(at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(settings.INSTITUTION_ZONE)):%H:%M}"


def clocks(programme: str, cycle: str, units: reports.Units, moment: Moment, waiting: int = 0) -> Clocks:
    """Counts both clocks in three queries; `waiting` is how many standings the nightly run has yet to decide.

    Where that night had nobody to count, a fourth asks whether it knew the programme's period at all.
    """
    counts_now = reports.live(reports.in_units(programme, cycle, units))
    snapshot = reports.latest_snapshot(moment.day)
    counts_night = reports.official(snapshot, programme, cycle, units) if snapshot else {}
    if snapshot and not counts_night and not reports.was_counted(snapshot, programme, cycle):
        snapshot = None
    now = figures(reports.by_state(counts_now))
    night = figures(reports.by_state(counts_night)) if snapshot else None
    rows = [Row(line, line_word(line), night.lines[line] if night else None, now.lines[line]) for line in LINES]
    rows = [row for row in rows if row.now or row.official or row.line in {"finished", "open"}]
    if now.not_asked or (night and night.not_asked):
        rows.append(Row("not-asked", line_word("not-asked"), night.not_asked if night else None, now.not_asked))
    return Clocks(now, moment.at, night, snapshot, tuple(rows), waiting, counts_now, counts_night)
