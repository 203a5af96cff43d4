"""Sound and film of a draft: brought with their length, their captions and transcripts written, taken out again."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions.course_writing import put_media, write_media
from upstander.core.course_pages import mark_of
from upstander.core.course_translation import document
from upstander.core.errors import Refusal
from upstander.delivery.media_store import keep
from upstander.delivery.native.media import KINDS, LIMIT_BYTES, LONGEST_SECONDS, media_place
from upstander.delivery.publishing import course_folder
from upstander.web.file_parts import in_parts
from upstander.web.guard import signed_in
from upstander.web.office.courses.desk import LANGUAGES, Desk, by_of, desk_of
from upstander.web.office.courses.sentences import refusal_sentence
from upstander.web.office.courses.uploads import size_of, too_large

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_LENGTH = re.compile(r"(?P<minutes>[0-9]{1,2}):(?P<seconds>[0-5][0-9])")
_SPOKEN = ("title", "description", "transcript")


@csrf_exempt
def media(request: HttpRequest, draft_id: int) -> HttpResponse:
    """What there is and the form that brings a file; its size is looked at before anything of it is read."""
    return _media(request, draft_id)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def _media(request: HttpRequest, draft_id: int) -> HttpResponse:
    desk = desk_of(request, draft_id)
    if too_large(request, LIMIT_BYTES):
        sentence = gettext("The file is larger than %(limit)s. Nothing of it was taken.")
        return _list(request, desk, sentence % {"limit": size_of(LIMIT_BYTES)}, {}, 413)
    return _brought(request, desk)


@csrf_protect
def _brought(request: HttpRequest, desk: Desk) -> HttpResponse:
    if request.method != "POST":
        return _list(request, desk, "", {})
    typed = {name: request.POST.get(name, "").strip() for name in ("name", "length")}
    try:
        seconds = _seconds(typed["length"])
        if not _NAME.fullmatch(typed["name"]) or typed["name"] == "files":
            raise Refusal("media-unclear")
        upload = request.FILES.get("file")
        if upload is None:
            raise Refusal("media-without-file")
        ending = Path(upload.name or "").suffix.lower()
        kept = keep(desk.draft.course_key, typed["name"], ending, upload.chunks())
        put_media(desk.draft.pk, typed["name"], kept, seconds, request.moment, by_of(request))
    except Refusal as refusal:
        return _list(request, desk, refusal_sentence(refusal), typed, 422)
    messages.success(request, gettext("The file is kept. Now write what belongs to it in both languages."))
    return redirect("office-course-medium", desk.draft.pk, typed["name"])


def _seconds(length: str) -> int:
    """A length like 1:35. Refuses `media-length`."""
    found = _LENGTH.fullmatch(length)
    seconds = int(found["minutes"]) * 60 + int(found["seconds"]) if found else 0
    if not 0 < seconds <= LONGEST_SECONDS:
        raise Refusal("media-length")
    return seconds


def _list(request: HttpRequest, desk: Desk, refused: str, typed: Mapping[str, str], status: int = 200) -> HttpResponse:
    context = {**desk.context(), "media": _all(desk), "refused": refused, "typed": typed}
    context |= {"limit": size_of(LIMIT_BYTES), "limit_bytes": LIMIT_BYTES, "endings": ", ".join(KINDS)}
    return render(request, "office/courses/media.html", context, status=status)


def _all(desk: Desk) -> list[dict[str, Any]]:
    names = sorted(Path(path).stem for path in desk.files if path.startswith("media/") and path.endswith(".toml"))
    return [_one(desk, name) for name in names]


def _one(desk: Desk, name: str) -> dict[str, Any]:
    """What the draft says of a film or recording, as the form shows it."""
    held = document(desk.files, f"media/{name}.toml")
    file, seconds = str(held.get("file", "")), held.get("seconds", 0)
    length = f"{seconds // 60}:{seconds % 60:02}" if isinstance(seconds, int) else ""
    return {
        "name": name,
        "file": file,
        "length": length,
        "medium": KINDS[Path(file).suffix][0] if Path(file).suffix in KINDS else "",
        "is_here": media_place(course_folder(desk.draft.course_key), file) is not None,
        "sides": [_side(desk, held, lang) for lang in LANGUAGES],
    }


def _side(desk: Desk, held: Mapping[str, Any], lang: str) -> dict[str, str]:
    said = held.get(lang) if isinstance(held.get(lang), dict) else {}
    words = {key: str(said.get(key, "")).strip() for key in _SPOKEN}
    return {"lang": lang, **words, "captions": desk.files.get(f"media/{said.get('captions', '')}", "")}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def medium(request: HttpRequest, draft_id: int, name: str) -> HttpResponse:
    """One film or recording: its length, and in each language its title, captions, transcript and what is seen."""
    desk = desk_of(request, draft_id)
    if f"media/{name}.toml" not in desk.files:
        raise Http404
    paths = [f"media/{name}.toml", *(f"media/{name}.{lang}.vtt" for lang in LANGUAGES)]
    seen = {path: mark_of(desk.files.get(path)) for path in paths}
    if request.method != "POST":
        return _form(request, desk, _one(desk, name), seen)
    if request.POST.get("act") == "remove":
        write_media(draft_id, dict.fromkeys(paths), seen, request.moment, by_of(request))
        messages.success(request, gettext("Taken out of the draft. The published edition still has it."))
        return redirect("office-course-media", draft_id)
    return _saved(request, desk, name, dict(zip(paths, request.POST.getlist("seen"), strict=False)))


def _saved(request: HttpRequest, desk: Desk, name: str, seen: Mapping[str, str]) -> HttpResponse:
    sides = [_typed(request.POST, lang) for lang in LANGUAGES]
    length = request.POST.get("length", "").strip()
    try:
        values = {"seconds": _seconds(length)}
        captions = {f"media/{name}.{side['lang']}.vtt": _captions(side) for side in sides}
        values |= {side["lang"]: _words(name, side) for side in sides}
        write_media(desk.draft.pk, {f"media/{name}.toml": values, **captions}, seen, request.moment, by_of(request))
    except Refusal as refusal:
        texts = refusal.data["texts"] if refusal.code == "course-changed-meanwhile" else {}
        typed = {**_one(desk, name), "length": length, "sides": sides}
        now = {**seen, **{path: mark_of(text or None) for path, text in texts.items()}}
        return _form(request, desk, typed, now, refusal, "\n\n".join(texts.values()))
    messages.success(request, gettext("Saved in the draft."))
    return redirect("office-course-medium", desk.draft.pk, name)


def _typed(post: QueryDict, lang: str) -> dict[str, str]:
    said = {key: post.get(f"{key}-{lang}", "").replace("\r\n", "\n").strip() for key in (*_SPOKEN, "captions")}
    return {"lang": lang, **said}


def _captions(side: Mapping[str, str]) -> str | None:
    """The file of captions; the line that opens every such file is put in where it is missing."""
    if not side["captions"]:
        return None
    opens = "" if side["captions"].startswith("WEBVTT") else "WEBVTT\n\n"
    return f"{opens}{side['captions']}\n"


def _words(name: str, side: Mapping[str, str]) -> dict[str, str]:
    captions = {"captions": f"{name}.{side['lang']}.vtt"} if side["captions"] else {}
    return {**{key: side[key] for key in _SPOKEN if side[key]}, **captions}


def _form(
    request: HttpRequest,
    desk: Desk,
    one: Mapping[str, Any],
    seen: Mapping[str, str],
    refused: Refusal | None = None,
    theirs: str = "",
) -> HttpResponse:
    problems = [found for found in desk.problems if found.place.kind == "media" and found.place.key == one["name"]]
    context = {
        **desk.context(),
        "one": one,
        "seen": list(seen.values()),
        "problems": [] if refused else problems,
        "refused": refusal_sentence(refused) if refused else "",
        "theirs": theirs,
    }
    return render(
        request, "office/courses/medium.html", context, status=409 if theirs else 422 if refused else 200
    )  # fmt: skip


@signed_in
@require_safe
def media_file(request: HttpRequest, draft_id: int, file: str) -> HttpResponseBase:
    """A film or recording that the draft names, or its captions, for whoever writes it."""
    desk = desk_of(request, draft_id)
    if file.endswith(".vtt") and f"media/{file}" in desk.files:
        return HttpResponse(desk.files[f"media/{file}"], content_type="text/vtt; charset=utf-8")
    place = media_place(course_folder(desk.draft.course_key), file)
    if place is None or file not in {one["file"] for one in _all(desk)}:
        raise Http404
    return in_parts(request, place, KINDS[place.suffix][1])
