"""What one person has begun and finished, for their own plan."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from upstander.core.decision import ACTIONABLE
from upstander.core.programme import Programme
from upstander.models import Completion, Enrolment, Standing
from upstander.queries.standings import current


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """`begun` and `finished` hold course keys; `certificates` maps a completion's reference to its code."""

    begun: frozenset[str]
    finished: frozenset[str]
    certificates: dict[str, str]


def own_record(person_id: str) -> OwnRecord:
    """Two queries, whatever the person has done."""
    completions = list(
        Completion.objects.filter(person_id=person_id, retracted_at=None).values_list(
            "id", "course_key", "certificate__code"
        )
    )
    begun = Enrolment.objects.filter(person_id=person_id, completed_at=None).values_list("course_key", flat=True)
    return OwnRecord(
        begun=frozenset(begun),
        finished=frozenset(course for _, course, _ in completions),
        certificates={str(ref): code for ref, _, code in completions if code},
    )


def duties_of(person_id: str, programmes: list[Programme], day: date) -> list[Standing]:
    """One standing a programme: the current cycle's, or the one before while its own later due day can still be met.

    A completion by a due day after the cycle's end settles both cycles (page-a), so that day is told. One query.
    """
    wanted = current(programmes, day)
    for programme in programmes:
        before = programme.cycles.before(programme.cycle_on(day))
        if before is not None:
            late = Q(due_on__gt=before.last_on, due_on__gte=day, state__in=ACTIONABLE)
            wanted |= late & Q(programme_id=programme.key, cycle=before.key)
    now = {programme.key: programme.cycle_on(day).key for programme in programmes}
    found: dict[str, Standing] = {}
    for standing in Standing.objects.filter(wanted, person_id=person_id):
        if standing.programme_id not in found or standing.cycle != now[standing.programme_id]:
            found[standing.programme_id] = standing
    return [found[key] for key in sorted(found)]
