"""Courses that count as another: directed, dated and limited by the programme's rules (row A10)."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from upstander.core.decision import Reason
from upstander.core.facts import Completion
from upstander.core.fulfilment import Item
from upstander.core.programme import Cycle, Programme
from upstander.core.requirement import Equivalency


def rule_miss(rule: Equivalency, completion: Completion, cycle: Cycle) -> Reason | None:
    """Why the rule does not take this completion; None if it does."""
    carried = {"course": completion.course_key, "on": completion.completed_on.isoformat()}
    if rule.from_on and completion.completed_on < rule.from_on:
        return Reason("equivalency-too-early", {**carried, "from_on": rule.from_on.isoformat()})
    if rule.to_on and completion.completed_on > rule.to_on:
        return Reason("equivalency-too-late", {**carried, "to_on": rule.to_on.isoformat()})
    if rule.cycles and cycle.key not in rule.cycles:
        return Reason("equivalency-other-cycle", carried)
    return None


def rules_for(programme: Programme, course_key: str) -> list[Equivalency]:
    """The rules that speak of a course."""
    return [rule for rule in programme.equivalencies if rule.course_key == course_key]


def choices(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Every way to use the equivalencies within their limits, most of them first; mostly there is one, to use all.

    Which options are met by rule may matter to a nested requirement, so all ways are tried and the kindest one counts.
    """
    if not any(item.rule and item.rule.at_most for item in items):
        yield list(items)
        return
    by_rule = sorted({item.course for item in items if item.rule})
    for size in range(len(by_rule), -1, -1):
        for chosen in combinations(by_rule, size):
            yield [item for item in items if _is_used(item, chosen)]


def _is_used(item: Item, chosen: tuple[str, ...]) -> bool:
    if item.rule is None:
        return True
    return item.course in chosen and (item.rule.at_most is None or len(chosen) <= item.rule.at_most)


def beyond_limit(items: Sequence[Item], used: Sequence[Item]) -> list[Reason]:
    """A reason for every course that was left out because enough others had counted by rule."""
    left_out = [item for item in items if item.rule and item.rule.at_most and item not in used]
    return [
        Reason("equivalency-limit", {"course": i.taken, "on": i.on.isoformat(), "at_most": i.rule.at_most})
        for i in left_out
        if i.rule
    ]
