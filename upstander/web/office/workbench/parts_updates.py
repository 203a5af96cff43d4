"""The forms for seat time, for what a new edition asks of earlier readers, and for the survey."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from upstander.web.office.workbench.controls import GONE, Control, Day, Flag, Names, Whole
from upstander.web.office.workbench.tables import Rows, Table

#: How a completion without an edition is written in a list of editions.
BLANK = '""'


class Editions(Names):
    """A list of editions with commas between them; two quotation marks stand for a completion without one."""

    def fits(self, value: Any) -> bool:
        named = [part for part in value if part != ""] if isinstance(value, list) else []
        return isinstance(value, list) and BLANK not in named and (super().fits(named) or (not named and bool(value)))

    def shown(self, value: Any) -> Any:
        return ", ".join(part or BLANK for part in value)

    def value(self, raw: Any, original: Any, name: str, posted: Any) -> Any:
        parts = [part.strip() for part in raw.split(",") if part.strip()]
        return ["" if part == BLANK else part for part in parts] or GONE


def of_option() -> tuple[Control, ...]:
    """What a course's row says besides: the time a law wants spent in it, and what its new editions ask."""
    row = Table(
        "",
        _("Update"),
        parts=(
            Control("edition", _("New edition"), _("Its name, such as 2027.1.")),
            Editions(
                "older",
                _("Older editions that no longer stand alone"),
                _("With commas between them. Two quotation marks stand for a completion without an edition."),
            ),
            Day("since_on", _("From this day on")),
            Whole("days", _("Days to read what changed")),
        ),
    )
    return (
        Whole(
            "minimum_minutes",
            _("At least so many minutes in the course"),
            _("Only where a law asks for it. People may always take longer."),
        ),
        Flag(
            "in_person",
            _("Attendance counts"),
            _("Whether whoever attends it as a training in person meets it too. Nothing said is a no."),
        ),
        Rows(
            "updates",
            _("Who completed an older edition"),
            _("Empty: a new edition asks nothing of them."),
            row=row,
            adds=_("Ask for what changed"),
        ),
    )


def survey(document: Mapping) -> tuple[Control, ...]:
    return (
        Control(
            "survey",
            _("Survey before the needs page"),
            _("Its name, such as pre-training. Empty: there is none. Every question may be skipped."),
        ),
    )
