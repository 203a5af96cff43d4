"""The kinds of leave, and lists of them, as running text."""

from collections.abc import Iterable

from babel.lists import format_list
from django.utils.translation import get_language, gettext, gettext_noop

KINDS = {
    "parental": gettext_noop("parental leave"),
    "medical": gettext_noop("medical leave"),
    "military": gettext_noop("military leave"),
    "sabbatical": gettext_noop("sabbatical leave"),
    "junior_faculty": gettext_noop("junior faculty leave"),
    "unpaid": gettext_noop("unpaid leave"),
    "other": gettext_noop("other leave"),
}


def leave_words(kinds: Iterable[str]) -> str:
    """The named kinds in their usual order: "parental leave, medical leave, and military leave"."""
    asked = set(kinds)
    return format_list([gettext(word) for kind, word in KINDS.items() if kind in asked], locale=get_language() or "en")


def other_kinds(kinds: Iterable[str]) -> list[str]:
    """Every kind that is not among these."""
    return [kind for kind in KINDS if kind not in set(kinds)]
