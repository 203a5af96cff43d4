"""A search by name or number: kept in the session, because an address must not carry anybody's name."""

from django.db.models import Q
from django.http import HttpRequest

_KEPT = "searches"
LENGTH = 80


def keep(request: HttpRequest, page: str) -> None:
    """Keeps what was typed into the field `search` for that page; empty text forgets it."""
    searches = dict(request.session.get(_KEPT, {}))
    text = request.POST.get("search", "").strip()[:LENGTH]
    searches.pop(page, None)
    if text:
        searches[page] = text
    request.session[_KEPT] = searches


def kept(request: HttpRequest, page: str) -> str:
    return request.session.get(_KEPT, {}).get(page, "")


def of_person(text: str, of_office: bool) -> Q:
    """People of whose name every typed word is a part, as they are called.

    The office also finds a person by number and by a legal first name; a department cannot learn one by trying.
    """
    found = Q()
    for word in text.split():
        called = Q(person__preferred_name__icontains=word) | Q(person__legal_last_name__icontains=word)
        first = Q(person__legal_first_name__icontains=word)
        if of_office:
            found &= called | first | Q(person_id=word)
        else:
            found &= called | (first & Q(person__preferred_name=""))
    return found
