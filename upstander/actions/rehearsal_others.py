"""The letters about others that a rehearsal foresees: who reads of whom is asked as the planner asks it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from types import SimpleNamespace

from upstander.actions.notices import zone_of
from upstander.core.accountable import answering_unit
from upstander.core.escalation import turn_of
from upstander.core.notices import OVERDUE_OTHERS, is_address
from upstander.core.programme import Programme
from upstander.core.rehearsal_others import Telling, goes_at, one_a_day, tellings
from upstander.core.rehearsal_player import Calendar, Played
from upstander.models import Notice, Person
from upstander.queries.facts import iter_facts
from upstander.queries.readers import readers_of

AT_ONCE = 500


class Others:
    """Takes people as they were played; knows in the end on which days whom a letter about others reaches.

    Its size grows with the readers and the days; queries with the chunks of those of whom something is told.
    """

    def __init__(self, rules: Programme, calendar: Calendar, told_until: date | None) -> None:
        self.rules, self.calendar, self.told_until = rules, calendar, told_until
        self._readers = readers_of(rules.key)
        self._zones: dict[str, str | None] = {}
        self._waiting: list[tuple[Telling, str]] = []
        self._letters: set[tuple[str, date]] = set()

    def passing(self, played: Iterable[Played]) -> Iterator[Played]:
        """The same people, each taken on the way."""
        for one in played:
            for telling in tellings(self.rules, one, self.calendar):
                unit = answering_unit(one.player.facts.appointments, telling.on)
                self._waiting.append((telling, unit))
            if len(self._waiting) >= AT_ONCE:
                self._settle()
            yield one

    def letters(self) -> list[tuple[date, str]]:
        """The day and the reader of each letter within the days shown, in order."""
        self._settle()
        shown = self.calendar.shown
        return sorted((day, reader) for reader, day in self._letters if shown.holds(day))

    def count_into(self, add: Callable[[date, str, str], None]) -> None:
        """Tells `add` the day, the reader's unit and the kind of each letter."""
        letters = self.letters()
        held = {one.person_id: one.appointments for one in iter_facts({reader for _, reader in letters})}
        for day, reader in letters:
            add(day, answering_unit(held[reader], day) if reader in held else "", OVERDUE_OTHERS)

    def _settle(self) -> None:
        waiting, self._waiting = self._waiting, []
        named = [(reader, telling) for telling, unit in waiting for reader in self._read(telling, unit)]
        self._look_up({reader for reader, _ in named})
        went = self._went({telling.person_id for _, telling in named})
        instants = []
        for reader, telling in named:
            zone = self._zones.get(reader)
            if zone is None or self._key(reader, telling) in went:
                continue
            at = goes_at(self.rules, telling, zone, self.calendar)
            if at is not None:
                instants.append((reader, at))
        self._letters |= one_a_day(instants, self.calendar)

    def _read(self, telling: Telling, unit: str) -> list[str]:
        """Who is told, by the planner's own question about a row that is not written."""
        row = SimpleNamespace(person_id=telling.person_id, unit_id=unit)
        named = self._readers[telling.step.to]([row], telling.on)
        return [reader for reader in named.get(telling.person_id, ()) if reader != telling.person_id]

    def _look_up(self, readers: set[str]) -> None:
        """The zone of each reader to whom a letter can go; None for the others."""
        new = sorted(readers - self._zones.keys())
        self._zones |= dict.fromkeys(new)
        there = Person.objects.filter(pk__in=new, vanished_on=None).values_list("pk", "email", "time_zone")
        self._zones |= {pk: zone_of(zone) for pk, email, zone in there if is_address(email)}

    def _went(self, about: set[str]) -> set[str]:
        """The keys of what is settled about these people, gone or stopped."""
        rows = Notice.objects.filter(kind=OVERDUE_OTHERS, programme_id=self.rules.key, about_id__in=about)
        rows = rows.exclude(state="planned")
        if self.told_until:
            rows = rows.filter(planned_for_on__lte=self.told_until)
        return set(rows.order_by().values_list("dedupe_key", flat=True))

    def _key(self, reader: str, telling: Telling) -> str:
        place = f"{self.rules.key}:{telling.cycle}:{telling.person_id}"
        return f"{OVERDUE_OTHERS}:{reader}:{place}:{turn_of(telling.step, telling.due_on)}"
