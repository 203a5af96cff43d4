"""The names behind the ids that rules carry."""

from collections.abc import Sequence

from upstander.core.conditions import Condition, tests_of
from upstander.core.programme import Programme
from upstander.models import Unit


def unit_names_in(versions: Sequence[Programme]) -> dict[str, str]:
    """Names of the units that the conditions of these versions speak of; one query, none where there is no unit."""
    ids = {
        unit
        for rules in versions
        for condition in _conditions(rules)
        for test in tests_of(condition)
        if test.key == "unit_within"
        for unit in test.wanted
    }
    return dict(Unit.objects.filter(pk__in=ids).values_list("id", "name")) if ids else {}


def _conditions(rules: Programme) -> list[Condition]:
    parts = [part for outer in rules.parts for part in outer.every()]
    holders = (*rules.routes, *rules.groups, *parts, *rules.recommendations)
    return [holder.when for holder in holders if holder.when is not None]
