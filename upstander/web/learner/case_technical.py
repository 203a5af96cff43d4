"""Something does not work: a description, with the technical facts shown line by line, each to be struck out (B21)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from upstander.actions.asking import ask as ask_office
from upstander.actions.cases import Wanted
from upstander.core.requests import KINDS, TECHNICAL
from upstander.core.technical import FACTS, facts_kept
from upstander.models import Person
from upstander.queries.facts import facts_of
from upstander.web.learner.plan import duties_for
from upstander.web.learner.plan_duty import Duty
from upstander.web.people import in_words, language
from upstander.web.technical import browser_in, known_facts
from upstander.words.request_kinds import field_words, line_of, purpose_of, what_happens
from upstander.words.request_technical import technical_fact
from upstander.words.trouble import checks


class TroubleForm(forms.Form):
    """What happened, and which training's office it goes to where there are several."""

    error_css_class = "error"

    def __init__(self, *args: Any, titles: dict[str, str], chosen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label, hint = field_words(TECHNICAL, "note")
        self.fields["note"] = forms.CharField(
            label=label,
            help_text=hint,
            max_length=KINDS[TECHNICAL].fields["note"].longest,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        widget = forms.RadioSelect if len(titles) > 1 else forms.HiddenInput
        first = chosen if chosen in titles else next(iter(titles), "")
        self.fields["programme"] = forms.ChoiceField(
            label=gettext("Which training is it about?"),
            choices=list(titles.items()),
            initial=first,
            required=bool(titles),
            widget=widget,
        )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def technical(request: HttpRequest) -> HttpResponse:
    """The form with the facts; for whoever is not signed in the facts to copy, and whom to call."""
    person = getattr(request.user, "person", None)
    if person is None:
        return render(request, "learner/case_technical_out.html", _context(request))
    duties = duties_for(request, person, facts_of(person.pk))
    titles = {duty.programme.key: in_words(duty.programme.title) for duty in duties}
    form = TroubleForm(request.POST or None, titles=titles, chosen=_chosen(request, duties))
    if request.method == "POST" and form.is_valid():
        case = _sent(request, person, duties, form.cleaned_data)
        said = gettext("We have it. Your request has the number %(number)s.") % {"number": case.number}
        messages.success(request, said)
        return redirect("case", case_id=case.pk)
    context = {"form": form, "purpose": purpose_of(TECHNICAL), "happens": what_happens(TECHNICAL)}
    return render(request, "learner/case_technical.html", {**_context(request), **context})


def _chosen(request: HttpRequest, duties: list[Duty]) -> str:
    """The programme that the address names, else the one with the course of the page that the reader comes from."""
    if named := request.GET.get("programme", ""):
        return named
    parts = set(request.GET.get("from", "").split("/"))
    keys = [d.programme.key for d in duties if parts & {d.programme.key, *d.programme.course_keys}]
    return keys[0] if keys else ""


def _sent(request: HttpRequest, person: Person, duties: list[Duty], given: dict[str, str]) -> Any:
    duty = next((duty for duty in duties if duty.programme.key == given["programme"]), None)
    wanted = Wanted(
        programme=duty.programme.key if duty else None,
        cycle=duty.standing.cycle if duty else "",
        owner=next(iter(KINDS[TECHNICAL].promised)),
        asked={"note": given["note"], **facts_kept(request.POST.dict())},
        language=language(),
        kind=TECHNICAL,
    )
    return ask_office(person.pk, wanted, request.moment)


def _context(request: HttpRequest) -> dict[str, Any]:
    """The facts as lines: those known here with their values, those that only the browser knows still empty."""
    sent = request.method == "POST"
    known = {**known_facts(request), **(facts_kept(request.POST.dict()) if sent else {})}
    lines = [(name, technical_fact(name), known.get(name, ""), not sent or name in request.POST) for name in FACTS]
    return {
        "section": "help",
        "line": line_of(TECHNICAL),
        "facts": lines,
        "checks": checks(language(), browser_in(request).platform),
        "written": request.POST.get("note", ""),
    }
