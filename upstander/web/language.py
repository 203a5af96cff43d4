"""The language switch: a button on every page that keeps the place, and the account's language at sign-in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import activate
from django.views.decorators.http import require_POST

from upstander.actions.accounts import choose_language
from upstander.models import Account

_YEAR_SECONDS = 365 * 24 * 3600
_CHOSEN = "language_chosen"


def offered(language: str) -> bool:
    return language in dict(settings.LANGUAGES)


def _remember(response: HttpResponse, language: str) -> HttpResponse:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=_YEAR_SECONDS, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE, httponly=True,
    )  # fmt: skip
    return response


def safe_next(request: HttpRequest, wanted: str, otherwise: str = "/") -> str:
    """`wanted` where it is an address of this site, else `otherwise`."""
    inside = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if inside else otherwise


def switch(request: HttpRequest, chosen: str) -> Callable[[HttpResponse], HttpResponse]:
    """Keeps the language from now on, this answer included; the result lays the cookie on the response."""
    if request.user.is_authenticated:
        choose_language(request.user.pk, chosen)
    else:
        request.session[_CHOSEN] = chosen
    activate(chosen)
    return lambda response: _remember(response, chosen)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switches the language and returns to the same place (row A15)."""
    chosen = request.POST.get("language", "")
    response = HttpResponseRedirect(safe_next(request, request.POST.get("next", "")))
    return switch(request, chosen)(response) if offered(chosen) else response


def keep_at_sign_in(request: HttpRequest, account: Account, response: HttpResponse) -> HttpResponse:
    """What was chosen just before sign-in is kept; else the account's language, else the roster's, comes along."""
    chosen = request.session.pop(_CHOSEN, "")
    if offered(chosen):
        choose_language(account.pk, chosen)
        return response
    kept = account.language or (account.person.preferred_language if account.person else "")
    return _remember(response, kept) if offered(kept) else response
