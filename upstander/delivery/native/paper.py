"""A course for paper: in reading order, its questions numbered, what is said to each choice apart (row A07)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import count
from typing import Any

from django.utils.safestring import mark_safe

from upstander.delivery.native.passages import text_of, told_by
from upstander.delivery.native.pieces import Block, Course, Explainer, Figure, Media, Page, Question, Reveal, Section

#: The elements that the tree keeps; of any other it keeps the text.
_KEPT = {"p", "h3", "h4", "ul", "ol", "li", "strong", "em", "code", "a", "blockquote", "table", "tr", "th", "td", "br"}


@dataclass(frozen=True, slots=True)
class Said:
    """What is said to one choice: the choice, the word of its verdict, and the words for the reader's duty."""

    html: str
    verdict: str
    feedback: str
    variant: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A scenario or check with its number in the course and what is said to each choice."""

    number: int
    page: Page
    question: Question
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A page with its blocks, each question as it is asked."""

    page: Page
    blocks: tuple[tuple[Block, Asked | None], ...]

    @property
    def parts(self) -> list[tuple[Block, Asked | None, str]]:
        """The blocks with the words of those that are seen or heard elsewhere."""
        return [
            (
                block,
                asked,
                mark_safe(told_by(block)) if isinstance(block, Media | Explainer) else "",
            )  # made of safe parts
            for block, asked in self.blocks
        ]


@dataclass(frozen=True, slots=True)
class Paper:
    """One edition in one language for one duty; the assessment is not in it."""

    course: Course
    sections: tuple[tuple[Section, tuple[PaperPage, ...]], ...]
    asked: tuple[Asked, ...]


def paper(course: Course, duty: str, verdicts: Mapping[str, Mapping[str, str]]) -> Paper:
    """The course for paper; `duty` picks the variant of the feedback, `verdicts` are the words that open it."""
    numbers = count(1)
    sections = tuple(
        (section, tuple(_page(page, duty, verdicts, numbers) for page in section.pages)) for section in course.sections
    )
    asked = (asked for _, pages in sections for page in pages for _, asked in page.blocks)
    return Paper(course, sections, tuple(filter(None, asked)))


def _page(page: Page, duty: str, verdicts: Mapping, numbers: Iterator[int]) -> PaperPage:
    def asked(block: Block) -> Asked | None:
        if not isinstance(block, Question):
            return None
        return Asked(next(numbers), page, block, tuple(_said(block, duty, verdicts[block.kind])))

    return PaperPage(page, tuple((block, asked(block)) for block in page.blocks))


def _said(question: Question, duty: str, words: Mapping[str, str]) -> Iterator[Said]:
    for answer in question.answers:
        yield Said(answer.html, words[answer.verdict], answer.feedback, answer.variants.get(duty, ""))


def as_data(told: Paper) -> dict[str, Any]:
    """The course as plain data: every text a tree of {"t": element, "c": [texts and elements]}, nothing is markup."""
    course = told.course
    return {
        "lang": course.lang,
        "title": course.title,
        "summary": course.summary,
        "note": course.content_note,
        "goals": list(course.goals.values()) or list(course.objectives.values()),
        "sections": [
            {"title": section.title, "pages": [_page_data(page) for page in pages]} for section, pages in told.sections
        ],
        "asked": [_asked_data(one) for one in told.asked],
    }


def _page_data(told: PaperPage) -> dict[str, Any]:
    blocks = [_block_data(block, asked) for block, asked in told.blocks]
    return {"title": text_of(told.page.title), "blocks": blocks}


def _block_data(block: Block, asked: Asked | None) -> dict[str, Any]:
    if asked:
        return {"kind": "question", "number": asked.number, **_question_data(asked.question)}
    if isinstance(block, Figure):
        return {"kind": "figure", "svg": str(block.svg), "alt": block.alt}
    title = {"title": text_of(block.title)} if isinstance(block, Reveal | Media | Explainer) else {}
    return {"kind": block.kind, "nodes": tree(told_by(block)), **title}


def _question_data(question: Question) -> dict[str, Any]:
    return {
        "asks": question.kind,
        "place": text_of(question.place),
        "story": tree(question.story),
        "question": tree(question.question),
        "choices": [tree(answer.html) for answer in question.answers],
    }


def _asked_data(asked: Asked) -> dict[str, Any]:
    return {
        "number": asked.number,
        "asks": asked.question.kind,
        "page": text_of(asked.page.title),
        "question": tree(asked.question.question),
        "said": [
            {"choice": tree(one.html), "nodes": _told(str(one.verdict), tree(one.feedback + one.variant))}
            for one in asked.said
        ],
    }


def _told(verdict: str, nodes: list) -> list:
    """What is said, opened by the verdict in the first paragraph."""
    opening = {"t": "strong", "c": [verdict]}
    if nodes and isinstance(nodes[0], dict) and nodes[0]["t"] == "p":
        return [{"t": "p", "c": [opening, " ", *nodes[0]["c"]]}, *nodes[1:]]
    return [{"t": "p", "c": [opening]}, *nodes]


def tree(markup: str) -> list:
    """Safe HTML as a tree of the elements that a page may hold; anything else is its text."""
    reader = _Tree()
    reader.feed(markup)
    reader.close()
    return reader.root


class _Tree(HTMLParser):
    """Builds the tree: a stack of open elements, the innermost last."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: list = []
        self.open: list[dict[str, Any]] = []

    def _here(self) -> list:
        return self.open[-1]["c"] if self.open else self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _KEPT:
            return
        element: dict[str, Any] = {"t": tag, "c": []}
        if tag == "a":
            element["href"] = dict(attrs).get("href") or ""
        self._here().append(element)
        if tag != "br":
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1]["t"] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split("\n")) if data.strip() else (" " if self.open and data and "\n" not in data else "")
        if text:
            self._here().append(text)
