"""Stored standings decided again, one by one: any difference is an alarm until an officer has seen it (row C03)."""

import logging
import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, Min, Q, QuerySet

from upstander.actions import standing
from upstander.actions.locks import lock_person
from upstander.core.days import Moment
from upstander.core.decide import decide
from upstander.core.decision import SETTLED, Decision
from upstander.core.earlier_cycle import still_matters
from upstander.core.facts import PersonFacts
from upstander.core.programme import Programme
from upstander.core.recheck import SHOWN, differing_columns, draws, sampled
from upstander.core.recurrence import cycle_before, cycle_of
from upstander.models import AuditLine, Recheck, Standing
from upstander.queries.facts import facts_of, iter_facts
from upstander.queries.programmes import all_published, published
from upstander.queries.standings import current

log = logging.getLogger(__name__)
A_NIGHT = 1_000
#: Few enough that their facts are read by name, not by range.
AT_ONCE = 400
#: Numbers are drawn, not listed, where so many lie between the first and the last.
FEW = 100_000
ROUNDS = 200
#: So many differences are looked at again under the person's lock, and kept with what they are.
KEPT = 100
Tick = Callable[[int], None]


def recheck(
    moment: Moment, count: int = A_NIGHT, seed: str = "", every: bool = False, tick: Tick = lambda done: None
) -> Recheck:
    """Decides a random sample of the stored standings (or all) again by `decide()` and keeps what came out otherwise.

    What is due on the day is decided first. The same seed takes the same sample of the same record. A difference is
    looked at again under the person's lock, so that work going on beside it raises no alarm. Nothing is mended here.
    """
    standing.run_due(moment)
    seed = seed or secrets.token_hex(8)
    rules = {programme.key: programme for programme in all_published()}
    rows = _population(list(rules.values()), moment.day)
    checked, differing, kept = 0, 0, []
    for batch in _every(rows) if every else _in_batches(_sample(rows, seed, count)):
        for row in _otherwise(batch, rules, moment.day):
            difference = _confirmed(row, moment.day) if differing < KEPT else {}
            differing += difference is not None
            kept += [difference] if difference else []
        checked += len(batch)
        tick(checked)
    found = Recheck.objects.create(
        day=moment.day, at=moment.at, seed=seed, checked=checked, differing=differing, differences=kept
    )
    if differing:
        log.error("recheck %d: %d of %d stored standings are decided otherwise", found.pk, differing, checked)
    return found


def _population(programmes: list[Programme], day: date) -> QuerySet[Standing]:
    """The standings that are kept true: of the current cycles, and of those before that still matter to somebody."""
    wanted = current(programmes, day)
    for programme in programmes:
        if programme.has_own_cycles:
            continue
        before = programme.cycles.before(programme.cycle_on(day))
        if before is not None:
            live = Q(programme_id=programme.key, cycle=before.key, next_change_on__isnull=False)
            wanted |= live & ~Q(state__in=SETTLED)
    return Standing.objects.filter(wanted, decided_on__lte=day)  # a run as of a day to come decides ahead of today


def _sample(rows: QuerySet[Standing], seed: str, count: int) -> list[int]:
    """The numbers of a random sample; of a large record drawn without listing it."""
    ends = rows.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return []
    if ends["last"] - ends["first"] < FEW:
        return sampled(seed, list(rows.order_by("pk").values_list("pk", flat=True)), count)
    found: dict[int, None] = {}
    for _, drawn in zip(range(ROUNDS), draws(seed, ends["first"], ends["last"], AT_ONCE), strict=False):
        there = set(rows.filter(pk__in=drawn).values_list("pk", flat=True))
        found.update((number, None) for number in drawn if number in there)
        if len(found) >= count:
            break
    return sorted(list(found)[:count])


def _in_batches(numbers: Sequence[int]) -> Iterator[list[Standing]]:
    """The standings by person, so that facts are read along the roster."""
    people: list[tuple[str, int]] = []
    for start in range(0, len(numbers), AT_ONCE):
        rows = Standing.objects.filter(pk__in=numbers[start : start + AT_ONCE])
        people += list(rows.values_list("person_id", "pk"))
    people.sort()
    for start in range(0, len(people), AT_ONCE):
        yield list(Standing.objects.filter(pk__in=[number for _, number in people[start : start + AT_ONCE]]))


def _every(rows: QuerySet[Standing]) -> Iterator[list[Standing]]:
    """All of them, people after people."""
    last = ""
    while True:
        people = rows.filter(person_id__gt=last).order_by("person_id").values_list("person_id", flat=True)
        ids = sorted(set(people[:AT_ONCE]))
        if not ids:
            return
        yield list(rows.filter(person_id__gte=ids[0], person_id__lte=ids[-1]))
        last = ids[-1]


def _otherwise(batch: list[Standing], rules: dict[str, Programme], day: date) -> list[Standing]:
    """Those of the batch that deciding gives otherwise."""
    facts = {one.person_id: one for one in iter_facts([row.person_id for row in batch])}
    return [row for row in batch if _difference(row, rules[row.programme_id], facts[row.person_id], day)]


@transaction.atomic
def _confirmed(row: Standing, day: date) -> dict[str, Any] | None:
    """The difference as it still is while nobody else can write about the person; None where it was only passing."""
    lock_person(row.person_id)
    again = Standing.objects.get(pk=row.pk)
    return _difference(again, published(row.programme_id), facts_of(row.person_id), day)


def _difference(row: Standing, rules: Programme, facts: PersonFacts, day: date) -> dict[str, Any] | None:
    decision = _decided(row, rules, facts, day)
    if decision is None:
        return None
    stored, decided = _as_json(row), decision.as_json()
    columns = differing_columns(stored, decision)
    if not columns:
        return None
    shown = [name for name in columns if name in SHOWN]
    return {
        "standing": row.pk,
        "programme": row.programme_id,
        "cycle": row.cycle,
        "columns": columns,
        "stored": {name: stored[name] for name in shown},
        "decided": {name: decided[name] for name in shown},
    }


def _decided(row: Standing, rules: Programme, facts: PersonFacts, day: date) -> Decision | None:
    """The decision that the standing should be; None for an earlier cycle that nobody decides on any more."""
    now = cycle_of(rules, facts, day)
    if row.cycle == now.key or row.ongoing:
        return decide(rules, facts, day)
    before = cycle_before(rules, facts, now)
    if before is None or row.cycle != before.key or not still_matters(row, before):
        return None
    return decide(rules, facts, day, before)


def _as_json(row: Standing) -> dict[str, Any]:
    by = {"kind": row.satisfied_kind, "ref": row.satisfied_ref, "on": _iso(row.satisfied_on)}
    return {
        "cycle": row.cycle,
        "state": row.state,
        "group": row.group,
        "opens_on": _iso(row.opens_on),
        "due_on": _iso(row.due_on),
        "satisfied_by": by if row.satisfied_kind else None,
        "reasons": row.reasons,
        "next_change_on": _iso(row.next_change_on),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@transaction.atomic
def mark_seen(recheck_id: int, moment: Moment, by: str) -> bool:
    """An officer has seen the alarm: its banner rests, the row stays. False where it was seen before."""
    seen = Recheck.objects.filter(pk=recheck_id, seen_at=None).update(seen_at=moment.at, seen_by=by)
    if seen:
        AuditLine.objects.create(at=moment.at, actor=by, verb="recheck-seen", subject=f"recheck:{recheck_id}")
    return bool(seen)
