"""The duties that a letter about them would tell of now: somebody's own, several of one person, or those of others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from upstander.core import notices as kinds
from upstander.core.decision import ACTIONABLE
from upstander.core.escalation import PERSON, Step, come, turn_of
from upstander.core.programme import Programme
from upstander.models import AdjustmentRecord, Appointment, Standing, UnitAdministrator
from upstander.queries.cases import is_disputed
from upstander.queries.readers import present, readers_of
from upstander.queries.roles import officers_of, with_units_below
from upstander.queries.standings import current, in_cycle
from upstander.queries.wording_things import Scope

#: So many people are named to one reader at most, and so many of the newest are looked through for readers.
MOST, LOOKED_THROUGH = 1_000, 300
#: A step that came at any time before stands for this looking.
_EVER = timedelta(days=36_500)


def duties(scope: Scope) -> QuerySet[Standing]:
    """The duties of this cycle in these programmes, of people who are on the roster."""
    found = Standing.objects.filter(current(list(scope.programmes), scope.moment.day), person__vanished_on=None)
    return found.select_related("person")


def duties_now(kind: str, scope: Scope) -> QuerySet[Standing]:
    """Those of which a letter of this kind would tell now, the newest first."""
    found = duties(scope).order_by("-pk")
    if kind == kinds.CONFIRMATION:
        return found.filter(state="satisfied")
    if kind == kinds.EXTENSION_GRANTED:
        return found.filter(has_extension())
    late_only = {"overdue"} if kind == kinds.OVERDUE else ACTIONABLE
    return found.filter(~is_disputed(), state__in=late_only, opens_on__lte=scope.moment.day)


def has_extension() -> Exists:
    """The condition on duties for which more time is in force that was not given in confidence."""
    given = AdjustmentRecord.objects.filter(
        Q(cycle=None) | Q(cycle=OuterRef("cycle")),
        person_id=OuterRef("person_id"), programme_id=OuterRef("programme_id"), kind="extension", ended_at=None,
    )  # fmt: skip
    return Exists(given.exclude(case__confidential=True))


def several_open(scope: Scope) -> QuerySet[Standing]:
    """The open duties of whoever has some in several of these programmes; one letter of a day would tell of them."""
    every = Standing.objects.filter(current(list(scope.programmes), scope.moment.day), ~is_disputed())
    every = every.filter(state__in=ACTIONABLE, opens_on__lte=scope.moment.day, person__vanished_on=None)
    other = every.filter(person_id=OuterRef("person_id")).exclude(programme_id=OuterRef("programme_id"))
    return every.filter(Exists(other)).select_related("person").order_by("-pk")


def missing_for(reader_id: str, scope: Scope) -> list[tuple[Standing, str]]:
    """The overdue duties of others of which this reader is told, each with the turn of the step that tells of it.

    By the steps of escalation that have come; what several of them tell of stands there for each.
    """
    supervised = Appointment.objects.filter(supervisor_id=reader_id).order_by().values("person_id")
    units = with_units_below(
        set(UnitAdministrator.objects.filter(person_id=reader_id).values_list("unit_id", flat=True))
    )
    found: list[tuple[Standing, str]] = []
    for rules in _telling(scope):
        near = _late(rules, scope)
        if reader_id not in officers_of(rules.key):
            near = near.filter(Q(person_id__in=supervised) | Q(unit_id__in=units))
        rows = list(near.exclude(person_id=reader_id)[:MOST])
        told = _told(rules, rows, scope)
        found += [(row, turn_of(step, row.due_on)) for row in rows for step, to in told[row.pk] if reader_id in to]
    return found[:MOST]


def readers_now(scope: Scope) -> list[str]:
    """Whom a letter about others would reach now, those of what became due last first."""
    found: dict[str, None] = {}
    for rules in _telling(scope):
        rows = list(_late(rules, scope)[:LOOKED_THROUGH])
        told = _told(rules, rows, scope)
        for row in rows:
            found |= dict.fromkeys(reader for _, to in told[row.pk] for reader in to if reader != row.person_id)
    there = present(found)
    return [reader for reader in found if reader in there]


def _telling(scope: Scope) -> Iterable[Programme]:
    """The programmes that tell others at all."""
    return (rules for rules in scope.programmes if any(step.to != PERSON for step in rules.escalation))


def _late(rules: Programme, scope: Scope) -> QuerySet[Standing]:
    """Who is overdue, in this cycle and in the one before it where that is due after its end; the latest date first."""
    cycle = rules.cycle_on(scope.moment.day)
    asked, before = in_cycle(cycle.key), rules.cycles.before(cycle)
    if before is not None:
        asked |= Q(cycle=before.key, due_on__gt=before.last_on)
    late = Standing.objects.filter(asked, ~is_disputed(), programme_id=rules.key, state="overdue", due_on__isnull=False)
    return late.filter(person__vanished_on=None).select_related("person").order_by("-due_on", "-pk")


def _told(rules: Programme, rows: Sequence[Standing], scope: Scope) -> dict[int, list[tuple[Step, Sequence[str]]]]:
    """For each of these duties the steps that have come, each with whom it tells; some queries for all of them."""
    day, found = scope.moment.day, defaultdict(list)
    wanted = {row.pk: come(rules.escalation, rules.grace_days, row.due_on, day, _EVER) for row in rows}
    for to, of in readers_of(rules.key).items():
        rows_of_step = [row for row in rows if to in wanted[row.pk]]
        named = of(rows_of_step, day) if rows_of_step else {}
        for row in rows_of_step:
            found[row.pk].append((wanted[row.pk][to], named.get(row.person_id, ())))
    return found
