"""What an officer asks a rehearsal for: days, version, and how many are taken to finish."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.rehearsal import LONGEST_DAYS
from upstander.core.roster_values import FIRST_YEAR, LAST_YEAR
from upstander.models import ProgrammeVersion

USUAL_DAYS = 60
SHARES = (0, 25, 50, 75, 100)


class _Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=_Day(), input_formats=["%Y-%m-%d"])


class RehearsalForm(forms.Form):
    """The first and the last day, the version, and the share that is taken to finish in time."""

    from_on = _day(_("First day"))
    to_on = _day(_("Last day"))
    version = forms.TypedChoiceField(label=_("Rules"), coerce=int)
    share = forms.TypedChoiceField(label=_("Who finishes"), coerce=int, initial=0)

    def __init__(self, *args: Any, versions: Sequence[ProgrammeVersion], moment: Moment, **kwargs: Any) -> None:
        today = moment.day
        initial = {"from_on": today, "to_on": today + timedelta(days=USUAL_DAYS - 1), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["version"].choices = [(version.number, version_words(version)) for version in versions]
        self.fields["share"].choices = [(share, share_words(share)) for share in SHARES]

    def clean_from_on(self) -> object:
        return self._meant("from_on")

    def clean_to_on(self) -> object:
        return self._meant("to_on")

    def _meant(self, name: str) -> object:
        day = self.cleaned_data[name]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(gettext("This year cannot be meant."))
        return day

    def refuse(self, refusal: Refusal) -> None:
        """Says in the form why this cannot be rehearsed."""
        said = {
            "rehearsal-backwards": ("to_on", gettext("The last day comes before the first.")),
            "rehearsal-too-long": (
                "to_on",
                gettext("This is longer than two years (%(days)d days). Choose a shorter period.")
                % {"days": refusal.data.get("days", LONGEST_DAYS)},
            ),
            "rehearsal-without-roster": (
                None,
                gettext("There is no roster yet. Once one is imported, there is somebody to rehearse with."),
            ),
        }
        unreadable = ("version", gettext("This version cannot be read as rules yet. Mend it first."))
        self.add_error(*said.get(refusal.code, unreadable))


def version_words(version: ProgrammeVersion) -> str:
    """ "Version 2, published" or "Version 3, a draft"."""
    if version.published_at:
        return gettext("Version %(number)d, published") % {"number": version.number}
    return gettext("Version %(number)d, a draft") % {"number": version.number}


def share_words(percent: int) -> str:
    """Who is taken to finish: nobody, everybody, or so many in a hundred."""
    if percent == 0:
        return gettext("Nobody: every message that could go")
    if percent == 100:
        return gettext("Everybody, evenly over their window")
    return gettext("%(percent)d %% of those who owe, evenly over their window") % {"percent": percent}
