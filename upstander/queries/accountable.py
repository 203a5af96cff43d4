"""Appointments that still count on a day, as a condition of SQL."""

from datetime import date

from django.db.models import Q


def not_ended(day: date, prefix: str = "") -> Q:
    """Appointments that are current or coming on the day."""
    return Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gte": day})
