"""Courses taken: enrolments, pages seen, answers and attempts (purgeable), completions (kept)."""

import uuid

from django.db import models

from upstander.models.people import Person
from upstander.models.programmes import Programme


class Enrolment(models.Model):
    """One person has begun one edition of one course; place and language are kept across devices (row A06)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="enrolments")
    course_key = models.CharField(max_length=60)
    edition = models.CharField(max_length=40)
    role = models.CharField(max_length=20, default="employee")
    delivery = models.CharField(max_length=20, default="native")
    started_at = models.DateTimeField()
    started_on = models.DateField()
    place = models.CharField(max_length=120, blank=True, help_text="section/page last opened")
    completed_at = models.DateTimeField(null=True, blank=True)
    holds = models.CharField(max_length=40, blank=True, help_text="edition completed before: only what changed is read")
    seat_seconds = models.PositiveIntegerField(default=0, help_text="time in the course; counted where a law asks")
    seat_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "course_key", "edition"], name="one_enrolment")]


class Arrival(models.Model):
    """Something sent from a page has arrived under the key that the page gave it: it counts once (row A06)."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="arrivals")
    key = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "key"], name="one_arrival_by_key")]


class CourseStart(models.Model):
    """The person began a course on a day, in this year or an earlier one: a fact, kept (law 3)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="course_starts")
    course_key = models.CharField(max_length=60)
    started_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["person_id", "started_on", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "course_key", "started_on"], name="one_start_a_day")]


class PageSeen(models.Model):
    """The person has read this page to its end; belongs to the person alone."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="pages_seen")
    page = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "page"], name="one_row_per_page_seen")]


class LessonAnswer(models.Model):
    """What the person last chose in a scenario or check of a lesson; belongs to the person alone, purgeable."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="lesson_answers")
    block = models.CharField(max_length=120)
    answer = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "block"], name="one_answer_per_block")]


class Attempt(models.Model):
    """One go at the assessment; visible to the learner alone, never in any report, purgeable (row A14).

    `form` is [{"item","options":[ids as shown]}]; `answers` is {item: response}, `given` {item: when it was given}, so
    that an older answer that arrives late never takes a newer one's place; marks are counted points.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField()
    edition = models.CharField(max_length=40, blank=True)
    form = models.JSONField()
    answers = models.JSONField(default=dict)
    given = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=10)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    points = models.PositiveSmallIntegerField(null=True, blank=True)
    points_possible = models.PositiveSmallIntegerField(null=True, blank=True)
    passed = models.BooleanField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "number"], name="one_attempt_per_number"),
            models.UniqueConstraint(
                fields=["enrolment"], condition=models.Q(submitted_at=None), name="one_open_attempt"
            ),
        ]


class Completion(models.Model):
    """A course was completed: a fact, kept; a correction is a further record (law 3).

    `id` is the reference that decisions, certificates and reports carry. No score stands here. `sealed_on` is the night
    whose seal first covered the row: its order in the record, which no instant gives where an import takes hours.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="completions")
    course_key = models.CharField(max_length=60)
    edition = models.CharField(max_length=40, blank=True)
    completed_on = models.DateField()
    role = models.CharField(max_length=20)
    source = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    retracted_at = models.DateTimeField(null=True, blank=True)
    sealed_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["person_id", "completed_on", "id"]
        indexes = [models.Index(fields=["sealed_on"], name="completion_by_seal")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course_key", "completed_on", "role", "source"], name="one_completion_per_fact"
            ),
        ]


class CompletionScore(models.Model):
    """The score that came with an imported completion; the learner's own, apart from the record, purgeable."""

    completion = models.OneToOneField(Completion, on_delete=models.CASCADE, related_name="score_row")
    score = models.CharField(max_length=20)


class CourseAccess(models.Model):
    """Somebody who need not take a programme's courses may open them: by request, ended, never deleted (row B20)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="course_access")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("Case", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField()
    granted_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "programme"], condition=models.Q(ended_at=None), name="one_access_at_a_time"
            )
        ]


class Certificate(models.Model):
    """The public, verifiable proof of one completion; `code` is what the verification page takes (row B18)."""

    code = models.CharField(primary_key=True, max_length=24)
    completion = models.OneToOneField(Completion, on_delete=models.PROTECT, related_name="certificate")
    made_at = models.DateTimeField()
