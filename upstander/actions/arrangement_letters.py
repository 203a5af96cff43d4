"""Planning what is written about an arrangement: to the person, and to whoever helps; the gate asks again (law 4)."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from upstander.actions import outbox
from upstander.core.arrangement_letters import CALLED_OFF, CHANGED, MADE, REMINDER
from upstander.core.arrangements import PLANNED
from upstander.core.days import Moment
from upstander.core.session_letters import reminded_on, turn_of
from upstander.models import Arrangement

#: Further ahead than any run of closed days.
_AHEAD = timedelta(days=30)


def tell_made(found: Arrangement, moment: Moment) -> None:
    for person_id in _both(found):
        _plan(MADE, found, person_id, moment, str(found.sequence))


def tell_changed(found: Arrangement, helped_before: str | None, moment: Moment) -> None:
    """To both as it is now; whoever helped before and helps no more has it taken out of their calendar."""
    for person_id in _both(found):
        is_new = person_id == found.facilitator_id and person_id != helped_before
        _plan(MADE if is_new else CHANGED, found, person_id, moment, str(found.sequence))
    if helped_before and helped_before != found.facilitator_id:
        _plan(CALLED_OFF, found, helped_before, moment, str(found.sequence))


def tell_called_off(found: Arrangement, moment: Moment, said_by: str = "") -> None:
    """To both, but not to whoever said so themself."""
    for person_id in _both(found):
        if person_id != said_by:
            _plan(CALLED_OFF, found, person_id, moment, str(found.sequence))


def plan_arrangement_reminders(moment: Moment) -> int:
    """The reminders whose working day before has come; what was arranged that day or later needs none."""
    soon = Arrangement.objects.filter(
        Q(starts_at__gt=moment.at), state=PLANNED, starts_at__lt=moment.at + _AHEAD, person__vanished_on=None
    )
    planned = 0
    for found in soon:
        on = Moment.of(found.starts_at, settings.INSTITUTION_ZONE).day
        due_on = reminded_on(on, settings.CLOSED_DAYS)
        made_on = Moment.of(found.made_at, settings.INSTITUTION_ZONE).day
        if made_on < due_on <= moment.day:
            planned += sum(_plan(REMINDER, found, one, moment, turn_of(found.starts_at)) for one in _both(found))
    return planned


def _both(found: Arrangement) -> list[str]:
    return [one for one in (found.person_id, found.facilitator_id) if one]


def _plan(kind: str, found: Arrangement, person_id: str, moment: Moment, turn: str) -> bool:
    return outbox.plan(kind, person_id, found.programme_id, found.cycle, moment, turn, arrangement=found)
