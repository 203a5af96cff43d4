"""What must hold before a version can be published: no gap between the groups, and every example comes out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from upstander.core.audience import in_audience
from upstander.core.cases import read_cases, run_cases
from upstander.core.conditions import Asked, Verdict, tests_of
from upstander.core.errors import Refusal
from upstander.core.facts import Appointment, PersonFacts
from upstander.core.programme import Programme

#: The areas of a unit file as universities mostly have them.
USUAL_AREAS = {"school", "vp_research", "central", "academic_admin"}
SOMEBODY = PersonFacts(person_id="00000000")


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
    for category, area, paid, benefits, year, unit in product(
        _mentioned(programme, "category") or ["staff"],
        _areas(programme),
        (True, False),
        (True, False),
        years or [None],
        [*_mentioned(programme, "unit_within"), ""],
    ):
        yield Appointment(
            "A1", category, unit, area, paid=paid, benefits_eligible=benefits, student_year=year,
            supervises=False, confidential_role=False,
        )  # fmt: skip


def gaps(programme: Programme) -> list[Problem]:
    """People whom the audience takes and no group does, by the values that the file names and the usual areas."""
    day = date(2000, 1, 1)
    found: dict[tuple, None] = {}
    for appointment in _profiles(programme) if programme.groups else ():
        if in_audience(programme, appointment, SOMEBODY, day).verdict is not Verdict.YES:
            continue
        asked = Asked(appointment, SOMEBODY, day)
        if all(g.when and g.when.answer(asked).verdict is Verdict.NO for g in programme.groups):
            found[(appointment.category, appointment.area, appointment.unit_id)] = None
    return [
        Problem("groups", f"a gap: {category} in area {area or 'any'} is in the audience and in no group")
        for category, area, _ in found
    ]


def failing_examples(programme: Programme) -> list[Problem]:
    """Every example of the file that does not come out."""
    try:
        failures = run_cases(programme, read_cases(programme.examples))
    except Refusal as refusal:
        return [Problem("examples", f"{refusal.data.get('name')}: {refusal.data.get('message')}")]
    return [Problem("examples", f"{f.name}: {f.part} should be {f.expected}, is {f.got} ({f.how})") for f in failures]


def check(programme: Programme) -> list[Problem]:
    """Everything that stands in the way of publishing this version; empty means that it may be published."""
    return [*gaps(programme), *failing_examples(programme)]
