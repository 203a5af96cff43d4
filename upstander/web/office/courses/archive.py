"""A course as a ZIP file: taken away, and brought back with every path, kind and size looked at before it is read."""

from collections.abc import Mapping
from io import BytesIO
from typing import IO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from django.http import HttpResponse

from upstander.core.course_draft import LONGEST_COURSE, LONGEST_FILE, MOST_FILES
from upstander.core.course_source import is_safe_path, plain_text
from upstander.core.errors import Refusal

#: A course of six million characters packs into far less; what is larger than this is none.
LARGEST_UPLOAD_BYTES = 5_000_000
#: So that the same course gives the same file.
_STAMP = (2020, 1, 1, 0, 0, 0)


def zipped(key: str, edition: str, files: Mapping[str, str]) -> HttpResponse:
    """The files as a download."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for path, text in sorted(files.items()):
            entry = ZipInfo(f"{key}/{path}", _STAMP)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, text.encode())
    answer = HttpResponse(held.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{key}-{edition}.zip"'
    return answer


def unzipped(upload: IO[bytes]) -> dict[str, str]:
    """Path within the course -> text. Refuses `course-archive-unreadable`, `course-archive-odd` {path},
    `course-archive-too-large`, `course-archive-text` {path}, `course-not-a-course`."""
    try:
        with ZipFile(upload) as archive:
            return _read(archive)
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as problem:
        raise Refusal("course-archive-unreadable") from problem


def _read(archive: ZipFile) -> dict[str, str]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > LONGEST_COURSE:
        raise Refusal("course-archive-too-large")
    top = _top(entries)
    files: dict[str, str] = {}
    for entry in entries:
        path = entry.filename.removeprefix(top)
        is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
        if is_link or not entry.filename.startswith(top) or not is_safe_path(path) or path in files:
            raise Refusal("course-archive-odd", {"path": entry.filename[:120]})
        files[path] = _text(archive, entry, path)
    return files


def _text(archive: ZipFile, entry: ZipInfo, path: str) -> str:
    """At most as much as the longest file may have, whatever the archive's own table of contents claims."""
    with archive.open(entry) as held:
        raw = held.read(LONGEST_FILE * 4 + 1)
    if len(raw) > LONGEST_FILE * 4 or len(raw) > entry.file_size:
        raise Refusal("course-archive-too-large")
    try:
        return plain_text(raw)
    except UnicodeDecodeError as problem:
        raise Refusal("course-archive-text", {"path": path}) from problem


def _top(entries: list[ZipInfo]) -> str:
    """The folder in which the course stands in the archive; "" where it stands at the top."""
    found = [entry.filename for entry in entries if entry.filename.endswith("course.toml")]
    if not found:
        raise Refusal("course-not-a-course")
    return min(found, key=lambda name: (name.count("/"), name)).removesuffix("course.toml")
