"""What an assessment is made of: items of five kinds, and the blueprint by which a form is drawn from them."""

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, field

KINDS = ("single", "multiple", "matching", "ordering", "branching")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen, with what is said about it afterwards; `next` names the branch it leads to.

    `variants` holds what is said besides to readers of each duty to report, where it depends on it.
    """

    id: str
    text: str
    correct: bool
    feedback: str
    next: str = ""
    variants: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Pair:
    """A left side and the right side that belongs to it; the feedback is for a wrong partner of this left side."""

    id: str
    left: str
    right: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a sequence; the feedback says why it stands where it stands."""

    id: str
    text: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Branch:
    """One decision of a story that goes on when it was taken rightly."""

    id: str
    prompt: str
    options: tuple[Choice, ...]

    def option(self, option_id: str) -> Choice | None:
        return next((option for option in self.options if option.id == option_id), None)


@dataclass(frozen=True, slots=True)
class Item:
    """One question of the bank; which of the last four fields is filled follows from `kind`.

    `partial` is true only where the item itself says that a partly right answer counts in part.
    """

    id: str
    objective: str
    kind: str
    stem: str
    page: str
    difficulty: int = 1
    partial: bool = False
    options: tuple[Choice, ...] = ()
    pairs: tuple[Pair, ...] = ()
    steps: tuple[Step, ...] = ()
    branches: tuple[Branch, ...] = ()

    def branch(self, branch_id: str) -> Branch | None:
        return next((branch for branch in self.branches if branch.id == branch_id), None)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a blueprint: draw `count` items of this objective and these kinds."""

    objective: str
    kinds: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One item of a drawn form and the ids of its parts in the order in which they are shown.

    For `branching` the ids read `branch.option`; for `matching` they are the right sides, for `ordering` the steps.
    """

    item: str
    options: tuple[str, ...] = ()

    def as_json(self) -> dict:
        return {"item": self.item, "options": list(self.options)}

    @classmethod
    def of(cls, row: Mapping) -> "Shown":
        return cls(item=row["item"], options=tuple(row["options"]))


@dataclass(frozen=True, slots=True)
class Assessment:
    """A bank, the blueprint of its forms and the percentage that passes."""

    bank: Mapping[str, Item] = field(default_factory=dict)
    blueprint: tuple[Line, ...] = ()
    pass_percent: int = 80

    @property
    def length(self) -> int:
        """How many items a form has."""
        return sum(line.count for line in self.blueprint)

    def about(self, pages: Set[str]) -> "Assessment":
        """The part that asks about these pages: of each objective as many items as before, or as there are."""
        bank = {name: item for name, item in self.bank.items() if item.page in pages}
        asked = Counter[str]()
        for line in self.blueprint:
            asked[line.objective] += line.count
        there = Counter(item.objective for item in bank.values())
        lines = tuple(Line(name, KINDS, min(count, there[name])) for name, count in asked.items() if there[name])
        return Assessment(bank, lines, self.pass_percent)
