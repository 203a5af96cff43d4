"""The general answer to every question: points that follow from the programme's rules and from its courses."""

from collections.abc import Callable, Mapping
from datetime import date

from upstander.core import questions_rules as rules
from upstander.core.programme import Programme
from upstander.core.questions import CourseFact, Courses, Point, offered

LEAVES = ("parental", "medical", "military", "sabbatical", "junior_faculty", "unpaid", "other")
Answering = Callable[[Programme, Courses, date], list[Point]]


def general(programme: Programme, courses: Courses, day: date, key: str) -> list[Point]:
    """What the question's answer is for everybody on the day."""
    return _GENERAL[key](programme, courses, day)


def _requirement(programme: Programme, courses: Courses, day: date) -> list[Point]:
    said = [Point("required-of", items=rules.routes(programme)), rules.complete(programme, courses, day)]
    said += [Point("exempt-since", {"since_on": exemption.since_on}) for exemption in programme.exemptions]
    return [*said, Point("decided-each")]


def _goals(programme: Programme, courses: Courses, day: date) -> list[Point]:
    goals = tuple(Point("text", {"text": goal}) for goal in courses[0].goals)
    return [Point("goals-of-course", items=goals)]


def _options(programme: Programme, courses: Courses, day: date) -> list[Point]:
    lines = tuple(_option(course) for course in offered(programme, courses, day))
    gone = tuple(
        Point("option-withdrawn", {"title": course.title, "withdrawn_on": option.withdrawn_on})
        for course in courses
        if (option := programme.option(course.key)) and option.withdrawn_on
    )
    return [
        rules.choosing(programme, courses, day),
        Point("options-are", items=(*lines, *gone)),
        Point("more-than-needed"),
    ]


def _option(course: CourseFact) -> Point:
    code = "option" if course.label else "option-unlabelled"
    return Point(code, {"label": course.label, "title": course.title, "minutes": course.minutes})


def _how_long(programme: Programme, courses: Courses, day: date) -> list[Point]:
    low, high = min(course.minutes for course in courses), max(course.minutes for course in courses)
    each = "minutes-each" if low == high else "minutes-range"
    code = "minutes-one" if len(courses) == 1 else each
    return [Point(code, {"low": low, "high": high}), Point("in-pieces")]


def _languages(programme: Programme, courses: Courses, day: date) -> list[Point]:
    shared = [lang for lang in courses[0].languages if all(lang in course.languages for course in courses)]
    return [Point("languages-are", {"languages": tuple(shared)}), Point("language-switch"), Point("language-other")]


def _passing(programme: Programme, courses: Courses, day: date) -> list[Point]:
    percents = {course.pass_percent for course in courses}
    one = Point("pass-percent", {"percent": min(percents)}) if len(percents) == 1 else Point("pass-percents")
    return [one, Point("no-penalty"), Point("review"), Point("complete-on-pass")]


def _again(programme: Programme, courses: Courses, day: date) -> list[Point]:
    ordered = any(course.in_order for course in courses)
    said = [Point("order-then-free" if ordered else "always-free")]
    return [*said, Point("others-stay")] if len(courses) > 1 else said


def _told(programme: Programme, courses: Courses, day: date) -> list[Point]:
    steps = tuple(Point(code) for code in ("told-listen", "told-no-silence", "told-line", "told-office"))
    return [Point("danger-first"), Point("told-steps", items=steps, ordered=True), Point("told-do-not")]


def _resources(programme: Programme, courses: Courses, day: date) -> list[Point]:
    doors = tuple(Point(f"door-{door}") for door in ("danger", "confidence", "office", "outside"))
    return [Point("doors", items=doors), Point("doors-more")]


def _technical(programme: Programme, courses: Courses, day: date) -> list[Point]:
    steps = tuple(Point(f"technical-{number}") for number in (1, 2, 3))
    return [Point("technical-steps", items=steps, ordered=True)]


def _survey(programme: Programme, courses: Courses, day: date) -> list[Point]:
    codes = ("survey-first", "survey-traceless") if programme.survey else ("no-survey", "survey-kept")
    return [Point(code) for code in codes]


def _always(*codes: str) -> Answering:
    """An answer that rests on what the product does, the same in every programme."""
    points = [Point(code) for code in codes]
    return lambda programme, courses, day: list(points)


_GENERAL: Mapping[str, Answering] = {
    "requirement": _requirement,
    "goals": _goals,
    "recently-joined": lambda programme, courses, day: rules.recently_joined(programme),
    "earlier-training": rules.counting,
    "elsewhere": lambda programme, courses, day: rules.elsewhere(programme, day),
    "as-student": lambda programme, courses, day: [rules.role(programme)],
    "appointment-ends": lambda programme, courses, day: rules.ending(programme),
    "leave": lambda programme, courses, day: rules.leave(programme, LEAVES),
    "graduating": lambda programme, courses, day: rules.graduating(programme),
    "unpaid": lambda programme, courses, day: rules.unpaid(programme),
    "by-when": lambda programme, courses, day: rules.by_when(programme, day),
    "every-year": lambda programme, courses, day: rules.recurrence(programme, day),
    "access": _always("access-letter", "access-page"),
    "sign-in": _always("sign-in-link", "sign-in-forgot", "sign-in-none"),
    "several-options": _options,
    "how-long": _how_long,
    "working-hours": lambda programme, courses, day: rules.hours(programme),
    "languages": _languages,
    "phone": _always("phone-yes", "phone-place"),
    "not-passing": _passing,
    "survey": _survey,
    "confirmation": _always("confirm-ways", "confirm-certificate", "confirm-department"),
    "reminders-done": _always("decided-again", "crossed", "tell-us-done"),
    "again-later": _again,
    "more-time": _always("write-before", "nothing-lost"),
    "technical": _technical,
    "no-computer": _always("call-arrange", "phone-too"),
    "upsetting": _always("may-stop", "another-way", "confidential-line"),
    "content-questions": _always("ask-about-page", "office-answers"),
    "in-person": _always("in-person-ask", "in-person-apart"),
    "wrong-reason": _always("open-why", "say-right", "rests-meanwhile", "fact-owner"),
    "contact": _always("contact-office", "contact-anything"),
    "happened-to-me": _always("danger-first", "your-choice", "confidential-line", "office-private"),
    "told": _told,
    "resources": _resources,
    "responsible-employee": _always("responsible-means", "responsible-not", "responsible-ask"),
    "must-report": _always("report-student", "report-employee", "report-others", "report-no-proof"),
}
