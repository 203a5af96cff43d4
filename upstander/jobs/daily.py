"""The night's work, one step after the other; safe to run again at any time."""

from datetime import date

from upstander.actions import standing
from upstander.jobs.clock import at_noon, now


def run(day: date | None = None) -> None:
    """Decides again every standing whose day has come, as of today or of the given day."""
    standing.run_due(now() if day is None else at_noon(day))
