"""Whether a stored standing is what deciding gives: the comparison, and a sample that a seed gives again."""

import json
from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from upstander.core.decision import Decision

#: What is compared, by its name in `Decision.as_json`.
COMPARED = ("cycle", "state", "group", "opens_on", "due_on", "satisfied_by", "reasons", "next_change_on")
#: Of these a difference shows both values; how somebody met a duty, and why, is named and not shown.
SHOWN = ("cycle", "state", "group", "opens_on", "due_on", "next_change_on")


def differing_columns(stored: Mapping[str, Any], decision: Decision) -> list[str]:
    """The columns in which the stored standing (in the form of `Decision.as_json`) is not the decision."""
    decided = json.loads(json.dumps(decision.as_json()))
    kept = json.loads(json.dumps(dict(stored)))
    return [name for name in COMPARED if kept.get(name) != decided.get(name)]


def draws(seed: str, lowest: int, highest: int, how_many: int) -> Iterable[list[int]]:
    """Batches of numbers between the two, both included, the same ones for the same seed; without end."""
    chance = Random(seed)
    while True:
        yield [chance.randint(lowest, highest) for _ in range(how_many)]


def sampled(seed: str, numbers: list[int], count: int) -> list[int]:
    """So many of the numbers (all, where there are no more), in ascending order."""
    return sorted(numbers if len(numbers) <= count else Random(seed).sample(numbers, count))
