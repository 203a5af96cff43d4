"""A large file in the parts that a browser asks for; never read whole."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import http_date

CHUNK_BYTES = 256 * 1024
_RANGE = re.compile(r"^bytes=(?:(\d+)-(\d*)|-(\d+))$")


def in_parts(request: HttpRequest, place: Path, mime: str) -> HttpResponseBase:
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
