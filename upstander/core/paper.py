"""An assessment on paper: what can be printed, the number of a sheet, and letters read back as answers (row A07).

Every answer of a sheet is written in capital letters: one letter, several, or one for each line. A story that goes on
as it is answered cannot be printed without telling its answers: on paper it is its first decision.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from upstander.core.bank import Assessment, Item, Line, Shown
from upstander.core.errors import Refusal
from upstander.core.marking import understand

#: 31 signs, a prime number of them; nobody confuses them aloud or in handwriting.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
#: So many signs are drawn, the last two check them.
DRAWN, CHECKS = 10, 2
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: What stands for a line that was left empty.
BLANK = "-"
_PRINTED = {"branching": "single"}


def on_paper(assessment: Assessment) -> Assessment:
    """The assessment as it can be printed and marked: the same blueprint, each story being its first decision."""
    bank = {name: _first_decision(item) for name, item in assessment.bank.items()}
    lines = tuple(
        Line(line.objective, tuple({_PRINTED.get(kind, kind): "" for kind in line.kinds}), line.count)
        for line in assessment.blueprint
    )
    return Assessment(bank, lines, assessment.pass_percent)


def _first_decision(item: Item) -> Item:
    if item.kind != "branching" or not item.branches:
        return item
    first = item.branches[0]
    return replace(item, kind="single", stem=f"{item.stem} {first.prompt}", options=first.options, branches=())


def numbered(drawn: str) -> str:
    """The number made of ten drawn signs: three groups of four, the last two signs being its check.

    Whatever one or two signs are read wrongly, and whichever two are swapped, it is no number any more.
    """
    values = [SIGNS.index(sign) for sign in drawn]
    plain = -sum(values) % 31
    weighed = sum(place * value for place, value in enumerate(values))
    # the two unknowns a (place 10) and b (place 11): a + b = plain, 10 a + 11 b = -weighed
    second = (-weighed - DRAWN * plain) % 31
    whole = drawn + SIGNS[(plain - second) % 31] + SIGNS[second]
    return "-".join(whole[start : start + 4] for start in range(0, len(whole), 4))


def number_of(typed: str) -> str:
    """The number as it is kept, however it was typed; refuses `sheet-number-wrong` where it checks out as none."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    if len(signs) != DRAWN + CHECKS or any(sign not in SIGNS for sign in signs):
        raise Refusal("sheet-number-wrong")
    values = [SIGNS.index(sign) for sign in signs]
    if sum(values) % 31 or sum(place * value for place, value in enumerate(values)) % 31:
        raise Refusal("sheet-number-wrong")
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))


def boxes(item: Item) -> int:
    """How many letters an answer to the item may have: lines, steps, options that can be ticked, or one."""
    return len(item.pairs or item.steps) or (len(item.options) if item.kind == "multiple" else 1)


def written(item: Item, text: str) -> str:
    """The letters of one answer as they are kept: capitals, no spaces; of several options in their order, once each.

    Empty boxes of lines are hyphens. Refuses `letters-wrong` {item} for what cannot be an answer to it.
    """
    signs = "".join(sign for sign in text.upper() if not sign.isspace() and sign not in ",;./")
    known, lines = LETTERS[: len(item.pairs or item.steps or item.options)], len(item.pairs or item.steps)
    if any(sign not in known + (BLANK if lines else "") for sign in signs) or len(signs) > boxes(item):
        raise Refusal("letters-wrong", {"item": item.id})
    if not lines:
        kept = "".join(sorted(set(signs)))
        if len(kept) < len(signs):
            raise Refusal("letters-wrong", {"item": item.id})
        return kept
    if signs.strip(BLANK) == "":
        return ""
    if len(signs) != lines or (item.steps and _twice(signs)):
        raise Refusal("letters-wrong", {"item": item.id})
    return signs


def _twice(signs: str) -> bool:
    given = signs.replace(BLANK, "")
    return len(set(given)) < len(given)


def response_of(item: Item, shown: Shown, letters: str) -> Any:
    """The answer that these letters stand for on this sheet, as `core.marking` marks it; None where it is blank."""
    if not letters:
        return None
    ids = [shown.options[LETTERS.index(sign)] if sign != BLANK else "" for sign in letters]
    if item.kind == "single":
        return understand(item, ids[0])
    if item.kind == "multiple":
        return understand(item, ids)
    if item.kind == "matching":
        pairs = zip(item.pairs, ids, strict=True)
        return understand(item, {pair.id: one for pair, one in pairs if one})
    return ids if "" in ids else understand(item, ids)


def responses_of(bank: Mapping[str, Item], form: Sequence[Shown], given: Mapping[str, str]) -> dict[str, Any]:
    """The answers of a whole sheet; items that the edition has no more are left out."""
    return {
        shown.item: response_of(bank[shown.item], shown, given.get(shown.item, ""))
        for shown in form
        if shown.item in bank
    }


def different(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """What two hands read differently, in the order of the first."""
    return [name for name in {**one, **other} if one.get(name, "") != other.get(name, "")]
