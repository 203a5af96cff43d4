"""Figures over stored standings, live and as of a night: counted by SQL, never decided here.

Every function takes `units`: the unit ids whose people count, or None for the whole institution. A person is counted
in the one unit that answers for them, so units add up. Each call is one query, whatever the number of rows.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, TextField, Value
from django.db.models.functions import Cast, Coalesce

from upstander.core.figures import missing_code
from upstander.models import Appointment, Notice, Snapshot, SnapshotCount, SnapshotRow, Standing
from upstander.queries.accountable import not_ended
from upstander.queries.standings import counted_in, in_cycle

Units = frozenset[str] | None
#: How the kinds of message that remind somebody begin.
REMINDER = "reminder"
#: (state, group) -> people.
Counts = Mapping[tuple[str, str | None], int]


def in_units(programme: str, cycle: str, units: Units) -> QuerySet[Standing]:
    """The standings of the people for whom one of these units answers."""
    standings = Standing.objects.filter(in_cycle(cycle), programme_id=programme)
    return standings if units is None else standings.filter(unit_id__in=units)


def informed_in_units(programme: str, cycle: str, units: frozenset[str], day: date) -> int:
    """How many owe something, hold an appointment in these units too, and are counted in another unit."""
    held = Appointment.objects.filter(not_ended(day), unit_id__in=units).values("person_id")
    standings = Standing.objects.filter(in_cycle(cycle), programme_id=programme, person_id__in=held)
    return standings.exclude(state="not-required").exclude(unit_id__in=units).count()


def live(standings: QuerySet[Standing]) -> Counts:
    """People by state and group now."""
    rows = standings.order_by().values_list("state", "group").annotate(people=Count("pk"))
    return {(state, group): people for state, group, people in rows}


def latest_snapshot(day: date) -> Snapshot | None:
    """The last sealed night up to the day."""
    return Snapshot.objects.filter(day__lte=day).exclude(digest="").order_by("-day").first()


def official(snapshot: Snapshot, programme: str, cycle: str, units: Units) -> Counts:
    """People by state and group as of that night; the same for ever."""
    counts = SnapshotCount.objects.filter(snapshot=snapshot, programme_id=programme, cycle=cycle)
    if units is not None:
        counts = counts.filter(unit_id__in=units)
    rows = counts.order_by().values_list("state", "group").annotate(total=Sum("people"))
    return {(state, group): total for state, group, total in rows}


def was_counted(snapshot: Snapshot, programme: str, cycle: str) -> bool:
    """Whether that night counted this period of the programme at all; one that came later has no figures yet."""
    return SnapshotCount.objects.filter(snapshot=snapshot, programme_id=programme, cycle=cycle).exists()


def by_state(counts: Counts) -> dict[str, int]:
    """The same counts without the groups."""
    states: dict[str, int] = {}
    for (state, _), people in counts.items():
        states[state] = states.get(state, 0) + people
    return states


@dataclass(frozen=True, slots=True)
class Course:
    """How a period runs: its usual days (`same_due`: everybody has that due day) and who finished on which day."""

    opens_on: date
    due_on: date
    same_due: bool
    finished_on: Mapping[date, int]


def course(standings: QuerySet[Standing]) -> Course | None:
    """The period that most of these people have, and the days on which people finished; None without any period."""
    rows = standings.order_by().values_list("opens_on", "due_on", "satisfied_on").annotate(people=Count("pk"))
    periods: Counter[tuple[date, date]] = Counter()
    finished: Counter[date] = Counter()
    for opens_on, due_on, satisfied_on, people in rows:
        if opens_on and due_on:
            periods[opens_on, due_on] += people
        if satisfied_on:
            finished[satisfied_on] += people
    if not periods:
        return None
    opens_on, due_on = max(periods, key=lambda period: (periods[period], period))
    return Course(opens_on, due_on, len({due for _, due in periods}) == 1, finished)


def missing_facts(standings: QuerySet[Standing]) -> dict[str, int]:
    """How many of the undecided wait for which fact (by reason code), the commonest first."""
    reasons = standings.filter(state="undecided").order_by().values_list("reasons", flat=True)
    return dict(Counter(missing_code(each) for each in reasons.iterator()).most_common())


def missing(standings: QuerySet[Standing], code: str) -> QuerySet[Standing]:
    """The undecided who wait for this fact, perhaps among others."""
    undecided = standings.filter(state="undecided").alias(reasons_text=Cast("reasons", TextField()))
    return undecided.filter(reasons_text__contains=f'"{code}"')


def with_last_reminder(standings: QuerySet[Standing]) -> QuerySet[Standing]:
    """The standings with `reminded_at`: when the last reminder went to the person in this cycle."""
    sent = Notice.objects.filter(
        person_id=OuterRef("person_id"),
        programme_id=OuterRef("programme_id"),
        cycle=OuterRef("cycle"),
        kind__startswith=REMINDER,
        state="sent",
    )
    return standings.annotate(reminded_at=Subquery(sent.order_by("-sent_at").values("sent_at")[:1]))


def in_order_of(ids: Sequence[int]) -> list[Standing]:
    """These standings with their people and last reminders, in the order of the ids; one query."""
    found = with_last_reminder(Standing.objects.filter(pk__in=ids).select_related("person"))
    by_id = {standing.pk: standing for standing in found}
    return [by_id[pk] for pk in ids if pk in by_id]


def changed_since(snapshot: Snapshot, standings: QuerySet[Standing]) -> QuerySet[Standing]:
    """Of these standings those that differ from that night: `before` is the state then, "" for a newcomer."""
    then = SnapshotRow.objects.filter(
        snapshot=snapshot,
        person_id=OuterRef("person_id"),
        programme_id=OuterRef("programme_id"),
        cycle=OuterRef("counted_in"),
        accountable=True,
    )
    standings = standings.annotate(counted_in=counted_in())
    before = Coalesce(Subquery(then.values("state")[:1]), Value("", output_field=CharField()))
    same = Q(before=F("state")) | Q(before="", state="not-required")
    return standings.filter(decided_at__gte=snapshot.taken_at).annotate(before=before).exclude(same)


def gone_since(snapshot: Snapshot, programme: str, cycle: str, units: Units) -> QuerySet[SnapshotRow]:
    """Whom these units answered for that night and no longer do."""
    rows = SnapshotRow.objects.filter(snapshot=snapshot, programme_id=programme, cycle=cycle, accountable=True)
    still = Standing.objects.filter(in_cycle(cycle), person_id=OuterRef("person_id"), programme_id=programme)
    if units is not None:
        rows, still = rows.filter(unit_id__in=units), still.filter(unit_id__in=units)
    return rows.exclude(Exists(still))
