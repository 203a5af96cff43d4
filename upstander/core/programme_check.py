"""What must hold before a version can be published, and what is only shown.

In the way stand a gap or a tie between the groups, a cycle that never opens, a requirement that nobody can meet any
more, and an example that does not come out. A rule that matches nobody, and dates that are all past, are shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from upstander.core.audience import in_audience
from upstander.core.cases import read_cases, run_cases
from upstander.core.conditions import Asked, Verdict, tests_of
from upstander.core.errors import Refusal
from upstander.core.facts import Appointment, PersonFacts
from upstander.core.programme import Cycle, NamedCycles, Programme, Window
from upstander.core.programme_reader import CATEGORIES
from upstander.core.requirement import Part

#: The areas of a unit file as universities mostly have them.
USUAL_AREAS = {"school", "vp_research", "central", "academic_admin"}
#: A place of work that no file names.
ELSEWHERE = "-"
SOMEBODY = PersonFacts(person_id="00000000")
SOME_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Problem:
    """A place in the programme file and what is wrong there."""

    path: str
    message: str


def _mentioned(programme: Programme, key: str) -> list:
    conditions = [*(route.when for route in programme.routes), *(group.when for group in programme.groups)]
    wanted = [test.wanted for condition in conditions for test in tests_of(condition) if test.key == key]
    return sorted({word for words in wanted for word in words}) if wanted and isinstance(wanted[0], tuple) else wanted


def _areas(programme: Programme) -> list[str | None]:
    """The areas that the file names; one of the usual four brings the others, which its university will have too."""
    named = _mentioned(programme, "area")
    usual = USUAL_AREAS if USUAL_AREAS.intersection(named) else set()
    return sorted({*named, *usual}) or [None]


def _profiles(programme: Programme) -> Iterator[Appointment]:
    """Every combination of the values that the audience and the groups speak of."""
    years = sorted({year for wanted in _mentioned(programme, "student_year_at_least") for year in (wanted - 1, wanted)})
    for category, area, paid, benefits, year, supervises, confidential, state, country, unit in product(
        _mentioned(programme, "category") or ["staff"],
        _areas(programme),
        (True, False),
        (True, False),
        years or [None],
        (True, False) if _mentioned(programme, "supervises") else (False,),
        (True, False) if _mentioned(programme, "confidential_role") else (False,),
        [*_mentioned(programme, "work_state"), ELSEWHERE],
        [*_mentioned(programme, "work_country"), ELSEWHERE],
        [*_mentioned(programme, "unit_within"), ""],
    ):
        yield Appointment(
            "A1", category, unit, area, paid=paid, benefits_eligible=benefits, student_year=year,
            supervises=supervises, confidential_role=confidential, work_state=state, work_country=country,
        )  # fmt: skip


def _members(programme: Programme) -> Iterator[Asked]:
    """The combinations of values that the audience takes."""
    for appointment in _profiles(programme):
        if in_audience(programme, appointment, SOMEBODY, SOME_DAY).verdict is Verdict.YES:
            yield Asked(appointment, SOMEBODY, SOME_DAY)


def gaps(programme: Programme) -> list[Problem]:
    """People whom the audience takes and no group does, by the values that the file names and the usual areas."""
    found: dict[tuple, None] = {}
    for asked in _members(programme) if programme.groups else ():
        if all(g.when and g.when.answer(asked).verdict is Verdict.NO for g in programme.groups):
            appointment = asked.appointment
            found[(appointment.category, appointment.area, appointment.unit_id)] = None
    return [
        Problem("groups", f"a gap: {category} in area {area or 'any'} is in the audience and in no group")
        for category, area, _ in found
    ]


def ties(programme: Programme) -> list[Problem]:
    """People whom two groups of equal rank claim, by the values that the file names."""
    found: dict[tuple[str, ...], Appointment] = {}
    shared = [equals for equals in programme.groups_by_rank if len(equals) > 1]
    for asked in _members(programme) if shared else ():
        for equals in shared:
            claims = [g.key for g in equals if g.when is None or g.when.answer(asked).verdict is Verdict.YES]
            if len(claims) > 1:
                found.setdefault(tuple(claims), asked.appointment)
    return [
        Problem(
            "groups", f"{' and '.join(keys)} have the same rank and both claim {a.category} in area {a.area or 'any'}"
        )
        for keys, a in found.items()
    ]


def _windows_of(programme: Programme, period: Cycle) -> list[Window]:
    found = [programme.window_in(group, period) for group in programme.groups]
    return [w for w in found if w and period.first_on <= w.opens_on and w.due_on <= period.last_on]


def never_opening(programme: Programme) -> list[Problem]:
    """Periods in which no group has a window, from the first period on in which one has."""
    if not isinstance(programme.cycles, NamedCycles) or not programme.groups:
        return []
    found: list[Problem] = []
    begun = False
    for place, period in enumerate(programme.cycles.periods):
        opens = bool(_windows_of(programme, period))
        if begun and not opens:
            found.append(Problem(f"cycle.periods[{place}]", f"{period.key} never opens: no group has a window in it"))
        begun = begun or opens
    return found


def beyond_reach(programme: Programme) -> list[Problem]:
    """Parts that ask for more courses than are left when those withdrawn have gone."""
    withdrawn = {option.course_key for option in programme.options if option.withdrawn_on}
    if _can_be_met(programme.requirement, withdrawn):
        return []
    return [
        Problem(_path(part), f"asks for {part.complete or len(part.of)} courses; too many of its options are withdrawn")
        for part in programme.requirement.every()
        if part.of and not _can_be_met(part, withdrawn)
    ]


def _can_be_met(part: Part, withdrawn: set[str]) -> bool:
    """Whether somebody who begins after every withdrawal can still meet the part."""
    if part.of:
        return len(set(part.of) - withdrawn) >= (part.complete or len(part.of))
    met = sum(1 for child in part.parts if _can_be_met(child, withdrawn))
    return not part.parts or met >= (part.complete or len(part.parts))


def _path(part: Part) -> str:
    return f"requirement.parts.{part.key}" if part.key else "requirement.complete"


def failing_examples(programme: Programme) -> list[Problem]:
    """Every example of the file that does not come out."""
    try:
        failures = run_cases(programme, read_cases(programme.examples))
    except Refusal as refusal:
        return [Problem("examples", f"{refusal.data.get('name')}: {refusal.data.get('message')}")]
    return [Problem("examples", f"{f.name}: {f.part} should be {f.expected}, is {f.got} ({f.how})") for f in failures]


def check(programme: Programme) -> list[Problem]:
    """Everything that stands in the way of publishing this version; empty means that it may be published."""
    by_rules = (*gaps(programme), *ties(programme), *never_opening(programme), *beyond_reach(programme))
    return [*by_rules, *failing_examples(programme)]


def warnings(programme: Programme, day: date) -> list[Problem]:
    """What does not stand in the way, and is shown to whoever publishes on the day."""
    return [*_matching(programme), *_past(programme, day), *_unkept(programme), *_too_short(programme)]


def _matching(programme: Programme) -> list[Problem]:
    """An audience that nobody can be in, by the values that the file names, or that leaves nobody out."""
    verdicts = {in_audience(programme, a, SOMEBODY, SOME_DAY).verdict for a in (*_profiles(programme), *_others())}
    if Verdict.YES not in verdicts and not programme.days_within:
        return [Problem("audience", "matches nobody: no combination of the values it names meets it")]
    return [Problem("audience", "matches everybody on the roster")] if verdicts == {Verdict.YES} else []


def _others() -> Iterator[Appointment]:
    """Appointments of every category of which nothing is true."""
    for category in CATEGORIES:
        yield Appointment("A1", category, area="", paid=False, benefits_eligible=False, student_year=1,
                          supervises=False, confidential_role=False)  # fmt: skip


def _past(programme: Programme, day: date) -> list[Problem]:
    """Windows, periods and equivalencies of which every day is over."""
    found = []
    windows = [group.window.due_on for group in programme.groups if group.window]
    if windows and max(windows) < day:
        found.append(Problem("groups", f"every window is past: the last was due on {max(windows)}"))
    if isinstance(programme.cycles, NamedCycles) and programme.cycles.periods[-1].last_on < day:
        found.append(
            Problem("cycle.periods", f"every period is past: the last ended on {programme.cycles.periods[-1].last_on}")
        )
    ends = [rule.to_on for rule in programme.equivalencies if rule.to_on]
    if ends and len(ends) == len(programme.equivalencies) and max(ends) < programme.cycle_on(day).first_on:
        found.append(Problem("equivalencies", f"all of them ended before this cycle began, the last on {max(ends)}"))
    return found


def _unkept(programme: Programme) -> list[Problem]:
    """Earlier periods whose windows the file no longer has: they would be decided again by the later ones."""
    if not isinstance(programme.cycles, NamedCycles) or not programme.groups:
        return []
    opening = [bool(_windows_of(programme, period)) for period in programme.cycles.periods]
    first = opening.index(True) if True in opening else 0
    return [
        Problem(f"cycle.periods[{place}]", f"the windows of {programme.cycles.periods[place].key} are not kept here")
        for place in range(first)
    ]


def _too_short(programme: Programme) -> list[Problem]:
    """Parts whose minutes no course, taken once, adds up to."""
    found = []
    for part in programme.requirement.every():
        lengths = [option.minutes or 0 for option in programme.options if set(option.topics) & set(part.topics)]
        if part.minutes and sum(lengths) < part.minutes:
            message = f"asks for {part.minutes} minutes; its courses, each taken once, come to {sum(lengths)}"
            found.append(Problem(_path(part), message))
    return found
