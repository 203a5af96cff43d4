"""Editing a programme's document where it is edited and nowhere else: comments, order and spacing stay.

The document is cut into blocks (a header with its body and the comments right above it). Only the blocks of the edited
part are written anew, and of those only what differs.
"""

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import tomlkit
from tomlkit.container import Container
from tomlkit.items import AbstractTable, Item

from upstander.core.errors import Refusal

#: The order in which parts stand in a file; a new part finds its place by it.
ORDER = (
    "key", "version", "title", "summary", "legal", "cycle", "recurrence", "audience", "groups", "window", "endings",
    "exemptions", "requirement", "options", "equivalencies", "counts", "leave", "recommendations", "reminders",
    "records", "office", "examples",
)  # fmt: skip
#: By which of its values an entry of a list is the same one as before.
NAMED_BY = ("key", "course", "preset", "name")
WIDE = 100


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the document: the path of its header or key, whether it is an entry of a list, its text."""

    path: tuple[str, ...]
    is_entry: bool
    text: str


def digest_of(document: str) -> str:
    """SHA-256 of the document as it stands."""
    return hashlib.sha256(document.encode()).hexdigest()


def with_part(document: str, part: str, value: Any) -> str:
    """The document with one top-level part set to a plain value, or taken out (None).

    Raises Refusal `value-unwritable` {part} for what TOML cannot hold in that place.
    """
    blocks = blocks_of(document)
    mine = [block for block in blocks if block.path[:1] == (part,)]
    if value is None:
        return "".join(block.text for block in blocks if block not in mine)
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


def blocks_of(document: str) -> list[Block]:
    """The document in blocks; their texts put together are the document again, byte for byte."""
    blocks: list[Block] = []
    text, waiting = "", ""
    in_body = False
    for chunk in _chunks(document):
        bare = chunk.strip()
        if not bare or bare.startswith("#"):
            waiting += chunk
            continue
        is_header = bare.startswith("[")
        if is_header or not in_body:
            before, lead = _parted(waiting)
            if blocks:
                blocks[-1] = Block(blocks[-1].path, blocks[-1].is_entry, blocks[-1].text + before)
            else:
                lead = before + lead
            path = _path_of(bare if is_header else chunk, is_header)
            blocks.append(Block(path, is_header and bare.startswith("[["), lead + chunk))
            in_body = is_header
        else:
            last = blocks[-1]
            blocks[-1] = Block(last.path, last.is_entry, last.text + waiting + chunk)
        waiting = ""
    text = waiting
    if not blocks:
        return [Block((), False, text)] if text else []
    blocks[-1] = Block(blocks[-1].path, blocks[-1].is_entry, blocks[-1].text + text)
    return blocks


def _parted(waiting: str) -> tuple[str, str]:
    """Comments and blank lines before a header: what belongs to the block before, and what leads this one."""
    lines = waiting.splitlines(keepends=True)
    first = len(lines)
    while first and lines[first - 1].strip():
        first -= 1
    while first and not lines[first - 1].strip():
        first -= 1
    return "".join(lines[:first]), "".join(lines[first:])


def _path_of(text: str, is_header: bool) -> tuple[str, ...]:
    found: Any = tomllib.loads(text + "\n")
    path: list[str] = []
    while isinstance(found, Mapping) and found:
        key = next(iter(found))
        path.append(key)
        found = found[key]
        if not is_header:
            break
        if isinstance(found, list):
            found = found[0]
    return tuple(path)


def _chunks(document: str) -> Iterable[str]:
    """Lines, where a value that runs over several is one."""
    held, state = "", _Open()
    for line in document.splitlines(keepends=True):
        held += line
        state.read(line)
        if state.is_closed:
            yield held
            held = ""
    if held:
        yield held


class _Open:
    """What is still open at the end of a line: a string of several lines, brackets."""

    def __init__(self) -> None:
        self.string, self.depth = "", 0

    @property
    def is_closed(self) -> bool:
        return not self.string and self.depth <= 0

    def read(self, line: str) -> None:
        at = 0
        while at < len(line):
            at = self._within(line, at) if self.string else self._outside(line, at)
        if len(self.string) == 1:
            self.string = ""  # a string of one line ends with it

    def _within(self, line: str, at: int) -> int:
        if line[at] == "\\" and self.string[0] == '"':
            return at + 2
        if line.startswith(self.string, at):
            at += len(self.string)
            self.string = ""
            return at
        return at + 1

    def _outside(self, line: str, at: int) -> int:
        sign = line[at]
        if sign == "#":
            return len(line)
        if sign in "\"'":
            self.string = sign * 3 if line.startswith(sign * 3, at) else sign
            return at + len(self.string)
        self.depth += (sign in "[{") - (sign in "]}")
        return at + 1


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
    def walk(inner: Any) -> bool:
        if isinstance(inner, Mapping):
            return all(isinstance(key, str) and key and walk(held) for key, held in inner.items())
        if isinstance(inner, list | tuple):
            return all(walk(held) for held in inner)
        plain = isinstance(inner, bool | int | float | str | date) and not isinstance(inner, datetime)
        return plain and not (isinstance(inner, str) and "\x00" in inner)

    at_top = isinstance(value, Mapping) or _is_tables(value)
    if not at_top or not walk(value):
        raise Refusal("value-unwritable", {"part": part})


def _is_tables(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(entry, Mapping) for entry in value)


def _put(blocks: list[Block], mine: list[Block], part: str, written: str) -> str:
    """The blocks with the part's text in its place, where it was or where its kind belongs."""
    place = ORDER.index(part) if part in ORDER else len(ORDER)

    def before(block: Block) -> bool:
        known = block.path[:1] and block.path[0] in ORDER
        return not known or ORDER.index(block.path[0]) < place

    kept = [block for block in blocks if block not in mine]
    if mine:
        first = blocks.index(mine[0])
        at = sum(1 for block in blocks[:first] if block not in mine)
    else:
        at = max((place + 1 for place, block in enumerate(kept) if before(block)), default=0)
        written = "\n" + written if kept else written
    texts = [block.text for block in kept]
    if at and texts[at - 1] and not texts[at - 1].endswith("\n"):
        texts[at - 1] += "\n"
    if at < len(texts) and written and not written.endswith("\n"):
        written += "\n"
    return "".join([*texts[:at], written, *texts[at:]])


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
    lines = text.splitlines(keepends=True)
    first = next((at for at, line in enumerate(lines) if line.strip() and not line.strip().startswith("#")), 0)
    return "".join(lines[:first])


def _merged(text: str, path: tuple[str, ...], wanted: Mapping) -> str:
    """A block's text with only the values changed that differ; what stands above and below it stays."""
    lead = _leading(text)
    body = text[len(lead) :]
    lines = body.splitlines(keepends=True)
    last = len(lines)
    while last and (not lines[last - 1].strip() or lines[last - 1].strip().startswith("#")):
        last -= 1
    document = tomlkit.parse("".join(lines[:last]))
    found: Any = document
    for key in path:
        found = found[key]
        found = found[0] if isinstance(found, list) else found
    _merge(found, wanted)
    return lead + _ended(tomlkit.dumps(document)) + "".join(lines[last:])


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
