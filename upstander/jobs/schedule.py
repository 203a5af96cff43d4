"""What runs by the clock: one line a job. The worker's scheduler reads these rows."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django_q.models import Schedule

from upstander.jobs.clock import now

NIGHTLY_AT = time(2, 0)
#: name -> the function, and minutes between runs; None means every night.
SCHEDULE = {
    "daily": ("upstander.jobs.daily.run", None),
    "sending": ("upstander.jobs.sending.run", 1),
    "confidence": ("upstander.jobs.confidence.run", 1),
    "post": ("upstander.jobs.post.run", 5),
    "walk": ("upstander.jobs.proof.walk", 7 * 24 * 60),
}


def lay_schedule() -> None:
    """Makes the rows say what the table says; the next run of a row that is there already stays."""
    Schedule.objects.exclude(name__in=SCHEDULE).delete()
    for name, (function, minutes) in SCHEDULE.items():
        kind = Schedule.DAILY if minutes is None else Schedule.MINUTES
        fixed = {"func": function, "schedule_type": kind, "minutes": minutes, "repeats": -1}
        first = next_night() if minutes is None else now().at
        Schedule.objects.update_or_create(name=name, defaults=fixed, create_defaults={**fixed, "next_run": first})


def next_night() -> datetime:
    """The coming 02:00 of the institution."""
    here = now().at.astimezone(ZoneInfo(settings.INSTITUTION_ZONE))
    night = here.replace(hour=NIGHTLY_AT.hour, minute=NIGHTLY_AT.minute, second=0, microsecond=0)
    return night if night > here else night + timedelta(days=1)
