"""How the items of a bank behave, for their authors: never a figure in which fewer than `k` people could be seen.

First attempts only, because later ones follow a Review. An item is shown from 2k attempts on, and no figure tells
fewer than k people apart: a share of which fewer than k answered otherwise reads as the nearest share that k would
make; where a choice was taken by somebody but by fewer than k, no choice of that question is shown, because hiding one
or two of them would leave them to subtraction.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, sqrt
from typing import Any

from upstander.core.bank import Item
from upstander.core.marking import share


@dataclass(frozen=True, slots=True)
class ItemFigure:
    """What authors see of one item: shares in whole percent; None where it would tell too few people apart.

    `facility` is the share that answered wholly right; `discrimination` the correlation of that with the rest of the
    form, in percent; `parts` the share that chose each option (`single`, `multiple`; `step.option` of a story), or
    had each pair or step right.
    """

    item: str
    counted: int
    facility: int
    discrimination: int | None
    parts: Mapping[str, int | None] = field(default_factory=dict)


class _Tally:
    """Sums over the forms in which one item was drawn: x is 1 where it was wholly right, y the rest of the form."""

    def __init__(self) -> None:
        self.n = self.x = self.y = self.xy = self.yy = 0
        self.parts: Counter[str] = Counter()

    def add(self, right: bool, rest: int, taken: Iterable[str]) -> None:
        self.n += 1
        self.x += right
        self.y += rest
        self.xy += rest if right else 0
        self.yy += rest * rest
        self.parts.update(taken)

    def correlation(self) -> int | None:
        spread = (self.n * self.x - self.x * self.x) * (self.n * self.yy - self.y * self.y)
        return round(100 * (self.n * self.xy - self.x * self.y) / sqrt(spread)) if spread > 0 else None


def item_figures(
    bank: Mapping[str, Item], attempts: Iterable[tuple[Sequence[str], Mapping[str, Any]]], k: int
) -> dict[str, ItemFigure]:
    """The figures of every item that enough people have met; `attempts` are (items drawn, responses by item)."""
    tallies: dict[str, _Tally] = {}
    for drawn, responses in attempts:
        known = [bank[name] for name in drawn if name in bank]
        right = {item.id: share(item, responses.get(item.id)) == 1 for item in known}
        total = sum(right.values())
        for item in known:
            tally = tallies.setdefault(item.id, _Tally())
            tally.add(right[item.id], total - right[item.id], _taken(item, responses.get(item.id)))
    return {name: _figure(bank[name], tally, k) for name, tally in sorted(tallies.items()) if tally.n >= 2 * k}


def _taken(item: Item, response: Any) -> list[str]:
    """The options that a response chose, or the pairs and steps that it has right."""
    if not response:
        return []
    if item.kind == "matching":
        return [pair.id for pair in item.pairs if response.get(pair.id) == pair.id]
    if item.kind == "ordering":
        return [step.id for step, given in zip(item.steps, response, strict=False) if step.id == given]
    if item.kind == "branching":
        return [f"{branch}.{option}" for branch, option in response.items()]
    return [response] if isinstance(response, str) else list(response)


def _figure(item: Item, tally: _Tally, k: int) -> ItemFigure:
    return ItemFigure(
        item=item.id,
        counted=tally.n,
        facility=_held_apart(tally.x, tally.n, k),
        discrimination=tally.correlation() if k <= tally.x <= tally.n - k else None,
        parts=_parts(item, tally, k),
    )


def _held_apart(count: int, of: int, k: int) -> int:
    """The share in percent, never nearer to nobody or everybody than k people would bring it."""
    return min(max(round(100 * count / of), ceil(100 * k / of)), floor(100 * (of - k) / of))


def _parts(item: Item, tally: _Tally, k: int) -> dict[str, int | None]:
    if item.kind == "single":
        return _of_one([option.id for option in item.options], tally.parts, tally.n, k)
    if item.kind == "branching":
        return _of_story(item, tally, k)
    parts = [part.id for part in (*item.options, *item.pairs, *item.steps)]
    return {name: _apart(tally.parts[name], tally.n, k) for name in parts}


def _of_story(item: Item, tally: _Tally, k: int) -> dict[str, int | None]:
    """Step by step among those who came so far; after a step that cannot be shown none is."""
    shown: dict[str, int | None] = {}
    asked = tally.n
    for branch in item.branches:
        names = [f"{branch.id}.{option.id}" for option in branch.options]
        shown |= _of_one(names, tally.parts, asked, k)
        went_on = [f"{branch.id}.{option.id}" for option in branch.options if option.correct and option.next]
        asked = 0 if shown[names[0]] is None else sum(tally.parts[name] for name in went_on)
    return shown


def _apart(count: int, of: int, k: int) -> int | None:
    return round(100 * count / of) if k <= count <= of - k else None


def _of_one(names: Sequence[str], counts: Mapping[str, int], of: int, k: int) -> dict[str, int | None]:
    """Shares of choices of which everybody takes one or none: all of them, or none at all."""
    taken = [counts.get(name, 0) for name in names]
    cells = [*taken, of - sum(taken)]
    if any(0 < cell < k or cell > of - k for cell in cells):
        return dict.fromkeys(names)
    return {name: round(100 * count / of) for name, count in zip(names, taken, strict=True)}
