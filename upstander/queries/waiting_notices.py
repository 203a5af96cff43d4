"""What would go out for a programme if its sending were open: messages planned, and those due but not planned yet."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from upstander.core.decision import ACTIONABLE
from upstander.core.notices import ADDED, ASKING
from upstander.core.programme import Programme
from upstander.models import Notice, Standing
from upstander.models import Programme as Record
from upstander.queries.cases import is_disputed
from upstander.queries.messages import shown
from upstander.queries.standings import in_cycle


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many messages of each kind wait, and how many people who should be told have no e-mail address."""

    by_kind: Mapping[str, int]
    without_address: int

    @property
    def total(self) -> int:
        return sum(self.by_kind.values())


def waiting_notices(programme: Programme, day: date) -> Waiting:
    """The messages of the day's cycle that wait; each is decided again when it is sent, so fewer may go.

    While sending is open, none of those that did not go on their day (`messages.shown`).
    """
    cycle = programme.cycle_on(day).key
    planned = Notice.objects.filter(programme_id=programme.key, state="planned", planned_for_on__lte=day).order_by()
    if not programme.has_own_cycles:
        planned = planned.filter(cycle=cycle)
    planned = planned.exclude(is_disputed(), kind__in=ASKING)
    if Record.objects.filter(pk=programme.key, sending_opened_at__isnull=False).exists():
        planned = shown(planned)
    by_kind = Counter(dict(planned.values_list("kind").annotate(people=Count("pk"))))
    untold = _untold(programme.key, cycle, day)
    by_kind[ADDED] += untold.exclude(person__email="").count()
    kinds = {kind: people for kind, people in sorted(by_kind.items()) if people}
    return Waiting(kinds, untold.filter(person__email="").count())


def _untold(programme: str, cycle: str, day: date) -> QuerySet[Standing]:
    """Those whose window is open and to whom no first message went or is planned."""
    first = Notice.objects.filter(
        person_id=OuterRef("person_id"), programme_id=OuterRef("programme_id"), cycle=OuterRef("cycle"), kind=ADDED
    ).exclude(state="not-sent")
    can_act = Q(programme_id=programme, state__in=ACTIONABLE, opens_on__lte=day, person__vanished_on=None)
    can_act &= in_cycle(cycle)
    return Standing.objects.filter(can_act).filter(~Exists(first), ~is_disputed())
