"""The word that opens the answer to a choice, in the player and wherever a course is looked at."""

from django.utils.translation import gettext_lazy as _

#: By kind of question and verdict: in a scenario one acts, in a check one judges.
VERDICT_WORDS = {
    "scenario": {"best": _("Yes."), "partly": _("In part."), "harmful": _("Better not.")},
    "check": {"best": _("Yes."), "partly": _("In part."), "harmful": _("Not quite.")},
}
