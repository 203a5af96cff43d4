"""Reading a TOML file of a course: whole or not at all, with the line of what is wrong."""

import re
import tomllib
from pathlib import Path

from upstander.delivery.native.problems import Found
from upstander.delivery.native.shapes import shaped

LIMIT_BYTES = 1_000_000


def read_toml(path: Path, found: Found) -> dict:
    """The document, or an empty one with a problem on the list."""
    if not path.is_file():
        found.add("file-missing", path)
        return {}
    if path.stat().st_size > LIMIT_BYTES:
        found.add("file-too-large", path, limit=LIMIT_BYTES)
        return {}
    try:
        source = path.read_text(encoding="utf-8")
        return shaped(path, source, tomllib.loads(source), found)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        line = re.search(r"at line (\d+)", str(problem))
        found.add("file-unreadable", path, int(line[1]) if line else 1, why=str(problem))
        return {}


def line_of(source: str, needle: str, time: int = 1) -> int:
    """The line (1 on) of the nth occurrence of a text, or 1 where it does not occur so often."""
    at = -1
    for _ in range(time):
        at = source.find(needle, at + 1)
        if at < 0:
            return 1
    return source.count("\n", 0, at) + 1
