"""Working out a rehearsal that somebody asked for in the browser."""

from uuid import UUID

from upstander.actions.rehearsal_kept import work_out
from upstander.jobs import sending
from upstander.jobs.clock import now


def run(rehearsal_id: str) -> bool:
    """Plays the days and keeps the figures; false where there is nothing to do any more."""
    return work_out(UUID(rehearsal_id), now(), hours_matter=not sending.keeps_in_mailbox())
