"""The verbs `course editions` and `course adopt`: which editions of a course there are, and taking a shipped one."""

from datetime import date
from typing import Annotated

import typer
from django.conf import settings

from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.jobs.cli import output
from upstander.jobs.clock import now
from upstander.jobs.courses import record_courses
from upstander.models import CourseEdition
from upstander.queries.course_editions import editions_of, newest_editions

Key = Annotated[str, typer.Argument(metavar="KEY", help="the course")]


def editions(
    key: Key, json: Annotated[bool, typer.Option("--json", help="one object an edition and line on stdout")] = False
) -> None:
    """Lists the editions of a course: when each was published, how its change weighs, which pages it changed.

    Example: upstander course editions core --json
    """
    rows = editions_of(key)
    if not rows:
        raise Refusal("no-such-course", {"course": key})
    for row in rows:
        if json:
            output.emit(_as_json(row))
        else:
            _tell(row)


def _day(row: CourseEdition) -> date:
    return Moment.of(row.published_at, settings.INSTITUTION_ZONE).day


def _as_json(row: CourseEdition) -> dict:
    return {
        "course": row.course_key,
        "edition": row.edition,
        "origin": row.origin,
        "published_on": _day(row),
        "published_by": row.published_by,
        "reviewed_by": row.reviewed_by,
        "change": row.change,
        "says": row.says,
        "pages": row.pages,
        "digest": row.digest,
    }


def _tell(row: CourseEdition) -> None:
    weight = row.change or "first"
    output.show(f"{row.edition}  {_day(row)}  {row.origin}  {weight}")
    for words in row.says.values():
        output.show(f"  {words}")
    for page in row.pages:
        output.show(f"  {page}")


def adopt(key: Key) -> None:
    """Takes the edition of a course that came with the program, where the institution has written one of its own.

    Example: upstander course adopt core
    """
    if key not in newest_editions():
        raise Refusal("no-such-course", {"course": key})
    if not record_courses(now(), output.say, adopt=[key]):
        output.say(f"{key}: nothing new came with the program.")
