"""What proves the record: nightly seals and re-decisions, rehearsals, and signatures under legal presets."""

import uuid

from django.db import models

from upstander.models.programmes import Programme


class Seal(models.Model):
    """The digest of everything appended since the seal before; each seal carries the digest of the one before it.

    `reached` holds, for every table of history, the last id or instant that this seal covers and how many rows.
    """

    day = models.DateField(unique=True)
    made_at = models.DateTimeField()
    reached = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)


class Recheck(models.Model):
    """One run of deciding a sample of stored standings again; `differences` says what came out otherwise."""

    day = models.DateField()
    at = models.DateTimeField()
    seed = models.CharField(max_length=64)
    checked = models.PositiveIntegerField()
    differing = models.PositiveIntegerField(default=0)
    differences = models.JSONField(default=list)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["at", "id"]


class Rehearsal(models.Model):
    """A period played over the present roster: asked for, worked out by the worker, kept as figures without names."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="rehearsals")
    version = models.PositiveIntegerField()
    from_on = models.DateField()
    to_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    state = models.CharField(max_length=10, default="planned")
    done_people = models.PositiveIntegerField(default=0)
    all_people = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=dict)

    class Meta:
        ordering = ["-asked_at", "id"]


class PresetSignature(models.Model):
    """A local reviewer has read one legal preset as it stands (by digest) and answers for its use here."""

    preset = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signed_by = models.CharField(max_length=80)
    note = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["preset", "signed_at", "id"]
