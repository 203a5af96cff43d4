"""A letter made of the office's own words and one reader's facts: as plain text, and the same as HTML."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from upstander.core.wording import (
    LINES,
    LINK,
    MAIL,
    Paragraph,
    Vocabulary,
    addresses_in,
    is_of_site,
    name_of,
    names_in,
    paragraphs,
    point_of,
)

#: What a placeholder says: words, the address of a page, or several lines.
Value = str | Sequence[str]
_BRACES = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block; `typed` by the office, else what a placeholder of several lines says."""

    words: str
    typed: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together: a paragraph ("p"), a list ("ul") or a numbered one ("ol")."""

    tag: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """Own words with the reader's facts in them; empty `text` where nothing is left of them."""

    text: str
    html: str


def speaks_of(text: str, situation: str, vocabulary: Vocabulary) -> bool:
    """Whether these words are meant for a situation apart; true for one that is none."""
    names = (vocabulary.apart or {}).get(situation)
    return names is None or bool(names & set(names_in(text)))


def subject_line(subject: str, vocabulary: Vocabulary, values: Mapping[str, Value]) -> str:
    """The subject with its facts, on one line; "" where one of them has nothing to say."""
    if not _is_said(subject, vocabulary, values):
        return ""
    return " ".join(_BRACES.sub(lambda found: _words(values[name_of(found.group(1))]), subject).split())


def filled(
    text: str, vocabulary: Vocabulary, values: Mapping[str, Value], holding: Collection[str], site: str
) -> Filled:
    """The text with its facts; `holding` are the conditions that hold for this reader, `site` this site's address."""
    blocks = [
        block
        for paragraph in paragraphs(text)
        if all(condition in holding for condition in paragraph.conditions)
        for block in _blocks(paragraph, vocabulary, values)
    ]
    plain = "\n\n".join(_as_text(block, values) for block in blocks)
    return Filled(plain, "\n".join(_as_html(block, vocabulary, values, site) for block in blocks))


def _is_said(piece: str, vocabulary: Vocabulary, values: Mapping[str, Value]) -> bool:
    """Whether every placeholder of the piece is known and has something to say."""
    return all(name in vocabulary.placeholders and values.get(name) for name in names_in(piece))


def _blocks(paragraph: Paragraph, vocabulary: Vocabulary, values: Mapping[str, Value]) -> list[Block]:
    """The paragraph in blocks, without what has nothing to say."""
    prose_stays = _is_said("\n".join(line for line in paragraph.lines if not point_of(line)), vocabulary, values)
    blocks: list[tuple[str, list[Line]]] = []
    for written in paragraph.lines:
        stays = _is_said(written, vocabulary, values) if point_of(written) else prose_stays
        for tag, line in _tagged(written, vocabulary, values) if stays else ():
            if not blocks or blocks[-1][0] != tag:
                blocks.append((tag, []))
            blocks[-1][1].append(line)
    return [Block(tag, tuple(lines)) for tag, lines in blocks]


def _tagged(line: str, vocabulary: Vocabulary, values: Mapping[str, Value]) -> list[tuple[str, Line]]:
    """What a line is, and its words; a placeholder of several lines, alone on its own, is a list of them."""
    point = point_of(line)
    if point:
        return [("ol" if point[0] else "ul", Line(point[1]))]
    alone = _BRACES.fullmatch(line.strip())
    name = name_of(alone.group(1)) if alone else ""
    placeholder = vocabulary.placeholders.get(name)
    if placeholder and placeholder.shape == LINES:
        return [("ul", Line(one, typed=False)) for one in _lines(values.get(name, ()))]
    return [("p", Line(line.strip()))]


def _lines(value: Value) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _words(value: Value) -> str:
    return value if isinstance(value, str) else " ".join(value)


def _as_text(block: Block, values: Mapping[str, Value]) -> str:
    said = [
        _BRACES.sub(lambda found: _words(values[name_of(found.group(1))]), line.words) if line.typed else line.words
        for line in block.lines
    ]
    if block.tag == "p":
        return "\n".join(said)
    marks = [f"{number}." if block.tag == "ol" else "-" for number in range(1, len(said) + 1)]
    return "\n".join(f"{mark} {line}" for mark, line in zip(marks, said, strict=True))


def _as_html(block: Block, vocabulary: Vocabulary, values: Mapping[str, Value], site: str) -> str:
    lines = [_line_html(line, vocabulary, values, site) for line in block.lines]
    if block.tag == "p":
        acts = any(_is_link(line.words, vocabulary) for line in block.lines)
        return f"""<p{' class="act"' if acts else ""}>{"<br>".join(lines)}</p>"""
    return f"<{block.tag}>" + "".join(f"<li>{line}</li>" for line in lines) + f"</{block.tag}>"


def _is_link(line: str, vocabulary: Vocabulary) -> bool:
    """Whether the line is the address of a page and nothing else."""
    alone = _BRACES.fullmatch(line.strip())
    return bool(alone) and vocabulary.placeholders[name_of(alone.group(1))].shape == LINK


def _line_html(line: Line, vocabulary: Vocabulary, values: Mapping[str, Value], site: str) -> str:
    if not line.typed:
        return escape(line.words)
    made, at = [], 0
    for found in _BRACES.finditer(line.words):
        made.append(_typed_html(line.words[at : found.start()], site))
        placeholder = vocabulary.placeholders[name_of(found.group(1))]
        made.append(_value_html(_words(values[placeholder.name]), placeholder.shape, placeholder.name))
        at = found.end()
    return "".join(made) + _typed_html(line.words[at:], site)


def _value_html(value: str, shape: str, name: str) -> str:
    said = escape(value)
    if shape == LINK:
        return f'<a href="{said}">{said}</a>'
    if name == "email":
        return f'<a href="mailto:{said}">{said}</a>'
    return f"<strong>{said}</strong>" if name in {"due date", "due day"} else said


def _typed_html(typed: str, site: str) -> str:
    """What an officer typed: escaped, with the addresses of this site and of mail made into links."""
    pages = [(start, end, "") for start, end in addresses_in(typed) if is_of_site(typed[start:end], site)]
    made, at = [], 0
    for start, end, scheme in sorted([*pages, *((*found.span(), "mailto:") for found in MAIL.finditer(typed))]):
        if start < at:
            continue
        address = escape(typed[start:end])
        made += [escape(typed[at:start]), f'<a href="{scheme}{address}">{address}</a>']
        at = end
    return "".join(made) + escape(typed[at:])
