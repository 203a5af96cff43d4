"""The doors of cases: the person's own, the officers' of its programme, and what a department is told.

Every "no" here is Http404, so that an address tells nothing about what anybody has asked.
"""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from upstander.core.access import Roles
from upstander.core.disputes import KEPT_FROM_UNITS
from upstander.core.requests import CONTENT_QUESTION, may_be_told, may_handle
from upstander.models import AdjustmentRecord, Case, Person, Standing
from upstander.queries.cases import OF_PERSON, handled_by, told_to_units
from upstander.queries.programmes import all_published


def case_for_person(viewer: Person, case_id: UUID) -> Case:
    """The viewer's own case; a record that the office made for itself is none."""
    case = Case.objects.filter(pk=case_id, person=viewer, kind__in=OF_PERSON).first()
    if case is None:
        raise Http404
    return case


def cases_for_officer(roles: Roles, programmes: list[str]) -> QuerySet[Case]:
    """Every case that the viewer handles in these programmes of theirs; Http404 for somebody who is no officer."""
    if not roles.is_officer or roles.person_id is None:
        raise Http404
    return handled_by(roles.person_id, programmes, _courses_of(programmes))


def _courses_of(programmes: list[str]) -> set[str]:
    """The courses that these programmes offer: a question about one of them is for their officers (row B14)."""
    return {course for rules in all_published() if rules.key in programmes for course in rules.course_keys}


def case_for_officer(roles: Roles, case_id: UUID) -> Case:
    """A case that the viewer handles, with its person; their own is behind the person's door only."""
    found = Case.objects.select_related("person").filter(pk=case_id, kind__in=OF_PERSON, confidential=False)
    case = found.first()
    if case is None or not any(may_handle(roles, key, case.person_id) for key in _offering(case)):
        raise Http404
    return case


def case_of_duty_for_officer(roles: Roles, named: str, standing: Standing) -> Case | None:
    """The case named in an address, from which the office decides about this duty; None where none is named.

    Http404 for one that the viewer does not handle, and for one about another person or programme.
    """
    if not named:
        return None
    try:
        case = case_for_officer(roles, UUID(named))
    except ValueError as problem:
        raise Http404 from problem
    if (case.person_id, case.programme_id) != (standing.person_id, standing.programme_id):
        raise Http404
    return case


def _offering(case: Case) -> list[str | None]:
    """The programme of the case, and for a question about a course every programme that offers it."""
    asked = case.asked.get("course") if case.kind == CONTENT_QUESTION else None
    offering = [rules.key for rules in all_published() if asked in rules.course_keys] if asked else []
    return [case.programme_id, *offering]


def adjustment_for_officer(roles: Roles, ref: UUID) -> AdjustmentRecord:
    """An adjustment in a programme that the viewer runs, of somebody else; one given in confidence is not there."""
    record = AdjustmentRecord.objects.select_related("person", "case").filter(ref=ref).exclude(kind="alternative")
    adjustment = record.first()
    if adjustment is None or not may_handle(roles, adjustment.programme_id, adjustment.person_id):
        raise Http404
    return adjustment


def told_to_administrator(roles: Roles) -> list[Case]:
    """The doubted facts of the people of the viewer's units; Http404 for somebody who administers none."""
    if not roles.is_administrator or roles.person_id is None:
        raise Http404
    cases = told_to_units(None if roles.all_units else roles.units, roles.person_id)
    told = [case for case in cases if case.asked.get("fact") not in KEPT_FROM_UNITS]
    return [c for c in told if may_be_told(roles, c.kind, c.owner, c.state, c.unit_id, c.person_id)]
