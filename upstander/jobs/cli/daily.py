"""`upstander daily`: the night's work by hand."""

from datetime import datetime
from typing import Annotated

import typer

from upstander.jobs import daily as nightly


def daily(
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Act as of this day; else today.")] = None,
) -> None:
    """Does the night's work now: decides what the day changes, plans notices, takes the figures.

    Example: upstander daily --day 2027-02-01
    """
    nightly.run(None if day is None else day.date())
