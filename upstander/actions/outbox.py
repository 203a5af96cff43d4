"""Planning a notice: one row, once, however often it is asked for."""

from upstander.core.days import Moment
from upstander.models import Notice


def plan(kind: str, person_id: str, programme: str | None, cycle: str, moment: Moment, turn: str = "1") -> bool:
    """Plans one notice for today; true if it was new, false if the same turn of it was planned before.

    `turn` tells repetitions of one kind apart (for example the day of a reminder).
    """
    _, made = Notice.objects.get_or_create(
        dedupe_key=f"{kind}:{person_id}:{programme or '-'}:{cycle}:{turn}",
        defaults={
            "kind": kind,
            "person_id": person_id,
            "programme_id": programme,
            "cycle": cycle,
            "planned_for_on": moment.day,
            "planned_at": moment.at,
        },
    )
    return made
