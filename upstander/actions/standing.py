"""Deciding again and storing what came out: the only writer of standings and of their history (laws 1 to 3)."""

import gc
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager

from django.db import transaction
from django.db.models import Exists, OuterRef

from upstander.actions.locks import lock_people
from upstander.actions.standing_ahead import Ahead
from upstander.actions.standing_run import Cause, Run, Told
from upstander.core.days import Moment
from upstander.core.programme import OWN, Programme
from upstander.models import Person, Standing
from upstander.queries.facts import CHUNK, id_chunks, iter_facts
from upstander.queries.notified import heard_of
from upstander.queries.places import Places
from upstander.queries.programmes import all_published, published
from upstander.queries.standings import current


def decide_again(person_ids: Sequence[str], moment: Moment, cause: str, cause_ref: str = "") -> list[Told]:
    """Decides these people again in every published programme and stores what changed; takes their locks first.

    Runs inside the caller's transaction. Returns the history lines that were added.
    """
    lock_people(sorted(set(person_ids)))
    return _decide(all_published(), person_ids, moment, Cause(cause, cause_ref))


def decide_in(
    programme: Programme, person_ids: Sequence[str], moment: Moment, cause: str, cause_ref: str = ""
) -> list[Told]:
    """The same in one programme alone, for people whose locks are held."""
    return _decide([programme], person_ids, moment, Cause(cause, cause_ref))


def decide_programme(key: str, moment: Moment, cause: str, cause_ref: str = "") -> int:
    """Decides everybody in one programme, in chunks that commit one by one; returns the number of changes."""
    return _in_chunks(published(key), None, moment, Cause(cause, cause_ref))


def refresh(person_id: str, moment: Moment, programmes: Sequence[Programme] | None = None) -> list[Told]:
    """Decides a person again if a standing's day has come or a programme has none yet; one query when neither has.

    `programmes` are all that are in force, where the caller has just asked for them.
    """
    programmes = all_published() if programmes is None else programmes
    columns = ("programme_id", "cycle", "ongoing", "next_change_on")
    stored = Standing.objects.filter(person_id=person_id).values_list(*columns)
    until = {(key, OWN if ongoing else cycle): next_on for key, cycle, ongoing, next_on in stored}
    stale = []
    for programme in programmes:
        place = (programme.key, programme.cycle_on(moment.day).key)
        if place not in until or (until[place] is not None and until[place] <= moment.day):
            stale.append(programme)
    if not stale:
        return []
    with transaction.atomic():
        lock_people([person_id])
        return _decide(stale, [person_id], moment, Cause("day"))


def run_due(moment: Moment) -> int:
    """The nightly run: decides again only where a stored standing's day has come, and whoever has none in the cycle.

    Returns the number of changes. Safe to repeat: a second run of the same day touches nothing.
    """
    return sum(_in_chunks(rules, _due(rules, moment), moment, Cause("day")) for rules in all_published())


def _due(programme: Programme, moment: Moment) -> set[str]:
    """Everybody whose day has come in a programme, or who has no standing in the current cycle."""
    due = Standing.objects.filter(programme_id=programme.key, next_change_on__lte=moment.day)
    ids = set(due.order_by().values_list("person_id", flat=True).iterator(chunk_size=CHUNK))
    there = Standing.objects.filter(current([programme], moment.day))
    if there.count() != Person.objects.count():
        absent = Person.objects.filter(~Exists(there.filter(person_id=OuterRef("pk"))))
        ids.update(absent.order_by().values_list("pk", flat=True).iterator(chunk_size=CHUNK))
    return ids


def _in_chunks(programme: Programme, ids: Collection[str] | None, moment: Moment, cause: Cause) -> int:
    """Chunk by chunk under the people's locks, so that nothing is decided on facts that are older than the lock."""
    run, places, count = Run(programme, moment, cause), Places(), 0
    told_of = heard_of([programme])
    with _collector_resting(), closing(Ahead(programme, moment, ids)) as ahead:
        for chunk, early in ahead.of(id_chunks(ids)):
            with transaction.atomic():
                lock_people(chunk)
                told = run.store(early.decided) if early and early.holds() else None
                if told is None:
                    told = run.decide(list(iter_facts(chunk, places=places, told_of=told_of)))
                    ahead.was_in_vain()
            count += len(told)
            gc.collect(0)
    return count


@contextmanager
def _collector_resting() -> Iterator[None]:
    """No search for garbage amid a chunk, but after it: its many small facts hold no circles, and a search costs."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _decide(programmes: list[Programme], ids: Sequence[str], moment: Moment, cause: Cause) -> list[Told]:
    """Decides people whose locks are held, each one's facts read once for all programmes."""
    runs = [Run(programme, moment, cause) for programme in programmes]
    places = Places()
    told: list[Told] = []
    for chunk in id_chunks(ids) if runs else ():
        people = list(iter_facts(chunk, places=places, told_of=heard_of(programmes)))
        for run in runs:
            told += run.decide(people)
    return told
