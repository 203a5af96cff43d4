"""Rehearsals asked for in the browser: laid down, worked out by the worker, kept as figures without names."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django_q.tasks import async_task

from upstander.actions.rehearsal import asked, count_people, figures, rehearse
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.programme import Programme
from upstander.models import Programme as ProgrammeRow
from upstander.models import Rehearsal
from upstander.queries.rehearsing import version_of

#: The job that works one out, as the worker knows it.
JOB = "upstander.jobs.rehearsing.run"
#: So many of a programme are kept; the oldest go first.
KEPT = 20
#: One that was not worked out by then was broken off; it can be asked for again.
BROKEN_OFF_AFTER = timedelta(hours=2)
UNDER_WAY = ("planned", "running")


@transaction.atomic
def ask_for(rules: Programme, first_on: date, last_on: date, share: float, moment: Moment, by: str) -> Rehearsal:
    """Lays a rehearsal down for the worker; the one that is under way already where the same is asked twice.

    Refusals: as `actions.rehearsal.asked`.
    """
    what = asked(rules, first_on, last_on, share)
    ProgrammeRow.objects.select_for_update().get(pk=rules.key)
    same = Rehearsal.objects.filter(
        programme_id=rules.key, version=rules.version, from_on=first_on, to_on=last_on, state__in=UNDER_WAY,
        asked_at__gt=moment.at - BROKEN_OFF_AFTER,
    )  # fmt: skip
    for under_way in same:
        if under_way.result.get("share") == share:
            return under_way
    made = Rehearsal.objects.create(
        programme_id=rules.key, version=rules.version, from_on=first_on, to_on=last_on, asked_at=moment.at,
        asked_by=by, all_people=count_people(what, moment), result={"share": share},
    )  # fmt: skip
    kept = Rehearsal.objects.filter(programme_id=rules.key).values_list("pk", flat=True)[:KEPT]
    Rehearsal.objects.filter(programme_id=rules.key).exclude(pk__in=list(kept)).delete()
    transaction.on_commit(lambda: async_task(JOB, str(made.pk)))
    return made


def is_broken_off(kept: Rehearsal, moment: Moment) -> bool:
    """Whether it should have been done long ago."""
    return kept.state in UNDER_WAY and kept.asked_at < moment.at - BROKEN_OFF_AFTER


def work_out(rehearsal_id: UUID, moment: Moment, hours_matter: bool = True) -> bool:
    """Plays the days and keeps the figures; false where the rehearsal is gone or done. Safe to run again.

    What cannot be played any more is kept as refused, with its code.
    """
    kept = Rehearsal.objects.filter(pk=rehearsal_id).exclude(state="done").first()
    if kept is None:
        return False
    mine = Rehearsal.objects.filter(pk=rehearsal_id)
    mine.update(state="running", done_people=0)
    try:
        rules = version_of(kept.programme_id, kept.version)
        what = asked(rules, kept.from_on, kept.to_on, kept.result.get("share", 0), hours_matter=hours_matter)
        tally = rehearse(what, moment, progress=lambda people: mine.update(done_people=people))
    except Refusal as refusal:
        mine.update(state="refused", finished_at=moment.at, result={**kept.result, "code": refusal.code})
        return True
    except Exception:
        mine.update(state="failed", finished_at=moment.at)
        raise
    mine.update(
        state="done", finished_at=moment.at, done_people=tally.people, all_people=tally.people,
        result=figures(what, tally, moment),
    )  # fmt: skip
    return True
