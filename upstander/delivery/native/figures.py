"""Line drawings: SVG that holds shapes and words only, made ready to stand inside a page."""

import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from django.utils.safestring import SafeString, mark_safe

from upstander.delivery.native.problems import Found

LIMIT_BYTES = 200_000
ELEMENTS = {
    "svg", "g", "path", "line", "polyline", "polygon", "rect", "circle", "ellipse", "text", "tspan", "title", "desc",
    "defs", "marker",
}  # fmt: skip
_SVG = "{http://www.w3.org/2000/svg}"
_REFERENCE = re.compile(r"url\((?!#)|javascript:|data:", re.IGNORECASE)


def read_figure(path: Path, found: Found) -> SafeString | None:
    """The drawing as safe inline SVG; None with a problem on the list where there is none or it holds anything else."""
    if not path.is_file():
        found.add("file-missing", path)
        return None
    if path.stat().st_size > LIMIT_BYTES:
        found.add("file-too-large", path, limit=LIMIT_BYTES)
        return None
    source = path.read_text(encoding="utf-8")
    unsafe = _unsafe(source)
    if unsafe:
        found.add("figure-unsafe", path, found=unsafe)
        return None
    return _inline(source)


def _unsafe(source: str) -> str:
    """The first thing in the drawing that may not stand there, or nothing."""
    if "<!" in source.replace("<!--", ""):
        return "<!"
    try:
        tree = ElementTree.fromstring(source)
    except ElementTree.ParseError as problem:
        return str(problem)
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag.removeprefix(_SVG) not in ELEMENTS:
            return str(element.tag).removeprefix(_SVG)
        for name, value in element.attrib.items():
            if name.startswith("on") or name == "style" or "}" in name or _REFERENCE.search(value):
                return f"{name}={value}"
    return ""


@cache
def _inline(source: str) -> SafeString:
    body = source[source.index("<svg") :].strip()
    return mark_safe(body.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))
