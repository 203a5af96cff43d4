"""What two versions of a programme say differently, as codes: which part, which thing in it, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from upstander.core.programme import NamedCycles, Programme

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"
#: The whole part, where it holds no things with keys of their own.
WHOLE = ""
ORDER = "#order"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: `part` is a top-level key of the file, `key` the thing in it ("" the part itself).

    `kind` is added, removed, changed, or moved: another order, where the order has a say.
    """

    part: str
    key: str
    kind: str

    def as_json(self) -> dict:
        return {"part": self.part, "key": self.key, "kind": self.kind}


def differences(old: Programme, new: Programme) -> tuple[Difference, ...]:
    """Every difference in the order of the parts; two versions that say the same have none, whatever their numbers."""
    before, after = things(old), things(new)
    found: list[Difference] = []
    for part in after:
        had, has = before[part], after[part]
        for key in [*has, *(key for key in had if key not in has)]:
            if key not in had:
                found.append(Difference(part, key, ADDED))
            elif key not in has:
                found.append(Difference(part, key, REMOVED))
            elif had[key] != has[key]:
                found.append(Difference(part, key, CHANGED))
    if _order(old, new) != _order(new, old):
        found.append(Difference("groups", ORDER, MOVED))
    return tuple(found)


def things(rules: Programme) -> dict[str, Mapping[str, Any]]:
    """Part -> key -> what it says, for everything in a programme that people or decisions can notice."""
    return {
        "title": {WHOLE: dict(rules.title)},
        "summary": {WHOLE: dict(rules.summary)},
        "survey": {WHOLE: rules.survey},
        "legal": {entry.preset: entry for entry in rules.legal},
        "audience": {route.key: route.when for route in rules.routes},
        "endings": {WHOLE: rules.ending_by_due_excludes},
        "exemptions": {exemption.key: exemption for exemption in rules.exemptions},
        "cycle": _periods(rules) if isinstance(rules.cycles, NamedCycles) else {WHOLE: rules.cycles},
        "recurrence": {WHOLE: (rules.every_months, rules.recurrence_rounding)},
        "groups": {group.key: group for group in rules.groups},
        "window": {WHOLE: (rules.window_days, rules.window_months, rules.window_rounding, rules.grace_days)},
        "leave": {WHOLE: rules.deferring_leave},
        "requirement": {
            WHOLE: rules.need,
            **{part.key or str(place): part for place, part in enumerate(rules.parts, 1)},
        },
        "options": {option.course_key: option for option in rules.options},
        "counts": {WHOLE: frozenset(rules.roles)},
        "equivalencies": {f"{each.course_key}>{each.counts_as}": each for each in rules.equivalencies},
        "recommendations": {str(place): each for place, each in enumerate(rules.recommendations, 1)},
        "reminders": {WHOLE: tuple(rules.reminders)},
        "notices": {"minimum": rules.minimum_notice_days, **{step.key: step for step in rules.escalation}},
        "cases": {"extension": rules.extension, "equivalency": rules.elsewhere},
        "access": {WHOLE: rules.access},
        "records": {WHOLE: rules.keep_years},
        "office": {WHOLE: dict(rules.office)},
    }


def _periods(rules: Programme) -> dict[str, Any]:
    """Each period with the windows that it keeps."""
    kept = rules.period_windows.items()
    return {
        period.key: (period, {group: window for (key, group), window in kept if key == period.key})
        for period in (rules.cycles.periods if isinstance(rules.cycles, NamedCycles) else ())
    }


def new_rounds(old: Programme | None, new: Programme, day: date) -> list[date]:
    """The first days of the named periods that the new version adds and that begin after the day.

    What it does to people is asked for each of them beside the day itself; without a version before, for none.
    """
    if old is None or not isinstance(new.cycles, NamedCycles):
        return []
    known = {period.key for period in old.cycles.periods} if isinstance(old.cycles, NamedCycles) else set()
    return [period.first_on for period in new.cycles.periods if period.key not in known and period.first_on > day]


def _order(rules: Programme, other: Programme) -> list[str]:
    """The groups that both have, in this one's order; by rank, the order has no say."""
    shared = {group.key for group in other.groups}
    return [group.key for group in rules.groups if group.key in shared and group.rank is None]
