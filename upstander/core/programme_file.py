"""A programme file (TOML) read into rules; every fault is reported with its place, none is guessed away."""

import tomllib
from collections.abc import Mapping
from datetime import date

from upstander.core.cases_file import read_access, read_cases
from upstander.core.cycle_file import read_cycles, read_rounding, read_window
from upstander.core.cycles import Cycles, NamedCycles
from upstander.core.days import ROUNDINGS
from upstander.core.errors import Refusal
from upstander.core.facts import LEAVE_KINDS
from upstander.core.notices_file import read_notices
from upstander.core.programme import (
    Group,
    LegalPreset,
    OnboardingExemption,
    Option,
    Programme,
    Recommendation,
    Route,
    Window,
)
from upstander.core.programme_reader import CATEGORIES, LANGUAGES, Reader
from upstander.core.requirement_file import read_equivalencies, read_options, read_requirement

TOP_KEYS = {
    "key", "version", "title", "summary", "cycle", "audience", "groups", "window", "options", "requirement",
    "counts", "endings", "exemptions", "leave", "recommendations", "reminders", "recurrence", "office", "examples",
    "equivalencies", "legal", "records", "survey", "cases", "notices", "access",
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
    cycles = read_cycles(reader, document)
    window_days, window_months, window_rounding = read_window(reader, document, cycles)
    groups = _groups(reader, document, cycles)
    if bool(groups) == (window_days is not None or window_months is not None):
        reader.wrong("window", "either [[groups]] with their dates or [window] with its days is needed, not both")
    options = read_options(reader, document)
    need, parts = read_requirement(reader, document, options, cycles)
    endings = reader.table(document, "endings", "", {"exclude_if_by_due"})
    if not isinstance(endings.get("exclude_if_by_due", False), bool):
        reader.wrong("endings.exclude_if_by_due", "must be true or false")
    counts = reader.table(document, "counts", "", {"roles"})
    records = reader.table(document, "records", "", {"keep_years"})
    minimum_notice_days, escalation = read_notices(reader, document)
    extension, elsewhere = read_cases(reader, document)
    recurrence = reader.table(document, "recurrence", "", {"every_months", "rounding"})
    return Programme(
        key=reader.name(document, "key", ""),
        version=reader.whole(document, "version", "", 1, 1) or 1,
        title=reader.words(document, "title", ""),
        summary=reader.words(document, "summary", "", required=False),
        cycles=cycles,
        routes=_routes(reader, document),
        groups=groups,
        options=options,
        need=need,
        parts=parts,
        equivalencies=read_equivalencies(reader, document, options, cycles),
        roles=reader.names(counts, "roles", "counts.", ("employee", "student")),
        window_days=window_days,
        window_months=window_months,
        window_rounding=window_rounding,
        grace_days=reader.whole(reader.table(document, "window", ""), "grace_days", "window.", 0) or 0,
        ending_by_due_excludes=bool(endings.get("exclude_if_by_due", False)),
        deferring_leave=_leave(reader, document),
        exemptions=_exemptions(reader, document),
        recommendations=_recommendations(reader, document, options),
        reminders=_reminders(reader, document),
        every_months=reader.whole(recurrence, "every_months", "recurrence.", None, 1),
        recurrence_rounding=read_rounding(reader, recurrence, "recurrence.", ROUNDINGS[0]),
        office=_office(reader, document),
        examples=tuple(reader.tables(document, "examples", "")),
        period_windows=_period_windows(reader, document, groups, cycles),
        legal=_legal(reader, document),
        keep_years=reader.whole(records, "keep_years", "records.", None, 1),
        survey=reader.name(document, "survey", "") if "survey" in document else "",
        extension=extension,
        elsewhere=elsewhere,
        access=read_access(reader, document),
        minimum_notice_days=minimum_notice_days,
        escalation=escalation,
    )


def _routes(reader: Reader, document: Mapping) -> tuple[Route, ...]:
    audience = reader.table(document, "audience", "", {"routes"})
    routes = []
    for place, entry in enumerate(reader.tables(audience, "routes", "audience.")):
        path = f"audience.routes[{place}]."
        reader.unknown_keys(entry, {"key", "when"}, path)
        routes.append(Route(reader.name(entry, "key", path), reader.condition(entry.get("when"), f"{path}when")))
    if not routes:
        reader.wrong("audience.routes", "at least one way into the audience is needed")
    reader.unique("audience.routes", [route.key for route in routes])
    return tuple(routes)


def _groups(reader: Reader, document: Mapping, cycles: Cycles) -> tuple[Group, ...]:
    groups = []
    for place, entry in enumerate(reader.tables(document, "groups", "")):
        path = f"groups[{place}]."
        reader.unknown_keys(entry, {"key", "title", "when", "opens_on", "due_on", "rank"}, path)
        opens_on, due_on = reader.day(entry, "opens_on", path), reader.day(entry, "due_on", path)
        if opens_on and due_on and due_on < opens_on:
            reader.wrong(f"{path}due_on", "stands before opens_on")
        _within_a_period(reader, path, cycles, opens_on, due_on)
        when = reader.condition(entry["when"], f"{path}when") if "when" in entry else None
        if when is None and place + 1 < len(reader.tables(document, "groups", "")):
            reader.wrong(f"{path}when", "only the last group may be without a condition: it takes everybody left")
        window = Window(opens_on, due_on) if opens_on and due_on else None
        rank = reader.whole(entry, "rank", path, None, 1)
        groups.append(Group(reader.name(entry, "key", path), reader.words(entry, "title", path), when, window, rank))
    if len({group.rank is None for group in groups}) > 1:
        reader.wrong("groups", "either every group has a rank or none: the order of the file is one of its own")
    reader.unique("groups", [group.key for group in groups])
    return tuple(groups)


def _within_a_period(reader: Reader, path: str, cycles: Cycles, opens_on: date | None, due_on: date | None) -> None:
    periods = cycles.periods if isinstance(cycles, NamedCycles) else ()
    if not isinstance(cycles, NamedCycles):
        reader.wrong(f"{path}opens_on", "groups with dates need [cycle] kind = 'named'")
    elif opens_on and due_on and not any(p.first_on <= opens_on and due_on <= p.last_on for p in periods):
        reader.wrong(f"{path}opens_on", "the window does not lie within any of the cycle's periods")


def _period_windows(
    reader: Reader, document: Mapping, groups: tuple[Group, ...], cycles: Cycles
) -> Mapping[tuple[str, str], Window]:
    """The windows that the groups had in earlier periods: what was begun in one is decided by its own dates."""
    table = reader.table(document, "cycle", "")
    keys = tuple(group.key for group in groups) or ("",)
    found: dict[tuple[str, str], Window] = {}
    if not isinstance(cycles, NamedCycles):
        return found
    for at, period in enumerate(reader.tables(table, "periods", "cycle.")):
        this = NamedCycles(tuple(p for p in cycles.periods if p.key == period.get("key")))
        for place, entry in enumerate(reader.tables(period, "windows", f"cycle.periods[{at}].")):
            path = f"cycle.periods[{at}].windows[{place}]."
            reader.unknown_keys(entry, {"group", "opens_on", "due_on"}, path)
            group = reader.choice(entry, "group", path, keys)
            opens_on, due_on = reader.day(entry, "opens_on", path), reader.day(entry, "due_on", path)
            _within_a_period(reader, path, this, opens_on, due_on)
            if opens_on and due_on and due_on < opens_on:
                reader.wrong(f"{path}due_on", "stands before opens_on")
            if opens_on and due_on:
                found[(str(period.get("key")), group)] = Window(opens_on, due_on)
    return found


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
    reader.unique("exemptions", [exemption.key for exemption in exemptions])
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


def _legal(reader: Reader, document: Mapping) -> tuple[LegalPreset, ...]:
    stacked = []
    for place, entry in enumerate(reader.tables(document, "legal", "")):
        path = f"legal[{place}]."
        reader.unknown_keys(entry, {"preset", "digest"}, path)
        digest = entry.get("digest")
        if not isinstance(digest, str) or not digest:
            reader.wrong(f"{path}digest", "is missing: the digest of the preset's text as it was signed here")
            digest = ""
        stacked.append(LegalPreset(reader.name(entry, "preset", path), digest))
    reader.unique("legal", [preset.preset for preset in stacked])
    return tuple(stacked)
