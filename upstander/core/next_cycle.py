"""The next cycle of a programme with named periods: the last one's settings, moved by the recurrence's months."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from upstander.core.days import ONE_DAY, plus_months
from upstander.core.errors import Refusal
from upstander.core.programme import Cycle, NamedCycles, Programme

#: So many days before the last period ends its successor is drafted by itself.
NEXT_CYCLE_DAYS = 90


def following(rules: Programme) -> Cycle:
    """The period that follows the last one by the recurrence.

    It begins so many months after the last one began, and ends on the eve of the day so many months after the last
    one's morrow: where that ended with a month, this one does, leap days included. Raises Refusal
    `cycles-by-themselves` {programme} where cycles follow each other without a draft, `no-recurrence` {programme}.
    """
    if not isinstance(rules.cycles, NamedCycles):
        raise Refusal("cycles-by-themselves", {"programme": rules.key})
    if rules.every_months is None:
        raise Refusal("no-recurrence", {"programme": rules.key})
    last, rounding = rules.cycles.periods[-1], rules.recurrence_rounding
    first_on = plus_months(last.first_on, rules.every_months, rounding)
    last_on = plus_months(last.last_on + ONE_DAY, rules.every_months, rounding) - ONE_DAY
    taken = {period.key for period in rules.cycles.periods}
    key = _moved_years(last.key, first_on.year - last.first_on.year)
    return Cycle(key if key not in taken else first_on.isoformat(), first_on, last_on)


def is_due(rules: Programme, day: date) -> bool:
    """Whether the next period is to be drafted by itself: the last one ends within `NEXT_CYCLE_DAYS` days."""
    if not isinstance(rules.cycles, NamedCycles) or rules.every_months is None:
        return False
    return day >= rules.cycles.periods[-1].last_on - timedelta(days=NEXT_CYCLE_DAYS)


def moved_parts(document: Mapping, rules: Programme) -> dict[str, Any]:
    """The parts of the document that differ in the next cycle: its period beside the earlier ones, the groups' windows,
    the years in its name, and the dates of the examples that lie in the last period. Refusals as for `following`.
    """
    coming, months, rounding = following(rules), rules.every_months or 0, rules.recurrence_rounding
    last = rules.cycles.periods[-1]
    period = {"key": coming.key, "first_on": coming.first_on, "last_on": coming.last_on}
    *earlier, ending = document["cycle"]["periods"]
    cycle = {**document["cycle"], "periods": [*earlier, _with_windows(ending, document), period]}

    def moved(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: moved(held) for key, held in value.items()}
        if isinstance(value, list):
            return [moved(held) for held in value]
        if isinstance(value, date) and last.first_on <= value <= last.last_on:
            return plus_months(value, months, rounding)
        return coming.key if value == last.key else value

    parts: dict[str, Any] = {"cycle": cycle}
    for part in ("groups", "examples"):
        if part in document:
            parts[part] = moved(document[part])
    for part in ("title", "summary"):
        if part in document:
            parts[part] = {lang: _renamed(text, last.key, coming.key) for lang, text in document[part].items()}
    return {part: value for part, value in parts.items() if value != document[part]}


def _with_windows(period: Mapping, document: Mapping) -> dict[str, Any]:
    """The period with the windows that the groups have in it, so that what was begun is decided by its own dates."""
    windows = [
        {"group": group["key"], "opens_on": group["opens_on"], "due_on": group["due_on"]}
        for group in document.get("groups", [])
        if period["first_on"] <= group["opens_on"] and group["due_on"] <= period["last_on"]
    ]
    return {**period, "windows": windows} if windows and "windows" not in period else {**period}


def _moved_years(key: str, years: int) -> str:
    """A key with its years moved: "2020-21" and two years are "2022-23"."""

    def later(found: re.Match) -> str:
        year = int(found[1]) + years
        return f"{year}-{(int(found[3]) + years) % 100:02d}" if found[2] else str(year)

    return re.sub(r"(?<!\d)((?:19|20|21)\d\d)(-(\d\d))?(?!\d)", later, key)


def _renamed(text: str, old: str, new: str) -> str:
    """The text with the cycle's name replaced, also where it is written with a dash."""
    return text.replace(old, new).replace(old.replace("-", "–"), new.replace("-", "–"))
