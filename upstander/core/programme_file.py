"""A programme file (TOML) read into rules; every fault is reported with its place, none is guessed away."""

import tomllib
from collections.abc import Mapping
from datetime import date

from upstander.core.errors import Refusal
from upstander.core.programme import (
    Cycle,
    Group,
    NamedCycles,
    OnboardingExemption,
    Option,
    Programme,
    Recommendation,
    Route,
    Window,
    YearlyCycles,
)
from upstander.core.programme_reader import CATEGORIES, LANGUAGES, SANE_YEARS, Reader

LEAVE_KINDS = ("sabbatical", "junior_faculty", "parental", "medical", "military", "unpaid", "other")
TOP_KEYS = {
    "key", "version", "title", "summary", "cycle", "audience", "groups", "window", "options", "requirement",
    "counts", "endings", "exemptions", "leave", "recommendations", "reminders", "recurrence", "office", "examples",
}  # fmt: skip


def parse_programme(text: str) -> Programme:
    """The programme that a file describes.

    Raises Refusal `programme-unreadable` {message} where it is not TOML, and `programme-invalid`
    {problems: [{path, message}]} where it is, but does not say a programme.
    """
    try:
        document = tomllib.loads(text)
    except RecursionError as problem:
        raise Refusal("programme-unreadable", {"message": "lists or tables are nested too deeply"}) from problem
    except ValueError as problem:  # also what is TOML by its form, and yet no value: a number of thousands of digits
        raise Refusal("programme-unreadable", {"message": str(problem)}) from problem
    reader = Reader()
    programme = _programme(reader, document)
    if reader.problems:
        raise Refusal("programme-invalid", {"problems": reader.problems})
    return programme


def _programme(reader: Reader, document: Mapping) -> Programme:
    reader.unknown_keys(document, TOP_KEYS, "")
    cycles = _cycles(reader, document)
    window_days = _window_days(reader, document)
    groups = _groups(reader, document, cycles)
    if bool(groups) == (window_days is not None):
        reader.wrong("window", "either [[groups]] with their dates or [window] with its days is needed, not both")
    options = _options(reader, document)
    endings = reader.table(document, "endings", "", {"exclude_if_by_due"})
    if not isinstance(endings.get("exclude_if_by_due", False), bool):
        reader.wrong("endings.exclude_if_by_due", "must be true or false")
    counts = reader.table(document, "counts", "", {"roles"})
    return Programme(
        key=reader.name(document, "key", ""),
        version=reader.whole(document, "version", "", 1, 1) or 1,
        title=reader.words(document, "title", ""),
        summary=reader.words(document, "summary", "", required=False),
        cycles=cycles,
        routes=_routes(reader, document),
        groups=groups,
        options=options,
        need=_need(reader, document, options),
        roles=reader.names(counts, "roles", "counts.", ("employee", "student")),
        window_days=window_days,
        grace_days=reader.whole(reader.table(document, "window", ""), "grace_days", "window.", 0) or 0,
        ending_by_due_excludes=bool(endings.get("exclude_if_by_due", False)),
        deferring_leave=_leave(reader, document),
        exemptions=_exemptions(reader, document),
        recommendations=_recommendations(reader, document, options),
        reminders=_reminders(reader, document),
        every_months=reader.whole(
            reader.table(document, "recurrence", "", {"every_months"}), "every_months", "recurrence.", None, 1
        ),
        office=_office(reader, document),
        examples=tuple(reader.tables(document, "examples", "")),
    )


def _cycles(reader: Reader, document: Mapping) -> YearlyCycles | NamedCycles:
    table = reader.table(document, "cycle", "", {"kind", "starts_on", "first_year", "periods"})
    kind = reader.choice(table, "kind", "cycle.", ("yearly", "named"))
    if kind == "yearly":
        try:
            first = date.fromisoformat(f"2001-{table.get('starts_on')}")
        except ValueError:
            reader.wrong("cycle.starts_on", "must be a month and day that every year has, such as '07-01'")
            first = date(2001, 1, 1)
        year = reader.whole(table, "first_year", "cycle.", None, SANE_YEARS.start)
        if year is None or year not in SANE_YEARS:
            reader.wrong("cycle.first_year", "must be the year in which the first cycle begins, such as 2020")
        return YearlyCycles(first.month, first.day, year if year in SANE_YEARS else 2020)
    periods = []
    for place, entry in enumerate(reader.tables(table, "periods", "cycle.")):
        path = f"cycle.periods[{place}]."
        reader.unknown_keys(entry, {"key", "first_on", "last_on"}, path)
        first_on, last_on = reader.day(entry, "first_on", path), reader.day(entry, "last_on", path)
        if first_on and last_on:
            if last_on < first_on:
                reader.wrong(f"{path}last_on", "stands before first_on")
            if periods and first_on <= periods[-1].last_on:
                reader.wrong(f"{path}first_on", "the period begins before the last one ends")
            periods.append(Cycle(reader.name(entry, "key", path), first_on, last_on))
    _unique(reader, "cycle.periods", [period.key for period in periods])
    if not periods:
        reader.wrong("cycle.periods", "at least one period is needed")
        periods = [Cycle("none", date(2000, 1, 1), date(2000, 1, 1))]
    return NamedCycles(tuple(periods))


def _window_days(reader: Reader, document: Mapping) -> int | None:
    table = reader.table(document, "window", "", {"days", "grace_days"})
    return reader.whole(table, "days", "window.", None, 1)


def _routes(reader: Reader, document: Mapping) -> tuple[Route, ...]:
    audience = reader.table(document, "audience", "", {"routes"})
    routes = []
    for place, entry in enumerate(reader.tables(audience, "routes", "audience.")):
        path = f"audience.routes[{place}]."
        reader.unknown_keys(entry, {"key", "when"}, path)
        routes.append(Route(reader.name(entry, "key", path), reader.condition(entry.get("when"), f"{path}when")))
    if not routes:
        reader.wrong("audience.routes", "at least one way into the audience is needed")
    _unique(reader, "audience.routes", [route.key for route in routes])
    return tuple(routes)


def _groups(reader: Reader, document: Mapping, cycles: YearlyCycles | NamedCycles) -> tuple[Group, ...]:
    groups = []
    for place, entry in enumerate(reader.tables(document, "groups", "")):
        path = f"groups[{place}]."
        reader.unknown_keys(entry, {"key", "title", "when", "opens_on", "due_on"}, path)
        opens_on, due_on = reader.day(entry, "opens_on", path), reader.day(entry, "due_on", path)
        if opens_on and due_on and due_on < opens_on:
            reader.wrong(f"{path}due_on", "stands before opens_on")
        _within_a_period(reader, path, cycles, opens_on, due_on)
        when = reader.condition(entry["when"], f"{path}when") if "when" in entry else None
        if when is None and place + 1 < len(reader.tables(document, "groups", "")):
            reader.wrong(f"{path}when", "only the last group may be without a condition: it takes everybody left")
        window = Window(opens_on, due_on) if opens_on and due_on else None
        groups.append(Group(reader.name(entry, "key", path), reader.words(entry, "title", path), when, window))
    _unique(reader, "groups", [group.key for group in groups])
    return tuple(groups)


def _within_a_period(
    reader: Reader, path: str, cycles: YearlyCycles | NamedCycles, opens_on: date | None, due_on: date | None
) -> None:
    periods = cycles.periods if isinstance(cycles, NamedCycles) else ()
    if not periods:
        reader.wrong(f"{path}opens_on", "groups with dates need [cycle] kind = 'named'")
    elif opens_on and due_on and not any(p.first_on <= opens_on and due_on <= p.last_on for p in periods):
        reader.wrong(f"{path}opens_on", "the window does not lie within any of the cycle's periods")


def _options(reader: Reader, document: Mapping) -> tuple[Option, ...]:
    options = []
    for place, entry in enumerate(reader.tables(document, "options", "")):
        path = f"options[{place}]."
        reader.unknown_keys(entry, {"course", "label"}, path)
        label = entry.get("label", "")
        if not isinstance(label, str):
            reader.wrong(f"{path}label", "must be text")
            label = ""
        options.append(Option(reader.name(entry, "course", path), label))
    if not options:
        reader.wrong("options", "at least one course is needed")
    _unique(reader, "options", [option.course_key for option in options])
    return tuple(options)


def _need(reader: Reader, document: Mapping, options: tuple[Option, ...]) -> int:
    table = reader.table(document, "requirement", "", {"complete"})
    need = reader.whole(table, "complete", "requirement.", 1, 1) or 1
    if options and need > len(options):
        reader.wrong("requirement.complete", f"asks for {need} of {len(options)} courses")
    return need


def _leave(reader: Reader, document: Mapping) -> frozenset[str]:
    table = reader.table(document, "leave", "", set(LEAVE_KINDS))
    for kind in table:
        reader.choice(table, kind, "leave.", ("continues", "defers"))
    missing = [kind for kind in LEAVE_KINDS if kind not in table]
    if missing:
        reader.wrong(f"leave.{missing[0]}", "is missing: say 'continues' or 'defers' for every kind of leave")
    return frozenset(kind for kind, policy in table.items() if policy == "defers")


def _exemptions(reader: Reader, document: Mapping) -> tuple[OnboardingExemption, ...]:
    exemptions = []
    for place, entry in enumerate(reader.tables(document, "exemptions", "")):
        path = f"exemptions[{place}]."
        known = {"key", "onboarded_on_or_after", "onboarded_as", "if_blank_with_category"}
        reader.unknown_keys(entry, known, path)
        since = reader.day(entry, "onboarded_on_or_after", path)
        blank = entry.get("if_blank_with_category", [])
        exemptions.append(
            OnboardingExemption(
                reader.name(entry, "key", path),
                since or date(2000, 1, 1),
                reader.name(entry, "onboarded_as", path),
                reader.names(entry, "if_blank_with_category", path, CATEGORIES) if blank else (),
            )
        )
    _unique(reader, "exemptions", [exemption.key for exemption in exemptions])
    return tuple(exemptions)


def _recommendations(reader: Reader, document: Mapping, options: tuple[Option, ...]) -> tuple[Recommendation, ...]:
    found = []
    for place, entry in enumerate(reader.tables(document, "recommendations", "")):
        path = f"recommendations[{place}]."
        reader.unknown_keys(entry, {"options", "when"}, path)
        allowed = tuple(option.course_key for option in options)
        courses = reader.names(entry, "options", path, allowed)
        found.append(Recommendation(courses, reader.condition(entry.get("when"), f"{path}when")))
    return tuple(found)


def _reminders(reader: Reader, document: Mapping) -> tuple[int, ...]:
    table = reader.table(document, "reminders", "", {"days_before_due", "days_after_due"})
    days: list[int] = []
    for key, sign in (("days_before_due", 1), ("days_after_due", -1)):
        value = table.get(key, [])
        whole = isinstance(value, list) and all(
            isinstance(v, int) and not isinstance(v, bool) and 0 <= v <= 366 for v in value
        )
        if not whole:
            reader.wrong(f"reminders.{key}", "must be a list of whole numbers of days, such as [14, 3]")
            continue
        days += [sign * v for v in value]
    return tuple(sorted(set(days), reverse=True))


def _office(reader: Reader, document: Mapping) -> Mapping[str, Mapping[str, str]]:
    table = reader.table(document, "office", "", set(LANGUAGES))
    for language, entry in table.items():
        if not isinstance(entry, Mapping):
            reader.wrong(f"office.{language}", "must be a table")
            continue
        reader.unknown_keys(entry, {"name", "phone", "email", "hours"}, f"office.{language}.")
        for key in ("name", "phone", "email", "hours"):
            if not isinstance(entry.get(key), str) or not entry[key]:
                reader.wrong(f"office.{language}.{key}", "is missing")
    if table and set(table) != set(LANGUAGES):
        reader.wrong("office", "must stand in every language: en, es")
    return table


def _unique(reader: Reader, path: str, keys: list[str]) -> None:
    for key in sorted({key for key in keys if key and keys.count(key) > 1}):
        reader.wrong(path, f"{key!r} stands twice")
