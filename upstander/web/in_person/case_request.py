"""A session made from a request: what was asked for, the trainings that could answer it, how the form begins."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upstander.core.access import Roles
from upstander.core.in_person import MOST_SEATS
from upstander.core.requests import IN_PERSON, may_handle
from upstander.models import Case, SessionOffer
from upstander.queries.doors.cases import case_for_officer
from upstander.queries.doors.in_person import only_for_session_officers
from upstander.queries.roles import roles_of
from upstander.web.guard import signed_in
from upstander.web.in_person_view import words_of_offer
from upstander.words.request_kinds import asked_words


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the desk shows it beside a date."""

    case: Case
    lines: list[tuple[str, str]]


def asked_for(case: Case | None) -> Asked | None:
    return Asked(case, asked_words(case)) if case else None


def handled(roles: Roles, case: Case | None) -> Case | None:
    """The request that a date answers, if the viewer handles it: dates are every officer's, requests are not."""
    return case if case and may_handle(roles, case.programme_id, case.person_id) else None


def case_of(roles: Roles, case_id: UUID) -> Case:
    """A request for a session that the viewer handles, else Http404."""
    only_for_session_officers(roles)
    case = case_for_officer(roles, case_id)
    if case.kind != IN_PERSON:
        raise Http404
    return case


def case_asked(roles: Roles, request: HttpRequest) -> Case | None:
    """The request that the address names as `case`, else None."""
    named = request.GET.get("case", "")
    try:
        return case_of(roles, UUID(named)) if named else None
    except ValueError as error:
        raise Http404 from error


@signed_in
@require_safe
def from_request(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What was asked for, and the trainings of which it can become a session."""
    case = case_of(roles_of(request.user), case_id)
    offers = [(one, words_of_offer(one)) for one in SessionOffer.objects.all()]
    context = {"section": "office", "request_of": asked_for(case), "offers": offers}
    return render(request, "in_person/from_request.html", context)


def first_values(case: Case, offer: SessionOffer) -> dict:
    """What the form of a date begins with: a closed group of the size that was asked for, where it was asked for."""
    size = re.search(r"\d+", case.asked.get("size", ""))
    seats = min(max(int(size.group()[:6]), 1), MOST_SEATS) if size else offer.seats
    language = case.language if case.language in offer.languages else next(iter(offer.languages), "en")
    return {"seats": seats, "place": case.asked.get("place", ""), "language": language, "closed_group": True}
