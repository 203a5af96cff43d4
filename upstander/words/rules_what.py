"""What has to be completed, as sentences: courses, parts of parts, minutes on topics, what counts as what, the law."""

from collections.abc import Iterator, Sequence

from django.utils.translation import get_language, gettext, gettext_noop, ngettext

from upstander.core.programme import Programme
from upstander.core.requirement import Equivalency, Option, Part
from upstander.words.dates import plain_date
from upstander.words.lists import and_list, or_list
from upstander.words.presets import TOPICS
from upstander.words.rules_conditions import Names, clause
from upstander.words.rules_text import in_active
from upstander.words.rules_updates import seat_time, updates

Said = Iterator[tuple[str, str]]
_ROLES = {
    ("employee",): gettext_noop("Only what was completed as an employee counts."),
    ("student",): gettext_noop("Only what was completed as a student counts."),
}


def _course(key: str, names: Names) -> str:
    return gettext("“%(name)s”") % {"name": names.courses.get(key, key)}


def _courses(keys: Sequence[str], names: Names) -> list[str]:
    return [_course(key, names) for key in keys]


def _topics(topics: Sequence[str], names: Names) -> str:
    return and_list([names.topics.get(topic) or str(TOPICS.get(topic, topic)) for topic in topics])


def options(rules: Programme, names: Names) -> Said:
    for option in rules.options:
        facts = {"label": option.label, "course": names.courses.get(option.course_key, option.course_key)}
        if option.label:
            yield option.course_key, gettext("Option %(label)s is the course “%(course)s”.") % facts
        else:
            yield option.course_key, gettext("The course “%(course)s” counts.") % facts
        yield from _about_option(option, facts, names)


def _about_option(option: Option, facts: dict, names: Names) -> Said:
    key = option.course_key
    if option.minutes is not None:
        yield (
            f"{key}#minutes",
            ngettext(
                "“%(course)s” counts as %(minutes)s minute.",
                "“%(course)s” counts as %(minutes)s minutes.",
                option.minutes,
            )
            % {**facts, "minutes": option.minutes},
        )
    if option.topics:
        said = gettext("“%(course)s” covers these topics: %(topics)s.")
        yield f"{key}#topics", said % {**facts, "topics": _topics(option.topics, names)}
    if option.withdrawn_on:
        yield (
            f"{key}#withdrawn",
            gettext(
                "“%(course)s” is withdrawn on %(day)s: whoever began it before may finish it, and it counts; nobody "
                "else may begin it from that day on."
            )
            % {**facts, "day": plain_date(option.withdrawn_on, get_language() or "en")},
        )
    if option.in_person:
        said = gettext("Whoever attends “%(course)s” as a training in person meets it too.")
        yield f"{key}#in-person", said % facts
    yield from seat_time(option, facts["course"])
    yield from updates(option, facts["course"])


def requirement(rules: Programme, names: Names) -> Said:
    if not rules.parts:
        yield "", _so_many_of(rules.need, [option.course_key for option in rules.options], names)
        return
    total = len(rules.parts)
    if rules.need >= total:
        yield "", gettext("Every part of the requirement that applies to a person is needed.")
    else:
        yield (
            "",
            ngettext(
                "%(need)s of the %(total)s parts of the requirement is needed.",
                "%(need)s of the %(total)s parts of the requirement are needed.",
                rules.need,
            )
            % {"need": rules.need, "total": total},
        )
    for place, part in enumerate(rules.parts, 1):
        yield from _part(part, str(place), names)


def _so_many_of(need: int, courses: Sequence[str], names: Names) -> str:
    if len(courses) == 1:
        return gettext("The course %(course)s is to be completed.") % {"course": _course(courses[0], names)}
    if need >= len(courses):
        return gettext("All of these are to be completed: %(courses)s.") % {
            "courses": and_list(_courses(courses, names))
        }
    return ngettext(
        "One of these is to be completed: %(courses)s.",
        "%(need)s of these are to be completed: %(courses)s.",
        need,
    ) % {
        "need": need,
        "courses": or_list(_courses(courses, names)) if need == 1 else and_list(_courses(courses, names)),
    }


def _part(part: Part, place: str, names: Names, within: str = "") -> Said:
    """One part and what is inside it, numbered as an outline: 2, 2.1, 2.1.1."""
    key = f"{within}{part.key or place}"
    title = in_active(part.title) or part.key
    facts = {"place": place, "title": title}
    if title:
        yield f"{key}#title", gettext("Part %(place)s is “%(title)s”.") % facts
    if part.when is not None:
        said = gettext("Part %(place)s is only for people with an appointment for which this holds: %(clause)s.")
        yield f"{key}#when", said % {**facts, "clause": clause(part.when, names)}
    yield key, _needs(part, place, names)
    for number, inner in enumerate(part.parts, 1):
        yield from _part(inner, f"{place}.{number}", names, f"{key}#")


def _needs(part: Part, place: str, names: Names) -> str:
    if part.minutes is not None:
        return _minutes(part, place, names)
    if part.parts:
        total = len(part.parts)
        if part.complete is None or part.complete >= total:
            return gettext("For part %(place)s, every part inside it that applies is needed.") % {"place": place}
        return ngettext(
            "For part %(place)s, %(need)s of the %(total)s parts inside it is needed.",
            "For part %(place)s, %(need)s of the %(total)s parts inside it are needed.",
            part.complete,
        ) % {"place": place, "need": part.complete, "total": total}
    need = len(part.of) if part.complete is None else part.complete
    facts = {"place": place, "need": need}
    if len(part.of) == 1:
        said = gettext("For part %(place)s, the course %(courses)s is to be completed.")
        return said % {**facts, "courses": _course(part.of[0], names)}
    if need >= len(part.of):
        said = gettext("For part %(place)s, all of these are to be completed: %(courses)s.")
        return said % {**facts, "courses": and_list(_courses(part.of, names))}
    listed = or_list if need == 1 else and_list
    return ngettext(
        "For part %(place)s, one of these is to be completed: %(courses)s.",
        "For part %(place)s, %(need)s of these are to be completed: %(courses)s.",
        need,
    ) % {**facts, "courses": listed(_courses(part.of, names))}


def _minutes(part: Part, place: str, names: Names) -> str:
    facts = {"place": place, "minutes": part.minutes, "topics": _topics(part.topics, names)}
    if part.within_months is None:
        return (
            ngettext(
                "For part %(place)s, %(minutes)s minute of courses on these topics is needed within the cycle: "
                "%(topics)s.",
                "For part %(place)s, %(minutes)s minutes of courses on these topics are needed within the cycle: "
                "%(topics)s.",
                part.minutes or 0,
            )
            % facts
        )
    return ngettext(
        "For part %(place)s, %(minutes)s minutes of courses on these topics are needed within the last month: "
        "%(topics)s.",
        "For part %(place)s, %(minutes)s minutes of courses on these topics are needed within the last %(months)s "
        "months: %(topics)s.",
        part.within_months,
    ) % {**facts, "months": part.within_months}


def counts(rules: Programme, names: Names) -> Said:
    said = _ROLES.get(tuple(rules.roles))
    if said:
        yield "", gettext(said)
    else:
        yield "", gettext("What was completed as an employee counts, and so does what was completed as a student.")


def equivalencies(rules: Programme, names: Names) -> Said:
    for equivalency in rules.equivalencies:
        key = f"{equivalency.course_key}>{equivalency.counts_as}"
        facts = {
            "course": names.courses.get(equivalency.course_key, equivalency.course_key),
            "counts_as": names.courses.get(equivalency.counts_as, equivalency.counts_as),
        }
        yield key, gettext("“%(course)s” counts as “%(counts_as)s”, and never the other way.") % facts
        yield from _limits(equivalency, key, facts)


def _limits(equivalency: Equivalency, key: str, facts: dict) -> Said:
    lang = get_language() or "en"
    days = {
        "from_on": plain_date(equivalency.from_on, lang) if equivalency.from_on else "",
        "to_on": plain_date(equivalency.to_on, lang) if equivalency.to_on else "",
    }
    if days["from_on"] and days["to_on"]:
        said = gettext("This holds for “%(course)s” taken from %(from_on)s to %(to_on)s.")
    elif days["from_on"]:
        said = gettext("This holds for “%(course)s” taken on %(from_on)s or later.")
    else:
        said = gettext("This holds for “%(course)s” taken on %(to_on)s or earlier.") if days["to_on"] else ""
    if said:
        yield f"{key}#days", said % {**facts, **days}
    if equivalency.cycles:
        listed = and_list([gettext("“%(name)s”") % {"name": cycle} for cycle in equivalency.cycles])
        yield (
            f"{key}#cycles",
            gettext("“%(course)s” counts so in these cycles only: %(cycles)s.") % {**facts, "cycles": listed},
        )
    if equivalency.at_most is not None:
        yield (
            f"{key}#at-most",
            ngettext(
                "In one cycle at most %(count)s course of a person may be met in this way.",
                "In one cycle at most %(count)s courses of a person may be met in this way.",
                equivalency.at_most,
            )
            % {"count": equivalency.at_most},
        )


def recommendations(rules: Programme, names: Names) -> Said:
    for place, recommendation in enumerate(rules.recommendations, 1):
        facts = {
            "courses": and_list(_courses(recommendation.options, names)),
            "clause": clause(recommendation.when, names),
        }
        yield (
            str(place),
            ngettext(
                "%(courses)s is recommended to people with an appointment for which this holds: %(clause)s.",
                "%(courses)s are recommended to people with an appointment for which this holds: %(clause)s.",
                len(recommendation.options),
            )
            % facts,
        )


def legal(rules: Programme, names: Names) -> Said:
    for entry in rules.legal:
        named = names.presets.get(entry.preset, entry.preset)
        yield entry.preset, gettext("The rules of the legal preset “%(preset)s” are met here.") % {"preset": named}


def records(rules: Programme, names: Names) -> Said:
    if rules.keep_years is not None:
        yield (
            "",
            ngettext(
                "Records are kept for at least %(years)s year.",
                "Records are kept for at least %(years)s years.",
                rules.keep_years,
            )
            % {"years": rules.keep_years},
        )
