"""One section's Markdown file: pages that begin at `## Title {#id}`, each a list of blocks."""

import re
from collections.abc import Sequence
from pathlib import Path

from markdown_it.token import Token

from upstander.delivery.native import markup
from upstander.delivery.native.blocks import Reading, read_block
from upstander.delivery.native.minutes import page_seconds
from upstander.delivery.native.pieces import Block, Page, Prose

LIMIT_BYTES = 400_000
_TITLE = re.compile(r"^(?P<title>.*?)\s*\{#(?P<id>[a-z0-9][a-z0-9-]*)\}\s*$")
_CONTAINER = re.compile(r"^container_(?P<kind>[a-z]+)_open$")
_KEY = re.compile(r"\{\{\s*([a-z_A-Z0-9 -]*?)\s*\}\}")


def read_section(path: Path, section: str, reading: Reading) -> tuple[Page, ...]:
    """Every page of the section in order; what is wrong goes on the list and the rest is read on."""
    if not path.is_file():
        reading.found.add("file-missing", path)
        return ()
    if path.stat().st_size > LIMIT_BYTES:
        reading.found.add("file-too-large", path, limit=LIMIT_BYTES)
        return ()
    try:
        source = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        reading.found.add("file-unreadable", path, why=str(problem))
        return ()
    _check_source(path, source, reading)
    tokens = markup.parser().parse(source)
    starts = [
        i for i, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2" and not token.level
    ]
    if starts[:1] != [0] and tokens:
        reading.found.add("text-before-page", path, (tokens[0].map or [0])[0] + 1)
    ends = [*starts[1:], len(tokens)][: len(starts)]
    pages = [_page(section, tokens[start:end], reading) for start, end in zip(starts, ends, strict=True)]
    return tuple(page for page in pages if page)


def _page(section: str, tokens: Sequence[Token], reading: Reading) -> Page | None:
    heading, line = tokens[1].content, (tokens[0].map or [0])[0] + 1
    titled = _TITLE.match(heading)
    if not titled:
        reading.found.add("page-without-id", reading.file, line, title=heading)
        return None
    blocks = tuple(_blocks(tokens[3:], reading))
    title = markup.inline(titled["title"], reading.words)
    page = Page(f"{section}/{titled['id']}", title, blocks, 0, line)
    return Page(page.ref, title, blocks, page_seconds(page, reading.lang), line)


def _blocks(tokens: Sequence[Token], reading: Reading) -> list[Block]:
    blocks: list[Block] = []
    prose: list[Token] = []
    at = 0
    while at < len(tokens):
        opened = _CONTAINER.match(tokens[at].type)
        if not opened:
            prose.append(tokens[at])
            at += 1
            continue
        _close_prose(prose, blocks, reading)
        end = _end_of(tokens, at)
        block = _read_container(opened["kind"], tokens, at, end, reading)
        blocks += [block] if block else []
        at = end + 1
    _close_prose(prose, blocks, reading)
    return blocks


def _close_prose(prose: list[Token], blocks: list[Block], reading: Reading) -> None:
    if prose:
        blocks.append(Prose(markup.render(prose, reading.words)))
        prose.clear()


def _end_of(tokens: Sequence[Token], start: int) -> int:
    close = tokens[start].type.replace("_open", "_close")
    level = tokens[start].level
    return next(i for i in range(start, len(tokens)) if tokens[i].type == close and tokens[i].level == level)


def _read_container(kind: str, tokens: Sequence[Token], start: int, end: int, reading: Reading) -> Block | None:
    opening, inside = tokens[start], tokens[start + 1 : end]
    title = opening.info.strip().removeprefix(kind).strip()
    if any(token.tag == "h2" or _CONTAINER.match(token.type) for token in inside):
        reading.broken(opening, f"{kind} {title}".strip(), "a page or another block begins before it is closed")
        return None
    return read_block(kind, title, inside, opening, reading)


def _check_source(path: Path, source: str, reading: Reading) -> None:
    """HTML, unknown blocks and placeholders, and images: refused with their line."""
    for token in markup.parser(raw_html=True).parse(source):
        line = (token.map or [0])[0] + 1
        if token.type == "html_block":
            reading.found.add("html", path, line, found=token.content.strip().split("\n")[0][:60])
        for child in token.children or []:
            if child.type == "html_inline":
                reading.found.add("html", path, line, found=child.content[:60])
            if child.type == "image":
                code = "image-outside-figure" if child.content.strip() else "image-without-alt"
                reading.found.add(code, path, line, image=child.attrs.get("src", ""))
        if token.type == "inline" and token.content.startswith(":::"):
            reading.found.add("block-unknown", path, line, found=token.content.split("\n")[0][:60])
    for number, text in enumerate(source.split("\n"), 1):
        for key in _KEY.findall(text):
            if key not in markup.PLACEHOLDERS:
                reading.found.add("placeholder-unknown", path, number, key=key)
