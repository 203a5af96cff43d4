"""On which days people were told of a duty: letters that asked for it, were delivered, and did not come back.

Read only for programmes that ask for a minimum of notice; for all others it has no say, and nothing is asked.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from upstander.core.facts import Notified
from upstander.core.notices import ASKING
from upstander.core.programme import Programme
from upstander.models import Notice
from upstander.queries.programmes import all_published, in_force
from upstander.queries.rows import among


def heard_of(programmes: Iterable[Programme | None]) -> frozenset[str]:
    """The keys of those of these programmes for which the day of the first letter is a fact."""
    return frozenset(rules.key for rules in programmes if rules and rules.minimum_notice_days)


def heard_of_published(known_at: datetime | None) -> frozenset[str]:
    """The same of every programme that was published before the instant (None: that is in force)."""
    return heard_of(in_force() if known_at is None else all_published(known_at))


def notified(
    ids: Sequence[str], programmes: Collection[str], known_at: datetime | None = None
) -> dict[str, tuple[Notified, ...]]:
    """The days of these people, in order, as they were known before the instant; one query, none for no programme.

    A letter that came back before the instant told nobody anything.
    """
    if not programmes:
        return {}
    where, param = among("upstander_notice.person_id", ids)
    rows = Notice.objects.filter(_delivered(known_at), programme_id__in=sorted(programmes), kind__in=ASKING).order_by()
    zone = ZoneInfo(settings.INSTITUTION_ZONE)
    found: dict[str, set[Notified]] = defaultdict(set)
    told = rows.extra(where=[where], params=[param]).values_list("person_id", "programme_id", "cycle", "sent_at")
    for person_id, programme, cycle, at in told.iterator():
        found[person_id].add(Notified(programme, cycle, at.astimezone(zone).date()))
    return {person_id: tuple(sorted(days)) for person_id, days in found.items()}


def _delivered(known_at: datetime | None) -> Q:
    """Sent, and neither it nor the letter that carried it had come back."""
    if known_at is None:
        return Q(state="sent", sent_at__isnull=False, bounced_at=None, went_with__bounced_at=None)
    stays = Q(bounced_at=None) | Q(bounced_at__gte=known_at)
    carried = Q(went_with__bounced_at=None) | Q(went_with__bounced_at__gte=known_at)
    return Q(stays, carried, state="sent", sent_at__lt=known_at)
