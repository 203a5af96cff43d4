"""Days on the command line: civil days that can be meant."""

import re
from datetime import date

import typer

from upstander.core.roster_values import FIRST_YEAR, LAST_YEAR


def day_of(text: str) -> date:
    """The day written YYYY-MM-DD; bad usage for anything else, and for a year that cannot be meant."""
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise typer.BadParameter(f"{text!r} is no day written YYYY-MM-DD between {FIRST_YEAR} and {LAST_YEAR}")
    return day
