"""Looks into one file that somebody has sent, in a process of its own: `python -m upstander.wires.file_child PLACE`.

What the file holds can only hurt this process, which may use little memory and little time. It prints one line of JSON:
`{"media_type", "ending"}`, or `{"refused", "data"}`. A picture is written anew in its place: whatever else hung on it
(where it was taken, a second file behind its end) is gone.
"""

import json
import sys
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageOps

from upstander.core.errors import Refusal

try:
    import resource
except ImportError:  # Windows has no such limits; there the time limit of whoever asks is all
    resource = None

LARGEST_PIXELS = 60_000_000
LARGEST_OBJECTS = 250_000
MEMORY_BYTES, SECONDS, WRITTEN_BYTES = 1_500_000_000, 20, 100_000_000
KINDS = "PDF, PNG, JPEG"
PICTURES = ("PNG", "JPEG")
#: Keys of a PDF that bring something which runs, or another file.
_KEYS = {
    "/JavaScript": "script", "/JS": "script", "/XFA": "script", "/RichMedia": "script", "/Launch": "script",
    "/EmbeddedFiles": "files", "/EF": "files", "/Collection": "files",
}  # fmt: skip
#: Actions that leave the page, run something or bring something in.
_ACTIONS = frozenset({
    "/JavaScript", "/Launch", "/GoToE", "/GoToR", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound",
    "/RichMediaExecute", "/GoTo3DView",
})  # fmt: skip
_SUBTYPES = {"/RichMedia": "script", "/Movie": "script", "/3D": "script", "/FileAttachment": "files"}


def look(place: Path) -> dict[str, str]:
    """What the file is: {"media_type", "ending"}.

    Refusals: file-kind {kinds}, file-damaged, file-active {holds: script | files | password | action | size}.
    """
    with place.open("rb") as opened:
        first = opened.read(8)
    if first.startswith(b"%PDF-"):
        return _pdf(place)
    if first.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return _picture(place)
    raise Refusal("file-kind", {"kinds": KINDS})


def _pdf(place: Path) -> dict[str, str]:
    if zipfile.is_zipfile(place):
        raise Refusal("file-active", {"holds": "files"})
    try:
        with pikepdf.open(place, attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise Refusal("file-active", {"holds": "password"})
            _look_through(pdf)
            if not len(pdf.pages):
                raise Refusal("file-damaged")
    except pikepdf.PasswordError as problem:
        raise Refusal("file-active", {"holds": "password"}) from problem
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError) as problem:
        raise Refusal("file-damaged") from problem
    return {"media_type": "application/pdf", "ending": ".pdf"}


def _look_through(pdf: pikepdf.Pdf) -> None:
    """Refuses a PDF in any object of which something runs or another file lies."""
    for number, held in enumerate(pdf.objects):
        if number >= LARGEST_OBJECTS:
            raise Refusal("file-active", {"holds": "size"})
        for key, value in _entries(held):
            found = _holds(key, value)
            if found:
                raise Refusal("file-active", {"holds": found})
    opens = pdf.Root.get("/OpenAction")
    if isinstance(opens, pikepdf.Dictionary) and opens.get("/S") != pikepdf.Name.GoTo:
        raise Refusal("file-active", {"holds": "action"})


def _entries(held: Any) -> Iterator[tuple[str, Any]]:
    """Every key and value inside one object, however deep; objects that it only refers to have their own turn."""
    inside = [held]
    while inside:
        one = inside.pop()
        if isinstance(one, pikepdf.Stream):
            one = one.stream_dict
        if isinstance(one, pikepdf.Dictionary):
            for key, value in one.items():
                yield key, value
                if not getattr(value, "is_indirect", False):
                    inside.append(value)
        elif isinstance(one, pikepdf.Array):
            inside.extend(value for value in one if not getattr(value, "is_indirect", False))


def _holds(key: str, value: Any) -> str:
    if key in _KEYS:
        return _KEYS[key]
    named = str(value) if isinstance(value, pikepdf.Name) else ""
    if key == "/S" and named in _ACTIONS:
        return "script" if named == "/JavaScript" else "action"
    return _SUBTYPES.get(named, "") if key == "/Subtype" else ""


def _picture(place: Path) -> dict[str, str]:
    Image.MAX_IMAGE_PIXELS = LARGEST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(place, formats=PICTURES) as opened:
            is_png = opened.format == "PNG"
            plain = ImageOps.exif_transpose(opened)
            plain.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as problem:
        raise Refusal("file-active", {"holds": "size"}) from problem
    except (OSError, SyntaxError, ValueError, MemoryError) as problem:
        raise Refusal("file-damaged") from problem
    for name in [name for name in plain.info if name != "transparency"]:
        del plain.info[name]
    if is_png:
        plain.save(place, format="PNG")
        return {"media_type": "image/png", "ending": ".png"}
    plain.save(place, format="JPEG", quality=90)
    return {"media_type": "image/jpeg", "ending": ".jpg"}


def _bounded() -> None:
    if resource is None:
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, WRITTEN_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def main(place: str) -> None:
    """Prints what the file is, or why it is refused."""
    _bounded()
    try:
        said: dict[str, Any] = look(Path(place))
    except Refusal as refusal:
        said = {"refused": refusal.code, "data": dict(refusal.data)}
    sys.stdout.write(f"{json.dumps(said)}\n")


if __name__ == "__main__":
    main(sys.argv[1])
