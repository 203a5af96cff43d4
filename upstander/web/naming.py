"""The names behind the ids of stored reasons, for pages outside the learner's own."""

from upstander.core.errors import Refusal
from upstander.core.programme import Programme
from upstander.delivery import catalogue
from upstander.models import Standing
from upstander.queries.naming import group_names, unit_names
from upstander.words.reasons import Naming


def course_title(course_key: str, lang: str) -> str:
    """The course's title; its key where it is not installed, as an earlier training may not be."""
    try:
        return catalogue.course(course_key, lang).title
    except Refusal:
        return course_key


def naming_of(programme: Programme, standing: Standing, lang: str) -> Naming:
    """The units, groups and courses that the standing's reasons speak of."""
    courses = {reason["facts"].get("course") for reason in standing.reasons} - {None, ""}
    return Naming(
        units=unit_names(standing.reasons),
        groups=group_names(programme, lang),
        courses={key: course_title(key, lang) for key in courses},
    )
