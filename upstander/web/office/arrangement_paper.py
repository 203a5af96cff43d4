"""Keying a sheet on paper: the number, then a field for each question; two people, neither sees the other (row A07)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from upstander.actions.paper import DIFFERENT, FIRST, ON, WITNESS, Read, differences, form_of, key
from upstander.core.bank import Item
from upstander.core.errors import Refusal
from upstander.core.outline import Outline
from upstander.core.paper import BLANK, LETTERS, boxes, number_of, on_paper, written
from upstander.delivery import catalogue
from upstander.models import PaperSheet, Person
from upstander.queries.arrangements import is_void, sheets_to_key
from upstander.queries.doors.arrangements import sheet_for_officer
from upstander.queries.doors.officers import programmes_for_officer
from upstander.queries.roles import roles_of
from upstander.web.day_field import DayField
from upstander.web.guard import signed_in
from upstander.web.office.arrangement_form import one_person
from upstander.web.office.arrangement_void import void_page
from upstander.words.arrangements import arrangement_refusal

_FIELDS = {"taken-later": ON, "taken-before-printed": ON, "no-such-witness": WITNESS}


@dataclass(frozen=True, slots=True)
class Difference:
    """What two hands read at one place of the sheet."""

    label: str
    own: str
    other: str


class SheetForm(forms.Form):
    """The day, the witness and a field for each question; `only` leaves those where two hands differ."""

    def __init__(self, *args: Any, items: Mapping[int, Item], only: Iterable[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = None if only is None else set(only)
        self.items = {f"q{number}": item for number, item in items.items()}
        if wanted is None or ON in wanted:
            self.fields[ON] = DayField(label=gettext("Day on the sheet"))
        if wanted is None or WITNESS in wanted:
            named = gettext("Whose signature it bears: their number of the roster or their e-mail address.")
            self.fields[WITNESS] = forms.CharField(label=gettext("Witness"), help_text=named, max_length=254)
        for number, item in items.items():
            if wanted is None or item.id in wanted:
                self.fields[f"q{number}"] = _letters(number, item)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for name, item in self.items.items():
            if name not in given:
                continue
            try:
                given[name] = written(item, given[name])
            except Refusal as refusal:
                self.add_error(name, arrangement_refusal(refusal))
        return given

    def clean_witness(self) -> str:
        return one_person(self.cleaned_data[WITNESS])

    def read(self, before: Mapping[str, str]) -> Read:
        """What this hand reads: the fields, and of what was not asked again what it read before."""
        given = self.cleaned_data
        letters = {item.id: given.get(name, before.get(item.id, "")) for name, item in self.items.items()}
        on = given.get(ON) or date.fromisoformat(before[ON])
        return Read(on, given.get(WITNESS) or before[WITNESS], letters)


def _letters(number: int, item: Item) -> forms.CharField:
    shown = {"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false", "class": "letters"}
    label = gettext("Question %(number)s") % {"number": number}
    return forms.CharField(
        label=label,
        help_text=_asked(item),
        required=False,
        max_length=3 * len(LETTERS),
        widget=forms.TextInput(attrs=shown),
    )


def _asked(item: Item) -> str:
    last = LETTERS[len(item.pairs or item.steps or item.options) - 1]
    said = {"last": last, "count": boxes(item), "blank": BLANK}
    if item.pairs or item.steps:
        return gettext("%(count)s letters from A to %(last)s, line by line; %(blank)s for an empty box") % said
    if item.kind == "multiple":
        return gettext("Every letter crossed, from A to %(last)s") % said
    return gettext("One letter from A to %(last)s") % said


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest) -> HttpResponse:
    """Where the number of a sheet is entered; below, the sheets that wait for a hand."""
    roles = roles_of(request.user)
    programmes = [rules.key for rules in programmes_for_officer(roles)]
    typed, problem = request.POST.get("number", ""), ""
    if request.method == "POST":
        try:
            number = number_of(typed)
            sheet_for_officer(roles, number)
            return redirect("office-paper-sheet", number=number)
        except Refusal as refusal:
            problem = arrangement_refusal(refusal)
        except Http404:
            problem = arrangement_refusal(Refusal("no-such-sheet"))
    waiting = sheets_to_key(programmes).exclude(arrangement__person_id=roles.person_id)
    by = f"person:{roles.person_id}"
    lines = [_line(sheet, by) for sheet in waiting]
    context = {"section": "office", "typed": typed, "problem": problem, "waiting": lines}
    return render(request, "office/arrangement_paper.html", context)


def _line(sheet: PaperSheet, by: str) -> dict[str, Any]:
    hands = [keying.keyed_by for keying in sheet.keyings.all()]
    return {"sheet": sheet, "hands": len(hands), "own": by in hands}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """One sheet: keyed by the viewer, mended where two differ, or how it came out; never the other's letters before."""
    roles = roles_of(request.user)
    try:
        found = sheet_for_officer(roles, number_of(number))
    except Refusal as refusal:
        raise Http404 from refusal
    by = f"person:{roles.person_id}"
    if is_void(found):
        return void_page(request, found, by)
    try:
        outline = catalogue.edition(found.arrangement.course_key, found.language, found.edition).outline
    except Refusal as refusal:
        messages.error(request, arrangement_refusal(Refusal("no-such-edition", refusal.data)))
        return redirect("office-paper")
    hands = {keying.keyed_by: keying.answers for keying in found.keyings.all()}
    differ = differences(found) if by in hands else []
    items = _items(found, outline)
    form = _form(request, found, items, hands.get(by), differ)
    if request.method == "POST" and form.is_valid():
        try:
            done = key(found.number, form.read(hands.get(by, {})), outline, request.moment, by)
        except Refusal as refusal:
            field = _FIELDS.get(refusal.code)
            form.add_error(field if field in form.fields else None, arrangement_refusal(refusal))
        else:
            messages.success(request, _said(done.outcome))
            return redirect("office-paper-sheet", number=found.number)
    context = {
        "section": "office",
        "sheet": found,
        "form": form,
        "keyed": by in hands,
        "two": len(hands) > 1,
        "differ": _told(items, differ, hands, by),
    }
    return render(request, "office/arrangement_sheet.html", context)


def _items(found: PaperSheet, outline: Outline) -> dict[int, Item]:
    bank = on_paper(outline.assessment).bank
    return {number: bank[one.item] for number, one in enumerate(form_of(found), 1) if one.item in bank}


def _form(
    request: HttpRequest, found: PaperSheet, items: dict[int, Item], own: Mapping[str, str] | None, differ: list[str]
) -> SheetForm:
    if own is None:
        initial = {WITNESS: found.arrangement.facilitator_id or ""}
    else:
        initial = {ON: own[ON], WITNESS: own[WITNESS]}
        initial |= {f"q{number}": own.get(item.id, "") for number, item in items.items()}
    return SheetForm(request.POST or None, items=items, only=differ or None, initial=initial)


def _told(items: dict[int, Item], differ: list[str], hands: dict[str, dict], by: str) -> list[Difference]:
    if not differ:
        return []
    own, other = hands[by], next(answers for hand, answers in hands.items() if hand != by)
    labels = {item.id: gettext("Question %(number)s") % {"number": number} for number, item in items.items()}
    labels |= {ON: gettext("Day on the sheet"), WITNESS: gettext("Witness")}
    return [Difference(labels.get(one, one), _shown(one, own), _shown(one, other)) for one in differ]


def _shown(name: str, answers: Mapping[str, str]) -> str:
    value = answers.get(name, "")
    if name == WITNESS:
        person = Person.objects.filter(pk=value).first()
        return person.called if person else value
    return value or gettext("empty")


def _said(outcome: str) -> str:
    if outcome == FIRST:
        return gettext("Kept. Now a colleague keys the same sheet without seeing your letters.")
    if outcome == DIFFERENT:
        return gettext("Kept. You two have read something differently: look at the sheet together.")
    return gettext("You two agree. The sheet is marked.")
