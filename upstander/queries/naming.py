"""The names behind the ids that reasons carry."""

from collections.abc import Iterable, Mapping

from upstander.core.programme import Programme
from upstander.models import Unit


def unit_names(reasons: Iterable[Mapping]) -> dict[str, str]:
    """Names of the units that the reasons (as stored) speak of; one query, none where there is no unit."""
    ids = {reason["facts"].get("unit") for reason in reasons} - {None, ""}
    return dict(Unit.objects.filter(pk__in=ids).values_list("id", "name")) if ids else {}


def course_keys(reasons: Iterable[Mapping]) -> set[str]:
    """The courses that the reasons (as stored) speak of."""
    return {reason["facts"].get(fact) for reason in reasons for fact in ("course", "counts_as")} - {None, ""}


def group_names(programme: Programme, lang: str) -> dict[str, str]:
    """Titles of a programme's groups in the language."""
    return {group.key: group.title.get(lang) or group.title["en"] for group in programme.groups}


def part_names(programme: Programme, lang: str) -> dict[str, str]:
    """Titles of the parts of a programme's requirement in the language."""
    return {part.key: part.title.get(lang) or part.title["en"] for part in programme.requirement.every() if part.key}
