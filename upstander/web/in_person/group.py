"""People put into a session by a pasted list or by unit; and what calling it off would do, before it is done."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.utils.translation import gettext, ngettext

from upstander.actions.session_groups import PutIn, put_in_lines
from upstander.actions.session_letters import holding
from upstander.core.days import Moment
from upstander.core.in_person import OPEN
from upstander.models import Person, TrainingSession, Unit
from upstander.queries.in_person import people_of_unit
from upstander.words.in_person import in_person_refusal


class PutInForm(forms.Form):
    """Who gets a seat: a list, a unit, or both."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"] = forms.CharField(
            label=gettext("Who gets a seat"),
            help_text=gettext(
                "A number of the roster or an e-mail address, one on each line. You can paste the list of whoever "
                "asked; what follows after a comma is not read."
            ),
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        units = [("", gettext("No unit")), *Unit.objects.order_by("name").values_list("id", "name")]
        self.fields["unit"] = forms.ChoiceField(
            label=gettext("Or everybody of a unit, with the units below it"), choices=units, required=False
        )

    def clean(self) -> dict:
        given = super().clean()
        if not self.errors and not given.get("people", "").strip() and not given.get("unit"):
            self.add_error("people", gettext("Name somebody, or choose a unit."))
        return given

    def put_in(self, session: TrainingSession, moment: Moment, by: str) -> PutIn:
        """Gives the seats; a bad line stops no other."""
        unit = self.cleaned_data["unit"]
        lines = [*self.cleaned_data["people"].splitlines(), *(people_of_unit(unit, moment.day) if unit else ())]
        return put_in_lines(session.pk, lines, moment, by)


def refused_lines(outcome: PutIn) -> list[tuple[str, str]]:
    """Each refused line, and why, in the reader's language."""
    zone = settings.INSTITUTION_ZONE
    return [(line, in_person_refusal(refusal, zone)) for line, refusal in outcome.refused]


def seated_words(outcome: PutIn) -> str:
    said = ngettext("%(seated)s person has a seat.", "%(seated)s people have a seat.", outcome.seated)
    return said % {"seated": outcome.seated}


@dataclass(frozen=True, slots=True)
class Effect:
    """Whom calling a session off would write to."""

    seated: list[Person]
    waiting: list[Person]

    @property
    def letters(self) -> int:
        return len(self.seated) + len(self.waiting)


def effect_of(session: TrainingSession) -> Effect:
    """Of a draft nobody was told, so nobody is written to."""
    seats = holding(session) if session.state == OPEN else []
    people = {state: [seat.person for seat in seats if seat.state == state] for state in ("booked", "waiting")}
    return Effect(people["booked"], people["waiting"])
