"""What the sender must know of one notice beside the standing: the person, the cycle, the other messages about it."""

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings

from upstander.actions.notices import ASKING, zone_of
from upstander.core.days import Moment
from upstander.core.notices import ADDED, REMINDER, Circumstances, reminder_turn
from upstander.core.programme import Programme
from upstander.models import Notice, Person, Standing


def circumstances(
    notice: Notice, person: Person, standing: Standing | None, rules: Programme, moment: Moment, hours_matter: bool
) -> Circumstances:
    """Everything beside the standing's state that `core.notices.may_send` asks about, read in the claim."""
    others = list(
        Notice.objects.filter(person=person, programme_id=notice.programme_id, cycle=notice.cycle)
        .exclude(pk=notice.pk)
        .exclude(state="not-sent")
    )
    return Circumstances(
        address=person.email,
        at=moment.at,
        zone=zone_of(person.time_zone),
        person_present=person.vanished_on is None,
        cycle_current=_is_current(notice, standing, rules, moment),
        superseded=_is_superseded(notice, others, moment),
        due_still=_is_due_still(notice, others, standing, rules, moment),
        sending_open=notice.programme.sending_opened_at is not None,
        hours_matter=hours_matter,
        closed_days=settings.CLOSED_DAYS,
    )


def _is_current(notice: Notice, standing: Standing | None, rules: Programme, moment: Moment) -> bool:
    """Whether the cycle is the day's, or the one before it with a due date of its own after its end."""
    current = rules.cycle_on(moment.day)
    if notice.cycle == current.key:
        return True
    before = rules.cycles.before(current)
    if before is None or notice.cycle != before.key or standing is None or standing.due_on is None:
        return False
    return standing.due_on > before.last_on


def _is_superseded(notice: Notice, others: list[Notice], moment: Moment) -> bool:
    """Whether another message about the same cycle says it all: today's, a first letter still to go, a newer one."""
    if notice.kind == REMINDER:
        asking = [other for other in others if other.kind in ASKING]
        return any(
            _day_of(other) == moment.day if other.state != "planned" else _goes_before(other, notice)
            for other in asking
        )
    return any(other.kind == notice.kind and other.state != "planned" for other in others)


def _goes_before(other: Notice, notice: Notice) -> bool:
    if other.kind == ADDED:
        return True
    return (other.planned_for_on, str(other.pk)) > (notice.planned_for_on, str(notice.pk))


def _day_of(notice: Notice) -> date | None:
    """The institution's day on which the notice went, or is thought to have gone."""
    return notice.claimed_at.astimezone(ZoneInfo(settings.INSTITUTION_ZONE)).date() if notice.claimed_at else None


def _is_due_still(
    notice: Notice, others: list[Notice], standing: Standing | None, rules: Programme, moment: Moment
) -> bool:
    """Whether the plan still asks for this reminder; one that somebody asked for by hand needs no planned day."""
    asked_by_hand = notice.dedupe_key.rpartition(":")[2].startswith("asked-")
    if notice.kind != REMINDER or asked_by_hand or standing is None:
        return True
    went = [_day_of(other) for other in others if other.kind in ASKING]
    told_on = max((day for day in went if day), default=None)
    return reminder_turn(rules.reminders, standing.due_on, moment.day, told_on) is not None
