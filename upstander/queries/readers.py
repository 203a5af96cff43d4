"""Who is told of other people's overdue duties: supervisors, administrators of units, officers (rows B12, B18)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q

from upstander.models import Appointment, Person, Unit, UnitAdministrator

#: Units stand in trees of no more than so many floors.
DEEPEST = 50


def supervisors(people: Mapping[str, str], day: date) -> dict[str, list[str]]:
    """Each person's supervisor by the appointment that they hold in the given unit, else by another; one query."""
    held = Appointment.objects.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day))
    rows = held.filter(person_id__in=list(people)).exclude(supervisor_id="").order_by("pk")
    found: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for person_id, unit_id, supervisor in rows.values_list("person_id", "unit_id", "supervisor_id"):
        if supervisor != person_id:
            found[person_id].append((unit_id != people[person_id], supervisor))
    return {person_id: [min(named, key=lambda pair: pair[0])[1]] for person_id, named in found.items()}


class Administrators:
    """The administrators of units; of one that has none, those of the nearest unit above it."""

    def __init__(self) -> None:
        self._above = dict(Unit.objects.values_list("pk", "parent_id"))
        self._of: dict[str, list[str]] = defaultdict(list)
        for unit_id, person_id in UnitAdministrator.objects.order_by("person_id").values_list("unit_id", "person_id"):
            self._of[unit_id].append(person_id)

    def of(self, unit_id: str | None) -> list[str]:
        """Who administers the unit."""
        for _ in range(DEEPEST):
            if not unit_id or unit_id in self._of:
                break
            unit_id = self._above.get(unit_id)
        return self._of.get(unit_id or "", [])


def present(ids: Collection[str]) -> dict[str, str]:
    """Those of these people who are on the roster, with their time zones; one query."""
    return dict(Person.objects.filter(pk__in=sorted(set(ids)), vanished_on=None).values_list("pk", "time_zone"))
