"""What somebody answered in a course is deleted some time after they completed it; that they completed it stays."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model, QuerySet

from upstander.actions.paper_purging import purge_sheets
from upstander.core.days import Moment
from upstander.models import Arrival, Attempt, LessonAnswer

AT_ONCE = 500


def purge_answers(moment: Moment) -> int:
    """Deletes the attempts, lesson answers and arrivals of courses completed longer ago than is kept; how many rows.

    `settings.KEEP_ATTEMPTS_DAYS` counts whole days after the one of the completion: on the last of them everything is
    still there, the night after it is gone. What was given later, for practice, has its own days. A course that goes
    on keeps everything, and completions, certificates and starts are never touched.
    """
    first_kept = moment.day - timedelta(days=settings.KEEP_ATTEMPTS_DAYS)
    before = datetime.combine(first_kept, time.min, ZoneInfo(settings.INSTITUTION_ZONE))
    return purge_sheets(before) + sum(
        _delete(model, model._default_manager.filter(enrolment__completed_at__lt=before, **{f"{given}__lt": before}))
        for model, given in ((Attempt, "started_at"), (LessonAnswer, "at"), (Arrival, "at"))
    )


def _delete(model: type[Model], rows: QuerySet) -> int:
    """In small transactions, so that nobody waits for the night."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        model._default_manager.filter(pk__in=keys[start : start + AT_ONCE]).delete()
    return len(keys)
