"""What comes of a request in confidence: the duty done another way, or an ordinary later date; foreseen first."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from upstander.actions.adjustments import Planned, preview
from upstander.actions.another_way import Course, complete, foresee, move_date
from upstander.actions.standing import refresh
from upstander.core.errors import Refusal
from upstander.core.programme import Programme
from upstander.core.requests import LONGEST_TEXT, UNSETTLED
from upstander.delivery import catalogue
from upstander.models import Case
from upstander.queries.doors.confidence import case_for_custodian
from upstander.queries.programmes import published
from upstander.queries.roles import roles_of
from upstander.web.day_field import DayField
from upstander.web.guard import signed_in
from upstander.web.people import in_words, language
from upstander.words.confidence import neutral_reason
from upstander.words.request_refusals import refusal_words

#: The dates that can be moved from here, as any officer could move them.
DATES = ("extension", "deferral")


class DoneForm(forms.Form):
    """For which course the other way stands."""

    def __init__(self, *args: Any, rules: Programme, first: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [(key, catalogue.title_of(key, language())) for key in rules.course_keys]
        self.fields["course"] = forms.ChoiceField(
            label=gettext("It stands for the course"), choices=titles, initial=first
        )


class DateForm(forms.Form):
    """The days, and the words that the other officers read."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == "deferral":
            self.fields["from_on"] = DayField(label=gettext("The clock stands from"))
            until = gettext("The clock stands until (empty: until further notice)")
            self.fields["to_on"] = DayField(label=until, required=False)
        else:
            self.fields["to_on"] = DayField(label=gettext("The new due date"))
        self.fields["reason"] = forms.CharField(
            label=gettext("What the other officers read"),
            help_text=gettext("They see this as any decision of the office. Say nothing of this request."),
            initial=neutral_reason(),
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": 2}),
        )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def done(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Records the duty as done another way; first what others will read of it."""
    case, rules, by = _open(request, case_id)
    form = DoneForm(request.POST or None, rules=rules, first=case.asked.get("course", ""))
    context = _frame(case, rules) | {"form": form}
    if request.method == "POST" and form.is_valid():
        course = _course(form.cleaned_data["course"])
        try:
            if request.POST.get("act") == "record":
                complete(case.pk, course, request.moment, by)
                messages.success(request, gettext("It goes on record by itself. The person reads that it is done."))
                return redirect("confidence-case", case_id=case.pk)
            context["foreseen"], context["on"] = foresee(case, course, request.moment)
        except Refusal as refusal:
            form.add_error(None, refusal_words(refusal))
    return render(request, "confidence/done.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def date(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Moves the date, or lets the clock stand: an ordinary decision of the office; first what it changes."""
    case, rules, by = _open(request, case_id)
    kind = request.GET.get("kind", DATES[0])
    if kind not in DATES:
        raise Http404
    form = DateForm(request.POST or None, kind=kind)
    context = _frame(case, rules) | {"form": form, "kind": kind, "kinds": DATES}
    if request.method == "POST" and form.is_valid():
        planned = _planned(case, kind, form)
        try:
            if request.POST.get("act") == "record":
                move_date(case.pk, planned, form.cleaned_data["reason"], request.moment, by)
                messages.success(request, gettext("Recorded, and decided again."))
                return redirect("confidence-case", case_id=case.pk)
            context["foreseen"] = preview(planned, request.moment, by)
        except Refusal as refusal:
            form.add_error(_field_of(refusal, form), refusal_words(refusal))
    return render(request, "confidence/date.html", context)


def _open(request: HttpRequest, case_id: UUID) -> tuple[Case, Programme, str]:
    """The unsettled case with the rules of its programme, and who acts."""
    roles = roles_of(request.user)
    case = case_for_custodian(roles, case_id)
    if case.state not in UNSETTLED or not case.programme_id:
        raise Http404
    refresh(case.person_id, request.moment)
    return case, published(case.programme_id), f"person:{roles.person_id}"


def _frame(case: Case, rules: Programme) -> dict[str, Any]:
    return {"section": "confidence", "case": case, "who": case.person, "title": in_words(rules.title)}


def _course(key: str) -> Course:
    """The course as an ordinary completion of it is recorded; one that is not given on this site by its key alone."""
    try:
        outline = catalogue.edition(key, language()).outline
    except Refusal:
        return Course(key)
    return Course(key, outline.edition, outline.minutes)


def _planned(case: Case, kind: str, form: DateForm) -> Planned:
    given = form.cleaned_data
    return Planned(kind, case.person_id, case.programme_id or "", case.cycle, given.get("from_on"), given.get("to_on"))


def _field_of(refusal: Refusal, form: DateForm) -> str | None:
    named = {"extension-shortens": "to_on", "reason-needed": "reason"}.get(refusal.code, refusal.data.get("field"))
    return named if named in form.fields else None
