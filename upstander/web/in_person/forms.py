"""The office's forms of an offer and of a date."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext

from upstander.actions.in_person import LANGUAGES, Dated, Offered, people_named
from upstander.core.errors import Refusal
from upstander.core.in_person import AUDIENCES, MOST_SEATS, times_of
from upstander.delivery import catalogue
from upstander.models import SessionOffer, TrainingSession
from upstander.queries.in_person import facilitators_of
from upstander.queries.programmes import all_published
from upstander.web.day_field import DayField
from upstander.web.people import language
from upstander.words.in_person import audience_word, in_person_refusal

_TIMES = ["%H:%M", "%H:%M:%S"]


def own_names(codes: tuple[str, ...] = LANGUAGES) -> list[tuple[str, str]]:
    """Languages by their own names."""
    named = dict(settings.LANGUAGES)
    return [(code, named.get(code, code)) for code in codes]


def _label(name: str, in_language: str) -> str:
    labels = {
        ("title", "en"): gettext("Title in English"),
        ("title", "es"): gettext("Title in Spanish"),
        ("summary", "en"): gettext("Summary in English"),
        ("summary", "es"): gettext("Summary in Spanish"),
        ("for_whom", "en"): gettext("For whom, in English (optional)"),
        ("for_whom", "es"): gettext("For whom, in Spanish (optional)"),
    }
    return labels[name, in_language]


class OfferForm(forms.Form):
    """An offer in every language; a new one is asked for its short name too."""

    def __init__(self, *args: Any, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            hint = gettext("For the address of its pages, for example “bystander-hour”. It stays.")
            self.fields["key"] = forms.SlugField(label=gettext("Short name"), help_text=hint, max_length=60)
        for name, longest, rows in (("title", 120, 0), ("summary", 2_000, 4), ("for_whom", 300, 0)):
            for one in LANGUAGES:
                attrs = {"lang": one, **({"rows": rows} if rows else {})}
                self.fields[f"{name}_{one}"] = forms.CharField(
                    label=_label(name, one),
                    required=name != "for_whom",
                    max_length=longest,
                    widget=forms.Textarea(attrs=attrs) if rows else forms.TextInput(attrs=attrs),
                )
        self.fields["minutes"] = forms.IntegerField(label=gettext("Minutes"), min_value=5, max_value=1_440)
        self.fields["seats"] = forms.IntegerField(label=gettext("Seats as a rule"), min_value=1, max_value=MOST_SEATS)
        self.fields["languages"] = _ticked(gettext("Languages in which it is held"), own_names())
        groups = [(key, audience_word(key)) for key in AUDIENCES]
        self.fields["audiences"] = _ticked(gettext("For whom"), groups, required=False)
        self.fields["course_key"] = forms.ChoiceField(
            label=gettext("Attendance is on record as this course"),
            help_text=gettext("Whether that meets a requirement is for each programme to say."),
            choices=[("", gettext("No course")), *_courses()],
            required=False,
        )
        self.fields["is_offered"] = forms.BooleanField(label=gettext("Show it in the catalogue"), required=False)
        self.fields["began_with"] = forms.CharField(widget=forms.HiddenInput, required=False)

    def offered(self) -> Offered:
        given = self.cleaned_data
        words = {one: {name: given[f"{name}_{one}"] for name in ("title", "summary", "for_whom")} for one in LANGUAGES}
        return Offered(
            words=words,
            minutes=given["minutes"],
            languages=tuple(given["languages"]),
            audiences=tuple(given["audiences"]),
            course_key=given["course_key"],
            seats=given["seats"],
            is_offered=given["is_offered"],
        )


def _ticked(label: str, choices: list[tuple[str, str]], required: bool = True) -> forms.Field:
    ticks = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=choices, widget=ticks, required=required)


def _courses() -> list[tuple[str, str]]:
    """Every course that a published programme offers, with its title."""
    keys = sorted({key for rules in all_published() for key in rules.course_keys})
    return [(key, catalogue.title_of(key, language())) for key in keys]


def values_of_offer(offer: SessionOffer, began_with: str) -> dict[str, Any]:
    """What the form of this offer begins with."""
    names = ("title", "summary", "for_whom")
    words = {f"{name}_{one}": offer.words.get(one, {}).get(name, "") for name in names for one in LANGUAGES}
    plain = ("minutes", "seats", "languages", "audiences", "course_key", "is_offered")
    return {**words, **{name: getattr(offer, name) for name in plain}, "began_with": began_with}


class DateForm(forms.Form):
    """One date: its day and times by the institution's clock, its place, seats and who leads it."""

    def __init__(self, *args: Any, offer: SessionOffer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clock = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        self.fields["day"] = DayField(label=gettext("Day"))
        self.fields["begins"] = forms.TimeField(label=gettext("Begins"), widget=clock, input_formats=_TIMES)
        self.fields["ends"] = forms.TimeField(label=gettext("Ends"), widget=clock, input_formats=_TIMES)
        self.fields["language"] = forms.ChoiceField(label=gettext("Language"), choices=own_names(_of(offer)))
        where = gettext("Building and room, and the way in without steps.")
        self.fields["place"] = forms.CharField(label=gettext("Place"), help_text=where, max_length=200, required=False)
        self.fields["seats"] = forms.IntegerField(label=gettext("Seats"), min_value=1, max_value=MOST_SEATS)
        self.fields["facilitators"] = forms.CharField(
            label=gettext("Who leads it"),
            help_text=gettext("A number of the roster or an e-mail address, one on each line."),
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields["needs"] = forms.CharField(
            label=gettext("What the room needs (for the office and whoever leads it)"),
            required=False,
            max_length=1_000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields["closed_group"] = forms.BooleanField(
            label=gettext("A closed group: only whom the office puts in, and not in the catalogue"), required=False
        )
        self.fields["began_with"] = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_facilitators(self) -> tuple[str, ...]:
        try:
            return people_named(self.cleaned_data["facilitators"].splitlines())
        except Refusal as refusal:
            raise forms.ValidationError(in_person_refusal(refusal, settings.INSTITUTION_ZONE)) from refusal

    def dated(self) -> Dated:
        """The date as given; refuses as `core.in_person.times_of` does."""
        given = self.cleaned_data
        return Dated(
            times=times_of(given["day"], given["begins"], given["ends"], settings.INSTITUTION_ZONE),
            language=given["language"],
            place=given["place"],
            seats=given["seats"],
            needs=given["needs"],
            closed_group=given["closed_group"],
            facilitators=given["facilitators"],
        )


def _of(offer: SessionOffer) -> tuple[str, ...]:
    return tuple(offer.languages) or LANGUAGES


def values_of_date(session: TrainingSession, begins: Any, ends: Any) -> dict[str, Any]:
    """What the form of this date begins with; `begins` and `ends` are in the institution's clock."""
    return {
        "day": begins.date(),
        "begins": begins.time(),
        "ends": ends.time(),
        "language": session.language,
        "place": session.place,
        "seats": session.seats,
        "facilitators": "\n".join(leader.person_id for leader in facilitators_of(session)),
        "needs": session.needs,
        "closed_group": session.closed_group,
        "began_with": session.sequence,
    }
