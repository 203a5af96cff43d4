"""What kind of value each word of a course's TOML files takes; whatever is of another kind is named and left out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from upstander.delivery.native.problems import Found

TEXT, TEXTS, NUMBER, TABLE, TABLES = "a text", "a list of texts", "a whole number", "a table", "a list of tables"
NEUTRAL = {"objectives": TABLES, "sections": TABLES, "form": TABLES, "roles": TEXTS, "covers": TEXTS}
NEUTRAL |= {"pass_percent": NUMBER, "key": TEXT, "edition": TEXT, "sequence": TEXT, "check": TEXT}
SPOKEN = {"goals": TABLE, "objectives": TABLE, "sections": TABLE, "topics": TEXTS}
SPOKEN |= {"title": TEXT, "summary": TEXT, "who_for": TEXT, "format": TEXT, "content_note": TEXT}
BANK = {"items": TABLES}
#: Of the rows of the neutral file's tables.
ROW = {"id": TEXT, "goal": TEXT, "objective": TEXT, "objectives": TEXTS, "kinds": TEXTS, "count": NUMBER}


def shaped(path: Path, source: str, document: Mapping[str, Any], found: Found) -> dict[str, Any]:
    """The document with only what is of its kind; the rest goes on the list with its line."""
    shapes = BANK if path.name == "bank.toml" else NEUTRAL if path.parent.parent == found.root else SPOKEN
    if path.name not in {"course.toml", "bank.toml"}:
        return dict(document)
    kept = {}
    for key, value in document.items():
        if key in shapes and not _is(value, shapes[key]):
            _wrong(path, source, key, shapes[key], found)
        elif shapes is NEUTRAL and shapes.get(key) == TABLES:
            kept[key] = [row for row in value if _whole(path, source, row, found)]
        else:
            kept[key] = value
    return kept


def _whole(path: Path, source: str, row: Mapping[str, Any], found: Found) -> bool:
    wrong = [key for key, value in row.items() if key in ROW and not _is(value, ROW[key])]
    for key in wrong:
        _wrong(path, source, key, ROW[key], found)
    return not wrong


def _wrong(path: Path, source: str, key: str, expected: str, found: Found) -> None:
    line = next((number for number, text in enumerate(source.split("\n"), 1) if key in text), 1)
    found.add("value-wrong", path, line, key=key, expected=expected)


def _is(value: Any, kind: str) -> bool:
    if kind == NUMBER:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == TABLE:
        return isinstance(value, Mapping)
    if kind in {TABLES, TEXTS}:
        return isinstance(value, list) and all(isinstance(one, Mapping if kind == TABLES else str) for one in value)
    return isinstance(value, str)
