"""The verb `snapshot`: the official figures of a night."""

from datetime import date
from typing import Annotated

import typer

from upstander.actions.snapshot import Taken, take, verify
from upstander.jobs import clock
from upstander.jobs.cli import output
from upstander.jobs.cli.days import day_of


def snapshot(
    day: Annotated[
        date | None, typer.Option(parser=day_of, metavar="DAY", help="A past day: check that its figures still hold.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Machine output on stdout.")] = False,
) -> None:
    """Take today's official figures, or check those of a past day. Example: upstander snapshot --day 2026-11-22"""
    moment = clock.now()
    asked = day or moment.day
    taken = take(moment) if asked == moment.day else verify(asked)
    if as_json:
        output.emit({"day": taken.day, "rows": taken.row_count, "digest": taken.digest, "new": taken.is_new})
        return
    output.show(_said(taken))


def _said(taken: Taken) -> str:
    begun = "Taken" if taken.is_new else "Unchanged"
    return f"{begun}: official figures of {taken.day.isoformat()}, {taken.row_count} rows, digest {taken.digest[:16]}…"
