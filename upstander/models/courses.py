"""Courses as they were published: every edition with its texts, drafts of coming ones, figures about their items."""

from django.db import models


class CourseText(models.Model):
    """One text file of some edition, kept once by the digest of its bytes; never changed."""

    digest = models.CharField(primary_key=True, max_length=64)
    text = models.TextField()


class CourseEdition(models.Model):
    """One edition of one course, immutable: which files it consists of, and what changed since the one before.

    `manifest` is {path within the course's folder: digest}. `origin` is `shipped` (the files of the program, or of
    the institution's content folder) or `authored` (written in the browser). `change` is "" for a first edition,
    else editorial, material or legal; `says` tells holders what changed, by language; `pages` are the pages whose
    text changed, as `section/page`. `place` counts the editions of a course, 1 on.
    """

    course_key = models.CharField(max_length=60)
    edition = models.CharField(max_length=40)
    place = models.PositiveIntegerField()
    origin = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    manifest = models.JSONField()
    change = models.CharField(max_length=10, blank=True)
    says = models.JSONField(default=dict, blank=True)
    pages = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80)
    reviewed_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["course_key", "place"]
        constraints = [
            models.UniqueConstraint(fields=["course_key", "edition"], name="one_edition_by_name"),
            models.UniqueConstraint(fields=["course_key", "place"], name="one_edition_by_place"),
        ]


class CourseDraft(models.Model):
    """A coming edition being written in the browser; states: open, in-review, published, discarded.

    `based_on` is the edition it began from ("" for a new course). Whoever asked for the review cannot publish it.
    """

    course_key = models.CharField(max_length=60)
    based_on = models.CharField(max_length=40, blank=True)
    edition = models.CharField(max_length=40)
    change = models.CharField(max_length=10, blank=True)
    says = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=12, default="open")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.CharField(max_length=80, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["course_key", "made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["course_key"], condition=models.Q(state__in=["open", "in-review"]), name="one_draft_a_course"
            ),
        ]


class CourseDraftFile(models.Model):
    """One file of a draft as it stands now; `version` grows with each save, so that two editors see each other."""

    draft = models.ForeignKey(CourseDraft, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=200)
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["draft", "path"], name="one_draft_file_by_path")]


class CourseDraftNote(models.Model):
    """What somebody said about a draft while it was reviewed; `place` is a path or `section/page`."""

    draft = models.ForeignKey(CourseDraft, on_delete=models.CASCADE, related_name="notes")
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    place = models.CharField(max_length=200, blank=True)
    text = models.TextField()

    class Meta:
        ordering = ["at", "id"]


class ItemFigures(models.Model):
    """How one item of the bank behaves, over more people than the small-cell limit; never about anybody by name.

    `counted` first attempts; `facility` the share that answered rightly and `discrimination` the correlation with the
    rest of the form, both in percent; `options` {option id: percent, or null where it would show a small cell}.
    """

    course_key = models.CharField(max_length=60)
    edition = models.CharField(max_length=40)
    item = models.CharField(max_length=40)
    counted = models.PositiveIntegerField()
    facility = models.SmallIntegerField()
    discrimination = models.SmallIntegerField(null=True, blank=True)
    options = models.JSONField(default=dict)
    made_on = models.DateField()

    class Meta:
        ordering = ["course_key", "edition", "item"]
        constraints = [models.UniqueConstraint(fields=["course_key", "edition", "item"], name="one_figure_an_item")]
