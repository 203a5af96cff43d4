"""A course as objects: sections, pages, and the typed blocks of which a page is made."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from upstander.core.bank import Item
from upstander.core.outline import Outline


@dataclass(frozen=True, slots=True)
class Prose:
    """Ordinary text, as safe HTML."""

    html: str
    kind: str = "prose"


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence to remember (`key`) or one act for this week (`act`)."""

    kind: str
    html: str


@dataclass(frozen=True, slots=True)
class Reveal:
    """Text that the reader opens."""

    title: str
    html: str
    kind: str = "reveal"


@dataclass(frozen=True, slots=True)
class Figure:
    """A line drawing (safe SVG) and what it shows in words."""

    name: str
    alt: str
    svg: str
    kind: str = "figure"


@dataclass(frozen=True, slots=True)
class Answer:
    """One choice in a scenario or check: `verdict` is best, partly or harmful, `variants` are by the reader's duty."""

    id: str
    html: str
    verdict: str
    feedback: str
    variants: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A scenario (with a place) or a knowledge check: told, asked, and answered for every choice."""

    kind: str
    id: str
    place: str
    story: str
    question: str
    answers: tuple[Answer, ...]

    def answer(self, answer_id: str) -> Answer | None:
        return next((answer for answer in self.answers if answer.id == answer_id), None)


@dataclass(frozen=True, slots=True)
class Media:
    """A film or recording of the institution: `medium` is video or audio; `captions` the name of a file and `timed`
    what stands in it; description and transcript are HTML."""

    name: str
    medium: str
    file: str
    mime: str
    seconds: int
    title: str
    captions: str
    description: str
    transcript: str
    timed: str = ""
    kind: str = "media"

    @property
    def minutes(self) -> str:
        """Its length as a clock shows it, `1:35`."""
        return f"{self.seconds // 60}:{self.seconds % 60:02}"


@dataclass(frozen=True, slots=True)
class Spoken:
    """One caption of a slide, from one millisecond of the explainer to another."""

    begins: int
    ends: int
    text: str


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: its drawing (safe SVG), what the drawing shows in words, and what is said."""

    id: str
    title: str
    svg: str
    scene: str
    said: tuple[Spoken, ...]


@dataclass(frozen=True, slots=True)
class Explainer:
    """Slides with captions; `rule` is the sentence that puts the institution's own rule first."""

    name: str
    lang: str
    title: str
    summary: str
    rule: str
    seconds: int
    slides: tuple[Slide, ...]
    kind: str = "explainer"

    @property
    def minutes(self) -> int:
        return max(1, round(self.seconds / 60))

    @property
    def milliseconds(self) -> int:
        return self.seconds * 1000


Block = Prose | Note | Reveal | Figure | Question | Media | Explainer


@dataclass(frozen=True, slots=True)
class Page:
    """One idea on one screen; `ref` is `section/page`, `seconds` what it takes by the formula."""

    ref: str
    title: str
    blocks: tuple[Block, ...]
    seconds: int = 0
    line: int = 1

    @property
    def section(self) -> str:
        return self.ref.split("/", 1)[0]

    @property
    def id(self) -> str:
        return self.ref.split("/", 1)[1]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Question))


@dataclass(frozen=True, slots=True)
class Section:
    """A run of pages under one title, teaching some objectives."""

    id: str
    title: str
    objectives: tuple[str, ...]
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """One edition of one course in one language."""

    key: str
    edition: str
    lang: str
    languages: tuple[str, ...]
    title: str
    summary: str
    who_for: str
    format: str
    content_note: str
    topics: tuple[str, ...]
    covers: tuple[str, ...]
    goals: Mapping[str, str]
    objectives: Mapping[str, str]
    sections: tuple[Section, ...]
    items: Mapping[str, Item]
    outline: Outline
    assessment_seconds: int = 0

    @property
    def minutes(self) -> int:
        return self.outline.minutes

    @property
    def pages(self) -> tuple[Page, ...]:
        return tuple(page for section in self.sections for page in section.pages)

    def page(self, ref: str) -> Page | None:
        return next((page for page in self.pages if page.ref == ref), None)
