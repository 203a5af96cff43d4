"""The kept figures of a rehearsal as the page shows them: rows of tables, in the reader's words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from upstander.models import Rehearsal, Unit
from upstander.notices.registry import called as kind_word
from upstander.queries.programmes import in_force
from upstander.web.office.rehearsal_chart import KINDS, STACK, Chart, lines_of, notices_chart, people_chart
from upstander.web.people import in_words
from upstander.words.figures import line_word, missing_word
from upstander.words.history import why_not_sent
from upstander.words.requests import owner_word

#: Lines of the table of people beside its drawing.
TABLE_LINES = 12
UNITS_AT_FIRST = 15


@dataclass(frozen=True, slots=True)
class Counted:
    """A row of figures under the heads of its table."""

    name: str
    figures: tuple[int, ...]
    total: int
    day: date | None = None
    most: int = 0


@dataclass(frozen=True, slots=True)
class Missing:
    """People who wait for one fact, and who can mend it."""

    owner: str
    code: str
    word: str
    people: int


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that the page of a rehearsal shows."""

    people: int
    share_percent: int
    working_hours: bool
    total: int
    without_address: int
    conflicts: int
    people_chart: Chart | None
    people_heads: tuple[str, ...]
    people_rows: tuple[Counted, ...]
    notices_chart: Chart | None
    kinds: tuple[str, ...]
    notice_rows: tuple[Counted, ...]
    kind_totals: tuple[int, ...]
    together: tuple[tuple[str, int], ...]
    stopped: tuple[tuple[str, int], ...]
    units: tuple[Counted, ...]
    peaks: tuple[Counted, ...]
    missing: tuple[Missing, ...]
    assigned: int
    due: tuple[Counted, ...]

    @property
    def units_at_first(self) -> tuple[Counted, ...]:
        return self.units[:UNITS_AT_FIRST]

    @property
    def other_units(self) -> tuple[Counted, ...]:
        return self.units[UNITS_AT_FIRST:]

    @property
    def nothing_to_mend(self) -> bool:
        return not (self.without_address or self.conflicts or self.missing)


def found(kept: Rehearsal) -> Found:
    """What a finished rehearsal found, in the active language."""
    said = kept.result
    days = said["days"]
    kinds = [kind for kind in KINDS if any(kind in day["notices"] for day in days)]
    heads = [line for line in STACK if any(lines_of(day["states"])[line] for day in days)]
    names = dict(Unit.objects.order_by().values_list("id", "name"))
    return Found(
        people=said["people"],
        share_percent=round(said["share"] * 100),
        working_hours=said["working_hours"],
        total=sum(sum(day["notices"].values()) for day in days),
        without_address=said["counts"]["without_address"],
        conflicts=said["counts"]["conflicts"],
        people_chart=people_chart(days),
        people_heads=tuple(line_word(line) for line in heads),
        people_rows=tuple(_people_row(day, heads) for day in _thinned(days)),
        notices_chart=notices_chart(days),
        kinds=tuple(kind_word(kind) for kind in kinds),
        notice_rows=tuple(_notices_row(day["day"], day["notices"], kinds) for day in days if day["notices"]),
        kind_totals=tuple(sum(day["notices"].get(kind, 0) for day in days) for kind in kinds),
        together=_together(said.get("together", {})),
        stopped=_stopped(days),
        units=_units(days, kinds, names),
        peaks=tuple(
            Counted(names.get(peak["unit"], ""), (), peak["notices"], _day(peak["day"]), peak["of_unit"])
            for peak in said["peaks"]
        ),
        missing=_missing(said["unknown"]),
        assigned=sum(day["assigned"] for day in days),
        due=tuple(Counted("", (), day["due"], _day(day["day"])) for day in days if day["due"]),
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _people_row(day: Mapping, heads: list[str]) -> Counted:
    lines = lines_of(day["states"])
    return Counted("", tuple(lines[line] for line in heads), sum(lines.values()), _day(day["day"]))


def _notices_row(day: str, notices: Mapping[str, int], kinds: list[str]) -> Counted:
    return Counted("", tuple(notices.get(kind, 0) for kind in kinds), sum(notices.values()), _day(day))


def _thinned(days: list[dict]) -> list[dict]:
    """Evenly spaced days, the first and the last among them."""
    last = len(days) - 1
    places = {round(last * step / (TABLE_LINES - 1)) for step in range(TABLE_LINES)}
    return [days[place] for place in sorted(places)]


def _together(counted: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """How many letters go together with those of another programme, by its title."""
    titles = {rules.key: in_words(rules.title) for rules in in_force()} if counted else {}
    return tuple((titles.get(key, key), count) for key, count in counted.items())


def _stopped(days: list[dict]) -> tuple[tuple[str, int], ...]:
    codes: Counter = Counter()
    for day in days:
        codes.update(day["not_sent"])
    return tuple((why_not_sent(code), count) for code, count in codes.most_common())


def _units(days: list[dict], kinds: list[str], names: Mapping[str, str]) -> tuple[Counted, ...]:
    """Each unit's messages, with its heaviest day; those that get most come first."""
    by_kind: dict[str, Counter] = {}
    heaviest: dict[str, tuple[int, str]] = {}
    for day in days:
        for unit, notices in day["by_unit"].items():
            by_kind.setdefault(unit, Counter()).update(notices)
            count = sum(notices.values())
            if count > heaviest.get(unit, (0, ""))[0]:
                heaviest[unit] = count, day["day"]
    rows = [
        Counted(
            names.get(unit, unit), tuple(kept[kind] for kind in kinds), kept.total(), _day(heaviest[unit][1]),
            heaviest[unit][0],
        )
        for unit, kept in by_kind.items()
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (-row.total, row.name)))


def _missing(unknown: Mapping[str, Mapping[str, int]]) -> tuple[Missing, ...]:
    return tuple(
        Missing(owner_word(owner), code, missing_word(code), people)
        for owner, codes in unknown.items()
        for code, people in codes.items()
    )
