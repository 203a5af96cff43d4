"""What the office says in its notices, and what came back from the mail: reports, addresses that fail, feeds."""

from django.db import models

from upstander.models.cases import Case
from upstander.models.notices import Notice
from upstander.models.people import Person
from upstander.models.programmes import Programme


class NoticeText(models.Model):
    """The office's own wording of one kind of notice in one language, for one programme or (null) for all.

    Each saving is a further number; the highest `published` one holds, none means the words of the program.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, blank=True)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=10, default="draft")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["kind", "language", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "kind", "language", "number"], name="one_notice_text"),
            models.UniqueConstraint(
                fields=["kind", "language", "number"], condition=models.Q(programme=None), name="one_general_text"
            ),
        ]


class MailReport(models.Model):
    """One message that came back: a delivery report, a complaint, an automatic reply, an answer to a case.

    `digest` is of the whole message, so that the same one counts once; its text is not kept.
    """

    digest = models.CharField(primary_key=True, max_length=64)
    kind = models.CharField(max_length=20)
    notice = models.ForeignKey(Notice, on_delete=models.SET_NULL, null=True, blank=True, related_name="reports")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=120, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["received_at"], name="mail_report_by_time")]


class FailingAddress(models.Model):
    """An address of a person to which mail does not go through; `address_digest` so that a new address starts clean."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="failing_addresses")
    address_digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=20)
    soft_count = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    suppressed_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "address_digest"], name="one_failing_address")]


class Unsubscribed(models.Model):
    """The person wants no more of a kind of notice that the law lets them decline; ended, never deleted."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    since_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)


class CalendarFeed(models.Model):
    """A personal feed of due dates; only the token's digest is kept, a new one ends the old."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
