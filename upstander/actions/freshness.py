"""Bringing standings whose day has come up to date before they are counted (law 1)."""

from upstander.actions import standing
from upstander.core.days import Moment
from upstander.models import Standing
from upstander.queries.programmes import all_published
from upstander.queries.standings import current

#: More than these are left to the nightly run: a page says so rather than keep its reader waiting.
DUE_AT_ONCE = 2_000


def bring_up_to_date(moment: Moment) -> int:
    """Decides again the standings whose day has come; how many are left for the nightly run (nearly always 0)."""
    due = Standing.objects.filter(current(all_published(), moment.day), next_change_on__lte=moment.day)
    count = due.order_by()[: DUE_AT_ONCE + 1].count()
    if count > DUE_AT_ONCE:
        return due.count()
    if count:
        standing.run_due(moment)
    return 0
