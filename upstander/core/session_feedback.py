"""What people are asked after a session: a few questions to tick, how long they are asked, and what may be shown."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from upstander.core.errors import Refusal
from upstander.core.in_person import ATTENDED, HELD
from upstander.core.suppression import Column, K, suppressed

#: Each question with its answers; none has to be answered, and there is no box for words, which people are known by.
QUESTIONS: dict[str, tuple[str, ...]] = {
    "useful": ("very", "somewhat", "little", "not"),
    "pace": ("too-fast", "right", "too-slow"),
    "sure": ("yes", "partly", "no"),
    "recommend": ("yes", "perhaps", "no"),
}
#: So long after its end a session takes feedback; figures stand only after it, so that no answer shows by its coming.
ASKED_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Figures:
    """What may be shown of one question: a share for each answer, or nothing where too few people answered."""

    question: str
    column: Column | None


def may_answer(state: str, seat: str, gave: bool, ends_at: datetime, at: datetime) -> bool:
    """Whether somebody with such a seat can say how it was."""
    return state == HELD and seat == ATTENDED and not gave and at <= ends_at + ASKED_FOR


def checked(given: Mapping[str, str]) -> dict[str, str]:
    """The answers without what was skipped; refuses `no-such-answer`, `nothing-said` where all is skipped."""
    said = {question: answer for question, answer in given.items() if answer}
    for question, answer in said.items():
        if answer not in QUESTIONS.get(question, ()):
            raise Refusal("no-such-answer", {"question": question})
    if not said:
        raise Refusal("nothing-said")
    return said


def figures(answers: Iterable[Mapping[str, str]], ends_at: datetime, at: datetime) -> list[Figures] | None:
    """The figures of every question; None while it is still asked."""
    if at <= ends_at + ASKED_FOR:
        return None
    given = list(answers)
    return [Figures(question, _column(question, given)) for question in QUESTIONS]


def _column(question: str, given: list[Mapping[str, str]]) -> Column | None:
    counts = Counter(one[question] for one in given if question in one)
    if counts.total() < K:
        return None
    together = suppressed({(answer, "all"): counts[answer] for answer in QUESTIONS[question]})[0]
    return next(iter(together.columns.values()))
