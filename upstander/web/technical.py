"""The technical facts that the server knows of a request by itself; the browser adds its own on the page (row B21)."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from upstander.core.browser import Browser, browser_of
from upstander.core.technical import error_number, page_by_path, page_by_route
from upstander.words.dates import moment_words

#: Pages of which nothing goes along unasked: that somebody was there would tell something about them.
QUIET = frozenset({"support", "survey", "leave", "confidence", "confidence-case"})


def page_of(request: HttpRequest) -> str:
    """The address of the page that is being read, without what names somebody or opens something; "" for some."""
    match = getattr(request, "resolver_match", None)
    if match is None:
        first = request.path.strip("/").split("/")[0]
        return page_by_path(f"/{first}/…") if "/" in request.path.strip("/") else page_by_path(f"/{first}")
    return "" if match.url_name in QUIET else page_by_route(match.route, match.kwargs)


def report_address(page: str, error: str = "") -> str:
    """Where somebody says that something does not work, with the page and the number of the error along."""
    given = {name: value for name, value in (("from", page), ("error", error)) if value}
    return reverse("ask-technical") + (f"?{urlencode(given)}" if given else "")


def browser_in(request: HttpRequest) -> Browser:
    return browser_of(request.headers.get("User-Agent", "")[:400])


def known_facts(request: HttpRequest) -> dict[str, str]:
    """What this request says by itself; a fact that it does not say is absent."""
    browser, lang = browser_in(request), (get_language() or "en").split("-")[0]
    asked_for = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()[:20]
    known = {
        "page": page_by_path(request.GET.get("from", "")),
        "time": moment_words(request.moment.at, lang, settings.INSTITUTION_ZONE),
        "error": error_number(request.GET.get("error", "")),
        "browser": browser.name,
        "system": browser.system,
        "language": " / ".join(dict.fromkeys(filter(None, (lang, asked_for)))),
    }
    return {name: value for name, value in known.items() if value}
