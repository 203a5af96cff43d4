"""Putting on record what was done another way, at the instant that was drawn for it: every minute by the schedule."""

from upstander.actions.another_way import record_due
from upstander.core.days import Moment
from upstander.jobs.clock import now


def run(moment: Moment | None = None) -> int:
    """How many requests it settled, as of now or of the given moment."""
    return record_due(moment or now())
