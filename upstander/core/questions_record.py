"""Answers for one person that rest on what they have completed, begun and joined."""

from datetime import date

from upstander.core.decision import Reason
from upstander.core.programme import Programme
from upstander.core.questions import Courses, Point
from upstander.core.questions_asker import Asker, reasons_among, verdict
from upstander.core.recommend import recommended

_OF_JOINING = (
    "exempt-onboarded", "onboarded-before-exemption", "onboarded-otherwise", "onboarded-on-unknown", "late-joiner",
)  # fmt: skip
_OF_ELSEWHERE = (
    "equivalency-accepted", "equivalency-accepted-for", "equivalency-other-course", "equivalency-too-early",
    "equivalency-too-late", "equivalency-other-cycle", "equivalency-limit", "completed-as",
)  # fmt: skip
_OF_COMPLETIONS = (
    *_OF_ELSEWHERE, "completed", "completed-in-part", "completion-before-period", "completion-after-period",
    "completion-other-role", "completion-other-course", "completion-withdrawn-option", "completion-not-in-person",
    "parts-done", "part-done", "part-missing", "part-minutes-missing", "edition-changed", "update-completed",
)  # fmt: skip


def finished(programme: Programme, asker: Asker, day: date) -> tuple[str, ...]:
    """The options that the person has completed, in the programme's order."""
    done = {c.course_key for c in asker.facts.completions if c.completed_on <= day}
    return tuple(option.course_key for option in programme.options if option.course_key in done)


def begun(programme: Programme, asker: Asker, day: date) -> tuple[str, ...]:
    """The options that the person began in this cycle and has not completed."""
    first_on, done = asker.cycle(programme, day).first_on, finished(programme, asker, day)
    started = {course for course, on in asker.facts.started if first_on <= on <= day}
    return tuple(o.course_key for o in programme.options if o.course_key in started and o.course_key not in done)


def recently_joined(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    decided = reasons_among(asker, _OF_JOINING)
    if decided and programme.exemptions:
        return [verdict(asker), *decided]
    on = asker.facts.onboarded_on
    joined = Point("joined", {"on": on}) if on else Point("joined-unknown")
    return [verdict(asker), joined, *(decided or [Point("joined-no-matter")])]


def earlier_training(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    decided = reasons_among(asker, _OF_COMPLETIONS)
    if decided:
        return [verdict(asker), *decided]
    known = tuple(dict.fromkeys(c.course_key for c in asker.facts.completions if c.completed_on <= day))
    return [verdict(asker), Point("completions-are", {"courses": known}) if known else Point("no-completion")]


def elsewhere(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    accepted = reasons_among(asker, _OF_ELSEWHERE)
    if accepted:
        return [verdict(asker), *accepted]
    if asker.stand in ("released", "done"):
        return [verdict(asker), Point("elsewhere-not-needed")]
    cycle = asker.cycle(programme, day)
    dates = {"first_on": cycle.first_on, "last_on": cycle.last_on}
    said = Point("your-own-period") if programme.has_own_cycles else Point("your-period", dates)
    waiting = asker.stand in ("ahead", "resting", "due")
    return [said, Point("until-decided", asker.dates) if waiting else verdict(asker)]


def options(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    """What is done and begun of the menu, and what may suit, with its reason (row B11)."""
    done, started = finished(programme, asker, day), begun(programme, asker, day)
    said = [Point("finished-are", {"courses": done})] if done else []
    said += [Point("begun-are", {"courses": started})] if started else []
    if not said:
        said = [Point("open-anyway" if asker.stand == "released" else "none-begun")]
    return [*said, *suiting(programme, asker, day)] if asker.stand != "done" else said


def suiting(programme: Programme, asker: Asker, day: date) -> list[Point]:
    """Options that may suit the person, with the reason why."""
    suits = recommended(programme, asker.facts, day)
    if not suits:
        return []
    reasons: dict[str, Reason] = {reason.code: reason for reason in suits.values()}
    return [Point("suits-you", {"courses": tuple(suits)}), Point("reasons", {"reasons": tuple(reasons.values())})]


def place(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    started, done = begun(programme, asker, day), finished(programme, asker, day)
    if started:
        return [Point("begun-are", {"courses": started})]
    return [Point("finished-only", {"courses": done}) if done else Point("nothing-begun")]


def again(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    started, done = begun(programme, asker, day), finished(programme, asker, day)
    said = [Point("pages-open", {"courses": done})] if done else []
    said += [Point("pages-after", {"courses": started})] if started else []
    return said or [Point("pages-none")]


def asking(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    opened = begun(programme, asker, day) + finished(programme, asker, day)
    return [Point("ask-from", {"courses": opened}) if opened else Point("ask-write")]
