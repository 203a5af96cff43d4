"""What people asked about content or in confidence is forgotten after its time; what it changed stays on record."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from upstander.core.days import Moment
from upstander.core.requests import ANOTHER_WAY, CONTENT_QUESTION, UNSETTLED
from upstander.models import Case


@transaction.atomic
def forget_settled(moment: Moment) -> int:
    """Deletes the settled cases of these kinds whose time is over, with their threads; how many.

    The times are settings (two years where none is set). Completions, dates moved and answers shown to everybody stand
    by themselves and stay; the audit keeps lines that name no asker.
    """
    kept_days = {ANOTHER_WAY: settings.CONFIDENTIAL_KEPT_DAYS, CONTENT_QUESTION: settings.QUESTIONS_KEPT_DAYS}
    forgotten = 0
    for kind, days in kept_days.items():
        over = Case.objects.filter(kind=kind, settled_at__lt=moment.at - timedelta(days=days))
        ids = list(over.exclude(state__in=UNSETTLED).values_list("pk", flat=True))
        for start in range(0, len(ids), 500):
            Case.objects.filter(pk__in=ids[start : start + 500]).delete()
        forgotten += len(ids)
    return forgotten
