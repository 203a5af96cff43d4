"""Taking a course otherwise than on a screen of one's own: arrangements, paper, sessions in person (rows A07, A16)."""

import uuid

from django.db import models

from upstander.models.cases import Case
from upstander.models.learning import Completion
from upstander.models.people import Person
from upstander.models.programmes import Programme


class Arrangement(models.Model):
    """The office has arranged when, where and with whom one person takes a course.

    Kinds: room (a computer and a person beside it), paper, helped. States: planned, held, cancelled, missed.
    `sequence` counts the changes of its calendar entry.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    number = models.CharField(max_length=16, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="arrangements")
    course_key = models.CharField(max_length=60)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, blank=True)
    cycle = models.CharField(max_length=40, blank=True)
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="arrangements")
    kind = models.CharField(max_length=10)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="planned")
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    needs = models.TextField(blank=True)
    facilitator = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    witness = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    completion = models.ForeignKey(Completion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sequence = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["starts_at", "made_at"]


class PaperSheet(models.Model):
    """One printed assessment: its number stands on every page, `form` says which items and in which order."""

    number = models.CharField(primary_key=True, max_length=16)
    arrangement = models.ForeignKey(Arrangement, on_delete=models.CASCADE, related_name="sheets")
    edition = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    form = models.JSONField()
    printed_at = models.DateTimeField()
    printed_by = models.CharField(max_length=80)
    taken_on = models.DateField(null=True, blank=True)
    marked_at = models.DateTimeField(null=True, blank=True)
    passed = models.BooleanField(null=True)


class PaperKeying(models.Model):
    """The answers of a sheet as one person of the staff keyed them; two who agree make it count; purgeable."""

    sheet = models.ForeignKey(PaperSheet, on_delete=models.CASCADE, related_name="keyings")
    answers = models.JSONField()
    keyed_at = models.DateTimeField()
    keyed_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["keyed_at", "id"]
        constraints = [models.UniqueConstraint(fields=["sheet", "keyed_by"], name="one_keying_a_hand")]


class SessionOffer(models.Model):
    """A training in person that the office offers; `words` are title, summary, for whom, by language.

    Attendance counts as a completion of `course_key` where it is set and a programme offers that course.
    """

    key = models.SlugField(max_length=60, unique=True)
    words = models.JSONField()
    minutes = models.PositiveSmallIntegerField()
    languages = models.JSONField(default=list)
    topics = models.JSONField(default=list)
    audiences = models.JSONField(default=list)
    course_key = models.CharField(max_length=60, blank=True)
    seats = models.PositiveIntegerField(default=20)
    is_offered = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["key"]


class TrainingSession(models.Model):
    """One date of an offer; states: draft, open, cancelled, held. `secret` makes the rotating sign-in code."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    offer = models.ForeignKey(SessionOffer, on_delete=models.PROTECT, related_name="sessions")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions")
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="draft")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    needs = models.TextField(blank=True)
    seats = models.PositiveIntegerField()
    closed_group = models.BooleanField(default=False, help_text="only whom the office puts in")
    secret = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["starts_at"]


class SessionFacilitator(models.Model):
    """Who leads a session; two sessions of one facilitator do not overlap (told, and refused)."""

    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="facilitators")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="one_facilitator_once")]


class SessionSeat(models.Model):
    """One person's seat or place on the waiting list; states: booked, waiting, cancelled, attended, absent.

    `came_by` says how attendance was seen: code, roster. `gave_feedback` and the feedback share no key.
    """

    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="seats_taken")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="session_seats")
    state = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=80)
    came_by = models.CharField(max_length=10, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    gave_feedback = models.BooleanField(default=False)
    completion = models.ForeignKey(Completion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="one_seat_a_person")]


class SessionFeedback(models.Model):
    """What somebody who attended said of a session, without their name and without a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="feedback")
    answers = models.JSONField()
