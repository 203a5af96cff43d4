"""The TOML files of a course edited in place: an item of the bank, the words of one language, the neutral file.

An item is a stretch of the bank's text of its own, so that whatever stands beside it keeps every byte; within a
stretch that is rewritten comments stay where they stood.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from upstander.core.errors import Refusal

_ITEM = re.compile(r"^\[\[\s*items\s*\]\]", re.MULTILINE)
#: A header that follows upon a line of text: it gets the blank line that headers have in these files.
_HEADER = re.compile(r"([^\n])\n(?=\[{1,2}[\w.]+\]{1,2}$)", re.MULTILINE)
#: The order in which the keys of an item and of its parts stand in a file.
ITEM_KEYS = (
    "id",
    "objective",
    "kind",
    "difficulty",
    "page",
    "marking",
    "stem",
    "options",
    "pairs",
    "steps",
    "branches",
)
PART_KEYS = (
    "id", "prompt", "left", "right", "text", "correct", "next", "feedback", "required", "encouraged", "exempt",
    "options",
)  # fmt: skip


def read(path: str, text: str) -> dict[str, Any]:
    """The document as plain values. Refuses `course-file-unreadable` {path, why}."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        raise Refusal("course-file-unreadable", {"path": path, "why": str(problem)}) from problem


def items_of(bank: str) -> dict[str, str]:
    """The stretch of text of every item, by its id, in order. Refuses `course-file-unreadable`."""
    stretches = _stretches(bank)[1]
    return {str(read("bank.toml", text)["items"][0].get("id", "?")): text for text in stretches}


def item_of(bank: str, item: str) -> dict[str, Any] | None:
    """One item as plain values."""
    return next((row for row in read("bank.toml", bank).get("items", []) if row.get("id") == item), None)


def with_item(bank: str, item: str, values: Mapping[str, Any]) -> str:
    """The bank with that item saying these values; added at the end where it is new. Refuses
    `course-file-unreadable`."""
    before, head, stretches = read("bank.toml", bank).get("items", []), *_stretches(bank)
    at = next((at for at, row in enumerate(before) if row.get("id") == item), None)
    if at is not None and before[at] == values:
        return bank
    if at is None:
        new = _fresh(values)
        joined = f"{bank.rstrip()}\n\n{new}" if bank.strip() else new
    else:
        stretches[at] = _rewritten(stretches[at], before[at], values)
        joined = head + "".join(stretches)
    after = read("bank.toml", joined).get("items", [])
    expected = [*before, values] if at is None else [*before[:at], values, *before[at + 1 :]]
    if after != [dict(row) for row in expected]:
        raise Refusal("course-file-unreadable", {"path": "bank.toml", "why": f"the item {item} cannot be set apart"})
    return joined


def without_item(bank: str, item: str) -> str:
    head, stretches = _stretches(bank)
    rows = read("bank.toml", bank).get("items", [])
    kept = [text for text, row in zip(stretches, rows, strict=True) if row.get("id") != item]
    return (head + "".join(kept)).rstrip("\n") + "\n" if kept or head.strip() else ""


def _stretches(bank: str) -> tuple[str, list[str]]:
    """What stands before the first item, and each item's text up to the next one."""
    starts = [found.start() for found in _ITEM.finditer(bank)]
    if len(starts) != len(read("bank.toml", bank).get("items", [])):
        raise Refusal("course-file-unreadable", {"path": "bank.toml", "why": "an item does not begin with [[items]]"})
    ends = [*starts[1:], len(bank)]
    return bank[: starts[0]] if starts else bank, [bank[a:b] for a, b in zip(starts, ends, strict=True)]


def _fresh(values: Mapping[str, Any]) -> str:
    document = tomlkit.document()
    array = tomlkit.aot()
    array.append(_table(values, ITEM_KEYS))
    document["items"] = array
    return tomlkit.dumps(document).strip("\n") + "\n"


def _rewritten(stretch: str, old: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    """The item's text with the values that changed set; its parts are set one by one where they are the same parts."""
    document = tomlkit.parse(stretch)
    _set(document["items"][0], old, values)
    text = tomlkit.dumps(document)
    tail = stretch[len(stretch.rstrip("\n")) :]
    text = text.rstrip("\n") + (tail or "\n")
    try:
        same = tomllib.loads(text)["items"][0] == values
    except ValueError:
        same = False
    return text if same else _fresh(values) + ("\n" if tail.count("\n") > 1 else "")


def _set(table: Any, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    for key in [key for key in old if key not in new]:
        del table[key]
    for key, value in new.items():
        held = old.get(key)
        if value == held:
            continue
        if _is_parts(value) and _is_parts(held) and [p.get("id") for p in value] == [p.get("id") for p in held]:
            for at, part in enumerate(value):
                _set(table[key][at], held[at], part)
        elif _is_parts(value):
            table[key] = _parts(value)
        else:
            table[key] = value


def _is_parts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(part, Mapping) for part in value)


def _parts(rows: Iterable[Mapping[str, Any]]) -> Any:
    array = tomlkit.aot()
    for row in rows:
        array.append(_table(row, PART_KEYS))
    return array


def _table(values: Mapping[str, Any], order: tuple[str, ...]) -> Any:
    table = tomlkit.table()
    for key in sorted(values, key=lambda key: order.index(key) if key in order else len(order)):
        table.add(key, _parts(values[key]) if _is_parts(values[key]) else values[key])
    return table


def with_values(path: str, text: str, values: Mapping[str, Any]) -> str:
    """The document with these top-level keys set (None takes one out); comments and the order of the rest stay.

    A table is set key by key, so that what it held besides stays; lists of tables are set whole where they differ.
    Refuses `course-file-unreadable`.
    """
    old = read(path, text)
    try:
        document = tomlkit.parse(text)
    except TOMLKitError as problem:
        raise Refusal("course-file-unreadable", {"path": path, "why": str(problem)}) from problem
    for key, value in values.items():
        if value == old.get(key):
            continue
        if value is None:
            document.remove(key)
        elif isinstance(value, Mapping) and isinstance(old.get(key), Mapping):
            _set(document[key], old[key], value)
        elif _is_parts(value):
            document[key] = _parts(value)
        elif isinstance(value, Mapping):
            table = tomlkit.table()
            for name, one in value.items():
                table.add(name, one)
            document[key] = table
        else:
            _put(document, key, value, old)
    return _HEADER.sub(r"\1\n\n", tomlkit.dumps(document))


def _put(document: Any, key: str, value: Any, old: Mapping[str, Any]) -> None:
    """A plain value; a new one stands before the first table, where it cannot fall into one."""
    if key in old:
        document[key] = value
        return
    plain = [name for name, held in old.items() if not isinstance(held, Mapping) and not _is_parts(held)]
    if plain:
        document._insert_after(plain[-1], tomlkit.key(key), tomlkit.item(value))
    else:
        document.body.insert(0, (tomlkit.key(key), tomlkit.item(value)))
