"""The form for how a programme comes round: its cycles, their periods, and when the next one is drafted."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from upstander.web.office.workbench.controls import Choice, Control, Day, Whole
from upstander.web.office.workbench.parts_rules import EVERY_MONTHS, ROUNDING, group_choices
from upstander.web.office.workbench.tables import Kinds, Rows, Table


def cycle(document: Mapping) -> tuple[Control, ...]:
    kinds = Kinds(
        "cycle",
        _("How the programme comes round"),
        choices=[
            ("yearly", _("Every year from the same day on, such as a fiscal year")),
            ("named", _("In periods that have a name and their own dates")),
            ("every", _("Every so many months, for all people at once")),
            ("own", _("Each person’s own time, counted from completion or hire")),
        ],
        by_kind={
            "yearly": (
                Control("starts_on", _("First day of the year"), _("Month and day: 07-01 is 1 July.")),
                Whole("first_year", _("Year in which the first cycle begins")),
            ),
            "named": (_periods(document),),
            "every": (Day("starts_on", _("First day of the first cycle")), EVERY_MONTHS, ROUNDING),
            "own": _own(),
        },
    )
    again = Table(
        "recurrence",
        _("The next cycle"),
        parts=(
            Whole(
                "every_months",
                _("Drafted so many months after the last one"),
                _("Groups and periods move by so many months. People read it on the help page."),
            ),
            ROUNDING,
        ),
    )
    return (kinds, again)


def _periods(document: Mapping) -> Control:
    return Rows(
        "periods",
        _("Periods, in order"),
        row=Table(
            "",
            _("Period"),
            parts=(
                Control("key", _("Key"), _("Such as 2026-27.")),
                Day("first_on", _("First day")),
                Day("last_on", _("Last day")),
                _windows(document),
            ),
        ),
        adds=_("Add a period"),
    )


def _own() -> tuple[Control, ...]:
    return (
        Choice(
            "counted_from",
            _("Counted from"),
            choices=[
                ("completion", _("each person’s last completion")),
                ("hire", _("each person’s first day of the unbroken run of appointments")),
            ],
        ),
        EVERY_MONTHS,
        ROUNDING,
        Day("starts_on", _("Nothing opens before")),
        Whole(
            "renewal_days",
            _("The window opens so many days before the due day"),
            _("Where it is counted from completion."),
        ),
    )


def _windows(document: Mapping) -> Control:
    """The windows that a period had before the groups got their present ones."""
    parts = (
        Choice("group", _("Group"), choices=[("", ""), *group_choices(document)]),
        Day("opens_on", _("Opens on")),
        Day("due_on", _("Due on")),
    )
    hint = _("Only for a period whose groups had other days than they have now.")
    return Rows("windows", _("Its own windows"), hint, row=Table("", _("Window"), parts=parts), adds=_("Add a window"))
