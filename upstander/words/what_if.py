"""What would have to be otherwise for somebody to owe a training, each change as one sentence."""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils.translation import get_language, gettext, gettext_noop

from upstander.core.decision import Reason
from upstander.words.dates import plain_date

_CATEGORIES = {
    "faculty": gettext_noop("You would have to take it if you were faculty."),
    "staff": gettext_noop("You would have to take it if you were staff."),
    "postdoc": gettext_noop("You would have to take it if you were a postdoctoral researcher."),
    "graduate_student": gettext_noop("You would have to take it if you were a graduate student."),
    "undergraduate": gettext_noop("You would have to take it if you were an undergraduate student."),
    "affiliate": gettext_noop("You would have to take it if you were an affiliate."),
}
_SENTENCES: dict[str, Callable[[], str]] = {
    "if-paid": lambda: gettext("You would have to take it if your appointment were paid."),
    "if-not-paid": lambda: gettext("You would have to take it if your appointment were unpaid."),
    "if-benefits-eligible": lambda: gettext(
        "You would have to take it if your appointment were eligible for benefits."
    ),
    "if-not-benefits-eligible": lambda: gettext(
        "You would have to take it if your appointment were not eligible for benefits."
    ),
    "if-supervises": lambda: gettext("You would have to take it if you supervised other people."),
    "if-not-supervises": lambda: gettext("You would have to take it if you supervised nobody."),
    "if-confidential-role": lambda: gettext("You would have to take it if you held a confidential role."),
    "if-not-confidential-role": lambda: gettext("You would have to take it if you held no confidential role."),
    "if-year": lambda: gettext("You would have to take it from year %(needed)s of your studies on."),
    "if-joined-earlier": lambda: gettext("You would have to take it if you had joined before %(since_on)s."),
    "if-it-went-on": lambda: gettext("You would have to take it if your appointment had not ended."),
    "if-it-ended-later": lambda: gettext("You would have to take it if your appointment went on after %(due_on)s."),
}


def what_if_sentences(changes: Iterable[Reason]) -> list[str]:
    """The sentences in the active language, in the given order."""
    return [_sentence(change) for change in changes]


def _sentence(change: Reason) -> str:
    facts = dict(change.facts)
    if change.code == "if-category":
        category = facts["category"]
        return gettext(_CATEGORIES[category])
    for name in ("since_on", "due_on"):
        if name in facts:
            facts[name] = plain_date(date.fromisoformat(facts[name]), get_language() or "en")
    return _SENTENCES[change.code]() % facts
