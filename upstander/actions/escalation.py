"""Planning whom to tell of other people's overdue duties, step by step, from the stored standings (rows B12, B18).

One row for each reader, person and step; the sender decides about each again, and one letter a day carries those that
still hold (`actions.bundles`).
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q, QuerySet

from upstander.actions.notices import CHUNK, asked_for, opening, zone_of
from upstander.core.days import Moment
from upstander.core.escalation import PERSON, Step, come, turn_of
from upstander.core.notices import CATCH_UP, OVERDUE_OTHERS
from upstander.core.programme import Programme
from upstander.models import Notice, Standing
from upstander.queries.cases import is_disputed
from upstander.queries.readers import Readers, present, readers_of

#: The reason on record where there is nobody whom a step could tell.
NO_READER = "no-reader"


def plan_escalation(rules: Programme, moment: Moment, hours_matter: bool = True) -> Counter:
    """Plans what is to be told to others and was not yet; how many rows of each kind, `no-reader` told apart.

    Safe to repeat. Queries grow with the chunks of what is overdue near a step, not with the people. Reads the stored
    standings: run `actions.standing.run_due` before it.
    """
    planned: Counter = Counter()
    steps = [step for step in rules.escalation if step.to != PERSON]
    if not steps:
        return planned
    readers = readers_of(rules.key)
    for among in asked_for(rules, moment):
        late = among.filter(_near(rules, steps, moment), ~is_disputed(), state="overdue", person__vanished_on=None)
        for rows in _chunks(late):
            planned.update(_write(rows, rules, readers, moment, hours_matter))
    return planned


def _near(rules: Programme, steps: list[Step], moment: Moment) -> Q:
    """Due dates one of whose steps fell within the days that are still caught up."""
    near = Q(pk__in=[])
    for step in steps:
        last = moment.day - timedelta(days=step.days_late(rules.grace_days))
        near |= Q(due_on__range=(last - CATCH_UP, last))
    return near


def _chunks(standings: QuerySet[Standing]) -> Iterator[list[Standing]]:
    ordered, last = standings.defer("reasons").order_by("pk"), 0
    while rows := list(ordered.filter(pk__gt=last)[:CHUNK]):
        yield rows
        last = rows[-1].pk


def _write(
    rows: list[Standing], rules: Programme, readers: dict[str, Readers], moment: Moment, hours_matter: bool
) -> Counter:
    """The rows that are missing; a person of whom nobody is there to be told has one that says so."""
    wanted = [
        (row, step)
        for row in rows
        for step in come(rules.escalation, rules.grace_days, row.due_on, moment.day, CATCH_UP).values()
        if step.to != PERSON
    ]
    named = {to: of(rows, moment.day) for to, of in readers.items() if any(step.to == to for _, step in wanted)}
    there = present({reader for of in named.values() for found in of.values() for reader in found})
    notices = []
    for row, step in wanted:
        told = [reader for reader in named[step.to].get(row.person_id, ()) if reader in there]
        others = [reader for reader in told if reader != row.person_id]
        notices += [_row(row, step, reader, there[reader], moment, hours_matter) for reader in others]
        if not told:
            notices.append(_nobody(row, step, moment))
    known = set(
        Notice.objects.filter(dedupe_key__in=[notice.dedupe_key for notice in notices]).values_list(
            "dedupe_key", flat=True
        )
    )
    new = [notice for notice in notices if notice.dedupe_key not in known]
    Notice.objects.bulk_create(new, batch_size=1_000, ignore_conflicts=True)
    return Counter(notice.not_sent_reason or notice.kind for notice in new)


def _row(standing: Standing, step: Step, reader: str, zone: str, moment: Moment, hours_matter: bool) -> Notice:
    turn = turn_of(step, standing.due_on)
    return Notice(
        dedupe_key=f"{OVERDUE_OTHERS}:{reader}:{standing.programme_id}:{standing.cycle}:{standing.person_id}:{turn}",
        kind=OVERDUE_OTHERS,
        person_id=reader,
        about_id=standing.person_id,
        programme_id=standing.programme_id,
        cycle=standing.cycle,
        planned_for_on=moment.day,
        planned_at=moment.at,
        retry_at=opening(moment.at, zone_of(zone)) if hours_matter else None,
    )


def _nobody(standing: Standing, step: Step, moment: Moment) -> Notice:
    """On record at the person of whom it is: a reader is not made up."""
    turn = turn_of(step, standing.due_on)
    return Notice(
        dedupe_key=f"{OVERDUE_OTHERS}:-:{standing.programme_id}:{standing.cycle}:{standing.person_id}:{turn}",
        kind=OVERDUE_OTHERS,
        person_id=standing.person_id,
        about_id=standing.person_id,
        programme_id=standing.programme_id,
        cycle=standing.cycle,
        planned_for_on=moment.day,
        planned_at=moment.at,
        state="not-sent",
        not_sent_reason=NO_READER,
    )
