"""What one person has begun and finished, for their own plan."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from upstander.core.cycles import OWN
from upstander.core.decision import ACTIONABLE
from upstander.core.programme import Programme
from upstander.models import Case, Certificate, Completion, Enrolment, Standing
from upstander.queries.rows import fetched


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """`begun` and `finished` hold course keys; `certificates` maps a completion's reference to its code."""

    begun: frozenset[str]
    finished: frozenset[str]
    certificates: dict[str, str]


_ASKED = "SELECT EXISTS(SELECT 1 FROM {cases} WHERE person_id = %s)"
_OWN = """
SELECT course_key, NULL, NULL FROM {enrolments} WHERE person_id = %s AND completed_at IS NULL
UNION ALL SELECT done.course_key, CAST(done.id AS VARCHAR(36)), certificate.code FROM {completions} done
    LEFT JOIN {certificates} certificate ON certificate.completion_id = done.id
    WHERE done.person_id = %s AND done.retracted_at IS NULL
"""


def own_record(person_id: str) -> OwnRecord:
    """One query, whatever the person has done."""
    models = {"enrolments": Enrolment, "completions": Completion, "certificates": Certificate}
    tables = {name: connection.ops.quote_name(model._meta.db_table) for name, model in models.items()}
    rows = fetched(_OWN.format(**tables), [person_id, person_id])
    return OwnRecord(
        begun=frozenset(course for course, ref, _ in rows if ref is None),
        finished=frozenset(course for course, ref, _ in rows if ref is not None),
        certificates={str(UUID(ref)): code for _, ref, code in rows if code},
    )


def has_cases(person_id: str) -> bool:
    """Whether the person has ever asked for anything; one small query."""
    cases = connection.ops.quote_name(Case._meta.db_table)
    return bool(fetched(_ASKED.format(cases=cases), [person_id])[0][0])


def duties_of(person_id: str, programmes: list[Programme], day: date) -> list[Standing]:
    """One standing a programme: the current cycle's, or the one before while its own later due day can still be met.

    A completion by a due day after the cycle's end settles both cycles (page-a), so that day is told. One query.
    """
    by_key = {programme.key: programme for programme in programmes}
    found: dict[str, Standing] = {}
    for standing in Standing.objects.filter(person_id=person_id, programme_id__in=list(by_key)):
        rules = by_key[standing.programme_id]
        if _is_late(standing, rules, day) or (_is_current(standing, rules, day) and rules.key not in found):
            found[rules.key] = standing
    return [found[key] for key in sorted(found)]


def _is_current(standing: Standing, rules: Programme, day: date) -> bool:
    cycle = rules.cycle_on(day).key
    return standing.ongoing if cycle == OWN else standing.cycle == cycle


def _is_late(standing: Standing, rules: Programme, day: date) -> bool:
    """Whether it is of the cycle before, with a due day after that cycle's end which can still be met."""
    before = rules.cycles.before(rules.cycle_on(day))
    if before is None or standing.cycle != before.key or standing.due_on is None:
        return False
    return standing.due_on > before.last_on and standing.due_on >= day and standing.state in ACTIONABLE
