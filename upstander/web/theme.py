"""The institution's colour as a stylesheet of four lines."""

from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from upstander.core.colour import accent


def stylesheet() -> str:
    """The custom properties for the institution's accent; refused (see `core.colour.accent`) when it cannot be read."""
    institution = settings.INSTITUTION
    return _stylesheet(institution.get("accent", "#0b5a5c"), institution.get("accent_dark", ""))


@lru_cache(maxsize=4)
def _stylesheet(light: str, dark: str) -> str:
    theme = accent(light, dark)
    return (
        f":root{{--accent:{theme.light};--on-accent:{theme.on_light}}}"
        "@media (prefers-color-scheme:dark){"
        f":root{{--accent:{theme.dark};--on-accent:{theme.on_dark}}}}}"
        "@media print{:root{--accent:#000;--on-accent:#fff}}\n"
    )


def address() -> str:
    """The stylesheet's address; it changes with what it says, so that it can be kept for a year."""
    return f"/theme.css?v={sha256(stylesheet().encode()).hexdigest()[:8]}"


@cache_control(max_age=31_536_000, immutable=True, public=True)
def theme_css(request: HttpRequest) -> HttpResponse:
    """Serves the stylesheet."""
    return HttpResponse(stylesheet(), content_type="text/css; charset=utf-8")
