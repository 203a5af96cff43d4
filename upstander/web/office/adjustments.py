"""An officer's decision about one duty: foreseen by deciding, then recorded with its reason; ended the same way."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from upstander.actions.adjustments import KINDS, Planned, Preview, end, preview, preview_end, record
from upstander.actions.standing import refresh
from upstander.core.errors import Refusal
from upstander.core.programme import Programme
from upstander.core.requests import LONGEST_TEXT, kind_of
from upstander.delivery import catalogue
from upstander.models import AdjustmentRecord, Appointment, Case, Standing
from upstander.queries.doors.cases import adjustment_for_officer, case_of_duty_for_officer
from upstander.queries.doors.officers import programme_for_officer, standing_for_officer
from upstander.queries.roles import roles_of
from upstander.web.case_view import words_of
from upstander.web.day_field import DayField
from upstander.web.guard import signed_in
from upstander.web.people import in_words, language
from upstander.words.request_refusals import refusal_words
from upstander.words.requests import adjustment_kind_word

#: Which days each kind asks for: (name, needed).
_DAYS = {
    "extension": (("to_on", True),),
    "deferral": (("from_on", True), ("to_on", False)),
    "waiver": (("from_on", True), ("to_on", False)),
    "equivalency": (("from_on", True),),
    "ending": (("to_on", True),),
}


def _label(kind: str, name: str) -> str:
    labels = {
        ("extension", "to_on"): gettext("The new due date"),
        ("deferral", "from_on"): gettext("The clock stands from"),
        ("deferral", "to_on"): gettext("The clock stands until (empty: until further notice)"),
        ("waiver", "from_on"): gettext("Released from"),
        ("waiver", "to_on"): gettext("Released until (empty: without end)"),
        ("equivalency", "from_on"): gettext("The day on which the other training was completed"),
        ("ending", "to_on"): gettext("The last day of the appointment"),
    }
    return labels[kind, name]


class ReasonForm(forms.Form):
    """Why: for the office, where it can be erased."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.CharField(
            label=gettext("Why"),
            help_text=gettext(
                "For the office only. Say what you relied on; no diagnosis, nothing that need not be kept."
            ),
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": 3}),
        )


class AdjustmentForm(ReasonForm):
    """The days of one kind, and for an equivalency which course it stands for."""

    def __init__(self, *args: Any, kind: str, rules: Programme, held: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = {name: DayField(label=_label(kind, name), required=needed) for name, needed in _DAYS[kind]}
        if kind == "equivalency":
            titles = [(key, catalogue.title_of(key, language())) for key in rules.course_keys]
            whole = [("", gettext("The whole requirement"))]
            days["course_key"] = forms.ChoiceField(
                label=gettext("It counts as"), choices=whole + titles, required=False
            )  # fmt: skip
        if kind == "ending":
            days["appointment_id"] = forms.ChoiceField(label=gettext("Which appointment?"), choices=list(held.items()))
        self.fields = {**days, **self.fields}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def adjust(request: HttpRequest, standing_id: int) -> HttpResponse:
    """Records an adjustment of one duty; first what it would change. Never of one's own."""
    roles = roles_of(request.user)
    standing = standing_for_officer(roles, standing_id)
    if standing.person_id == roles.person_id:
        raise Http404
    rules = programme_for_officer(roles, standing.programme_id)
    case = case_of_duty_for_officer(roles, request.GET.get("case", ""), standing)
    refresh(standing.person_id, request.moment)
    kind = request.GET.get("kind", KINDS[0])
    if kind not in KINDS:
        raise Http404
    held = _held(standing) if kind == "ending" else {}
    form = AdjustmentForm(request.POST or None, kind=kind, rules=rules, held=held, initial=_wished(case, kind))
    context = _frame(standing, rules) | {
        "form": form,
        "kind": kind,
        "kinds": [(key, adjustment_kind_word(key)) for key in KINDS],
        "case": case,
    }
    if request.method == "POST" and form.is_valid():
        planned = _planned(standing, kind, form)
        try:
            if request.POST.get("act") == "record":
                record(planned, form.cleaned_data["reason"], request.moment, f"person:{roles.person_id}", case)
                messages.success(request, gettext("Recorded, and decided again."))
                return redirect("office-case", case.pk) if case else redirect("office-person", standing.pk)
            context["foreseen"] = preview(planned, request.moment, f"person:{roles.person_id}")
        except Refusal as refusal:
            _tell(form, refusal)
            context["in_the_way"] = _in_the_way(refusal)
    return render(request, "office/adjust.html", context)


def _wished(case: Case | None, kind: str) -> dict[str, str]:
    """The days that the person has named in the case, where it asks for this kind of decision."""
    if case is None or kind_of(case.kind).grants != kind:
        return {}
    wished = {name: case.asked[name] for name, _needed in _DAYS[kind] if case.asked.get(name)}
    return wished | {"appointment_id": case.asked.get("appointment", "")}


def _held(standing: Standing) -> dict[str, str]:
    """The person's appointments on the roster, by id, with their titles."""
    rows = Appointment.objects.filter(person_id=standing.person_id).order_by("pk")
    return {row.pk: row.title or row.pk for row in rows}


def _frame(standing: Standing, rules: Programme) -> dict[str, Any]:
    return {
        "section": "office",
        "standing": standing,
        "who": standing.person,
        "title": in_words(rules.title),
    }


def _planned(standing: Standing, kind: str, form: AdjustmentForm) -> Planned:
    given = form.cleaned_data
    return Planned(
        kind=kind,
        person_id=standing.person_id,
        programme=standing.programme_id,
        cycle=standing.cycle,
        from_on=given.get("from_on"),
        to_on=given.get("to_on"),
        course_key=given.get("course_key", ""),
        appointment_id=given.get("appointment_id", ""),
    )


def _tell(form: forms.Form, refusal: Refusal) -> None:
    """The refusal beside the field that it is about, else above the form."""
    field = {"extension-shortens": "to_on", "reason-needed": "reason", "text-too-long": "reason"}.get(
        refusal.code, refusal.data.get("field")
    )
    form.add_error(field if field in form.fields else None, refusal_words(refusal))


def _in_the_way(refusal: Refusal) -> list[tuple[AdjustmentRecord, str]]:
    """The adjustments in force that a new one would contradict, each with its words."""
    if refusal.code != "exceptions-conflict":
        return []
    rows = AdjustmentRecord.objects.filter(ref__in=refusal.data["refs"]).exclude(kind="alternative")
    return [(row, words_of(row)) for row in rows]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end_adjustment(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Ends an adjustment; first what it would change. The record of it stays."""
    roles = roles_of(request.user)
    adjustment = adjustment_for_officer(roles, ref)
    by = f"person:{roles.person_id}"
    rules = programme_for_officer(roles, adjustment.programme_id)
    standing = _standing_of(adjustment, rules, request)
    form = ReasonForm(request.POST or None)
    try:
        foreseen: Preview | None = preview_end(ref, request.moment, by)
        if request.method == "POST" and form.is_valid():
            end(ref, form.cleaned_data["reason"], request.moment, by)
            messages.success(request, gettext("Ended, and decided again. The record of it stays."))
            return redirect("office-person", standing.pk)
    except Refusal as refusal:
        messages.error(request, refusal_words(refusal))
        return redirect("office-person", standing.pk)
    context = _frame(standing, rules) | {"form": form, "foreseen": foreseen, "words": words_of(adjustment)}
    return render(request, "office/adjustment_end.html", context)


def _standing_of(adjustment: AdjustmentRecord, rules: Programme, request: HttpRequest) -> Standing:
    """The standing that the adjustment is about; of one for every cycle, the newest."""
    rows = Standing.objects.select_related("person").filter(
        person_id=adjustment.person_id, programme_id=adjustment.programme_id
    )
    if adjustment.cycle:
        rows = rows.filter(cycle=adjustment.cycle)
    standing = rows.order_by("-decided_at", "-pk").first()
    if standing is None:
        raise Http404
    return standing
