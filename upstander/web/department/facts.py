"""Facts of the roster that people of the viewer's units say are wrong: which, and what would be right; nothing else."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upstander.actions.cases import look_again, seen
from upstander.models import Unit
from upstander.queries.doors.cases import told_to_administrator
from upstander.queries.roles import roles_of
from upstander.web.case_view import unit_words
from upstander.web.guard import signed_in
from upstander.web.people import name_of_person
from upstander.words.requests import fact_of_other, value_words


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubted fact, for whoever can help to correct it."""

    name: str
    unit: str
    fact: str
    right: str


@signed_in
@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    """The list; looking at it is in the audit."""
    roles = roles_of(request.user)
    told_to_administrator(roles)
    look_again(request.moment)
    cases = told_to_administrator(roles)
    units, names = unit_words(cases), dict(Unit.objects.values_list("id", "name"))
    doubts = [
        Doubt(
            name=name_of_person(case.person),
            unit=names.get(case.unit_id, ""),
            fact=fact_of_other(case.asked.get("fact", "")),
            right=value_words(case.asked.get("fact", ""), case.asked.get("right", ""), units),
        )
        for case in cases
    ]
    seen(cases, request.moment, f"person:{roles.person_id}", "case-told")
    return render(request, "department/facts.html", {"section": "department", "doubts": doubts})
