"""Drawing a form from a bank, understanding an answer, marking it: exact, and the same for the same seed.

Rules of marking. `single`: the one right option. `multiple`: all right options and no other. `matching`: every left
side with its own right side. `ordering`: every step in its place. `branching`: every step of the story taken rightly.
An item counts one point, all or nothing; where the item says `partial`, `multiple`, `matching` and `ordering` count
the share of their parts that are right. All arithmetic is in whole numbers (row A14).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from random import Random
from typing import Any

from upstander.core.bank import Assessment, Item, Line, Shown
from upstander.core.errors import Refusal


@dataclass(frozen=True, slots=True)
class Mark:
    """What a form came to: points of points possible, whether that passes, and how many items were wholly right."""

    points: int
    possible: int
    passed: bool
    right: int
    total: int


def passes(points: int, possible: int, percent: int) -> bool:
    """True from exactly `percent` on: 80.0 % passes and 79.9 % does not (row A14)."""
    return possible > 0 and points * 100 >= percent * possible


def draw_form(assessment: Assessment, earlier: Iterable[Sequence[str]], seed: str) -> tuple[Shown, ...]:
    """A form by the blueprint: no item comes again before its line of the bank is used up (row A14).

    `earlier` are the item ids of this person's earlier forms. Refuses `bank-too-small` with the line's objective.
    """
    random = Random(seed)
    used = Counter(item for form in earlier for item in form)
    drawn: list[Item] = []
    for line in sorted(assessment.blueprint, key=lambda line: len(_fitting(assessment, line))):
        drawn += _draw_line(assessment, line, {item.id for item in drawn}, used, random)
    random.shuffle(drawn)
    return tuple(Shown(item.id, _shuffled(item, random)) for item in drawn)


def _fitting(assessment: Assessment, line: Line) -> list[Item]:
    bank = assessment.bank
    return [item for item in bank.values() if item.objective == line.objective and item.kind in line.kinds]


def _draw_line(assessment: Assessment, line: Line, taken: set[str], used: Counter, random: Random) -> list[Item]:
    pool = [item for item in _fitting(assessment, line) if item.id not in taken]
    if len(pool) < line.count:
        raise Refusal("bank-too-small", {"objective": line.objective, "needed": line.count, "there": len(pool)})
    random.shuffle(pool)
    return sorted(pool, key=lambda item: used[item.id])[: line.count]


def _shuffled(item: Item, random: Random) -> tuple[str, ...]:
    """The parts of an item in the order shown; steps are never shown in the right order by chance."""
    if item.kind == "branching":
        return tuple(
            f"{branch.id}.{option.id}"
            for branch in item.branches
            for option in random.sample(branch.options, len(branch.options))
        )
    parts = [part.id for part in item.options or item.pairs or item.steps]
    shown = random.sample(parts, len(parts))
    if item.kind == "ordering" and shown == parts and len(parts) > 1:
        shown = shown[1:] + shown[:1]
    return tuple(shown)


def understand(item: Item, given: Any) -> Any:
    """The answer as it is kept: an id, a list of ids, or a mapping of ids; None where nothing was chosen.

    Refuses `answer-not-understood` for ids that the item does not have or an order that is not one.
    """
    if not given:
        return None
    kept = {
        "single": _one_of,
        "multiple": _some_of,
        "matching": _pairing,
        "ordering": _order,
        "branching": _path,
    }[item.kind](item, given)
    if kept is None:
        raise Refusal("answer-not-understood", {"item": item.id})
    return kept


def _one_of(item: Item, given: Any) -> str | None:
    return given if given in [option.id for option in item.options] else None


def _some_of(item: Item, given: Any) -> list[str] | None:
    known = [option.id for option in item.options]
    return [one for one in known if one in given] if isinstance(given, list) and set(given) <= set(known) else None


def _pairing(item: Item, given: Any) -> dict[str, str] | None:
    known = {pair.id for pair in item.pairs}
    fits = isinstance(given, Mapping) and set(given) <= known and set(given.values()) <= known
    return dict(given) if fits else None


def _order(item: Item, given: Any) -> list[str] | None:
    fits = isinstance(given, list) and sorted(given) == sorted(step.id for step in item.steps)
    return list(given) if fits else None


def _path(item: Item, given: Any) -> dict[str, str] | None:
    fits = isinstance(given, Mapping) and all(
        (branch := item.branch(key)) and branch.option(value) for key, value in given.items()
    )
    return dict(given) if fits else None


def next_branch(item: Item, response: Mapping[str, str] | None) -> str | None:
    """The id of the step of the story that is asked next; None where the story has ended, well or not."""
    branch = item.branches[0] if item.branches else None
    while branch:
        chosen = branch.option((response or {}).get(branch.id, ""))
        if chosen is None:
            return branch.id
        branch = item.branch(chosen.next) if chosen.correct and chosen.next else None
    return None


def is_answered(item: Item, response: Any) -> bool:
    """True where nothing of the item is left open; a list of options counts from the first option on."""
    if not response:
        return False
    if item.kind == "matching":
        return len(response) == len(item.pairs)
    if item.kind == "branching":
        return next_branch(item, response) is None
    return True


def share(item: Item, response: Any) -> Fraction:
    """The part of the item's one point that this response earns, between 0 and 1."""
    right, of = _parts_right(item, response)
    if item.partial and item.kind in {"multiple", "matching", "ordering"}:
        return Fraction(max(right, 0), of) if response else Fraction(0)
    return Fraction(int(right == of))


def _parts_right(item: Item, response: Any) -> tuple[int, int]:
    if item.kind == "matching":
        return sum((response or {}).get(pair.id) == pair.id for pair in item.pairs), len(item.pairs)
    if item.kind == "ordering":
        right = [step.id for step in item.steps]
        return sum(a == b for a, b in zip(response or [], right, strict=False)), len(right)
    if item.kind == "branching":
        taken = [branch.option((response or {}).get(branch.id, "")) for branch in item.branches]
        return sum(bool(option and option.correct) for option in taken), len(taken)
    chosen = {response} if isinstance(response, str) else set(response or ())
    if item.kind == "single":
        return int(any(option.correct and {option.id} == chosen for option in item.options)), 1
    return sum((option.id in chosen) == option.correct for option in item.options), len(item.options)


def mark(items: Sequence[Item], responses: Mapping[str, Any], percent: int) -> Mark:
    """The mark of a form: unanswered items count nothing, and nothing is taken off."""
    shares = [share(item, responses.get(item.id)) for item in items]
    scale = lcm(1, *(one.denominator for one in shares))
    points, possible = int(sum(shares, Fraction(0)) * scale), len(items) * scale
    right = sum(one == 1 for one in shares)
    return Mark(points, possible, passes(points, possible, percent), right, len(items))
