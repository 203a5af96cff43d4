"""Films and recordings of the institution: what `media/NAME.toml` says, and the file beside it, never read whole."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from upstander.delivery.native import markup
from upstander.delivery.native.captions import fault_in
from upstander.delivery.native.pieces import Media
from upstander.delivery.native.problems import Found
from upstander.delivery.native.toml import line_of, read_toml

LIMIT_BYTES = 60_000_000
CAPTIONS_LIMIT_BYTES = 500_000
LONGEST_SECONDS = 3600
#: ending -> (medium, media type, the bytes by which a file of this kind is known and where they stand)
KINDS = {
    ".mp4": ("video", "video/mp4", ((4, b"ftyp"),)),
    ".webm": ("video", "video/webm", ((0, b"\x1a\x45\xdf\xa3"),)),
    ".mp3": ("audio", "audio/mpeg", ((0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3"), (0, b"\xff\xf2"))),
    ".m4a": ("audio", "audio/mp4", ((4, b"ftyp"),)),
    ".ogg": ("audio", "audio/ogg", ((0, b"OggS"),)),
}
KNOWN = {"file", "seconds", "en", "es"}
SPOKEN = {"title", "captions", "description", "transcript"}
_NAME = re.compile(r"^[a-z0-9][a-z0-9._-]*$")


def media_place(folder: Path, file: str) -> Path | None:
    """Where the file stands: in the course's folder, or in the data folder, `media/COURSE/`; None for no such file."""
    if not _NAME.match(file) or Path(file).suffix not in {*KINDS, ".vtt"}:
        return None
    places = (folder / "media" / file, Path(settings.DATA_DIR) / "media" / folder.name / file)
    return next((place for place in places if place.is_file()), None)


def is_of_its_kind(ending: str, first: bytes) -> bool:
    """Whether a file that begins so can be what its ending says."""
    return any(first[at : at + len(mark)] == mark for at, mark in KINDS[ending][2])


def media_type(file: str) -> str:
    """The media type of a file of a course's media folder."""
    return KINDS[Path(file).suffix][1] if Path(file).suffix in KINDS else "text/vtt; charset=utf-8"


def read_media(folder: Path, name: str, lang: str, words: Mapping[str, str], found: Found) -> Media | None:
    """The film or recording in one language; None where it cannot be shown. What is wrong goes on the list."""
    path = folder / "media" / f"{name}.toml"
    document = read_toml(path, found)
    if not document:
        return None
    source = path.read_text(encoding="utf-8")
    file, seconds = str(document.get("file", "")), document.get("seconds")
    for strange in sorted(set(document) - KNOWN):
        found.add("key-unknown", path, line_of(source, strange), key=strange)
    if Path(file).suffix not in KINDS or not _NAME.match(file):
        found.add("media-kind", path, line_of(source, "file ="), name=file, kinds=", ".join(KINDS))
        return None
    if not isinstance(seconds, int) or isinstance(seconds, bool) or not 0 < seconds <= LONGEST_SECONDS:
        expected = f"1-{LONGEST_SECONDS}"
        found.add("value-wrong", path, line_of(source, "seconds"), key="seconds", expected=expected)
        return None
    _check_file(path, folder, file, line_of(source, "file ="), found)
    said = document.get(lang) if isinstance(document.get(lang), dict) else {}
    media = replace(_media(name, file, seconds, said, words), timed=_timed(folder, said))
    _check_words(path, folder, media, said, line_of(source, f"[{lang}]"), lang, found)
    return media


def _media(name: str, file: str, seconds: int, said: Mapping, words: Mapping[str, str]) -> Media:
    def text(key: str) -> str:
        return str(said.get(key, "")).strip()

    medium, mime, _ = KINDS[Path(file).suffix]
    return Media(
        name=name,
        medium=medium,
        file=file,
        mime=mime,
        seconds=seconds,
        title=markup.plain(text("title"), words),
        captions=text("captions"),
        description=markup.render(markup.parser().parse(text("description")), words),
        transcript=markup.render(markup.parser().parse(text("transcript")), words),
    )


def _timed(folder: Path, said: Mapping) -> str:
    """The captions as they stand in their file; nothing where there is no such file or it is far too large."""
    name = str(said.get("captions", "")).strip()
    place = media_place(folder, name) if name.endswith(".vtt") else None
    if place is None or place.stat().st_size > CAPTIONS_LIMIT_BYTES:
        return ""
    return place.read_text(encoding="utf-8", errors="replace")


def _check_file(path: Path, folder: Path, file: str, line: int, found: Found) -> None:
    """The file by its size and its first bytes; a large one is refused without being read."""
    place = media_place(folder, file)
    if place is None:
        found.add("media-file-missing", path, line, name=file, course=folder.name)
    elif place.stat().st_size > LIMIT_BYTES:
        found.add("media-too-large", path, line, name=file, limit=LIMIT_BYTES // 1_000_000)
    else:
        with place.open("rb") as opened:
            first = opened.read(16)
        if not is_of_its_kind(place.suffix, first):
            found.add("media-kind", path, line, name=file, kinds=", ".join(KINDS))


def _check_words(path: Path, folder: Path, media: Media, said: Mapping, line: int, lang: str, found: Found) -> None:
    """Every language has its title, its transcript, and for a film what is seen and the captions."""
    facts = {"media": media.name, "lang": lang}
    for strange in sorted(set(said) - SPOKEN):
        found.add("key-unknown", path, line, key=strange)
    if not media.title:
        found.add("key-missing", path, line, key=f"{lang}.title")
    if not media.transcript:
        found.add("transcript-missing", path, line, **facts)
    if media.medium == "video" and not media.description:
        found.add("media-without-alt", path, line, **facts)
    if media.captions:
        _check_captions(path, folder, media, line, found)
    elif media.medium == "video":
        found.add("captions-missing", path, line, **facts)


def _check_captions(path: Path, folder: Path, media: Media, line: int, found: Found) -> None:
    place = media_place(folder, media.captions) if media.captions.endswith(".vtt") else None
    if place is None:
        found.add("media-file-missing", path, line, name=media.captions, course=folder.name)
    elif place.stat().st_size > CAPTIONS_LIMIT_BYTES:
        found.add("file-too-large", path, line, limit=CAPTIONS_LIMIT_BYTES)
    else:
        fault = fault_in(media.timed, media.seconds)
        if fault:
            at, why = fault
            inside = place.is_relative_to(found.root)
            found.add("captions-broken", place if inside else path, at if inside else line, why=why)
