"""Editing a programme's document where it is edited and nowhere else: comments, order and spacing stay.

Only the blocks of the edited part are written anew, and of those only what differs.
"""

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import tomlkit
from tomlkit.container import Container
from tomlkit.items import AbstractTable, Item

from upstander.actions.programme_blocks import Block, blocks_of, lines_of
from upstander.core.errors import Refusal

#: The order in which parts stand in a file; a new part finds its place by it.
ORDER = (
    "key", "version", "survey", "title", "summary", "legal", "cycle", "recurrence", "audience", "groups", "window",
    "endings", "exemptions", "requirement", "options", "equivalencies", "counts", "leave", "recommendations",
    "reminders", "notices", "cases", "access", "records", "office", "examples",
)  # fmt: skip
#: The one part that is a text and no table.
SURVEY = "survey"
#: By which of its values an entry of a list is the same one as before.
NAMED_BY = ("key", "course", "preset", "name")
WIDE = 100
#: tomlkit takes the space away that follows a date at the end of a table within a line.
DATE_AT_END = re.compile(r"(= \d{4}-\d\d-\d\d)}")
#: Conditions nested deeper than this nobody reads.
DEEPEST = 60


def digest_of(document: str) -> str:
    """SHA-256 of the document as it stands."""
    return hashlib.sha256(document.encode()).hexdigest()


def with_part(document: str, part: str, value: Any) -> str:
    """The document with one top-level part set to a plain value, or taken out (None, or an empty list).

    Raises Refusal `value-unwritable` {part} for what TOML cannot hold in that place.
    """
    blocks = blocks_of(document)
    mine = [block for block in blocks if block.path[:1] == (part,)]
    if value is None or value == []:
        return "".join(block.text for block in blocks if block not in mine)
    if part == SURVEY and isinstance(value, str) and value.isprintable():
        return _put(blocks, mine, part, tomlkit.dumps({part: value}))
    _refuse_unwritable(part, value)
    written = _written(mine, part, value)
    if not _is(_read(written, (part,)), value):
        written = _leading(mine[0].text) + _fresh((part,), value) if mine else _fresh((part,), value)
    return _put(blocks, mine, part, written)


def with_version(document: str, number: int) -> str:
    """The document with another version number and nothing else changed."""
    blocks = blocks_of(document)
    for place, block in enumerate(blocks):
        if block.path == ("version",):
            found = tomlkit.parse(block.text)
            found["version"] = number
            blocks[place] = Block(block.path, False, tomlkit.dumps(found))
    return "".join(block.text for block in blocks)


def _read(text: str, path: Sequence[str]) -> Any:
    """What stands under a path in a piece of TOML; None where it does not."""
    try:
        found: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
    for key in path:
        found = found[0] if isinstance(found, list) and found else found
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def _is(found: Any, wanted: Any) -> bool:
    """The same value of the same kind: true is not 1."""
    if isinstance(found, Mapping) and isinstance(wanted, Mapping):
        return found.keys() == wanted.keys() and all(_is(found[key], wanted[key]) for key in found)
    if isinstance(found, list) and isinstance(wanted, list | tuple):
        return len(found) == len(wanted) and all(_is(one, other) for one, other in zip(found, wanted, strict=True))
    return type(found) is type(wanted) and found == wanted


def _refuse_unwritable(part: str, value: Any) -> None:
    def walk(inner: Any, depth: int = 0) -> bool:
        if depth > DEEPEST:
            return False
        if isinstance(inner, Mapping):
            return all(isinstance(key, str) and key and walk(held, depth + 1) for key, held in inner.items())
        if isinstance(inner, list | tuple):
            return all(walk(held, depth + 1) for held in inner)
        plain = isinstance(inner, bool | int | float | str | date) and not isinstance(inner, datetime)
        return plain and not (isinstance(inner, str) and "\x00" in inner)

    at_top = isinstance(value, Mapping) or _is_tables(value)
    if not at_top or not walk(value):
        raise Refusal("value-unwritable", {"part": part})


def _is_tables(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(entry, Mapping) for entry in value)


def _put(blocks: list[Block], mine: list[Block], part: str, written: str) -> str:
    """The blocks with the part's text in its place: where it was, or after the part that goes before it in `ORDER`."""
    kept = [block for block in blocks if block not in mine]
    if mine:
        first = blocks.index(mine[0])
        at = sum(1 for block in blocks[:first] if block not in mine)
    else:
        at = _place_of(part, kept)
        written = "\n" + written if kept else written
    texts = [block.text for block in kept]
    if at and texts[at - 1] and not texts[at - 1].endswith("\n"):
        texts[at - 1] += "\n"
    if at < len(texts) and written and not written.endswith("\n"):
        written += "\n"
    return "".join([*texts[:at], written, *texts[at:]])


def _place_of(part: str, blocks: list[Block]) -> int:
    """Behind the last block of the nearest part before this one that there is."""
    before = ORDER[: ORDER.index(part)] if part in ORDER else ORDER
    for earlier in reversed(before):
        places = [place for place, block in enumerate(blocks) if block.path[:1] == (earlier,)]
        if places:
            return places[-1] + 1
    return len(blocks)


def _written(mine: list[Block], part: str, value: Any) -> str:
    """The part's blocks with what differs written anew, the rest as it stands."""
    if not mine:
        return _fresh((part,), value)
    if _is_tables(value) and value:
        return _entries(mine, (part,), value)
    if not isinstance(value, Mapping):
        return ""
    lists = {path for block in mine if block.is_entry and len(path := block.path[:2]) == 2}
    head = [block for block in mine if block.path[:2] not in lists]
    rest = {key: held for key, held in value.items() if (part, key) not in lists}
    text = _merged("".join(block.text for block in head), (part,), rest) if head else ""
    for path in sorted(lists, key=lambda path: next(at for at, block in enumerate(mine) if block.path[:2] == path)):
        inner = value.get(path[1])
        if inner:
            text += _entries([block for block in mine if block.path[:2] == path], path, inner)
    return text


def _entries(blocks: list[Block], path: tuple[str, ...], wanted: Sequence[Mapping]) -> str:
    """The entries of a list: those that stay keep their text, wherever they move."""
    texts: list[str] = []
    for block in blocks:
        if block.is_entry and block.path == path:
            texts.append(block.text)
        elif texts:
            texts[-1] += block.text
    lead, texts = _list_lead(texts)
    held = []
    for text in texts:
        entry = _read(text, path)
        held.append((text, entry[0] if isinstance(entry, list) and entry else None))
    written = "".join(_entry(held, path, entry) for entry in wanted)
    return lead + (written.removeprefix("\n") if lead.endswith("\n") else written)


def _list_lead(texts: list[str]) -> tuple[str, list[str]]:
    """A comment above the first entry only speaks of the whole list: it stays above whatever comes first."""
    leads = [_leading(text) for text in texts]
    if not leads or not leads[0].strip() or any(lead.strip() for lead in leads[1:]):
        return "", texts
    return leads[0], [texts[0][len(leads[0]) :], *texts[1:]]


def _entry(held: list[tuple[str, Any]], path: tuple[str, ...], wanted: Mapping) -> str:
    same = next((pair for pair in held if _is(pair[1], wanted)), None)
    if same:
        held.remove(same)
        return _ended(same[0])
    names = [key for key in NAMED_BY if key in wanted]
    alike = next((pair for pair in held if pair[1] and names and pair[1].get(names[0]) == wanted[names[0]]), None)
    if alike is None:
        return "\n" + _fresh(path, [wanted])
    held.remove(alike)
    return _ended(_merged(alike[0], path, wanted))


def _ended(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"


def _leading(text: str) -> str:
    """The comments and blank lines above a block's first line."""
    lines = lines_of(text)
    first = next((at for at, line in enumerate(lines) if line.strip() and not line.strip().startswith("#")), 0)
    return "".join(lines[:first])


def _merged(text: str, path: tuple[str, ...], wanted: Mapping) -> str:
    """A block's text with only the values changed that differ; what stands above and below it stays."""
    lead = _leading(text)
    body = text[len(lead) :]
    lines = lines_of(body)
    last = len(lines)
    while last and (not lines[last - 1].strip() or lines[last - 1].strip().startswith("#")):
        last -= 1
    document = tomlkit.parse("".join(lines[:last]))
    found: Any = document
    for key in path:
        found = found[key]
        found = found[0] if isinstance(found, list) else found
    _merge(found, wanted)
    written = DATE_AT_END.sub(r"\1 }", tomlkit.dumps(document))
    return lead + _ended(written) + "".join(lines[last:])


def _merge(table: Any, wanted: Mapping) -> None:
    for key in [key for key in table if key not in wanted]:
        table.remove(key)
    for key, value in wanted.items():
        if key not in table:
            table.append(key, _item(value))
        elif _is(table[key].unwrap() if hasattr(table[key], "unwrap") else table[key], value):
            continue
        elif isinstance(value, Mapping) and isinstance(table[key], AbstractTable | Container):
            _merge(table[key], value)
        else:
            table[key] = _item(value)


def _item(value: Any) -> Item:
    """A value as tomlkit holds it."""
    return tomlkit.value(_said(value))


def _said(value: Any) -> str:
    """A value as it stands behind a key: tables within one line, a long list of them over several."""
    if isinstance(value, Mapping):
        pairs = [f"{tomlkit.key(key).as_string()} = {_said(held)}" for key, held in value.items()]
        return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        entries = [_said(held) for held in value]
        line = f"[{', '.join(entries)}]"
        if len(line) <= WIDE or not _is_tables(value):
            return line
        return "[\n" + "".join(f"    {entry},\n" for entry in entries) + "]"
    return tomlkit.item(value).as_string()


def _fresh(path: tuple[str, ...], value: Any) -> str:
    """A part, or entries of a list, written from nothing."""
    name = ".".join(tomlkit.key(key).as_string() for key in path)
    if not isinstance(value, Mapping):
        return "\n".join(f"[[{name}]]\n{_lines(entry, _as_tables(path))}" for entry in value)
    lists = {key: held for key, held in value.items() if held and _is_tables(held) and len(path) == 1}
    rest = {key: held for key, held in value.items() if key not in lists}
    pieces = [f"[{name}]\n{_lines(rest)}"] if rest or not lists else []
    pieces += [_fresh((*path, key), held) for key, held in lists.items()]
    return "\n".join(pieces)


def _as_tables(path: tuple[str, ...]) -> Callable[[str], str]:
    """How a table inside an entry is headed: an example's facts and expectations stand under headers of their own."""
    return (lambda key: f"[{path[0]}.{key}]\n") if path == ("examples",) else (lambda key: "")


def _lines(entry: Mapping, headed: Callable[[str], str] = lambda key: "") -> str:
    plain, below = "", ""
    for key, value in entry.items():
        if isinstance(value, Mapping) and headed(key):
            below += headed(key) + _lines(value)
        else:
            plain += f"{tomlkit.key(key).as_string()} = {_said(value)}\n"
    return plain + below
