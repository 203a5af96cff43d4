"""Whose office stands on a page: the programme's own on what belongs to it, the institution's elsewhere (row A17)."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.translation import get_language

from upstander.core.programme import Programme
from upstander.queries.programmes import in_force

#: Addresses of an account: their `key` opens something and is no programme's.
_ACCOUNT = "account"


def office_of(programme: Programme | None) -> Mapping[str, str]:
    """Name, phone, e-mail and hours of the programme's own office in the active language; empty where it has none."""
    language = (get_language() or "en").split("-")[0]
    office = programme.office if programme else {}
    return office.get(language) or office.get("en") or {}


def office_here(request: HttpRequest) -> Mapping[str, str]:
    """The own office of the programme to which the address belongs; empty where that is none, or not one alone.

    A course belongs to those that offer it: with one office for all of them it is theirs.
    """
    match = getattr(request, "resolver_match", None)
    if match is None or (match.url_name or "").startswith(_ACCOUNT):
        return {}
    key = match.kwargs.get("key") or request.GET.get("programme", "")
    course = match.kwargs.get("course") or request.GET.get("course", "")
    if not key and not course:
        return {}
    offices = [office_of(each) for each in in_force() if each.key == key or (course and course in each.course_keys)]
    return offices[0] if offices and all(office == offices[0] for office in offices) else {}
