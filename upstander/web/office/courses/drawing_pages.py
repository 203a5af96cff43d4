"""The drawings of a draft: shown, put in and taken out. Only SVG of shapes and words is let through."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from upstander.actions.course_writing import put_file
from upstander.core.course_source import plain_text
from upstander.core.errors import Refusal
from upstander.delivery.drafts import drawing, drawing_fault
from upstander.delivery.native.figures import LIMIT_BYTES
from upstander.web.guard import signed_in
from upstander.web.office.courses.desk import LANGUAGES, Desk, by_of, desk_of
from upstander.web.office.courses.sentences import refusal_sentence
from upstander.web.office.courses.uploads import size_of, too_large

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_SHOWN = re.compile(r"^:{3,}[ \t]*figure[ \t]+(?P<name>[a-z0-9-]+)[^\n]*\n+alt:[ \t]*(?P<alt>[^\n]*)", re.MULTILINE)


@csrf_exempt
def drawings(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The drawings; a file's size is looked at before anything of it is read."""
    return _drawings(request, draft_id)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def _drawings(request: HttpRequest, draft_id: int) -> HttpResponse:
    desk = desk_of(request, draft_id)
    if too_large(request, LIMIT_BYTES):
        sentence = gettext(
            "The file is larger than %(limit)s. Nothing of it was taken. A film or photograph cannot stand here: "
            "a drawing is an SVG file of lines and words."
        )
        return _page(request, desk, sentence % {"limit": size_of(LIMIT_BYTES)}, {}, 413)
    return _posted(request, desk)


@csrf_protect
def _posted(request: HttpRequest, desk: Desk) -> HttpResponse:
    if request.method != "POST":
        return _page(request, desk, "", {})
    by = by_of(request)
    act, _, path = request.POST.get("act", "").partition(":")
    if act == "remove" and path.startswith("figures/"):
        put_file(desk.draft.pk, path, None, request.moment, by)
        messages.success(request, gettext("Taken out of the draft. The published edition still has it."))
        return redirect("office-course-drawings", desk.draft.pk)
    typed = {"name": request.POST.get("name", "").strip(), "lang": request.POST.get("lang", "")}
    try:
        text = _taken(request, typed)
        put_file(desk.draft.pk, f"figures/{typed['name']}.{typed['lang']}.svg", text, request.moment, by)
    except Refusal as refusal:
        said = refusal.data.get("sentence") or refusal_sentence(refusal)
        return _page(request, desk, str(said), typed, 422)
    messages.success(request, gettext("The drawing is in the draft. Show it on a page with the block “Drawing”."))
    return redirect("office-course-drawings", desk.draft.pk)


def _taken(request: HttpRequest, typed: dict[str, str]) -> str:
    """The text of the file that was brought. Refuses `drawing-unfit` {sentence}: in words what it would have to be."""
    brought = request.FILES.get("file")
    if not _NAME.fullmatch(typed["name"]) or typed["lang"] not in LANGUAGES:
        raise _unfit(gettext("A drawing has a short name (small letters, digits, hyphens) and a language."))
    if brought is None:
        raise _unfit(gettext("Choose a file."))
    if not (brought.name or "").lower().endswith(".svg"):
        raise _unfit(gettext("“%(name)s” is not an SVG file. Save the drawing as SVG.") % {"name": brought.name})
    try:
        text = plain_text(brought.read(LIMIT_BYTES + 1))
    except UnicodeDecodeError as problem:
        raise _unfit(gettext("“%(name)s” is not text in UTF-8.") % {"name": brought.name}) from problem
    fault = drawing_fault(typed["name"], typed["lang"], text)
    if fault is not None:
        raise _unfit(fault.sentence())
    return text


def _unfit(sentence: str) -> Refusal:
    return Refusal("drawing-unfit", {"sentence": sentence})


def _page(request: HttpRequest, desk: Desk, refused: str, typed: dict[str, str], status: int = 200) -> HttpResponse:
    context = {**desk.context(), "drawings": _listed(desk), "refused": refused, "typed": typed}
    context |= {"limit": size_of(LIMIT_BYTES), "limit_bytes": LIMIT_BYTES, "langs": LANGUAGES}
    return render(request, "office/courses/drawings.html", context, status=status)


def _listed(desk: Desk) -> list[dict[str, Any]]:
    """Every drawing by name with its languages, its alternatives, and whether a page shows it."""
    found: dict[str, dict[str, Any]] = {}
    for path, text in sorted(desk.files.items()):
        name, _, rest = path.removeprefix("figures/").partition(".")
        lang = rest.removesuffix(".svg")
        if path.startswith("figures/") and lang in LANGUAGES:
            side = {"lang": lang, "path": path, "svg": drawing(text), "alt": _alternative(desk, name, lang)}
            found.setdefault(name, {"name": name, "sides": []})["sides"].append(side)
    return list(found.values())


def _alternative(desk: Desk, name: str, lang: str) -> str:
    """What the page that shows a drawing says it shows; "" where none does."""
    for path, text in desk.files.items():
        if path.startswith(f"{lang}/") and path.endswith(".md"):
            for shown in _SHOWN.finditer(text):
                if shown["name"] == name:
                    return shown["alt"]
    return ""
