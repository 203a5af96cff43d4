"""The names behind the ids of stored reasons, for every page that tells why."""

from collections.abc import Collection, Mapping

from upstander.core.programme import Programme
from upstander.delivery import catalogue
from upstander.queries.naming import course_keys, group_names, part_names, unit_names
from upstander.words.reasons import Naming


def naming_of(
    programme: Programme, reasons: Collection[Mapping], lang: str, units: Mapping[str, str] | None = None
) -> Naming:
    """The units, groups, parts and courses that these reasons speak of; `units` where their names are read already."""
    return Naming(
        units=unit_names(reasons) if units is None else units,
        groups=group_names(programme, lang),
        courses={key: catalogue.title_of(key, lang) for key in course_keys(reasons)},
        parts=part_names(programme, lang),
    )
