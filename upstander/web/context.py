"""What every template can read: the institution, its office, the reader and the navigation."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext

from upstander.core.access import Roles, may_write_courses
from upstander.queries.programmes import in_force
from upstander.queries.proof import alarm
from upstander.queries.roles import roles_of
from upstander.web.programme_office import office_here, office_of
from upstander.web.reading import wishes


def words_of_institution() -> dict[str, Any]:
    """The institution's own words in the active language; needs neither a request nor the database."""
    language = (get_language() or "en").split("-")[0]
    institution = settings.INSTITUTION
    office, words = institution["office"], institution.get("words", {})
    return {
        "institution": institution,
        "institution_words": words.get(language, words.get("en", {})),
        "office": {**office, **office.get(language, office["en"])},
        "languages": settings.LANGUAGES,
        "is_demo": settings.DEMO,
        "base_url": settings.BASE_URL,
    }


def office_for(key: str | None) -> dict[str, Mapping[str, str]]:
    """The `office` of a page about this programme, where it has one of its own; else nothing, and the usual stands."""
    own = office_of(next((each for each in in_force() if each.key == key), None))
    return {"office": {**words_of_institution()["office"], **own}} if own else {}


def _navigation(roles: Roles) -> list[dict[str, str]]:
    entries = []
    if roles.person_id:
        entries.append({"key": "my-training", "href": "/my-training/", "label": gettext("My training")})
    entries.append({"key": "courses", "href": "/courses/", "label": gettext("Courses")})
    if roles.is_administrator:
        entries.append({"key": "department", "href": "/department/", "label": gettext("My department")})
    if roles.is_officer:
        entries.append({"key": "office", "href": "/office/", "label": gettext("Office")})
    elif roles.is_analyst:
        entries.append({"key": "office", "href": "/office/survey/", "label": gettext("Survey")})
    if may_write_courses(roles):
        entries.append({"key": "courses-desk", "href": "/office/courses/", "label": gettext("Write courses")})
    if roles.is_custodian:
        entries.append({"key": "confidence", "href": "/confidence/", "label": gettext("In confidence")})
    entries.append({"key": "help", "href": "/help/", "label": gettext("Help")})
    return entries


def site(request: HttpRequest) -> dict[str, Any]:
    """The institution's words, `reader` (the signed-in person or None), `nav`, `moment` and `reading`."""
    account = getattr(request, "user", None)
    reader = getattr(account, "person", None)
    words = words_of_institution()
    return {
        **words,
        "office": SimpleLazyObject(lambda: {**words["office"], **office_here(request)}),
        "reader": reader,
        "nav": SimpleLazyObject(lambda: _navigation(roles_of(account))),
        "moment": getattr(request, "moment", None),
        "reading": wishes(request),
        "record_alarm": SimpleLazyObject(lambda: alarm() if roles_of(account).is_officer else None),
    }
