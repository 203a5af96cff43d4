"""The office's forms of an arrangement and of who was there."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext

from upstander.actions.arrangements import Arranged, local
from upstander.actions.in_person import people_named
from upstander.core.arrangements import KINDS
from upstander.core.errors import Refusal
from upstander.core.in_person import times_of
from upstander.core.programme import Programme
from upstander.delivery import catalogue
from upstander.models import Arrangement
from upstander.web.day_field import DayField
from upstander.web.people import language
from upstander.words.arrangements import arrangement_kind_word, arrangement_refusal

_TIMES = ["%H:%M", "%H:%M:%S"]
#: The field beside which a refusal stands.
FIELDS = {
    "no-such-option": "course_key",
    "no-such-kind": "kind",
    "being-keyed": "language",
    "begun-already": "day",
    "time-needed": "day",
    "no-such-time": "begins",
    "ends-as-it-begins": "ends",
    "too-long": "ends",
    "time-too-short": "ends",
    "place-needed": "place",
    "place-taken": "place",
    "clash": "day",
    "helps-themself": "facilitator",
    "no-such-witness": "witness",
}


def one_person(text: str) -> str:
    """The id of the person named by number or address; "" for a blank. Raises ValidationError."""
    try:
        people = people_named(text.splitlines())
        if len(people) > 1:
            raise Refusal("one-person-only")
    except Refusal as refusal:
        raise forms.ValidationError(arrangement_refusal(refusal)) from refusal
    return people[0] if people else ""


def _clock(label: str) -> forms.TimeField:
    shown = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=shown, input_formats=_TIMES, required=False)


class ArrangementForm(forms.Form):
    """How, which course, when, where and who helps; `rules` are the programme whose options can be chosen."""

    def __init__(self, *args: Any, rules: Programme, course_key: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind, arrangement_kind_word(kind)) for kind in KINDS]
        courses = [(key, catalogue.title_of(key, language())) for key in _keys(rules, course_key)]
        self.fields["kind"] = forms.ChoiceField(
            label=gettext("How it is done"), choices=kinds, widget=forms.RadioSelect
        )
        self.fields["course_key"] = forms.ChoiceField(label=gettext("Course"), choices=courses)
        self.fields["language"] = forms.ChoiceField(label=gettext("Language"), choices=settings.LANGUAGES)
        by_post = gettext("Papers that go by post need no day and no time.")
        self.fields["day"] = DayField(label=gettext("Day"), required=False, help_text=by_post)
        self.fields["begins"], self.fields["ends"] = _clock(gettext("Begins")), _clock(gettext("Ends"))
        where = gettext("Building and room, and the way in without steps.")
        self.fields["place"] = forms.CharField(label=gettext("Place"), help_text=where, max_length=200, required=False)
        self.fields["shares_place"] = forms.BooleanField(
            label=gettext("The place may be in use by others at the same time"), required=False
        )
        named = gettext("Their number of the roster or their e-mail address.")
        self.fields["facilitator"] = forms.CharField(
            label=gettext("Who helps"), help_text=named, max_length=254, required=False
        )
        kept = gettext("For the office and whoever helps. Ask what they need, never why.")
        shown = forms.Textarea(attrs={"rows": 3})
        self.fields["needs"] = forms.CharField(
            label=gettext("What the person needs"), help_text=kept, max_length=1_000, required=False, widget=shown
        )
        self.fields["began_with"] = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_facilitator(self) -> str:
        return one_person(self.cleaned_data["facilitator"])

    def arranged(self) -> Arranged:
        """What was written; refuses as `core.in_person.times_of` does, and `time-needed` for half a time."""
        given = self.cleaned_data
        clock = [given["day"], given["begins"], given["ends"]]
        if any(clock) and not all(one is not None for one in clock):
            raise Refusal("time-needed")
        return Arranged(
            kind=given["kind"],
            course_key=given["course_key"],
            language=given["language"],
            times=times_of(*clock, settings.INSTITUTION_ZONE) if all(one is not None for one in clock) else None,
            place=given["place"],
            needs=given["needs"],
            facilitator=given["facilitator"],
            shares_place=given["shares_place"],
        )


def _keys(rules: Programme, only: str) -> list[str]:
    return [only] if only else sorted(rules.course_keys)


def values_of(found: Arrangement) -> dict[str, Any]:
    """What the form of this arrangement begins with."""
    begins, ends = (local(at) if at else None for at in (found.starts_at, found.ends_at))
    return {
        "kind": found.kind,
        "course_key": found.course_key,
        "language": found.language,
        "day": begins.date() if begins else None,
        "begins": _minute(begins),
        "ends": _minute(ends),
        "place": found.place,
        "facilitator": found.facilitator_id or "",
        "needs": found.needs,
        "began_with": found.sequence,
    }


def _minute(at: datetime | None) -> Any:
    return at.time() if at else None


def tell(form: forms.Form, refusal: Refusal) -> None:
    """The refusal beside the field that it is about, else above the form."""
    field = FIELDS.get(refusal.code)
    form.add_error(field if field in form.fields else None, arrangement_refusal(refusal))
