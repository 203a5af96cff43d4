"""The blocks of a page made ready for a look at a draft: every choice can be opened, and nothing is recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from upstander.core.duty import DUTIES
from upstander.delivery.native.pieces import Answer, Page, Question
from upstander.words.course_verdicts import VERDICT_WORDS


@dataclass(frozen=True, slots=True)
class ChoiceView:
    html: str
    verdict: str
    word: str
    feedback: str
    variant: str


@dataclass(frozen=True, slots=True)
class BlockView:
    """One block and, of a question, its choices for a reader of one duty."""

    block: Any
    choices: tuple[ChoiceView, ...] = ()

    @property
    def kind(self) -> str:
        return "question" if isinstance(self.block, Question) else self.block.kind


def duty_of(request: HttpRequest) -> str:
    """Which reader the look is for: required, encouraged or exempt."""
    asked = request.POST.get("duty") or request.GET.get("duty", "")
    return asked if asked in DUTIES else DUTIES[0]


def block_views(page: Page, duty: str) -> Iterator[BlockView]:
    for block in page.blocks:
        if isinstance(block, Question):
            words = VERDICT_WORDS[block.kind]
            yield BlockView(block, tuple(_choice(one, str(words[one.verdict]), duty) for one in block.answers))
        else:
            yield BlockView(block)


def _choice(answer: Answer, word: str, duty: str) -> ChoiceView:
    return ChoiceView(answer.html, answer.verdict, word, answer.feedback, answer.variants.get(duty, ""))
