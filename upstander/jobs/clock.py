"""The clock of the verbs and of the schedule: below this floor the moment is an argument."""

from django.conf import settings
from django.utils import timezone

from upstander.core.days import Moment


def now() -> Moment:
    """The present instant with the institution's civil day."""
    return Moment.of(timezone.now(), settings.INSTITUTION_ZONE)
