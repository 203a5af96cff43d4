"""A sheet that counts no more, because its arrangement was changed after printing: why, which counts, the way out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from upstander.actions.paper import IN_FORCE, put_in_force
from upstander.core.arrangements import PAPER, may_print
from upstander.core.errors import Refusal
from upstander.models import AuditLine, PaperSheet
from upstander.queries.arrangements import open_sheet
from upstander.web.case_view import names_of
from upstander.web.office.arrangement_form import one_person
from upstander.words.arrangements import arrangement_refusal


class WitnessForm(forms.Form):
    """Who was there and saw which sheet was answered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["witness"] = forms.CharField(
            label=gettext("Who was there and saw it"),
            help_text=gettext("Their number of the roster or their e-mail address. Only the office sees this."),
            max_length=254,
        )

    def clean_witness(self) -> str:
        return one_person(self.cleaned_data["witness"])


def void_page(request: HttpRequest, sheet: PaperSheet, by: str) -> HttpResponse:
    """Why the sheet is void and which counts; POST `act` in-force lets it count again, with who saw it."""
    form = WitnessForm(request.POST if request.POST.get("act") == "in-force" else None)
    if form.is_valid():
        try:
            put_in_force(sheet.number, form.cleaned_data["witness"], request.moment, by)
        except Refusal as refusal:
            about_witness = refusal.code in ("no-such-witness", "witness-other")
            form.add_error("witness" if about_witness else None, arrangement_refusal(refusal))
        else:
            messages.success(request, gettext("Kept. This sheet counts again, and can be keyed now."))
            return redirect("office-paper-sheet", number=sheet.number)
    on = sheet.arrangement
    context = {
        "section": "office",
        "sheet": sheet,
        "form": form,
        "counting": open_sheet(on),
        "off_paper": on.kind != PAPER,
        "may_return": may_print(on.state, PAPER, on.completion_id is not None),
    }
    return render(request, "office/arrangement_void.html", context)


def returned(sheets: list[PaperSheet]) -> dict[str, tuple[AuditLine, str, str]]:
    """Of these sheets those that count again: number -> the line of record, who decided it, who saw it."""
    subjects = {f"paper-sheet:{sheet.number}": sheet.number for sheet in sheets}
    lines = list(AuditLine.objects.filter(verb=IN_FORCE, subject__in=subjects).order_by("at", "id"))
    names = names_of([*(line.actor for line in lines), *(line.data["witness"] for line in lines)])
    return {
        subjects[line.subject]: (line, names.get(line.actor, ""), names.get(line.data["witness"], "")) for line in lines
    }
