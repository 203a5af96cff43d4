"""What the general answers say that follows from who must, what counts and when: read from the programme's rules."""

from datetime import date

from upstander.core.conditions import AllOf, AnyOf, Condition, Not, Test, tests_of
from upstander.core.programme import OnboardingExemption, Programme, YearlyCycles
from upstander.core.questions import EMPLOYED, STUDENTS, Courses, Point, categories_of, offered
from upstander.core.requirement import Equivalency, Part

#: What a route may ask beside the category, to be said in one sentence.
_ONE_SENTENCE = {("paid", True): "route-paid", ("benefits_eligible", True): "route-benefits"}


def routes(programme: Programme) -> tuple[Point, ...]:
    """Every way into the audience as one point."""
    return tuple(_route(route.when) for route in programme.routes)


def _route(when: Condition) -> Point:
    parts = when.parts if isinstance(when, AllOf) else (when,)
    category = next((part for part in parts if isinstance(part, Test) and part.key == "category"), None)
    rest = [part for part in parts if part is not category]
    if category and not rest:
        return Point("route-plain", {"who": category.wanted})
    if category and len(rest) == 1 and isinstance(rest[0], Test):
        asked = rest[0]
        if asked.key == "student_year_at_least":
            return Point("route-year", {"who": category.wanted, "year": asked.wanted})
        if asked.wanted in (True, False) and (asked.key, asked.wanted) in _ONE_SENTENCE:
            return Point(_ONE_SENTENCE[asked.key, asked.wanted], {"who": category.wanted})
    return Point("route-all", items=tuple(_condition(part) for part in parts))


def _condition(part: Condition) -> Point:
    if isinstance(part, AllOf | AnyOf):
        code = "if-all" if isinstance(part, AllOf) else "if-any"
        return Point(code, items=tuple(_condition(inner) for inner in part.parts))
    if isinstance(part, Not):
        return Point("if-none", items=(_condition(part.part),))
    if part.key == "category":
        return Point("if-category", {"who": part.wanted})
    if part.wanted is False:
        return Point(f"if-not-{part.key}")
    return Point(f"if-{part.key}", {"wanted": part.wanted})


def complete(programme: Programme, courses: Courses, day: date) -> Point:
    """What it takes: how many of the options that are offered on the day, or the parts."""
    if programme.parts:
        return Point("complete-parts", items=tuple(_part(part) for part in programme.parts))
    on_offer = offered(programme, courses, day)
    total = len(on_offer)
    if total == 1:
        return Point("complete-the-course", {"course": on_offer[0].title})
    if programme.need >= total:
        return Point("complete-all", {"total": total})
    if programme.need == 1:
        return Point("complete-one-of", {"total": total})
    return Point("complete-some-of", {"need": programme.need, "total": total})


def choosing(programme: Programme, courses: Courses, day: date) -> Point:
    """The same, said to whoever chooses."""
    total = len(offered(programme, courses, day))
    if programme.parts:
        return Point("choose-parts")
    if total == 1:
        return Point("choose-only")
    if programme.need >= total:
        return Point("choose-all", {"total": total})
    if programme.need == 1:
        return Point("choose-one", {"total": total})
    return Point("choose-some", {"need": programme.need, "total": total})


def _part(part: Part) -> Point:
    items = tuple(_part(inner) for inner in part.parts)
    if part.when:
        items = (*items, Point("part-only-if", items=(_condition(part.when),)))
    if part.parts:
        return Point("part-parts", {"title": part.title}, items)
    if part.minutes:
        return Point("part-minutes", {"title": part.title, "minutes": part.minutes}, items)
    if part.complete is None:
        return Point("part-all", {"title": part.title, "courses": part.of}, items)
    return Point("part-some", {"title": part.title, "need": part.complete, "courses": part.of}, items)


def recently_joined(programme: Programme) -> list[Point]:
    said = [point for exemption in programme.exemptions for point in _exemption(exemption)] or [Point("no-exemption")]
    if any(group.window for group in programme.groups):
        said.append(Point("late-group"))
    elif has_window(programme):
        said.append(_late(programme))
    return said


def has_window(programme: Programme) -> bool:
    """Whether the programme has a window of its own length, counted from an opening."""
    return bool(programme.window_days or programme.window_months)


def _late(programme: Programme) -> Point:
    days = programme.window_days
    return Point("late-days", {"days": days}) if days and not programme.window_months else Point("late-window")


def _exemption(exemption: OnboardingExemption) -> list[Point]:
    said = [Point("exempt-since", {"since_on": exemption.since_on}), Point("exempt-before")]
    return [*said, Point("exempt-employees")] if exemption.onboarded_as == "employee" else said


def counting(programme: Programme, courses: Courses, day: date) -> list[Point]:
    cycle = programme.cycle_on(day)
    said = [Point("counts-period", {"first_on": cycle.first_on, "last_on": cycle.last_on})]
    said = [Point("counts-own-period")] if programme.has_own_cycles else said
    said += [Point("counts-back", {"months": part.within_months}) for part in programme.looking_back]
    on_offer = offered(programme, courses, day)
    if len(on_offer) != 1:
        return [*said, Point("counts-menu")]
    return [*said, Point("counts-course", {"course": on_offer[0].title})]


def elsewhere(programme: Programme, day: date) -> list[Point]:
    """What counts that was taken elsewhere: by rule, or after a look at it (row A10)."""
    said = [Point("elsewhere-no")]
    if programme.equivalencies:
        said.append(Point("elsewhere-listed", items=tuple(_counts(one) for one in programme.equivalencies)))
    cycle = programme.cycle_on(day)
    if programme.has_own_cycles:
        return [*said, Point("elsewhere-ask-own")]
    return [*said, Point("elsewhere-ask", {"first_on": cycle.first_on, "last_on": cycle.last_on})]


def _counts(one: Equivalency) -> Point:
    if one.from_on and one.to_on:
        dates = {"first_on": one.from_on, "last_on": one.to_on}
        return Point("elsewhere-counts-days", {"course": one.course_key, **dates})
    return Point("elsewhere-counts", {"course": one.course_key})


def role(programme: Programme) -> Point:
    taken = set(programme.roles)
    return Point("role-either" if len(taken) > 1 else f"role-{min(taken)}-only")


def ending(programme: Programme) -> list[Point]:
    if not programme.ending_by_due_excludes:
        return [Point("ending-lasts"), Point("ending-tell")]
    lasts = tuple(
        Point("group-last", {"group": group.title, "due_on": group.window.due_on})
        for group in programme.groups
        if group.window
    )
    return [Point("ending-by", items=lasts), Point("ending-extended"), Point("ending-tell")]


def leave(programme: Programme, kinds: tuple[str, ...]) -> list[Point]:
    """`kinds` are all kinds of leave there are."""
    stopping = tuple(kind for kind in kinds if kind in programme.deferring_leave)
    others = tuple(kind for kind in kinds if kind not in programme.deferring_leave)
    if not stopping:
        said = [Point("leave-none-stops")]
    elif not others:
        said = [Point("leave-all-stop")]
    else:
        said = [Point("leave-some-stop", {"kinds": stopping}), Point("leave-others", {"kinds": others})]
    return [*said, Point("leave-tell")]


def graduating(programme: Programme) -> list[Point]:
    said = [Point("graduating-still")]
    for recommendation in programme.recommendations:
        within = [test.wanted for test in tests_of(recommendation.when) if test.key == "graduates_within_days"]
        if within:
            said.append(Point("graduating-suits", {"days": min(within), "options": recommendation.options}))
    return said


def unpaid(programme: Programme) -> list[Point]:
    """What pay decides on each way into the audience."""
    said = []
    for route in programme.routes:
        tests = {test.key: test.wanted for test in tests_of(route.when)}
        who = tests.get("category") or tuple(sorted(categories_of(programme)))
        code = "unpaid-not" if tests.get("paid") is True else "unpaid-no-matter"
        code = "unpaid-benefits" if tests.get("benefits_eligible") is True and code == "unpaid-no-matter" else code
        said.append(Point(code, {"who": who}))
    return [*said, Point("unpaid-other"), Point("may-take")]


def by_when(programme: Programme, day: date) -> list[Point]:
    cycle = programme.cycle_on(day)
    windows = tuple(
        Point("group-window", {"group": g.title, "opens_on": g.window.opens_on, "due_on": g.window.due_on})
        for g in programme.groups
        if g.window
    )
    if programme.has_own_cycles:
        return [Point("window-own"), *_grace(programme)]
    said = []
    if windows:
        said = [Point("groups-are", items=windows), Point("group-order"), Point("late-group")]
    elif has_window(programme):
        dates = {"opens_on": cycle.first_on, "due_on": programme.due_after(cycle.first_on)}
        days = programme.window_days if not programme.window_months else None
        said = [Point("window-from", {**dates, "days": days}) if days else Point("window-from-to", dates)]
        said.append(_late(programme))
    return [*said, *_grace(programme), Point("late-counts", {"last_on": cycle.last_on})]


def _grace(programme: Programme) -> list[Point]:
    return [Point("grace", {"days": programme.grace_days})] if programme.grace_days else []


def recurrence(programme: Programme, day: date) -> list[Point]:
    cycle = programme.cycle_on(day)
    dates = {"first_on": cycle.first_on, "last_on": cycle.last_on}
    months = getattr(programme.cycles, "every_months", None) or programme.every_months
    if programme.has_own_cycles:
        return [Point("every-own", {"months": months}), Point("told-when-again")] if months else [Point("every-once")]
    if isinstance(programme.cycles, YearlyCycles):
        return [Point("every-year-yes", dates), Point("told-when-again")]
    if not months:
        return [Point("every-named", dates)]
    if months % 12 == 0 and months > 12:
        return [Point("every-years", {**dates, "years": months // 12}), Point("told-when-again")]
    return [Point("every-months", {**dates, "months": months}), Point("told-when-again")]


def hours(programme: Programme) -> list[Point]:
    said = [Point("hours-employees")] if EMPLOYED & categories_of(programme) else []
    return [*said, Point("hours-students")] if STUDENTS & categories_of(programme) else said
