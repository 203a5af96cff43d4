"""Questions about a page that the office has answered for everybody; apart from whoever asked."""

from django.db import models


class AskedBefore(models.Model):
    """One question about one page with its answer, edited by the office, in each language; carries no asker.

    `page` is section/page, blank for the course as a whole; `words` {lang: {"question", "answer"}}. Ended, not edited.
    """

    course_key = models.CharField(max_length=60)
    page = models.CharField(max_length=120, blank=True)
    words = models.JSONField(default=dict)
    shared_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["shared_on", "id"]
        indexes = [models.Index(fields=["course_key", "page"], name="asked_before_by_page")]
