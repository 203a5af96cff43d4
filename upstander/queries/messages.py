"""The messages of a programme as its officers read them: by kind and outcome, and why some did not go.

What was answered in confidence belongs to no programme and is in none of these.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from upstander.core.notices import AGAIN
from upstander.models import Notice

#: The outcomes in the order of a list: what wants a hand first.
OUTCOMES = ("unknown", "failed", "planned", "claimed", "sent", "not-sent")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many messages of the programme there are by kind, by outcome, and of those not sent by reason."""

    by_kind: dict[str, int]
    by_outcome: dict[str, int]
    by_reason: dict[str, int]


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
    """The figures for the filters; three small queries."""
    rows = _of(programme).order_by()
    reasons = rows.filter(state__in=("not-sent", "failed")).exclude(not_sent_reason="")
    return Counts(_counted(rows, "kind"), _counted(rows, "state"), _counted(reasons, "not_sent_reason"))


def besides(person_id: str, programmes: Collection[str]) -> QuerySet[Notice]:
    """Messages to a person beside those of their standings: of these programmes without a cycle, or of none.

    Answers to what somebody asked are among them only where they belong to one of these programmes.
    """
    mine = Q(programme_id__in=list(programmes), cycle="") | Q(programme=None, case=None)
    found = Notice.objects.filter(mine, person_id=person_id, about=None).exclude(case__confidential=True)
    return with_again(found).order_by("-planned_at", "pk")


def _of(programme: str) -> QuerySet[Notice]:
    return Notice.objects.filter(programme_id=programme).exclude(case__confidential=True)


def _counted(rows: QuerySet[Notice], name: str) -> dict[str, int]:
    return dict(rows.values_list(name).annotate(number=Count("pk")).order_by("-number", name))
