"""The names behind the ids of stored reasons, for pages outside the learner's own."""

from upstander.core.programme import Programme
from upstander.delivery import catalogue
from upstander.models import Standing
from upstander.queries.naming import course_keys, group_names, part_names, unit_names
from upstander.words.reasons import Naming


def naming_of(programme: Programme, standing: Standing, lang: str) -> Naming:
    """The units, groups and courses that the standing's reasons speak of."""
    return Naming(
        units=unit_names(standing.reasons),
        groups=group_names(programme, lang),
        courses={key: catalogue.title_of(key, lang) for key in course_keys(standing.reasons)},
        parts=part_names(programme, lang),
    )
