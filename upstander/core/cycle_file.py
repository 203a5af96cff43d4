"""The cycles and windows of a programme file; ambiguous month arithmetic is refused."""

from collections.abc import Mapping
from datetime import date

from upstander.core.cycles import COUNTED_FROM, Cycle, Cycles, EveryCycles, NamedCycles, OwnCycles, YearlyCycles
from upstander.core.days import ROUNDINGS
from upstander.core.programme_reader import SANE_YEARS, Reader

KINDS = ("yearly", "named", "every", "own")
#: What [cycle] may say, by its kind.
KEYS = {
    "yearly": {"kind", "starts_on", "first_year"},
    "named": {"kind", "periods"},
    "every": {"kind", "starts_on", "every_months", "rounding"},
    "own": {"kind", "counted_from", "starts_on", "every_months", "rounding", "renewal_days"},
}
SOME_DAY = date(2000, 1, 1)
#: The shortest month: what the window of a renewal may at most take of each.
SHORTEST = 28


def read_cycles(reader: Reader, document: Mapping) -> Cycles:
    """How the rounds of the programme follow each other."""
    table = reader.table(document, "cycle", "")
    kind = reader.choice(table, "kind", "cycle.", KINDS)
    reader.unknown_keys(table, KEYS[kind], "cycle.")
    return {"yearly": _yearly, "named": _named, "every": _every, "own": _own}[kind](reader, table)


def _yearly(reader: Reader, table: Mapping) -> YearlyCycles:
    try:
        first = date.fromisoformat(f"2001-{table.get('starts_on')}")
    except ValueError:
        reader.wrong("cycle.starts_on", "must be a month and day that every year has, such as '07-01'")
        first = date(2001, 1, 1)
    year = reader.whole(table, "first_year", "cycle.", None, SANE_YEARS.start)
    if year is None or year not in SANE_YEARS:
        reader.wrong("cycle.first_year", "must be the year in which the first cycle begins, such as 2020")
    return YearlyCycles(first.month, first.day, year if year in SANE_YEARS else 2020)


def _named(reader: Reader, table: Mapping) -> NamedCycles:
    periods: list[Cycle] = []
    for place, entry in enumerate(reader.tables(table, "periods", "cycle.")):
        path = f"cycle.periods[{place}]."
        reader.unknown_keys(entry, {"key", "first_on", "last_on", "windows"}, path)
        first_on, last_on = reader.day(entry, "first_on", path), reader.day(entry, "last_on", path)
        if first_on and last_on:
            if last_on < first_on:
                reader.wrong(f"{path}last_on", "stands before first_on")
            if periods and first_on <= periods[-1].last_on:
                reader.wrong(f"{path}first_on", "the period begins before the last one ends")
            periods.append(Cycle(reader.name(entry, "key", path), first_on, last_on))
    reader.unique("cycle.periods", [period.key for period in periods])
    if not periods:
        reader.wrong("cycle.periods", "at least one period is needed")
        periods = [Cycle("none", SOME_DAY, SOME_DAY)]
    return NamedCycles(tuple(periods))


def _every(reader: Reader, table: Mapping) -> EveryCycles:
    starts_on = reader.day(table, "starts_on", "cycle.") or SOME_DAY
    return EveryCycles(starts_on, _months(reader, table), read_rounding(reader, table, "cycle."))


def _own(reader: Reader, table: Mapping) -> OwnCycles:
    counted_from = reader.choice(table, "counted_from", "cycle.", COUNTED_FROM)
    once = counted_from == "hire" and "every_months" not in table
    every_months = None if once else _months(reader, table)
    renewal_days = 0
    if counted_from == "completion":
        renewal_days = reader.whole(table, "renewal_days", "cycle.", None, 0)
        if renewal_days is None:
            reader.wrong("cycle.renewal_days", "is missing: how many days before its due day a renewal opens")
        elif renewal_days >= (every_months or 1) * SHORTEST:
            reader.wrong("cycle.renewal_days", "is as long as the cycle itself: the window would never be shut")
    elif "renewal_days" in table:
        reader.wrong("cycle.renewal_days", "goes with counted_from = 'completion' only")
    rounding = read_rounding(reader, table, "cycle.", ROUNDINGS[0] if once else "")
    starts_on = reader.day(table, "starts_on", "cycle.") or SOME_DAY
    return OwnCycles(counted_from, every_months, rounding, starts_on, renewal_days or 0)


def _months(reader: Reader, table: Mapping) -> int:
    months = reader.whole(table, "every_months", "cycle.", None, 1)
    if "every_months" not in table:
        reader.wrong("cycle.every_months", "is missing: the number of months from one cycle to the next")
    elif months and months > 1200:
        reader.wrong("cycle.every_months", f"{months} months cannot be meant")
        return 12
    return months or 12


def read_rounding(reader: Reader, table: Mapping, path: str, inherited: str = "") -> str:
    """What 31 January and one month is. Wherever months are added, the file must say it, here or for its cycles."""
    if "rounding" not in table and inherited:
        return inherited
    if "rounding" not in table:
        reader.wrong(f"{path}rounding", "is missing: 31 January and one month is 'last-day' or 'next-day'")
        return ROUNDINGS[0]
    return reader.choice(table, "rounding", path, ROUNDINGS)


def rounding_of(cycles: Cycles) -> str:
    """The rounding that the cycles name; empty where they add no months."""
    return cycles.rounding if isinstance(cycles, EveryCycles | OwnCycles) else ""


def read_window(reader: Reader, document: Mapping, cycles: Cycles) -> tuple[int | None, int | None, str]:
    """The length of [window]: days, or months with their rounding; neither where the groups have dates."""
    table = reader.table(document, "window", "", {"days", "months", "rounding", "grace_days"})
    days = reader.whole(table, "days", "window.", None, 1)
    months = reader.whole(table, "months", "window.", None, 1)
    if days and months:
        reader.wrong("window.months", "either days or months, not both")
    if months and months > 1200:
        reader.wrong("window.months", f"{months} months cannot be meant")
        months = 12
    if not months:
        return days, None, ROUNDINGS[0]
    return days, months, read_rounding(reader, table, "window.", rounding_of(cycles))
