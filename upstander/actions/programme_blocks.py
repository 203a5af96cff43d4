"""A programme's document cut into blocks: a header with its body and the comments right above it, or one key."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the document: the path of its header or key, whether it is an entry of a list, its text."""

    path: tuple[str, ...]
    is_entry: bool
    text: str


def lines_of(text: str) -> list[str]:
    """The lines of a text with their ends: only what ends a line in TOML does."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


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
    lines = lines_of(waiting)
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
    for line in lines_of(document):
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
