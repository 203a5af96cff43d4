"""People, their appointments and units as the roster has them now, and every earlier version of it."""

from django.db import models


class Unit(models.Model):
    """A unit of the institution; a unit without an area has its parent's."""

    id = models.CharField(primary_key=True, max_length=40)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(max_length=200)
    area = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UnitAdministrator(models.Model):
    """This person is an administrative officer of this unit and of the units below it (row B18).

    `person_id` is not a foreign key: a units file may name somebody whom the people file does not hold yet.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="administrators")
    person_id = models.CharField(max_length=8, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "person_id"], name="one_row_per_unit_administrator")]


class RosterImport(models.Model):
    """One roster file put before the system: applied, held by the brake, refused, or cut short by a crash.

    `applying` while it is being written; a later import that finds it so finishes its work and calls it `cut-short`.
    """

    STATES = [(s, s) for s in ("held", "applying", "applied", "released", "refused", "cut-short")]
    started_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=STATES)
    requested_by = models.CharField(max_length=80, blank=True)
    released_by = models.CharField(max_length=80, blank=True)
    people_digest = models.CharField(max_length=64, blank=True)
    units_digest = models.CharField(max_length=64, blank=True)
    hold_path = models.CharField(max_length=400, blank=True)
    summary = models.JSONField(default=dict)


class Person(models.Model):
    """One human, for good: identified by the roster's eight digits, never deleted by a roster."""

    id = models.CharField(primary_key=True, max_length=8)
    legal_first_name = models.CharField(max_length=100, blank=True)
    legal_last_name = models.CharField(max_length=100, blank=True)
    preferred_name = models.CharField(max_length=100, blank=True)
    email = models.CharField(max_length=254, blank=True, db_index=True)
    birth_date = models.DateField(null=True, blank=True)
    preferred_language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    onboarded_on = models.DateField(null=True, blank=True)
    onboarded_as = models.CharField(max_length=40, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    vanished_on = models.DateField(null=True, blank=True)
    roster_digest = models.CharField(max_length=32, blank=True, help_text="of the rows last applied, to skip them")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["legal_last_name", "legal_first_name", "id"], name="person_by_name")]

    def __str__(self) -> str:
        return self.id

    @property
    def called(self) -> str:
        """The name by which everybody addresses this person: the preferred one where there is one."""
        if self.preferred_name:
            last = "" if self.legal_last_name in self.preferred_name else self.legal_last_name
            return f"{self.preferred_name} {last}".strip()
        return f"{self.legal_first_name} {self.legal_last_name}".strip() or self.id


class Appointment(models.Model):
    """One appointment of one person as the roster has it now."""

    id = models.CharField(primary_key=True, max_length=60)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="appointments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appointments")
    category = models.CharField(max_length=20)
    title = models.CharField(max_length=200, blank=True)
    paid = models.BooleanField(null=True)
    benefits_eligible = models.BooleanField(null=True)
    student_year = models.PositiveSmallIntegerField(null=True, blank=True)
    graduates_on = models.DateField(null=True, blank=True)
    supervisor_id = models.CharField(max_length=8, blank=True)
    supervises = models.BooleanField(null=True)
    confidential_role = models.BooleanField(null=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    leaves = models.JSONField(default=list, blank=True, help_text='[{"kind","from_on","to_on"}], ISO dates')
    work_state = models.CharField(max_length=40, blank=True)
    work_country = models.CharField(max_length=40, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["person_id", "id"]


class RosterRecord(models.Model):
    """What the roster said of one person from `known_at` on: appended at every change, never edited (law 3).

    `document` is {"person": {...}, "appointments": [...]} with the columns of `people.csv`; `present` is false when
    the person vanished from the file.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="records")
    known_at = models.DateTimeField()
    source = models.ForeignKey(RosterImport, on_delete=models.PROTECT)
    present = models.BooleanField(default=True)
    document = models.JSONField()

    class Meta:
        ordering = ["person_id", "known_at", "id"]
        indexes = [models.Index(fields=["person", "known_at"], name="record_by_person")]


class UnitRecord(models.Model):
    """What the unit file said of one unit from `known_at` on: {"parent_id","name","area","administrator_ids"}."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="records")
    known_at = models.DateTimeField()
    source = models.ForeignKey(RosterImport, on_delete=models.PROTECT)
    document = models.JSONField()

    class Meta:
        ordering = ["unit_id", "known_at", "id"]
