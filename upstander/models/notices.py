"""The outbox: every notice is a row with its state, its reason where it was not sent, and what it said."""

import uuid

from django.db import models

from upstander.models.people import Person
from upstander.models.programmes import Programme


class Notice(models.Model):
    """One message to one person about one cycle.

    States: planned -> claimed -> sent | failed | unknown; planned -> not-sent (with `not_sent_reason`).
    A claim lost in a crash becomes `unknown` and is never resent by itself (law 4).
    """

    STATES = [(s, s) for s in ("planned", "claimed", "sent", "not-sent", "failed", "unknown")]
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    dedupe_key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True)
    cycle = models.CharField(max_length=40, blank=True)
    planned_for_on = models.DateField()
    planned_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=STATES, default="planned")
    not_sent_reason = models.CharField(max_length=60, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    try_count = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    code = models.CharField(max_length=16, unique=True, null=True, blank=True)
    language = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body_text = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    state_at_dispatch = models.CharField(max_length=16, blank=True)
    crossed = models.BooleanField(default=False)
    bounced_at = models.DateTimeField(null=True, blank=True)
    about = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+", help_text="whose duty it is about"
    )
    case = models.ForeignKey("Case", on_delete=models.CASCADE, null=True, blank=True, related_name="notices")
    seat = models.ForeignKey("SessionSeat", on_delete=models.SET_NULL, null=True, blank=True, related_name="notices")
    arrangement = models.ForeignKey(
        "Arrangement", on_delete=models.SET_NULL, null=True, blank=True, related_name="notices"
    )
    completion = models.ForeignKey(
        "Completion", on_delete=models.SET_NULL, null=True, blank=True, related_name="notices"
    )
    went_with = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, help_text="the digest that carried it"
    )

    class Meta:
        ordering = ["-planned_at", "id"]
        indexes = [
            models.Index(fields=["state", "planned_for_on"], name="notice_by_state"),
            models.Index(fields=["person", "programme", "cycle", "kind"], name="notice_by_person"),
        ]
