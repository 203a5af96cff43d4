"""One item of an assessment as a form: what it shows, and the answer that a post of it gives."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from upstander.core.bank import Branch, Choice, Item, Shown, Step
from upstander.core.marking import next_branch


@dataclass(frozen=True, slots=True)
class TakenStep:
    """A step of a story that was taken and stays taken."""

    prompt: str
    text: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """One left side, and the right side chosen for it so far."""

    id: str
    left: str
    chosen: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item in the order in which it is shown, with the reader's answer so far."""

    item: Item
    response: Any
    options: tuple[Choice, ...] = ()
    chosen: frozenset[str] = frozenset()
    rows: tuple[PairRow, ...] = ()
    rights: tuple[tuple[str, str, str], ...] = ()
    steps: tuple[Step, ...] = ()
    taken: tuple[TakenStep, ...] = ()
    branch: Branch | None = None

    @property
    def order(self) -> str:
        return ",".join(step.id for step in self.steps)


def item_view(item: Item, shown: Shown, response: Any) -> ItemView:
    """The item for its page."""
    if item.kind == "matching":
        return _matching(item, shown, response or {})
    if item.kind == "ordering":
        steps = {step.id: step for step in item.steps}
        order = response or [one for one in shown.options if one in steps]
        return ItemView(item, response, steps=tuple(steps[one] for one in order if one in steps))
    if item.kind == "branching":
        return _branching(item, shown, response or {})
    chosen = frozenset([response] if isinstance(response, str) else response or ())
    return ItemView(item, response, options=_in_order(item.options, shown.options), chosen=chosen)


def _in_order(options: tuple[Choice, ...], order: tuple[str, ...]) -> tuple[Choice, ...]:
    known = {option.id: option for option in options}
    return tuple(known[one] for one in order if one in known)


def _matching(item: Item, shown: Shown, response: dict[str, str]) -> ItemView:
    texts = {pair.id: pair.right for pair in item.pairs}
    rights = tuple(
        (one, letter, texts[one]) for one, letter in zip(shown.options, "ABCDEFGH", strict=False) if one in texts
    )
    rows = tuple(PairRow(pair.id, pair.left, response.get(pair.id, "")) for pair in item.pairs)
    return ItemView(item, response, rows=rows, rights=rights)


def _branching(item: Item, shown: Shown, response: dict[str, str]) -> ItemView:
    taken = tuple(
        TakenStep(branch.prompt, option.text)
        for branch in item.branches
        if (option := branch.option(response.get(branch.id, "")))
    )
    asked = next_branch(item, response)
    branch = item.branch(asked) if asked else None
    order = tuple(one.split(".", 1)[1] for one in shown.options if one.split(".", 1)[0] == asked)
    options = _in_order(branch.options, order) if branch else ()
    return ItemView(item, response, options=options, taken=taken, branch=branch)


def given(item: Item, data: QueryDict) -> Any:
    """The answer in a posted form, as `core.marking.understand` takes it; None where nothing was chosen."""
    if item.kind == "single":
        return data.get("answer")
    if item.kind == "multiple":
        return data.getlist("answer")
    if item.kind == "matching":
        return {pair.id: data[f"pair-{pair.id}"] for pair in item.pairs if data.get(f"pair-{pair.id}")}
    if item.kind == "branching":
        return {data["branch"]: data["answer"]} if data.get("branch") and data.get("answer") else None
    order = [one for one in data.get("order", "").split(",") if one]
    return _moved(order, data.get("move", ""))


def _moved(order: list[str], move: str) -> list[str]:
    """The order after `id:up` or `id:down`."""
    step, _, direction = move.partition(":")
    if step not in order or direction not in {"up", "down"}:
        return order
    at = order.index(step)
    to = max(at - 1, 0) if direction == "up" else min(at + 1, len(order) - 1)
    order.insert(to, order.pop(at))
    return order
