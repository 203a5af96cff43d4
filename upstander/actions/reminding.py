"""A department reminds its people who are open: planned here, decided again by the sender (law 4)."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from upstander.actions.outbox import plan
from upstander.core.days import Moment
from upstander.core.decision import ACTIONABLE
from upstander.core.errors import Refusal
from upstander.models import AuditLine, Notice, Programme, Standing
from upstander.queries.cases import is_disputed

#: Nobody is reminded twice within these days, whoever asks.
QUIET_DAYS = 3
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Effect:
    """What asking would do: `to_remind` people, with their cycle, get a reminder; the others get none."""

    to_remind: tuple[tuple[str, str], ...]
    reminded_lately: int
    without_address: int
    sending_is_open: bool


def effect(programme: str, standings: QuerySet[Standing], moment: Moment) -> Effect:
    """Who of these people would be reminded now; nothing is written.

    A reminder that waits for longer than the quiet days counts no more: why it waits is nobody's business here.
    """
    since = moment.at - timedelta(days=QUIET_DAYS)
    lately = Notice.objects.filter(
        person_id=OuterRef("person_id"), programme_id=programme, cycle=OuterRef("cycle"), kind="reminder"
    ).filter(Q(state__in=("planned", "claimed"), planned_at__gt=since) | Q(sent_at__gt=since))
    can_act = standings.filter(~is_disputed(), state__in=ACTIONABLE).annotate(lately=Exists(lately))
    rows = list(can_act.order_by("person_id").values_list("person_id", "cycle", "person__email", "lately"))
    return Effect(
        to_remind=tuple((person, cycle) for person, cycle, email, quiet in rows if email and not quiet),
        reminded_lately=sum(1 for _, _, email, quiet in rows if email and quiet),
        without_address=sum(1 for _, _, email, _ in rows if not email),
        sending_is_open=Programme.objects.filter(pk=programme, sending_opened_at__isnull=False).exists(),
    )


@transaction.atomic
def remind(programme: str, cycle: str, standings: QuerySet[Standing], moment: Moment, by: str) -> int:
    """Plans one reminder for each of these people who can act and was not reminded lately; how many are new.

    Refusals: sending-closed, too-many-at-once.
    """
    Programme.objects.select_for_update().get(pk=programme)
    found = effect(programme, standings, moment)
    if not found.sending_is_open:
        raise Refusal("sending-closed", {"programme": programme})
    if len(found.to_remind) > AT_ONCE:
        raise Refusal("too-many-at-once", {"people": len(found.to_remind), "at_most": AT_ONCE})
    turn = f"asked-{moment.day.isoformat()}"
    planned = sum(plan("reminder", person, programme, its, moment, turn) for person, its in found.to_remind)
    AuditLine.objects.create(
        at=moment.at,
        actor=by,
        verb="remind",
        subject=f"programme:{programme}",
        data={"cycle": cycle, "people": planned},
    )
    return planned
