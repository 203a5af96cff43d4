"""The words of a report that something does not work: its line, its form and its technical facts (row B21)."""

from django.utils.translation import gettext, gettext_noop

from upstander.core.technical import FACTS

#: As the rows of `words.request_kinds`: the line, what it is for, what happens with it.
TECHNICAL = (
    gettext_noop("Something does not work"),
    gettext_noop("Say what you did and what you saw. We look into it with you."),
    gettext_noop("Your due date stays as it is, and so does everything that you have done."),
)
NOTE = (
    gettext_noop("What does not work?"),
    gettext_noop("What did you do, and what did you see? Write no password and nothing of your answers."),
)
_FACTS = {
    "page": gettext_noop("Page"),
    "time": gettext_noop("Time"),
    "error": gettext_noop("Number of the error"),
    "browser": gettext_noop("Browser"),
    "system": gettext_noop("System"),
    "window": gettext_noop("Window of the browser"),
    "zoom": gettext_noop("Size of the text"),
    "language": gettext_noop("Language"),
    "connection": gettext_noop("Connection"),
    "checks": gettext_noop("What the checks found"),
}
FIELDS = {("technical", "note"): NOTE, **{("technical", name): (_FACTS[name], "") for name in FACTS}}


def technical_fact(name: str) -> str:
    """What a technical fact is called."""
    return gettext(_FACTS[name])
