"""The clock of the verbs and of the schedule: below this floor the moment is an argument."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from upstander.core.days import Moment


def now() -> Moment:
    """The present instant with the institution's civil day."""
    return Moment.of(timezone.now(), settings.INSTITUTION_ZONE)


def at_noon(day: date) -> Moment:
    """Noon of the given civil day, for a verb that is told to act as of another day."""
    noon = datetime.combine(day, time(12), tzinfo=ZoneInfo(settings.INSTITUTION_ZONE))
    return Moment(at=noon.astimezone(UTC), day=day)
