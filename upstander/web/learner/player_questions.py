"""A scenario or check as the reader sees it: the choices, the one they took, and what is said about it."""

from dataclasses import dataclass

from upstander.delivery.native.pieces import Answer, Course, Question
from upstander.words.course_verdicts import VERDICT_WORDS


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One choice: chosen or not, and the feedback where it is shown."""

    id: str
    html: str
    verdict: str
    verdict_word: str
    is_chosen: bool
    is_open: bool
    feedback: str
    variant: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question with its choices; `number` of `count` scenarios of the section (0 for a check)."""

    question: Question
    choices: tuple[ChoiceView, ...]
    is_answered: bool
    shows_others: bool
    number: int
    count: int


def question_view(
    question: Question, chosen: str, duty: str, shows_others: bool, counts: dict[str, tuple[int, int]]
) -> QuestionView:
    """The question after the reader's choice (`chosen` is empty before); `duty` picks the variant of the feedback."""
    answered = question.answer(chosen) is not None
    everything = answered and shows_others
    words = VERDICT_WORDS[question.kind]
    choices = tuple(_choice(answer, words[answer.verdict], chosen, duty, everything) for answer in question.answers)
    number, count = counts.get(question.id, (0, 0))
    return QuestionView(question, choices, answered, everything, number, count)


def _choice(answer: Answer, word: str, chosen: str, duty: str, everything: bool) -> ChoiceView:
    return ChoiceView(
        id=answer.id,
        html=answer.html,
        verdict=answer.verdict,
        verdict_word=word,
        is_chosen=answer.id == chosen,
        is_open=everything or answer.id == chosen,
        feedback=answer.feedback,
        variant=answer.variants.get(duty, ""),
    )


def scenario_counts(course: Course, section_id: str) -> dict[str, tuple[int, int]]:
    """Which scenario of its section each one is, and of how many."""
    section = next(section for section in course.sections if section.id == section_id)
    names = [one.id for page in section.pages for one in page.questions if one.kind == "scenario"]
    return {name: (number, len(names)) for number, name in enumerate(names, 1)}
