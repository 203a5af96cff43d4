"""Ask the office: every kind of request in plain words, and the form of each (rows A09, A13, A15, A17, B17)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions.asking import ask as ask_office
from upstander.actions.cases import Wanted
from upstander.core.errors import Refusal
from upstander.core.requests import ALREADY_DONE, ASKED_HERE, KINDS, SETTLED, can_be_asked
from upstander.models import Case
from upstander.queries.doors.learner import person_of
from upstander.queries.facts import facts_of
from upstander.web.guard import signed_in
from upstander.web.learner.case_ask_form import AskForm
from upstander.web.learner.case_record import on_record
from upstander.web.learner.plan import duties_for
from upstander.web.learner.plan_duty import Duty
from upstander.web.people import in_words, language
from upstander.words.request_kinds import line_of, purpose_of, what_happens
from upstander.words.request_refusals import refusal_words


@signed_in
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Every kind of request, each a line that leads to its form."""
    person_of(request.user)
    lines = [(kind, line_of(kind), purpose_of(kind)) for kind in ASKED_HERE]
    return render(request, "learner/case_ask.html", {"section": "my-training", "lines": lines})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of one kind about one of the reader's own programmes; POST makes the case or says what is amiss."""
    if kind not in ASKED_HERE:
        raise Http404
    person = person_of(request.user)
    facts = facts_of(person.pk)
    duties = [
        duty
        for duty in duties_for(request, person, facts)
        if can_be_asked(kind, duty.standing.state, duty.standing.due_on)
    ]
    titles = {duty.programme.key: in_words(duty.programme.title) for duty in duties}
    form = AskForm(request.POST or None, kind=kind, titles=titles, chosen=request.GET.get("programme", ""))
    if request.method == "POST" and duties and form.is_valid():
        duty = next(duty for duty in duties if duty.programme.key == form.cleaned_data["programme"])
        try:
            case = ask_office(person.pk, _wanted(kind, duty, form), request.moment)
        except Refusal as refusal:
            if "case" in refusal.data:
                messages.info(request, refusal_words(refusal))
                return redirect("case", case_id=refusal.data["case"])
            form.tell(refusal)
        else:
            messages.success(request, _said(case))
            return redirect("case", case_id=case.pk)
    context = {
        "section": "my-training",
        "kind": kind,
        "line": line_of(kind),
        "purpose": purpose_of(kind),
        "happens": what_happens(kind),
        "form": form if duties else None,
        "only": next(iter(titles.values())) if len(titles) == 1 else "",
        "records": [on_record(duty, facts, request.moment.day) for duty in duties] if kind == ALREADY_DONE else [],
    }
    return render(request, "learner/case_ask_kind.html", context)


def _wanted(kind: str, duty: Duty, form: AskForm) -> Wanted:
    standing = duty.standing
    return Wanted(
        programme=duty.programme.key,
        cycle=standing.cycle,
        owner=next(iter(KINDS[kind].promised)),
        asked=form.asked(),
        knew={
            "state": standing.state,
            "due_on": standing.due_on.isoformat() if standing.due_on else None,
            "version": standing.version,
            "decided_at": standing.decided_at.isoformat(),
        },
        language=language(),
        kind=kind,
    )


def _said(case: Case) -> str:
    if case.state == SETTLED:
        return gettext("Granted at once. Your request has the number %(number)s.") % {"number": case.number}
    return gettext("We have it. Your request has the number %(number)s.") % {"number": case.number}
