"""A course as it is searched: each page in passages with the anchor that the page gives them."""

import re
from collections.abc import Iterator
from html import escape, unescape

from upstander.core.search import Index, Passage, Place
from upstander.delivery.native.pieces import Block, Course, Explainer, Figure, Media, Page, Question, Reveal

_TAG = re.compile(r"<[^>]+>")
_PIECE = re.compile(r"<(h3|h4|p|li|th|td)\b[^>]*>(.*?)(?=<(?:/\1|ul|ol|p|li)\b)", re.DOTALL)
_HEADINGS = {"h3", "h4"}
#: (course, edition, language) -> the course that was read, and its index; another reading of it makes another index.
_KEPT: dict[tuple[str, str, str], tuple[Course, Index]] = {}


def index_of(course: Course) -> Index:
    """The index of an edition in its language, built once and kept in memory."""
    key = (course.key, course.edition, course.lang)
    kept = _KEPT.get(key)
    if kept is None or kept[0] is not course:
        kept = _KEPT[key] = course, Index.of(_place(page) for page in course.pages)
    return kept[1]


def anchor_of(block: Block, number: int) -> str:
    """The anchor of the block that stands at this number (from 1) of its page."""
    return block.id if isinstance(block, Question) else f"b{number}"


def text_of(markup: str) -> str:
    """Markup without its tags, in one line."""
    return " ".join(unescape(_TAG.sub(" ", markup)).split())


def told_by(block: Block) -> str:
    """The running text of a block as markup: what stands there, or what a film or an explainer says."""
    if isinstance(block, Media):
        return block.description + block.transcript
    if isinstance(block, Explainer):
        spoken = (" ".join(said.text for said in slide.said) for slide in block.slides)
        return "".join(f"<p>{escape(text)}</p>" for text in (block.rule, *spoken) if text)
    return getattr(block, "html", "")


def _place(page: Page) -> Place:
    passages = [
        passage for number, block in enumerate(page.blocks, 1) for passage in _passages(block, anchor_of(block, number))
    ]
    return Place(page.ref, text_of(page.title), tuple(passages))


def _passages(block: Block, anchor: str) -> Iterator[Passage]:
    if isinstance(block, Question):
        yield Passage(anchor, text_of(f"{block.place} {block.story}"))
        yield Passage(anchor, text_of(block.question), is_heading=True)
        for answer in block.answers:
            yield Passage(anchor, text_of(answer.html))
            yield Passage(anchor, text_of(answer.feedback), afterwards=True)
        return
    if isinstance(block, Reveal):
        yield Passage(anchor, text_of(block.title), is_heading=True)
    if isinstance(block, Figure):
        yield Passage(anchor, text_of(block.alt))
        return
    if isinstance(block, Media | Explainer):
        yield Passage(anchor, block.title, is_heading=True)
    yield from _pieces(told_by(block), anchor)


def _pieces(markup: str, anchor: str) -> Iterator[Passage]:
    """Paragraphs, headings and entries of lists one by one; a text without any as a whole."""
    found = False
    for piece in _PIECE.finditer(markup):
        found = True
        yield Passage(anchor, text_of(piece[2]), is_heading=piece[1] in _HEADINGS)
    if not found and markup:
        yield Passage(anchor, text_of(markup))
