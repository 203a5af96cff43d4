""" "This is wrong": the reason, which fact of it, what would be right; then it is a case of the fact's owner."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from upstander.actions.cases import Wanted, open_case
from upstander.core.disputes import CATEGORY, DATE, KEPT_FROM_UNITS, NUMBER, ROLE, YES_NO, Disputed, behind, value_of
from upstander.core.errors import Refusal
from upstander.core.requests import KINDS, WRONG_FACT
from upstander.models import Case, Unit
from upstander.queries.doors.learner import person_of
from upstander.queries.facts import facts_of
from upstander.web.day_field import DayField
from upstander.web.guard import signed_in
from upstander.web.learner.plan import duties_for
from upstander.web.learner.plan_duty import Duty
from upstander.web.people import language
from upstander.words.names import category_word
from upstander.words.reasons import Sentence
from upstander.words.request_refusals import refusal_words
from upstander.words.requests import UNSPOKEN, fact_word, role_word, value_words

_CATEGORIES = ("faculty", "staff", "postdoc", "graduate_student", "undergraduate", "affiliate")
_LONGEST = {name: field.longest for name, field in KINDS[WRONG_FACT].fields.items()}


class WrongForm(forms.Form):
    """What would be right, asked as the fact's kind of value; and whatever helps the office to find out."""

    error_css_class = "error"

    def __init__(self, *args: Any, fact: Disputed, on_record: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fact, self.on_record = fact, on_record
        self.fields["right"] = _field(fact, on_record)
        self.fields["note"] = forms.CharField(
            label=gettext("Anything that helps us to find out (optional)"),
            required=False,
            max_length=_LONGEST["note"],
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    def clean_right(self) -> str:
        given = self.cleaned_data["right"]
        text = "" if given is None else given.isoformat() if isinstance(given, date) else str(given)
        if self.fact.key not in UNSPOKEN and text and text == self.on_record:
            raise forms.ValidationError(gettext("That is what stands on record already."))
        return text


def _field(fact: Disputed, on_record: str) -> forms.Field:
    label = gettext("What would be right?")
    if fact.value == YES_NO:
        return _among([(value, value_words(fact.key, value)) for value in ("yes", "no") if value != on_record], label)
    if fact.value == ROLE:
        return _among([(role, role_word(role)) for role in ("employee", "student") if role != on_record], label)
    if fact.value == CATEGORY:
        choices = [("", ""), *((key, category_word(key)) for key in _CATEGORIES if key != on_record)]
        return forms.ChoiceField(label=label, choices=choices)
    if fact.value == NUMBER:
        return forms.IntegerField(label=label, min_value=0, max_value=99)
    if fact.value == DATE:
        hint = gettext("Leave it empty if there is no end.") if fact.may_be_blank else ""
        return DayField(label=label, help_text=hint, required=not fact.may_be_blank)
    hint = gettext("Say it in your own words.")
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=hint, max_length=_LONGEST["right"], widget=area)


def _among(choices: list[tuple[str, str]], label: str) -> forms.Field:
    """A choice among few; where only one is left, it is said and not asked."""
    if len(choices) > 1:
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
    field = forms.ChoiceField(label=label, choices=choices, initial=choices[0][0], widget=forms.HiddenInput)
    field.only_words = choices[0][1]
    return field


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def wrong(request: HttpRequest, key: str) -> HttpResponse:
    """The form for one reason of the reader's own standing; POST makes the case, or leads to the one there is."""
    person = person_of(request.user)
    facts = facts_of(person.pk)
    duty = next((duty for duty in duties_for(request, person, facts) if duty.programme.key == key), None)
    sentence = _sentence(request, duty)
    choices = behind(sentence.codes, sentence.facts, sentence.owner)
    fact = _chosen(request, choices)
    context = {
        "section": "my-training",
        "programme": duty.programme,
        "sentence": sentence,
        "place": request.GET.get("reason", ""),
        "choices": [(one.key, fact_word(one.key)) for one in choices if one != fact],
    }
    if fact is None:
        return render(request, "learner/wrong.html", context)
    on_record = value_of(fact.key, fact.about, facts)
    form = WrongForm(request.POST or None, fact=fact, on_record=on_record)
    if request.method == "POST" and form.is_valid():
        case = _opened(request, duty, sentence, fact, form)
        return redirect("case", case_id=case)
    context |= {"fact": fact_word(fact.key), "form": form, "told": _is_told(fact), "on_record": _shown(fact, on_record)}
    return render(request, "learner/wrong.html", context)


def _is_told(fact: Disputed) -> bool:
    """Whether the administrators of the person's unit are told of it."""
    return fact.owner in KINDS[WRONG_FACT].told_units and fact.key not in KEPT_FROM_UNITS


def _sentence(request: HttpRequest, duty: Duty | None) -> Sentence:
    place = request.GET.get("reason", "")
    if duty is None or not (place.isascii() and place.isdigit()) or int(place) >= len(duty.reasons):
        raise Http404
    return duty.reasons[int(place)]


def _chosen(request: HttpRequest, choices: list[Disputed]) -> Disputed | None:
    """The fact that was named; without a name the only one that the sentence rests on, else none yet."""
    named = request.GET.get("fact", "")
    if named:
        found = next((one for one in choices if one.key == named), None)
        if found is None:
            raise Http404
        return found
    return choices[0] if len(choices) <= 2 else None


def _shown(fact: Disputed, on_record: str) -> str:
    if fact.key in UNSPOKEN:
        return ""
    units = dict(Unit.objects.filter(pk=on_record).values_list("id", "name")) if fact.key == "unit" else {}
    return value_words(fact.key, on_record, units)


def _opened(request: HttpRequest, duty: Duty, sentence: Sentence, fact: Disputed, form: WrongForm) -> str:
    """The id of the new case, or of the one about the same fact that stands in its way."""
    standing, person = duty.standing, request.user.person
    wanted = Wanted(
        programme=duty.programme.key,
        cycle=standing.cycle,
        owner=fact.owner,
        asked={"fact": fact.key, "about": fact.about, **{name: form.cleaned_data[name] for name in ("right", "note")}},
        knew={
            "codes": list(sentence.codes),
            "facts": dict(sentence.facts),
            "value": form.on_record,
            "state": standing.state,
            "due_on": standing.due_on.isoformat() if standing.due_on else None,
            "version": standing.version,
            "decided_at": standing.decided_at.isoformat(),
        },
        language=language(),
    )
    try:
        case: Case = open_case(person.pk, wanted, request.moment, f"person:{person.pk}")
    except Refusal as refusal:
        if "case" not in refusal.data:
            raise
        messages.info(request, refusal_words(refusal))
        return refusal.data["case"]
    said = gettext("We have it. Your request has the number %(number)s.") % {"number": case.number}
    messages.success(request, said)
    return str(case.pk)
