"""The institution's films and recordings: to signed-in readers only, in the parts that their browser asks for."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import http_date
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.core.errors import Refusal
from upstander.delivery import catalogue
from upstander.delivery.native.media import media_place
from upstander.delivery.native.pieces import Media
from upstander.web.guard import signed_in

CHUNK_BYTES = 256 * 1024
_RANGE = re.compile(r"^bytes=(?:(\d+)-(\d*)|-(\d+))$")


@signed_in
@require_safe
def media(request: HttpRequest, course: str, file: str) -> HttpResponseBase:
    """A film or recording of a course, or its captions; nothing that no page of the course shows."""
    shown = _shown(course, file, request.GET.get("edition", ""))
    if file == shown.captions:
        return HttpResponse(shown.timed, content_type="text/vtt; charset=utf-8")
    place = media_place(catalogue.content_root() / course, file)
    if place is None:
        raise Http404
    return _in_parts(request, place, shown.mime)


def _shown(course: str, file: str, edition: str) -> Media:
    try:
        read = catalogue.edition(course, (get_language() or "en").split("-")[0], edition)
    except Refusal as refusal:
        raise Http404 from refusal
    found = [block for page in read.pages for block in page.blocks if isinstance(block, Media)]
    shown = next((one for one in found if file in {one.file, one.captions}), None)
    if shown is None:
        raise Http404
    return shown


def _in_parts(request: HttpRequest, place: Path, mime: str) -> HttpResponseBase:
    """The whole file or the one part asked for; 416 for a part that lies outside it."""
    stat = place.stat()
    begins, ends = 0, stat.st_size - 1
    asked = _RANGE.match(request.headers.get("Range", ""))
    if asked:
        begins, ends = _part(asked, stat.st_size)
        if begins > ends or begins >= stat.st_size:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stat.st_size}"})
    said: dict[str, str] = {
        "Content-Length": str(ends - begins + 1),
        "Accept-Ranges": "bytes",
        "Last-Modified": http_date(stat.st_mtime),
        "Content-Encoding": "identity",  # it is packed already, and a part packed anew is no part
    }
    if asked:
        said["Content-Range"] = f"bytes {begins}-{ends}/{stat.st_size}"
    body = iter(()) if request.method == "HEAD" else _read(place, begins, ends)
    return StreamingHttpResponse(body, status=206 if asked else 200, content_type=mime, headers=said)


def _part(asked: re.Match, size: int) -> tuple[int, int]:
    if asked[3]:
        return max(0, size - int(asked[3])), size - 1
    return int(asked[1]), min(int(asked[2]) if asked[2] else size - 1, size - 1)


def _read(place: Path, begins: int, ends: int) -> Iterator[bytes]:
    with place.open("rb") as opened:
        opened.seek(begins)
        left = ends - begins + 1
        while left > 0:
            chunk = opened.read(min(CHUNK_BYTES, left))
            if not chunk:
                return
            left -= len(chunk)
            yield chunk
