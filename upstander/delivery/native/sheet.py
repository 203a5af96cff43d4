"""The questions of one sheet as plain data: what is asked and the lettered answers, and never which one is right."""

from collections.abc import Iterable
from typing import Any

from upstander.core.bank import Item, Shown
from upstander.core.paper import LETTERS, on_paper
from upstander.delivery.native.paper import tree
from upstander.delivery.native.pieces import Course


def sheet_data(course: Course, form: Iterable[Shown]) -> list[dict[str, Any]]:
    """The items in their order: {"number", "kind", "stem", "lines", "options": [[letter, tree]]}.

    `lines` are the left sides, or as many blanks as there are steps to put in order; texts are trees as `paper.tree`
    makes them. An item that the edition has no more is left out, and the numbers of the others stay.
    """
    bank = on_paper(course.outline.assessment).bank
    return [_asked(number, bank[one.item], one) for number, one in enumerate(form, 1) if one.item in bank]


def _asked(number: int, item: Item, shown: Shown) -> dict[str, Any]:
    texts = {part.id: part.text for part in (*item.options, *item.steps)} | {pair.id: pair.right for pair in item.pairs}
    lettered = zip(LETTERS, shown.options, strict=False)
    return {
        "number": number,
        "kind": item.kind,
        "stem": tree(item.stem),
        "lines": [tree(pair.left) for pair in item.pairs] or [[] for _ in item.steps],
        "options": [[letter, tree(texts[one])] for letter, one in lettered],
    }
