"""A stack of legal presets written as the first draft of a programme; the office and its counsel go on from there.

The draft asks for the union of topics from the fewest courses that teach them, for each law's minutes of the people
whom that law concerns, and keeps the strictest clock. What it could not write down is told beside it.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from upstander.core.errors import Refusal
from upstander.core.facts import LEAVE_KINDS
from upstander.core.presets import FIXED_YEARS, ROLES, Preset, Stack, Tension

#: What is titled -> its text by language.
Titles = Mapping[str, Mapping[str, str]]
#: A year's window leaves its last day as the due day, in every year.
YEAR_DAYS = 364
RENEWAL_DAYS = 60
#: Countries as the roster names places of work, where a preset's code begins with something else.
COUNTRIES = {"GB": "GB", "CA": "CA", "AU": "AU", "IE": "IE"}


@dataclass(frozen=True, slots=True)
class Offered:
    """A course that could be an option: its stated minutes and the topics of the law that it teaches."""

    course_key: str
    minutes: int
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Draft:
    """A programme document as plain values, and what it leaves open beside the stack's own tensions."""

    document: Mapping[str, Any]
    open_points: tuple[Tension, ...]


def draft_of(stack: Stack, key: str, titles: Titles, offered: Sequence[Offered], first_on: date) -> Draft:
    """The draft of a programme that begins on a day.

    `titles`: "programme", "topics" and each preset's id -> text by language. Raises Refusal `preset-without-people`
    {presets} where no course can satisfy any of them, or the roster knows none of their people.
    """
    usable = [p for p in stack.presets if p.trains and not p.outside_only and _audience(p)]
    if not usable:
        raise Refusal("preset-without-people", {"presets": [p.id for p in stack.presets]})
    wanted = [topic for topic in stack.topics if any(topic in p.topics for p in usable)]
    menu = smallest_menu(wanted, offered)
    taught = {topic for course in menu for topic in course.topics}
    options = [course for course in offered if course in menu or course.topics & set(wanted)]
    document: dict[str, Any] = {
        "key": key,
        "version": 1,
        "title": dict(titles["programme"]),
        "cycle": _cycle(stack, first_on),
        "audience": {"routes": [{"key": p.id, "when": _audience(p)} for p in usable]},
        "window": _window(stack),
        "requirement": {
            "parts": _parts(usable, menu, titles, {topic for course in options for topic in course.topics})
        },
        "options": [
            {"course": course.course_key, "minutes": course.minutes, "topics": sorted(course.topics)}
            for course in options
        ],
        "counts": {"roles": ["employee", "student"]},
        "leave": dict.fromkeys(LEAVE_KINDS, "continues"),
        "reminders": {"days_before_due": [14, 3], "days_after_due": [1, 7, 14]},
        "legal": [{"preset": p.id, "digest": p.digest} for p in stack.presets],
    }
    if stack.keep_years:
        document["records"] = {"keep_years": stack.keep_years.value}
    return Draft(document, tuple(_open_points(stack, usable, set(wanted) - taught, options)))


def smallest_menu(wanted: Sequence[str], offered: Sequence[Offered]) -> list[Offered]:
    """The fewest courses, as near as a greedy choice comes, that teach every wanted topic that any course teaches.

    Of two that teach as many of the missing topics, the shorter one; then the first in the order given.
    """
    missing, menu = set(wanted), []
    while missing:
        best = max(offered, key=lambda course: (len(course.topics & missing), -course.minutes), default=None)
        if best is None or not best.topics & missing:
            break
        menu.append(best)
        missing -= best.topics
    return menu


def _audience(preset: Preset) -> dict[str, Any]:
    """Whom the preset concerns, in the words of a programme's audience; empty where the roster cannot tell."""
    conditions = [dict(ROLES[role]) for role in preset.roles if role in ROLES]
    if not conditions:
        return {}
    country, _, place = preset.jurisdiction.partition("-")
    where: dict[str, Any] = {}
    if country == "US" and place:
        where = {"work_state": [place.partition("-")[0]]}
    elif country in COUNTRIES:
        where = {"work_country": [COUNTRIES[country]]}
    if len(conditions) == 1:
        return {**conditions[0], **where}
    return {"any": conditions, **where}


def _cycle(stack: Stack, first_on: date) -> dict[str, Any]:
    months = stack.every_months.value if stack.every_months else None
    anchor = stack.counted_from.value if stack.counted_from else "hire"
    if anchor in FIXED_YEARS and months == 12:
        month, day = FIXED_YEARS[anchor]
        year = first_on.year if (first_on.month, first_on.day) >= (month, day) else first_on.year - 1
        return {"kind": "yearly", "starts_on": f"{month:02d}-{day:02d}", "first_year": year}
    own: dict[str, Any] = {"kind": "own", "starts_on": first_on, "rounding": "last-day"}
    if months is None:
        return {**own, "counted_from": "hire"}
    own["every_months"] = months
    if anchor == "completion":
        return {**own, "counted_from": "completion", "renewal_days": RENEWAL_DAYS}
    return {**own, "counted_from": "hire"}


def _window(stack: Stack) -> dict[str, Any]:
    """The first deadline: the earliest that any preset sets; without one, the length of a fixed year, else 30 days."""
    if stack.first_due:
        first = next(p for p in stack.presets if p.id == stack.first_due.by[0])
        if first.first_within_months is not None:
            return {"months": first.first_within_months, "rounding": "last-day"}
        return {"days": first.first_within_days}
    fixed = stack.counted_from is not None and stack.counted_from.value in FIXED_YEARS
    return {"days": YEAR_DAYS if fixed else 30}


def _parts(usable: Sequence[Preset], menu: Sequence[Offered], titles: Titles, taught: Set[str]) -> list[dict[str, Any]]:
    """One part for the topics, and one for the minutes of each law, counted over topics that some course teaches."""
    parts: list[dict[str, Any]] = []
    if menu:
        taught = [course.course_key for course in menu]
        parts.append({"key": "topics", "title": dict(titles["topics"]), "complete": "all", "of": taught})
    for preset in usable:
        asked = {preset.id: (preset.minutes, [t for t in preset.topics if t not in preset.extra_minutes])}
        asked |= {f"{preset.id}-{topic}": (minutes, [topic]) for topic, minutes in preset.extra_minutes.items()}
        for key, (minutes, topics) in asked.items():
            counted = [topic for topic in topics if topic in taught]
            if minutes and counted:
                parts.append({
                    "key": key, "title": dict(titles[preset.id]), "when": _audience(preset),
                    "minutes": minutes, "topics": counted,
                })  # fmt: skip
    return parts


def _open_points(
    stack: Stack, usable: Sequence[Preset], untaught: set[str], options: Sequence[Offered]
) -> list[Tension]:
    """What the draft leaves open: presets that it left out, topics that no course teaches, minutes not to be had."""
    points = [("preset-left-out", [p.id for p in stack.presets if p not in usable])]
    points.append(("asked-once", [p.id for p in usable if not p.every_months]))
    points.append(("topic-untaught", sorted(untaught)))
    points.append(("minutes-short", [p.id for p in usable if _is_short(p, options)]))
    return [Tension(code, tuple(ids)) for code, ids in points if ids]


def _is_short(preset: Preset, options: Sequence[Offered]) -> bool:
    def minutes(topics: set[str]) -> int:
        return sum(course.minutes for course in options if course.topics & topics)

    base = set(preset.topics) - set(preset.extra_minutes)
    return minutes(base) < (preset.minutes or 0) or any(
        minutes({topic}) < needed for topic, needed in preset.extra_minutes.items()
    )
