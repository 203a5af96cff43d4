"""The verb `course check`: every course in every language, and what is wrong with it."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from upstander.core.errors import Refusal
from upstander.delivery.native.lock import lock
from upstander.delivery.registry import DELIVERIES
from upstander.jobs.cli import output


def check(
    key: Annotated[list[str] | None, typer.Argument(help="courses to check; all where none is named")] = None,
    root: Annotated[Path | None, typer.Option(help="another content folder")] = None,
    json: Annotated[bool, typer.Option("--json", help="one object on stdout")] = False,
    lock_: Annotated[bool, typer.Option("--lock", help="write the editions down as published, if all is well")] = False,
) -> None:
    """Reads every course in every language and reports what is wrong, with file and line.

    Example: upstander course check core option-c --json
    """
    folder = root or Path(settings.CONTENT_ROOT)
    rows = [_row(delivery, one, folder) for delivery in DELIVERIES for one in delivery.course_keys(folder)]
    rows = [row for row in rows if not key or row["key"] in key]
    if not rows:
        raise Refusal("no-such-course", {"course": ", ".join(key or [str(folder)])})
    if json:
        output.emit({"courses": rows})
    else:
        _tell(rows)
    if any(row["problems"] for row in rows):
        raise typer.Exit(1)
    if lock_:
        for course, edition in lock(folder, [(row["key"], row["edition"]) for row in rows]):
            output.say(f"{course}: edition {edition} is locked")


def _row(delivery, key: str, folder: Path) -> dict:
    course, problems = delivery.check(folder, key, settings.INSTITUTION)
    return {
        "key": course.key,
        "edition": course.edition,
        "title": course.title,
        "minutes": course.minutes,
        "languages": list(course.languages),
        "sections": len(course.sections),
        "items": len(course.items),
        "objectives": len(course.objectives),
        "problems": [problem.as_json() for problem in problems],
    }


def _tell(rows: list[dict]) -> None:
    for row in rows:
        counts = f"{row['sections']} sections, {row['items']} items, {row['objectives']} objectives"
        output.say(f"{row['key']}: {row['title']} ({row['minutes']} min, {', '.join(row['languages'])}; {counts})")
        for problem in row["problems"]:
            output.say(f"  {problem['file']}:{problem['line']}: {problem['message']} [{problem['code']}]")
        if not row["problems"]:
            output.say("  nothing wrong")
