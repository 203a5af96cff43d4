"""How pages are shown on this device: the size of the text and low-bandwidth mode, kept in a cookie (rows A08, B10)."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from upstander.web.language import safe_next

COOKIE = "upstander_reading"
#: Text sizes in percent of what the browser is set to; the first is the one without a wish.
SIZES = (100, 125, 150, 200)
_YEAR_SECONDS = 365 * 24 * 3600
#: The addresses of a course: in low-bandwidth mode they have one small stylesheet, no script and no font.
_COURSE = "learn-"
#: The edition for paper is whole in every mode.
_PAPER = "learn-print"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What this device asks for. `lean` is a page of a course in low-bandwidth mode; `offer_light` says that the
    browser asks to save data and nobody has chosen here yet."""

    light: bool = False
    size: int = SIZES[0]
    lean: bool = False
    offer_light: bool = False

    @property
    def sizes(self) -> tuple[int, ...]:
        return SIZES

    @property
    def kept_as(self) -> str:
        return f"{'light' if self.light else 'full'}-{self.size}"


def wishes(request: HttpRequest) -> Wishes:
    """The wishes of the device that asks; an unreadable cookie counts as none."""
    mode, _, size = request.COOKIES.get(COOKIE, "").partition("-")
    light = mode == "light"
    place = getattr(getattr(request, "resolver_match", None), "url_name", None) or ""
    return Wishes(
        light=light,
        size=int(size) if size in map(str, SIZES) else SIZES[0],
        lean=light and place.startswith(_COURSE) and place != _PAPER,
        offer_light=mode not in {"light", "full"} and request.headers.get("Save-Data", "").lower() == "on",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: HttpRequest) -> HttpResponse:
    """Text size and low-bandwidth mode, with what they do; a choice leads back to the place it was made at."""
    if request.method != "POST":
        return render(request, "player/reading_settings.html")
    now = wishes(request)
    chosen = Wishes(light=_light(request, now.light), size=_size(request, now.size))
    return _keep(HttpResponseRedirect(safe_next(request, request.POST.get("next", ""), request.path)), chosen)


def _light(request: HttpRequest, now: bool) -> bool:
    return {"on": True, "off": False}.get(request.POST.get("light", ""), now)


def _size(request: HttpRequest, now: int) -> int:
    wanted = request.POST.get("size", "")
    return int(wanted) if wanted in map(str, SIZES) else now


def _keep(response: HttpResponse, chosen: Wishes) -> HttpResponse:
    response.set_cookie(
        COOKIE, chosen.kept_as, max_age=_YEAR_SECONDS, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE, httponly=True,
    )  # fmt: skip
    return response
