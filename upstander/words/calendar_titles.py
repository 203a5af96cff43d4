"""How dates are called in a calendar: no name, no number, no word on how a duty stands."""

from django.utils.translation import gettext


def last_day(title: str) -> str:
    """A due date of this programme, in the active language."""
    return gettext("Last day for “%(title)s”") % {"title": title}


def appointment(title: str) -> str:
    """What the office has arranged for this course, in the active language."""
    return gettext("Appointment for “%(title)s”") % {"title": title}


def feed_name() -> str:
    """The name of the calendar, in the active language."""
    return gettext("Training dates")
