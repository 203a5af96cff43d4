"""The pre-training survey (rows B04, B19): who has taken it, and sealed answers; nothing joins the two.

No table here has a time, a counter or a key that another one shares; the reasons stand in
docs/explanation/why-nobody-can-trace-a-survey-answer.md.
"""

import uuid

from django.db import models

from upstander.models.people import Person


class SurveyTaken(models.Model):
    """The person has taken or declined the survey of a cycle: one flag for both, without a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    survey = models.CharField(max_length=60)
    cycle = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "survey", "cycle"], name="survey_once")]


class SurveyKey(models.Model):
    """The public key of the analysing office; its private half never comes near this machine."""

    fingerprint = models.CharField(primary_key=True, max_length=64)
    public = models.BinaryField()
    added_on = models.DateField()
    added_by = models.CharField(max_length=80)
    ended_on = models.DateField(null=True, blank=True)


class SurveySpool(models.Model):
    """The newest answers, sealed, among blanks: one value of fixed size, rewritten whole whoever answers or declines.

    `slots` is a run of boxes of equal size, enciphered anew each time, so that two copies of it tell nothing; how many
    of them are answers stands inside. It is dealt out into `SealedAnswer` only when it is full enough that nobody
    stands alone in it. `key` names the boxes' key; `name` is the survey and cycle.
    """

    name = models.CharField(primary_key=True, max_length=110)
    key = models.CharField(max_length=64)
    slots = models.BinaryField()


class SealedAnswer(models.Model):
    """One box dealt out of the spool, under a random id; all boxes have the same size."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=110, db_index=True)
    key = models.CharField(max_length=64)
    box = models.BinaryField()


class SurveyExport(models.Model):
    """The boxes were handed out to the analysing office, so many of them; tables come back and stand here."""

    name = models.CharField(max_length=110)
    number = models.PositiveIntegerField()
    boxes = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    made_on = models.DateField()
    made_by = models.CharField(max_length=80)
    tables = models.JSONField(null=True, blank=True)
    tables_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "number"]
        constraints = [models.UniqueConstraint(fields=["name", "number"], name="one_export_by_number")]
