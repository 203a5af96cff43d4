"""What somebody answered on paper is deleted as the attempts of courses are; that they completed it stays."""

from datetime import datetime

from django.db import transaction

from upstander.models import Arrangement, CompletionScore, PaperKeying, PaperSheet


@transaction.atomic
def purge_sheets(before: datetime) -> int:
    """Deletes letters, questions and score of sheets whose course went on record before; how many keyings.

    What was keyed later than that has its own days. A sheet keeps its number, its day and whether it passed.
    """
    done = PaperSheet.objects.filter(arrangement__completion__recorded_at__lt=before, marked_at__lt=before)
    sheets = list(done.exclude(form=[]).values_list("pk", flat=True))
    deleted, _ = PaperKeying.objects.filter(sheet_id__in=sheets).delete()
    completions = Arrangement.objects.filter(sheets__in=sheets).values("completion_id")
    CompletionScore.objects.filter(completion_id__in=completions, completion__source__startswith="paper").delete()
    PaperSheet.objects.filter(pk__in=sheets).update(form=[])
    return deleted
