"""When something does not work: this browser looked at, steps for it, and the same guide as a PDF (row A02)."""

import secrets
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from upstander.core.browser import PLATFORMS
from upstander.web.contact import contact_lines
from upstander.web.technical import browser_in
from upstander.words.trouble import checks, guide, problems
from upstander.words.trouble_paper import trouble_pdf

#: What is fetched to see how fast the line is: as much as a large page of a course.
SAMPLE_BYTES = 48 * 1024


@never_cache
@require_safe
def trouble(request: HttpRequest) -> HttpResponse:
    """The checks, the steps for the browser in use or a chosen one, and the common problems."""
    lang, wanted = _language(), request.GET.get("browser", "")
    platform = wanted if wanted in PLATFORMS else browser_in(request).platform
    told = guide(lang)
    context = {
        "section": "help",
        "guide": told,
        "checks": checks(lang, platform),
        "problems": problems(lang),
        "platform": platform,
        "platform_name": told["browsers"][platform],
        "browsers": told["browsers"].items(),
    }
    return render(request, "public/trouble.html", context)


@require_safe
def pdf(request: HttpRequest) -> HttpResponse:
    """The whole guide as a tagged PDF in the reader's language."""
    lang = _language()
    address = settings.BASE_URL + reverse("trouble")
    response = HttpResponse(
        trouble_pdf(lang, settings.INSTITUTION["name"], address, contact_lines(lang)), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="{request.path.rpartition("/")[2]}"'
    return response


@never_cache
@require_safe
def echo(request: HttpRequest) -> JsonResponse:
    """Our clock, in milliseconds."""
    return JsonResponse({"now": int(request.moment.at.timestamp() * 1000)})


@never_cache
@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """Bytes that say nothing and cannot be packed smaller."""
    return HttpResponse(_bytes(), content_type="application/octet-stream")


@cache
def _bytes() -> bytes:
    return secrets.token_bytes(SAMPLE_BYTES)


def _language() -> str:
    return (get_language() or "en").split("-")[0]
