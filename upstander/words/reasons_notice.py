"""The sentences about the least notice: the due date as the first delivered message has moved it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

COUNTED_OF_NOTICE: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "due-moved-by-notice": lambda facts: (
        ngettext(
            "You were first told on %(told_on)s. At least %(days)s day lies between that and the due date, so it moved "
            "from %(from_due_on)s to %(due_on)s.",
            "You were first told on %(told_on)s. At least %(days)s days lie between that and the due date, so it moved "
            "from %(from_due_on)s to %(due_on)s.",
            facts["days"],
        )
        if facts["due_on"]
        else gettext(
            "You were first told on %(told_on)s, and your leave began before the time that you have from then was "
            "over. No due date is set while it lasts."
        )
    ),
    "not-told-yet": lambda facts: (
        ngettext(
            "No message about this has reached you yet. You have at least %(days)s day from the day on which one does: "
            "if it is today, the due date is %(due_on)s.",
            "No message about this has reached you yet. You have at least %(days)s days from the day on which one "
            "does: if it is today, the due date is %(due_on)s.",
            facts["days"],
        )
        if facts["due_on"]
        else gettext(
            "No message about this has reached you yet, and you are on leave until further notice. No due date is set "
            "while it lasts."
        )
    ),
}
