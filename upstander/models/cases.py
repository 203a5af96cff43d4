"""What people ask of the office: one case each, with its thread."""

import uuid

from django.db import models

from upstander.models.people import Person
from upstander.models.programmes import Programme


class Case(models.Model):
    """One thing that somebody asked, its owner and its course; the kinds and their moves stand in `core/requests.py`.

    `number` is what people quote. `owner` says who can settle it: roster, record, rule, officer. `asked` holds the
    form's fields, `knew` what the system showed at that moment. While it is open and `rests_reminders` is true, no
    notice that asks goes to the person about that programme.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    number = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=16, default="open")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="cases")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, blank=True)
    cycle = models.CharField(max_length=40, blank=True)
    owner = models.CharField(max_length=20)
    unit_id = models.CharField(max_length=40, blank=True)
    confidential = models.BooleanField(default=False)
    language = models.CharField(max_length=10, blank=True)
    asked = models.JSONField(default=dict)
    knew = models.JSONField(default=dict)
    rests_reminders = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    answer_by_on = models.DateField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=80, blank=True)
    reply_token = models.CharField(max_length=32, unique=True, null=True, blank=True)

    class Meta:
        ordering = ["opened_at", "id"]
        indexes = [
            models.Index(fields=["state", "owner", "answer_by_on"], name="case_by_owner"),
            models.Index(fields=["person", "programme", "state"], name="case_by_person"),
        ]


class CaseFile(models.Model):
    """A file that belongs to a case: checked, kept outside the web root under `stored`, served as a download only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=80)
    size_bytes = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    stored = models.CharField(max_length=120)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["added_at", "id"]


class CaseEntry(models.Model):
    """One step of a case: a move, with what was said; `for_person` false is a note among those who handle it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="entries")
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    move = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    for_person = models.BooleanField(default=True)

    class Meta:
        ordering = ["at", "id"]
