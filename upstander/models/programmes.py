"""Programmes, their published versions, and what every person owes in them."""

import uuid

from django.db import models

from upstander.models.people import Person


class Programme(models.Model):
    """A programme by its permanent key; what it says stands in its versions."""

    key = models.CharField(primary_key=True, max_length=60)
    sending_opened_at = models.DateTimeField(null=True, blank=True)
    sending_opened_by = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return self.key


class ProgrammeVersion(models.Model):
    """One version of a programme's document, as TOML; published ones are never edited (law 3).

    A draft carries the version that it was made from and a `revision` that grows with every edit, so that two people
    who edit it at once are told. One whose effect lies above the brake waits with `requested_by` and its `effect` for
    a second officer (`released_by`). `made_because` says what made it: an import, an edit, the next cycle, a preset.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.TextField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80, blank=True)
    made_because = models.CharField(max_length=20, default="import")
    based_on = models.PositiveIntegerField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    requested_at = models.DateTimeField(null=True, blank=True)
    requested_by = models.CharField(max_length=80, blank=True)
    released_by = models.CharField(max_length=80, blank=True)
    effect = models.JSONField(default=dict)
    discarded_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["programme_id", "number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="one_version_per_number")]


class Standing(models.Model):
    """The decision about one person in one cycle as last decided; `reasons` as in `Decision.as_json`.

    A row whose `next_change_on` has come is decided again before it is shown or counted (law 1). `unit_id` is the one
    unit that answers for the person. `ongoing` marks the newest cycle of a person in a programme whose cycles are each
    person's own; where cycles are the programme's, the day tells which one is shown, and it stays false.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="standings", db_index=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="standings", db_index=False)
    cycle = models.CharField(max_length=40)
    state = models.CharField(max_length=16)
    group = models.CharField(max_length=60, null=True, blank=True)
    opens_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    satisfied_kind = models.CharField(max_length=20, null=True, blank=True)
    satisfied_ref = models.CharField(max_length=80, null=True, blank=True)
    satisfied_on = models.DateField(null=True, blank=True)
    reasons = models.JSONField(default=list)
    next_change_on = models.DateField(null=True, blank=True)
    unit_id = models.CharField(max_length=40, blank=True, default="")
    decided_on = models.DateField()
    decided_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    ongoing = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "programme", "cycle"], name="one_standing_per_cycle"),
            models.UniqueConstraint(
                fields=["person", "programme"], condition=models.Q(ongoing=True), name="one_ongoing_standing"
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "cycle", "state", "group"], name="standing_by_state"),
            models.Index(fields=["programme", "next_change_on"], name="standing_by_next_change"),
            models.Index(
                fields=["programme", "cycle", "unit_id", "state", "group", "opens_on", "due_on", "satisfied_on"],
                name="standing_by_unit",
            ),
            models.Index(
                fields=["programme", "unit_id", "state", "group", "opens_on", "due_on", "satisfied_on"],
                condition=models.Q(ongoing=True),
                name="standing_ongoing_by_unit",
            ),
        ]


class StandingChange(models.Model):
    """A standing changed: what, when, by which cause (row C03). Appended only.

    `cause` is one of roster, programme, day, completion, adjustment, start; `cause_ref` names the import, version,
    completion or officer. `after` is the decision's JSON.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="changes", db_index=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, db_index=False)
    cycle = models.CharField(max_length=40)
    at = models.DateTimeField()
    day = models.DateField()
    cause = models.CharField(max_length=20)
    cause_ref = models.CharField(max_length=80, blank=True)
    before_state = models.CharField(max_length=16, blank=True)
    after_state = models.CharField(max_length=16)
    after = models.JSONField()

    class Meta:
        ordering = ["person_id", "programme_id", "at", "id"]
        indexes = [models.Index(fields=["person", "programme", "cycle", "at"], name="change_by_person")]


class AdjustmentRecord(models.Model):
    """An officer's recorded decision about one duty; ended, never edited.

    Kinds: waiver, extension, deferral, equivalency, alternative, ending. `ref` is what decisions carry: of the same
    form for all of them and for completions. `course_key` names the option that an equivalency or alternative stands
    for, `appointment_id` the appointment whose end is meant.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="adjustments")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    cycle = models.CharField(max_length=40, null=True, blank=True)
    ref = models.UUIDField(unique=True, default=uuid.uuid4)
    kind = models.CharField(max_length=20)
    course_key = models.CharField(max_length=60, blank=True)
    appointment_id = models.CharField(max_length=60, blank=True, default="", db_default="")
    case = models.ForeignKey("Case", on_delete=models.PROTECT, null=True, blank=True, related_name="adjustments")
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True, blank=True)


class Snapshot(models.Model):
    """The official figures of one night: when they were taken and the digest of their rows (row B18)."""

    day = models.DateField(unique=True)
    taken_at = models.DateTimeField()
    row_count = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)


class SnapshotRow(models.Model):
    """One person's standing in one unit as of a snapshot; a person with two units has two rows, one `accountable`."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="rows")
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    cycle = models.CharField(max_length=40)
    unit_id = models.CharField(max_length=40)
    accountable = models.BooleanField(default=True)
    state = models.CharField(max_length=16)
    group = models.CharField(max_length=60, null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["snapshot", "programme", "unit_id", "state"], name="snapshot_by_unit"),
            models.Index(fields=["snapshot", "person"], name="snapshot_by_person"),
        ]


class SnapshotCount(models.Model):
    """How many people for whom one unit answers stood where as of a snapshot: the sums of its accountable rows.

    Every person is counted in exactly one unit, so the units' counts add up to the university's.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="counts")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    cycle = models.CharField(max_length=40)
    unit_id = models.CharField(max_length=40)
    state = models.CharField(max_length=16)
    group = models.CharField(max_length=60, null=True, blank=True)
    people = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["snapshot", "programme", "cycle", "unit_id"], name="snapshot_count_by_unit")]


class AuditLine(models.Model):
    """Somebody did something: who (an erasable reference), what, to what, when; no content, no answers."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["subject", "at"], name="audit_by_subject")]
