"""Ready words for the office's answers, in the language of the person who reads them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy, override

from upstander.core.requests import WRONG_FACT


@dataclass(frozen=True, slots=True)
class Answer:
    """One ready text: the move it goes with, what the office's list calls it, and the words themselves."""

    key: str
    move: str
    name: str
    words: Callable[[], str]


_ANSWERS = (
    Answer(
        "looking",
        "reply",
        gettext_lazy("We are looking into it"),
        lambda: gettext("Thank you for telling us. We are looking into it and write here as soon as we know more."),
    ),
    Answer(
        "with-hr",
        "reply",
        gettext_lazy("It is with Human Resources"),
        lambda: gettext("We have passed this on to Human Resources. No reminders go out until their answer is here."),
    ),
    Answer(
        "ask-proof",
        "ask",
        gettext_lazy("Ask when and where the course was taken"),
        lambda: gettext("To find it, we need to know when and where you took the course, and under which name."),
    ),
    Answer(
        "ask-which",
        "ask",
        gettext_lazy("Ask which appointment is meant"),
        lambda: gettext("Which of your appointments do you mean, and what would be right for it?"),
    ),
    Answer(
        "accept",
        "accept",
        gettext_lazy("You are right"),
        lambda: gettext("Thank you. You are right, and we are having it corrected."),
    ),
    Answer(
        "decline-as-recorded",
        "decline",
        gettext_lazy("The record is right"),
        lambda: gettext(
            "We asked those who keep this fact. According to them the record is right, so we leave it as it is. If you "
            "have something that shows otherwise, ask us to look again."
        ),
    ),
    Answer(
        "decline-rule",
        "decline",
        gettext_lazy("The rule is meant so"),
        lambda: gettext(
            "We looked at the rule and at your situation. The rule is meant for situations like yours, so we leave it "
            "as it is. If we have overlooked something, ask us to look again."
        ),
    ),
    Answer(
        "decline-silent",
        "decline",
        gettext_lazy("No answer came"),
        lambda: gettext(
            "We asked you for something and have not heard from you, so we close this for now. Ask us to look again "
            "when you have it."
        ),
    ),
    Answer(
        "settled",
        "settle",
        gettext_lazy("It is corrected"),
        lambda: gettext("The record is corrected. Your training page shows how things stand now."),
    ),
)


#: Of the texts those that speak of a fact on record.
_OF_FACTS = frozenset({"with-hr", "ask-proof", "ask-which", "accept", "decline-as-recorded", "decline-rule", "settled"})
_ALSO = {"leave": {"with-hr"}, "already-done": {"ask-proof"}}


def ready_answers(kind: str = WRONG_FACT) -> tuple[Answer, ...]:
    """The ready texts for a kind of case, in the order in which an office needs them."""
    if kind == WRONG_FACT:
        return _ANSWERS
    return tuple(one for one in _ANSWERS if one.key not in _OF_FACTS or one.key in _ALSO.get(kind, ()))


def ready_words(key: str, lang: str) -> tuple[str, str]:
    """The move and the words of a ready text in a language; two empty texts where there is none of that name."""
    found = next((answer for answer in _ANSWERS if answer.key == key), None)
    if found is None:
        return "", ""
    with override(lang):
        return found.move, found.words()
