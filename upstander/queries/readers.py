"""Who is told of other people's overdue duties: supervisors, administrators of units, officers (rows B12, B18)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from upstander.core.days import Moment
from upstander.core.escalation import OFFICER, SUPERVISOR, UNIT_ADMINISTRATOR, reader_of
from upstander.core.notices import OVERDUE_OTHERS
from upstander.models import Appointment, Notice, Person, Standing, Unit, UnitAdministrator
from upstander.queries.roles import officers_of

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


#: Given some standings of one programme: who is to be told of each person.
Readers = Callable[[Sequence[Standing], date], Mapping[str, Sequence[str]]]


def readers_of(programme: str) -> dict[str, Readers]:
    """Who reads at each kind of step of the programme but the person's own."""
    administrators, officers = Administrators(), officers_of(programme)
    return {
        SUPERVISOR: lambda rows, day: supervisors({row.person_id: row.unit_id for row in rows}, day),
        UNIT_ADMINISTRATOR: lambda rows, _: {row.person_id: administrators.of(row.unit_id) for row in rows},
        OFFICER: lambda rows, _: {row.person_id: officers for row in rows},
    }


def still_readers(pairs: Sequence[tuple[Notice, Standing]], day: date) -> set[Notice]:
    """Those of these messages about others whose reader is still the one whom their step means.

    Queries grow with the programmes only.
    """
    by_programme: dict[str, list[tuple[Notice, Standing]]] = defaultdict(list)
    for pair in pairs:
        by_programme[pair[1].programme_id].append(pair)
    found: set[Notice] = set()
    for programme, of_programme in by_programme.items():
        readers, rows = readers_of(programme), [standing for _, standing in of_programme]
        named = {to: of(rows, day) for to, of in readers.items()}
        for notice, standing in of_programme:
            to = reader_of(notice.dedupe_key.rpartition(":")[2])
            if notice.person_id in named.get(to, {}).get(standing.person_id, ()):
                found.add(notice)
    return found


def told_today(reader_ids: Collection[str], moment: Moment) -> set[str]:
    """Those of these readers to whom a letter about others went today, or may have gone; one query."""
    since = datetime.combine(moment.day, time(), ZoneInfo(settings.INSTITUTION_ZONE))
    went = Notice.objects.filter(person_id__in=sorted(reader_ids), kind=OVERDUE_OTHERS, about=None)
    went = went.filter(state__in=("claimed", "sent", "unknown"), claimed_at__gte=since)
    return set(went.order_by().values_list("person_id", flat=True).distinct())
