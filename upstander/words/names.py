"""How a person's name is written in a list, and what their appointment is called."""

from django.utils.translation import gettext, gettext_noop

_CATEGORIES = {
    "faculty": gettext_noop("Faculty"),
    "staff": gettext_noop("Staff"),
    "postdoc": gettext_noop("Postdoctoral researcher"),
    "graduate_student": gettext_noop("Graduate student"),
    "undergraduate": gettext_noop("Undergraduate student"),
    "affiliate": gettext_noop("Affiliate"),
}


def category_word(category: str) -> str:
    """The word for an appointment's category, in the active language."""
    return gettext(_CATEGORIES[category]) if category in _CATEGORIES else category


def listed_name(preferred_name: str, legal_first_name: str, legal_last_name: str, person_id: str = "") -> str:
    """ "Okafor, Ines": the last name first, then the name by which the person is called."""
    called = preferred_name or legal_first_name
    if legal_last_name and called.endswith(legal_last_name):
        called = called.removesuffix(legal_last_name).strip()
    if not (legal_last_name and called):
        return legal_last_name or called or person_id
    return f"{legal_last_name}, {called}"
