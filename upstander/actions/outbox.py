"""Planning a notice: one row, once, however often it is asked for."""

from upstander.core.days import Moment
from upstander.models import Arrangement, Case, Completion, Notice, Person, SessionSeat


def plan(
    kind: str,
    person_id: str,
    programme: str | None,
    cycle: str,
    moment: Moment,
    turn: str = "1",
    *,
    case: Case | None = None,
    seat: SessionSeat | None = None,
    arrangement: Arrangement | None = None,
    completion: Completion | None = None,
    about: Person | None = None,
) -> bool:
    """Plans one notice for today; true if it was new, false if the same turn of it was planned before.

    `turn` tells repetitions of one kind apart (for example the day of a reminder). The rest says what it is about
    beside the person's own duty; `about` is the person whose duty it is, where that is not the reader.
    """
    subjects = {"case": case, "seat": seat, "arrangement": arrangement, "completion": completion, "about": about}
    named = "".join(f":{one.pk}" for one in subjects.values() if one is not None)
    _, made = Notice.objects.get_or_create(
        dedupe_key=f"{kind}:{person_id}:{programme or '-'}:{cycle}{named}:{turn}",
        defaults={
            "kind": kind,
            "person_id": person_id,
            "programme_id": programme,
            "cycle": cycle,
            "planned_for_on": moment.day,
            "planned_at": moment.at,
            **subjects,
        },
    )
    return made
