"""The messages of a programme as its officers read them: by kind and outcome, and why some did not go.

What was answered in confidence belongs to no programme and is in none of these. Of a letter that asks for something
nobody reads here that it waits, or was stopped, past the day for which it was planned: it may have been put off in
confidence, and while its neighbours went, its row would tell (row B15).
"""

from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, TruncDate

from upstander.core.notices import AGAIN, MAY_BE_PUT_OFF
from upstander.models import Notice

#: The outcomes in the order of a list: what wants a hand first.
OUTCOMES = ("unknown", "failed", "planned", "claimed", "sent", "not-sent")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many messages of the programme there are by kind, by outcome, and of those not sent by reason."""

    by_kind: dict[str, int]
    by_outcome: dict[str, int]
    by_reason: dict[str, int]


def shown(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Those of these that others than their reader may know of.

    A letter that asks and did not go on its day is left out while it waits, and for good where it was stopped later;
    for which reason makes no difference, so that its absence names none.
    """
    waits_until = TruncDate("retry_at", tzinfo=ZoneInfo(settings.INSTITUTION_ZONE))
    past_its_day = Q(retry_at__isnull=False, waits_until_on__gt=F("planned_for_on"))
    left_out = past_its_day & Q(kind__in=MAY_BE_PUT_OFF, state__in=("planned", "not-sent"))
    return notices.exclude(case__confidential=True).alias(waits_until_on=waits_until).exclude(left_out)


def messages_of(programme: str, kind: str = "", outcome: str = "") -> QuerySet[Notice]:
    """The programme's messages, newest first, of one kind or outcome where asked; `is_again` where sent once more."""
    found = _of(programme).select_related("person", "about")
    if kind:
        found = found.filter(kind=kind)
    if outcome:
        found = found.filter(state=outcome)
    return with_again(found).order_by("-planned_at", "pk")


def with_again(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """The notices, each saying whether another one went or will go in its place, or in that of what it carried."""
    once_more = Notice.objects.filter(dedupe_key=Concat(Value(AGAIN), OuterRef("dedupe_key"))).order_by()
    carried = Notice.objects.filter(Exists(once_more), went_with=OuterRef("pk")).order_by()
    return notices.annotate(is_again=Exists(once_more) | Exists(carried))


def counts_of(programme: str) -> Counts:
    """The figures for the filters; three small queries, of the letters that are shown and of no other."""
    rows = _of(programme).order_by()
    reasons = rows.filter(state__in=("not-sent", "failed")).exclude(not_sent_reason="")
    return Counts(_counted(rows, "kind"), _counted(rows, "state"), _counted(reasons, "not_sent_reason"))


def besides(person_id: str, programmes: Collection[str]) -> QuerySet[Notice]:
    """Messages to a person beside those of their standings: of these programmes without a cycle, or of none.

    Answers to what somebody asked are among them only where they belong to one of these programmes.
    """
    mine = Q(programme_id__in=list(programmes), cycle="") | Q(programme=None, case=None)
    return with_again(shown(Notice.objects.filter(mine, person_id=person_id, about=None))).order_by("-planned_at", "pk")


def _of(programme: str) -> QuerySet[Notice]:
    return shown(Notice.objects.filter(programme_id=programme))


def _counted(rows: QuerySet[Notice], name: str) -> dict[str, int]:
    return dict(rows.values_list(name).annotate(number=Count("pk")).order_by("-number", name))
