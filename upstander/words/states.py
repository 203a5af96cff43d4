"""The word and the shape of every state of a standing; the same everywhere that one is shown."""

from django.utils.translation import gettext, gettext_noop, override

#: state -> (word, shape); the shapes are drawn in parts/status.html
_STATES = {
    "not-required": (gettext_noop("Not required"), "dash"),
    "exempt": (gettext_noop("Exempt"), "dash"),
    "satisfied": (gettext_noop("Done"), "tick"),
    "waived": (gettext_noop("Waived"), "tick-open"),
    "undecided": (gettext_noop("Needs a fact"), "dotted"),
    "deferred": (gettext_noop("On hold during leave"), "pause"),
    "scheduled": (gettext_noop("Opens later"), "clock"),
    "open": (gettext_noop("Open"), "circle"),
    "in-progress": (gettext_noop("In progress"), "half"),
    "in-grace": (gettext_noop("Past due, still accepted"), "diamond-open"),
    "overdue": (gettext_noop("Overdue"), "diamond"),
}


def state_word(state: str, lang: str | None = None) -> str:
    """The word for a state, in `lang` or the active language."""
    word = _STATES[state][0]
    if lang is None:
        return gettext(word)
    with override(lang):
        return gettext(word)


def state_shape(state: str) -> str:
    """The name of the shape that stands beside the word: one per meaning, never a colour alone."""
    return _STATES[state][1]
