"""Ask the office: every kind of request in plain words, and the form of each (rows A09, A10, A13, B09, B17)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions.adjustments import cycle_named
from upstander.actions.asking import ask as ask_office
from upstander.actions.asking import foresee_ending
from upstander.actions.case_files import drop
from upstander.actions.cases import Wanted
from upstander.core.errors import Refusal
from upstander.core.facts import PersonFacts
from upstander.core.requests import (
    ALREADY_DONE,
    APPOINTMENT_ENDING,
    ASKED_HERE,
    EQUIVALENCY,
    KINDS,
    SETTLED,
    VOLUNTARY_ACCESS,
    can_be_asked,
)
from upstander.models import Case
from upstander.queries.doors.learner import person_of
from upstander.queries.facts import facts_of
from upstander.web.case_upload import arrived_files, is_too_long
from upstander.web.guard import signed_in
from upstander.web.learner.case_ask_form import AskForm
from upstander.web.learner.case_record import on_record
from upstander.web.learner.plan import duties_for
from upstander.web.learner.plan_duty import Duty
from upstander.web.people import in_words, language
from upstander.words.request_elsewhere import source_word, what_can_count
from upstander.words.request_kinds import asked_pairs, line_of, purpose_of, untitled, what_happens
from upstander.words.request_refusals import refusal_words


@signed_in
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Every kind of request, each a line that leads to its form."""
    person_of(request.user)
    lines = [(kind, line_of(kind), purpose_of(kind)) for kind in ASKED_HERE]
    return render(request, "learner/case_ask.html", {"section": "my-training", "lines": lines})


@csrf_exempt
def ask_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of one kind; how long the request is, is looked at before anything of it is read."""
    return _ask_kind(request, kind)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def _ask_kind(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in ASKED_HERE:
        raise Http404
    if is_too_long(request):
        said = gettext("The files together are too large. Nothing of it was taken; send fewer or smaller ones.")
        context = {"section": "my-training", "kind": kind, "line": line_of(kind), "too_long": said}
        return render(request, "learner/case_ask_kind.html", context, status=413)
    return _asked_kind(request, kind)


@csrf_protect
def _asked_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """The form about one of the reader's own programmes; POST makes the case or says what is amiss."""
    person = person_of(request.user)
    facts = facts_of(person.pk)
    duties = [duty for duty in duties_for(request, person, facts) if _fits(kind, duty)]
    titles = {duty.programme.key: in_words(duty.programme.title) for duty in duties}
    form = AskForm(
        request.POST or None,
        request.FILES or None,
        kind=kind,
        titles=titles,
        offered=_offered(kind, duties, facts, request),
        chosen=request.GET.get("programme", ""),
    )
    context: dict[str, Any] = {}
    if request.method == "POST" and duties and form.is_valid():
        duty = next(duty for duty in duties if duty.programme.key == form.cleaned_data["programme"])
        answer = _sent(request, _wanted(kind, duty, form, facts), form, context)
        if answer is not None:
            return answer
    return render(request, "learner/case_ask_kind.html", context | _page(request, kind, form, duties, facts))


def _fits(kind: str, duty: Duty) -> bool:
    if kind == VOLUNTARY_ACCESS and not duty.programme.access.asked_only:
        return False
    return can_be_asked(kind, duty.standing.state, duty.standing.due_on)


def _sent(request: HttpRequest, wanted: Wanted, form: AskForm, context: dict) -> HttpResponse | None:
    """Where it leads; None where the form is shown again, with what is amiss or with what it would change."""
    person, files = person_of(request.user), []
    try:
        if wanted.kind == APPOINTMENT_ENDING and not _is_sure(request, wanted, form, context):
            return None
        files = arrived_files(form.sent_files)
        case = ask_office(person.pk, wanted, request.moment, files)
    except Refusal as refusal:
        drop(files)
        if "case" in refusal.data:
            messages.info(request, refusal_words(refusal))
            return redirect("case", case_id=refusal.data["case"])
        form.tell(refusal)
        return None
    messages.success(request, _said(case))
    return redirect("case", case_id=case.pk)


def _is_sure(request: HttpRequest, wanted: Wanted, form: AskForm, context: dict) -> bool:
    """Whether what the end would change has been seen; the second step keeps all but the note and asks for files."""
    if request.POST.get("again"):
        return False
    foreseen = foresee_ending(request.user.person.pk, wanted, request.moment)
    told = {name: text for name, text in wanted.asked.items() if name != "note"}
    context |= {"foreseen": foreseen, "told": asked_pairs(wanted.kind, told, wanted.knew)}
    if foreseen.changes:
        form.settle("programme", "appointment", "to_on")
    return request.POST.get("sure") == wanted.asked["to_on"]


def _page(request: HttpRequest, kind: str, form: AskForm, duties: Sequence[Duty], facts: PersonFacts) -> dict:
    titles = [in_words(duty.programme.title) for duty in duties]
    day = request.moment.day
    return {
        "section": "my-training",
        "kind": kind,
        "line": line_of(kind),
        "purpose": purpose_of(kind),
        "happens": what_happens(kind),
        "form": form if duties else None,
        "only": _settled_on(form, titles),
        "records": [on_record(duty, facts, day) for duty in duties] if kind == ALREADY_DONE else [],
        "limits": _limits(duties, facts, request) if kind == EQUIVALENCY else [],
        "chosen": form["to_on"].value() if kind == APPOINTMENT_ENDING else "",
    }


def _settled_on(form: AskForm, titles: Sequence[str]) -> str:
    """The title of the training where there is nothing, or nothing any more, to choose."""
    field = form["programme"]
    if len(titles) == 1 or not field.is_hidden:
        return titles[0] if len(titles) == 1 else ""
    return dict(field.field.choices).get(field.value(), "")


def _limits(duties: Sequence[Duty], facts: PersonFacts, request: HttpRequest) -> list[tuple[str, list[str]]]:
    """What can count for each of these trainings, before anything is typed."""
    told = []
    for duty in duties:
        cycle = cycle_named(duty.programme, facts, duty.standing.cycle, request.moment.day)
        told.append((in_words(duty.programme.title), what_can_count(duty.programme.elsewhere, cycle)))
    return [(title, said) for title, said in told if said]


def _offered(
    kind: str, duties: Sequence[Duty], facts: PersonFacts, request: HttpRequest
) -> Mapping[str, Mapping[str, str]]:
    """Among what the fields of this kind choose."""
    if kind == APPOINTMENT_ENDING:
        held = (a for a in facts.appointments if a.ends_on is None or a.ends_on >= request.moment.day)
        return {"appointment": {a.appointment_id: a.title or untitled() for a in held}}
    if kind == EQUIVALENCY:
        sources = dict.fromkeys(source for duty in duties for source in duty.programme.elsewhere.sources)
        return {"source": {source: source_word(source) for source in sources}}
    return {}


def _wanted(kind: str, duty: Duty, form: AskForm, facts: PersonFacts) -> Wanted:
    standing, asked = duty.standing, form.asked()
    held = next((a for a in facts.appointments if a.appointment_id == asked.get("appointment")), None)
    about = {"title": held.title} if held else {}
    return Wanted(
        programme=duty.programme.key,
        cycle=standing.cycle,
        owner=next(iter(KINDS[kind].promised)),
        asked=asked,
        knew={
            "state": standing.state,
            "due_on": standing.due_on.isoformat() if standing.due_on else None,
            "version": standing.version,
            "decided_at": standing.decided_at.isoformat(),
            **about,
        },
        language=language(),
        kind=kind,
    )


def _said(case: Case) -> str:
    if case.state == SETTLED:
        return gettext("Granted at once. Your request has the number %(number)s.") % {"number": case.number}
    return gettext("We have it. Your request has the number %(number)s.") % {"number": case.number}
