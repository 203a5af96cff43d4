"""Planning the notices that are due, set by set, from the stored standings; the sender decides each again (law 4)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Contains

from upstander.core.days import Moment
from upstander.core.decision import ACTIONABLE
from upstander.core.escalation import PERSON
from upstander.core.notices import (
    ADDED,
    ASKING,
    CATCH_UP,
    CONFIRMATION,
    Due,
    Owed,
    Told,
    due_notices,
    next_in_hours,
)
from upstander.core.programme import Programme
from upstander.core.updates import CHANGED
from upstander.models import Completion, Notice, Standing
from upstander.queries.cases import is_disputed
from upstander.queries.completion import taken_here
from upstander.queries.standings import in_cycle

CHUNK = 5_000
#: A completion taken here that only later came to satisfy a duty is confirmed within these days.
NEWS_DAYS = 7


@dataclass(slots=True)
class Planned:
    """How many notices of each kind were planned, and how many people who should be told have no address."""

    by_kind: Counter = field(default_factory=Counter)
    without_address: int = 0

    def as_json(self) -> dict:
        return {**self.by_kind, "without_address": self.without_address}


def plan_due(programme: Programme, moment: Moment, hours_matter: bool = True) -> Planned:
    """Plans every notice of the programme that is due on the moment's day and is not planned yet.

    Safe to repeat. Queries grow with the chunks of what is due, not with the people. Reads the stored standings: run
    `actions.standing.run_due` before it.
    """
    planned = Planned()
    for among in asked_for(programme, moment):
        told = among.filter(_reachable())
        to_tell = among.filter(state__in=ACTIONABLE, opens_on__lte=moment.day).filter(
            ~_is_told(programme), ~is_disputed()
        )
        planned.without_address += to_tell.filter(person__vanished_on=None, person__email="").count()
        for rows in _chunks(told.filter(pk__in=to_tell.values("pk")), programme):
            planned.by_kind.update(_write(rows, programme, moment, hours_matter))
        for rows in _chunks(
            told.filter(_near_a_reminder(programme, moment), _is_told(programme), ~is_disputed(), state__in=ACTIONABLE),
            programme,
        ):
            planned.by_kind.update(_write(rows, programme, moment, hours_matter))
        for rows in _newly_satisfied(told, programme, moment):
            planned.by_kind.update(_write(rows, programme, moment, hours_matter))
    return planned


def asked_for(programme: Programme, moment: Moment) -> Iterator[QuerySet[Standing]]:
    """The current cycle, and of the one before it what is due after its end and so is still asked for."""
    current = programme.cycle_on(moment.day)
    yield Standing.objects.filter(in_cycle(current.key), programme_id=programme.key)
    before = programme.cycles.before(current)
    if before is not None:
        yield Standing.objects.filter(programme_id=programme.key, cycle=before.key, due_on__gt=before.last_on)


def _reachable() -> Q:
    return Q(person__vanished_on=None) & ~Q(person__email="")


def _about(*kinds: str) -> QuerySet[Notice]:
    return Notice.objects.filter(
        person_id=OuterRef("person_id"), programme_id=OuterRef("programme_id"), cycle=OuterRef("cycle"), kind__in=kinds
    ).order_by()


def _is_told(programme: Programme) -> Q:
    """Whether the first letter of the cycle is on its way or went; one that was stopped does not count.

    A duty that opened again for what changed in a course is told of anew: a letter of its present window counts.
    """
    letters = _about(ADDED).exclude(state="not-sent")
    if not programme.has_updates:
        return Q(Exists(letters))
    reopened = Q(Contains(Cast("reasons", TextField()), f'"{CHANGED}"'))
    return Q(Exists(letters), ~reopened) | Q(Exists(letters.filter(planned_for_on__gte=OuterRef("opens_on"))))


def _near_a_reminder(programme: Programme, moment: Moment) -> Q:
    """A coarse net: due dates one of whose reminders fell within the days that are still caught up."""
    near = Q(pk__in=[])
    late = (-step.days_late(programme.grace_days) for step in programme.escalation if step.to == PERSON)
    for before in (*programme.reminders, *late):
        turn = timedelta(days=before)
        near |= Q(due_on__range=(moment.day - CATCH_UP + turn, moment.day + turn))
    return near


def _with_told(standings: QuerySet[Standing], programme: Programme) -> QuerySet[Standing]:
    letters = _about(ADDED).values("kind").annotate(count=Count("pk")).values("count")
    last = _about(*ASKING).values("person_id").annotate(last=Max("planned_for_on")).values("last")
    return standings.select_related("person").annotate(
        is_told=_is_told(programme),
        told_on=Subquery(last),
        letters=Coalesce(Subquery(letters, output_field=IntegerField()), Value(0)),
        confirmed=Exists(_about(CONFIRMATION).exclude(state="not-sent")),
    )


def _chunks(standings: QuerySet[Standing], programme: Programme) -> Iterator[list[Standing]]:
    ordered, last = _with_told(standings, programme).defer("reasons").order_by("pk"), 0
    while rows := list(ordered.filter(pk__gt=last)[:CHUNK]):
        yield rows
        last = rows[-1].pk


def _newly_satisfied(standings: QuerySet[Standing], programme: Programme, moment: Moment) -> Iterator[list[Standing]]:
    """Standings satisfied by a course taken here in the last days; normally the completing transaction planned it."""
    since = moment.at - timedelta(days=NEWS_DAYS)
    recent = Completion.objects.filter(taken_here(), recorded_at__gt=since, retracted_at=None).order_by()
    for ids in _in_fives(recent.values_list("pk", flat=True).iterator(chunk_size=CHUNK)):
        satisfied = standings.filter(state="satisfied", satisfied_kind="completion", satisfied_ref__in=ids)
        yield list(_with_told(satisfied, programme))


def _in_fives(ids: Iterable[object]) -> Iterator[list[str]]:
    some: list[str] = []
    for one in ids:
        some.append(str(one))
        if len(some) == 500:
            yield some
            some = []
    if some:
        yield some


def _write(rows: list[Standing], programme: Programme, moment: Moment, hours_matter: bool) -> Mapping[str, int]:
    new = [
        _row(standing, due, moment, hours_matter)
        for standing in rows
        for due in due_notices(_owed(standing), _told(standing), programme.plan, moment.day)
    ]
    Notice.objects.bulk_create(new, batch_size=1_000, ignore_conflicts=True)
    return Counter(notice.kind for notice in new)


def _owed(standing: Standing) -> Owed:
    return Owed(standing.state, standing.opens_on, standing.due_on, taken_here=standing.satisfied_kind == "completion")


def _told(standing: Standing) -> Told:
    return Told(standing.told_on, standing.is_told, standing.confirmed)


def _row(standing: Standing, due: Due, moment: Moment, hours_matter: bool) -> Notice:
    turn = str(standing.letters + 1) if due.kind == ADDED else due.turn
    asks_in_hours = hours_matter and due.kind in ASKING
    return Notice(
        dedupe_key=f"{due.kind}:{standing.person_id}:{standing.programme_id}:{standing.cycle}:{turn}",
        kind=due.kind,
        person_id=standing.person_id,
        programme_id=standing.programme_id,
        cycle=standing.cycle,
        planned_for_on=moment.day,
        planned_at=moment.at,
        retry_at=opening(moment.at, zone_of(standing.person.time_zone)) if asks_in_hours else None,
    )


@lru_cache(maxsize=1_000)
def opening(at: datetime, zone: str) -> datetime:
    return next_in_hours(at, zone, settings.CLOSED_DAYS)


@lru_cache(maxsize=1_000)
def zone_of(name: str) -> str:
    """The person's own time zone, or the institution's where none (or no real one) is on record."""
    try:
        return ZoneInfo(name).key if name else settings.INSTITUTION_ZONE
    except (OSError, ValueError):
        return settings.INSTITUTION_ZONE
