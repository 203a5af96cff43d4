"""What the Review shows of one answered item: every response, what was right, and what is said about it (row A14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from upstander.core.bank import Choice, Item, Shown
from upstander.core.marking import share


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One part of an item: its text, what the person gave for it, what belongs there, and its feedback.

    For options `given` and `expected` are empty and `chosen` and `correct` say it; for pairs and steps they hold the
    texts (of the right side, of the step that stood in this place). `variant` is what is said besides to this
    reader's duty to report.
    """

    id: str
    text: str
    chosen: bool
    correct: bool
    feedback: str
    given: str = ""
    expected: str = ""
    variant: str = ""


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """The lines under one question: an item has one part, a story has one for each of its steps."""

    prompt: str
    lines: tuple[ReviewLine, ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One item with its response: wholly right or not, answered or not, and its parts."""

    item: Item
    right: bool
    answered: bool
    parts: tuple[ReviewPart, ...]


def review_item(item: Item, shown: Shown, response: Any, duty: str = "") -> Reviewed:
    """The item with every response and the feedback of every option, options in the order in which they were shown.

    `duty` picks what is said besides to a reader with that duty to report.
    """
    if item.kind == "matching":
        parts = (ReviewPart("", _pair_lines(item, response or {})),)
    elif item.kind == "ordering":
        parts = (ReviewPart("", _step_lines(item, response or [])),)
    elif item.kind == "branching":
        parts = tuple(_branch_part(item, shown, response or {}, duty))
    else:
        chosen = {response} if isinstance(response, str) else set(response or ())
        parts = (ReviewPart("", _option_lines(item.options, shown.options, chosen, duty)),)
    return Reviewed(item, share(item, response) == 1, bool(response), parts)


def _option_lines(
    options: tuple[Choice, ...], order: tuple[str, ...], chosen: set[str], duty: str
) -> tuple[ReviewLine, ...]:
    placed = sorted(options, key=lambda option: order.index(option.id) if option.id in order else len(order))
    return tuple(
        ReviewLine(
            id=option.id,
            text=option.text,
            chosen=option.id in chosen,
            correct=option.correct,
            feedback=option.feedback,
            variant=option.variants.get(duty, ""),
        )
        for option in placed
    )


def _pair_lines(item: Item, response: Mapping[str, str]) -> tuple[ReviewLine, ...]:
    rights = {pair.id: pair.right for pair in item.pairs}
    return tuple(
        ReviewLine(
            id=pair.id,
            text=pair.left,
            chosen=pair.id in response,
            correct=response.get(pair.id) == pair.id,
            feedback=pair.feedback,
            given=rights.get(response.get(pair.id, ""), ""),
            expected=pair.right,
        )
        for pair in item.pairs
    )


def _step_lines(item: Item, response: list[str]) -> tuple[ReviewLine, ...]:
    texts = {step.id: step.text for step in item.steps}
    given = [*response, *[""] * len(item.steps)]
    return tuple(
        ReviewLine(
            id=step.id,
            text=step.text,
            chosen=bool(response),
            correct=given[place] == step.id,
            feedback=step.feedback,
            given=texts.get(given[place], ""),
            expected=step.text,
        )
        for place, step in enumerate(item.steps)
    )


def _branch_part(item: Item, shown: Shown, response: Mapping[str, str], duty: str) -> list[ReviewPart]:
    parts = []
    for branch in item.branches:
        order = tuple(one.split(".", 1)[1] for one in shown.options if one.split(".", 1)[0] == branch.id)
        chosen = {response[branch.id]} if branch.id in response else set()
        parts.append(ReviewPart(branch.prompt, _option_lines(branch.options, order, chosen, duty)))
    return parts
