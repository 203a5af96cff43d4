"""What the texts of a course make hard for some readers: remarks to weigh, beside the problems that block."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from upstander.core.readability import readability
from upstander.delivery.native.pieces import Course, Figure, Page, Question

_TAG = re.compile(r"<[^>]+>")
_PARAGRAPH = re.compile(r"</?(?:p|li|h[1-6]|td|th|tr|ul|ol|table|blockquote|br)\b[^>]*>")
_HEADING = re.compile(r"<h([34])>")
_LINK = re.compile(r"<a [^>]*>(.*?)</a>", re.DOTALL)
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_HEAD_CELL = re.compile(r"<th[^>]*>(.*?)</th>", re.DOTALL)
#: Link texts that say nothing when a screen reader lists the links of a page.
BARE_LINKS = {
    "en": {"here", "click here", "this", "this link", "link", "more", "read more", "this page"},
    "es": {"aquí", "haga clic aquí", "clic aquí", "este enlace", "enlace", "más", "leer más", "esta página"},
}
_COLOUR = {
    "en": re.compile(r"\b(?:in|the) (?:red|green|blue|yellow|orange|grey|gray|purple)\b", re.IGNORECASE),
    "es": re.compile(
        r"\b(?:en|el|la|los|las) (?:color )?"
        r"(?:roj[oa]s?|verdes?|azul(?:es)?|amarill[oa]s?|naranja|gris(?:es)?|morad[oa]s?)\b",
        re.IGNORECASE,
    ),
}
#: An alternative shorter than this many words describes nothing.
SHORT_ALTERNATIVE = 4


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing worth a second look: its code, the page, the language, and the facts."""

    code: str
    page: str
    lang: str
    data: dict = field(default_factory=dict, hash=False)


def remarks_of(course: Course) -> list[Remark]:
    """The remarks on every page of a course, in its order."""
    return [remark for page in course.pages for remark in remarks_of_page(page, course.lang)]


def remarks_of_page(page: Page, lang: str) -> list[Remark]:
    """Heading order, link texts, table heads, colour words, alternatives of drawings, reading grade, long sentences."""
    found = [
        Remark(code, page.ref, lang, data) for html_text in html_of(page) for code, data in _marks(html_text, lang)
    ]
    for block in page.blocks:
        if isinstance(block, Figure) and len(block.alt.split()) < SHORT_ALTERNATIVE:
            found.append(Remark("alternative-short", page.ref, lang, {"name": block.name, "alt": block.alt}))
    measure = readability(paragraphs(page), lang)
    if measure and measure.is_hard:
        found.append(Remark("reading-hard", page.ref, lang, {"value": measure.value}))
    found += [
        Remark("sentence-long", page.ref, lang, {"sentence": s}) for s in (measure.long_sentences if measure else ())
    ]
    return found


def _marks(text: str, lang: str) -> Iterator[tuple[str, dict]]:
    levels = [3, *(int(level) for level in _HEADING.findall(text))]
    if len(levels) > 1 and levels[1] == 4:
        yield "heading-skips", {}
    for link in _LINK.findall(text):
        said = _bare(link).lower().strip(" .:")
        if said in BARE_LINKS[lang] or said.startswith(("http:", "https:", "www.")):
            yield "link-bare", {"link": _bare(link)}
    for table in _TABLE.findall(text):
        cells = [_bare(cell) for cell in _HEAD_CELL.findall(table)]
        if not cells or any(not cell for cell in cells[1:]):
            yield "table-without-heads", {}
    for found in _COLOUR[lang].findall(_TAG.sub(" ", text)):
        yield "colour-words", {"words": found}


def _bare(text: str) -> str:
    return html.unescape(_TAG.sub("", text)).strip()


def html_of(page: Page) -> list[str]:
    """Every piece of HTML on a page, feedback included."""
    pieces: list[str] = []
    for block in page.blocks:
        if isinstance(block, Question):
            pieces += [block.story, f"<p>{block.question}</p>"]
            for answer in block.answers:
                pieces += [f"<p>{answer.html}</p>", answer.feedback, *answer.variants.values()]
        elif hasattr(block, "html"):
            pieces.append(block.html)
    return pieces


def paragraphs(page: Page) -> list[str]:
    """The page as plain paragraphs, for counting words and sentences."""
    parts = [part for piece in html_of(page) for part in _PARAGRAPH.split(piece)]
    return [bare for part in parts if (bare := _bare(part))]
