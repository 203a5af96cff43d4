"""The questions after a session and their answers, in every language."""

from django.utils.translation import gettext, gettext_noop

_QUESTIONS = {
    "useful": gettext_noop("How useful was the session for you?"),
    "pace": gettext_noop("How was the pace?"),
    "sure": gettext_noop("Would you know what to do now?"),
    "recommend": gettext_noop("Would you tell a colleague to go?"),
}
_ANSWERS = {
    ("useful", "very"): gettext_noop("Very useful"),
    ("useful", "somewhat"): gettext_noop("Somewhat useful"),
    ("useful", "little"): gettext_noop("Of little use"),
    ("useful", "not"): gettext_noop("Of no use"),
    ("pace", "too-fast"): gettext_noop("Too fast"),
    ("pace", "right"): gettext_noop("Just right"),
    ("pace", "too-slow"): gettext_noop("Too slow"),
    ("sure", "yes"): gettext_noop("Yes"),
    ("sure", "partly"): gettext_noop("Partly"),
    ("sure", "no"): gettext_noop("No"),
    ("recommend", "yes"): gettext_noop("Yes"),
    ("recommend", "perhaps"): gettext_noop("Perhaps"),
    ("recommend", "no"): gettext_noop("No"),
}


def question_words(question: str) -> str:
    return gettext(_QUESTIONS[question])


def answer_words(question: str, answer: str) -> str:
    return gettext(_ANSWERS[question, answer])


def share_words(share: int | None) -> str:
    """A share as it is shown: coded at both ends, and a word where it is withheld."""
    if share is None:
        return gettext("not shown")
    if share <= 5:
        return gettext("5 % or less")
    if share >= 95:
        return gettext("95 % or more")
    return gettext("%(share)s %%") % {"share": share}
