"""What would go out for a programme if its sending were open: the messages that are planned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from upstander.core.programme import Programme
from upstander.models import Notice


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many messages of each kind wait, and how many of those people have no e-mail address."""

    by_kind: Mapping[str, int]
    without_address: int

    @property
    def total(self) -> int:
        return sum(self.by_kind.values())


def waiting_notices(programme: Programme, day: date) -> Waiting:
    """The planned messages of the day's cycle; each is decided again when it is sent, so fewer may go."""
    planned = Notice.objects.filter(
        programme_id=programme.key, cycle=programme.cycle_on(day).key, state="planned", planned_for_on__lte=day
    )
    kinds = planned.order_by().values("kind").annotate(people=Count("pk"), bare=Count("pk", filter=Q(person__email="")))
    rows = list(kinds.order_by("kind"))
    return Waiting({row["kind"]: row["people"] for row in rows}, sum(row["bare"] for row in rows))
