"""Which one unit answers for a person; the others that hold an appointment of theirs are informed only."""

from datetime import date

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from upstander.models import Appointment


def _first(**condition: object) -> Case:
    return Case(When(**condition, then=Value(0)), default=Value(1), output_field=IntegerField())


def not_ended(day: date, prefix: str = "") -> Q:
    """Appointments that are current or coming on the day."""
    return Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gte": day})


def in_order(appointments: QuerySet[Appointment], day: date) -> QuerySet[Appointment]:
    """Begun before coming, then benefits-eligible, then paid, then the longest held, then by id."""
    return appointments.annotate(
        begun_first=Case(
            When(Q(starts_on=None) | Q(starts_on__lte=day), then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        ),
        benefits_first=_first(benefits_eligible=True),
        paid_first=_first(paid=True),
    ).order_by("begun_first", "benefits_first", "paid_first", F("starts_on").asc(nulls_first=True), "id")


def accountable_unit(day: date, person: str = "person_id") -> Subquery:
    """The id of the one unit that answers for the person in column `person`; null if every appointment has ended."""
    held = Appointment.objects.filter(not_ended(day), person_id=OuterRef(person))
    return Subquery(in_order(held, day).values("unit_id")[:1])
