"""What was asked in confidence, for its custodians: unsettled first, overdue answers before others (row B15)."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upstander.actions.another_way import listed
from upstander.core.requests import UNSETTLED
from upstander.models import Case
from upstander.queries.cases import queue
from upstander.queries.doors.confidence import held_by
from upstander.queries.programmes import all_published
from upstander.queries.roles import roles_of
from upstander.web.case_view import is_overdue
from upstander.web.guard import signed_in
from upstander.web.people import in_words
from upstander.words.requests import case_state_word, looks_like

MOST_SETTLED = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One request in the list."""

    case: Case
    called: str
    title: str
    word: str
    like: str
    late: bool


@signed_in
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The requests that the viewer holds; their own is not among them. The look at the list is in the audit."""
    roles = roles_of(request.user)
    cases = held_by(roles)
    titles = {rules.key: in_words(rules.title) for rules in all_published()}
    waiting = [
        _line(case, titles, request.moment.day) for case in queue(cases, request.moment.day).filter(state__in=UNSETTLED)
    ]
    settled = cases.exclude(state__in=UNSETTLED).order_by("-settled_at", "id")[:MOST_SETTLED]
    listed(request.moment, f"person:{roles.person_id}")
    context = {
        "section": "confidence",
        "waiting": waiting,
        "settled": [_line(case, titles, request.moment.day) for case in settled],
        "late": sum(line.late for line in waiting),
    }
    return render(request, "confidence/queue.html", context)


def _line(case: Case, titles: dict[str, str], day: date) -> Line:
    late = is_overdue(case, day)
    title = titles.get(case.programme_id or "", case.programme_id or "")
    like = "overdue" if late else looks_like(case.state)
    return Line(case, case.person.called, title, case_state_word(case.state, case.kind), like, late)
