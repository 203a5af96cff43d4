"""Explainers: drawn slides with timed captions, for everybody, without sign-in (row B22)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.delivery.native.captions import written
from upstander.delivery.native.explainers import captions_of, explainer_names, read_explainer
from upstander.delivery.native.markup import placeholders


@require_safe
def explainer(request: HttpRequest, name: str) -> HttpResponse:
    """The slides to play or to read one by one, the transcript, and where to go from here."""
    language = _language()
    shown = read_explainer(name, language, placeholders(settings.INSTITUTION, language))
    if shown is None:
        raise Http404
    return render(request, "public/explainer.html", {"section": "help", "explainer": shown})


@require_safe
def captions(request: HttpRequest, name: str, lang: str) -> HttpResponse:
    """The captions as a file (WebVTT), with the institution's words, for players and for whoever makes a film of it."""
    if name not in explainer_names() or lang not in dict(settings.LANGUAGES):
        raise Http404
    cues = captions_of(name, lang, placeholders(settings.INSTITUTION, lang))
    return HttpResponse(written(cues, name), content_type="text/vtt; charset=utf-8")


def _language() -> str:
    return (get_language() or "en").split("-")[0]
