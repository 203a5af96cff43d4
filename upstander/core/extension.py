"""Whether a wished due date lies within a programme's limits, and whether it is granted at once (row B17)."""

from datetime import date, timedelta

from upstander.core.errors import Refusal
from upstander.core.programme import ExtensionLimits


def is_granted_at_once(limits: ExtensionLimits, first_due_on: date, due_on: date, to_on: date, day: date) -> bool:
    """True where no officer is needed; `first_due_on` is the due date as it would be without any extension.

    Refuses what moves nothing later (`extension-shortens` {due_on}), a day that is over (`extension-over`), and what is
    beyond the most that the programme grants (`extension-too-long` {latest}).
    """
    if to_on <= due_on:
        raise Refusal("extension-shortens", {"due_on": due_on.isoformat()})
    if to_on < day:
        raise Refusal("extension-over", {"field": "to_on"})
    latest = latest_day(limits, first_due_on)
    if latest is not None and to_on > latest:
        raise Refusal("extension-too-long", {"latest": latest.isoformat()})
    return to_on <= first_due_on + timedelta(days=limits.automatic_days)


def latest_day(limits: ExtensionLimits, first_due_on: date) -> date | None:
    """The last day that can be asked for; None where the programme sets no limit."""
    return first_due_on + timedelta(days=limits.most_days) if limits.most_days else None
