"""Stored standings as read models; they are shown, never worked out again here."""

from datetime import datetime

from django.db.models import Case, F, Q, Value, When

from upstander.core.cycles import OWN
from upstander.core.programme import Programme
from upstander.models import Standing, StandingChange
from upstander.queries.programmes import all_published


def in_cycle(cycle: str, prefix: str = "") -> Q:
    """The condition for rows of one cycle; `own` stands for the cycle in which each person is."""
    return Q(**{f"{prefix}ongoing": True}) if cycle == OWN else Q(**{f"{prefix}cycle": cycle})


def counted_in() -> Case:
    """The cycle under which the official figures count a standing: its own, or `own` where each person has theirs."""
    return Case(When(ongoing=True, then=Value(OWN)), default=F("cycle"))


def current(programmes: list[Programme], day: object) -> Q:
    """The condition for standings of the cycle that contains the day, in every given programme."""
    wanted = Q(pk=None)
    for programme in programmes:
        wanted |= Q(programme_id=programme.key) & in_cycle(programme.cycle_on(day).key)
    return wanted


def standings_of(person_id: str, moment: object) -> list[Standing]:
    """One person's standings in the current cycles of every published programme, ordered by programme."""
    wanted = current(all_published(), moment.day)
    return list(Standing.objects.filter(wanted, person_id=person_id).order_by("programme_id"))


def history_of(person_id: str, programme: str | None = None) -> list[StandingChange]:
    """Every change of one person's standings, oldest first (row C03)."""
    changes = StandingChange.objects.filter(person_id=person_id)
    if programme:
        changes = changes.filter(programme_id=programme)
    return list(changes.order_by("at", "id"))


def stood_then(person_id: str, programme: str, until: datetime) -> dict[str, StandingChange]:
    """For every cycle the last change on record before the instant: the standings as they stood then."""
    changes = StandingChange.objects.filter(person_id=person_id, programme_id=programme, at__lt=until)
    return {change.cycle: change for change in changes.order_by("at", "id")}
