"""The letters that follow from no duty of their readers: about others, and about what is booked or arranged.

Who reads of whom is asked as the planner asks it, and again as the sender does.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from types import SimpleNamespace

from upstander.actions.notices import zone_of
from upstander.actions.rehearsal_booked import booked_letters
from upstander.core.accountable import answering_unit
from upstander.core.days import Moment
from upstander.core.escalation import turn_of
from upstander.core.notices import OVERDUE_OTHERS, is_address
from upstander.core.programme import Programme
from upstander.core.rehearsal_others import Telling, goes_at, tellings
from upstander.core.rehearsal_player import Calendar, Letter, Played
from upstander.models import Notice, Person
from upstander.queries.facts import iter_facts
from upstander.queries.readers import Readers, readers_of, told_today
from upstander.queries.rehearsing import suppressed_people

AT_ONCE = 500


class Others:
    """Takes people as they were played; knows in the end on which days whom a letter beside their duties reaches.

    `programmes`: the one that is rehearsed, then those played beside it. Its size grows with the readers and the days;
    queries with the chunks of those of whom something is told.
    """

    def __init__(
        self, programmes: list[Programme], calendar: Calendar, told_until: date | None, moment: Moment
    ) -> None:
        self.rules, self.calendar, self.told_until, self.moment = programmes[0], calendar, told_until, moment
        self._programmes = {rules.key: rules for rules in programmes}
        self._readers: Mapping[str, dict[str, Readers]] = {key: readers_of(key) for key in self._programmes}
        self._zones: dict[str, str | None] = {}
        self._not_before: dict[str, datetime] = {}
        self._waiting: list[tuple[str, Telling]] = []
        self._letters: dict[tuple[str, date], set[str]] = defaultdict(set)

    def passing(self, played: Iterable[Played]) -> Iterator[Played]:
        """The same people, each taken on the way."""
        for one in played:
            for key, theirs in ((self.rules.key, one), *one.beside.items()):
                for telling in tellings(self._programmes[key], theirs, self.calendar):
                    self._waiting.append((key, telling))
            if len(self._waiting) >= AT_ONCE:
                self._settle()
            yield one

    def letters(self) -> list[Letter]:
        """Each letter of the programme within the days shown, by day and reader."""
        self._settle()
        shown, own = self.calendar.shown, self.rules.key
        found = [
            Letter(day, reader, OVERDUE_OTHERS, tuple(sorted(keys - {own})))
            for (reader, day), keys in self._letters.items()
            if own in keys and shown.holds(day)
        ]
        found += booked_letters(self.rules, self.calendar, self.told_until)
        return sorted(found, key=lambda letter: (letter.day, letter.reader, letter.kind))

    def count_into(self, add: Callable[[Letter, str], None]) -> None:
        """Tells `add` each letter and its reader's unit."""
        letters = self.letters()
        held = {one.person_id: one.appointments for one in iter_facts({letter.reader for letter in letters})}
        for letter in letters:
            add(letter, answering_unit(held[letter.reader], letter.day) if letter.reader in held else "")

    def _settle(self) -> None:
        waiting, self._waiting = self._waiting, []
        for key, rules in self._programmes.items():
            named = list(self._read(key, [telling for of_key, telling in waiting if of_key == key]))
            self._look_up({reader for reader, _ in named})
            went = self._went(key, {telling.person_id for _, telling in named}) if named else set()
            for reader, telling in named:
                if self._zones.get(reader) is not None and _key(key, reader, telling) not in went:
                    self._take(rules, reader, telling)

    def _take(self, rules: Programme, reader: str, telling: Telling) -> None:
        at = goes_at(rules, telling, self._zones[reader], self.calendar, self._not_before.get(reader))
        if at is None:
            return
        day = self.calendar.moment(at).day
        if day == telling.on or reader in self._named(rules.key, telling, day):
            self._letters[reader, day].add(rules.key)

    def _read(self, key: str, waiting: list[Telling]) -> Iterator[tuple[str, Telling]]:
        """Who is told of whom; nobody of themself."""
        for telling in waiting:
            for reader in self._named(key, telling, telling.on):
                if reader != telling.person_id:
                    yield reader, telling

    def _named(self, key: str, telling: Telling, day: date) -> Iterable[str]:
        """Who is told at the step, by the planner's own question about a row that is not written."""
        unit = answering_unit(telling.played.player.facts.appointments, day)
        row = SimpleNamespace(person_id=telling.person_id, unit_id=unit)
        return self._readers[key][telling.step.to]([row], day).get(telling.person_id, ())

    def _look_up(self, readers: set[str]) -> None:
        """The zone of each reader to whom a letter can go; None for the others."""
        new = sorted(readers - self._zones.keys())
        if not new:
            return
        self._zones |= dict.fromkeys(new)
        there = Person.objects.filter(pk__in=new, vanished_on=None).values_list("pk", "email", "time_zone")
        unheard = suppressed_people(new)
        self._zones |= {pk: zone_of(zone) for pk, email, zone in there if is_address(email) and pk not in unheard}
        if self.calendar.first_on == self.moment.day:
            read_today = told_today(new, self.moment)
            self._not_before |= dict.fromkeys(read_today, self.moment.at + timedelta(days=1))

    def _went(self, key: str, about: set[str]) -> set[str]:
        """The keys of what is settled about these people, gone or stopped."""
        rows = Notice.objects.filter(kind=OVERDUE_OTHERS, programme_id=key, about_id__in=about)
        rows = rows.exclude(state="planned")
        if self.told_until:
            rows = rows.filter(planned_for_on__lte=self.told_until)
        return set(rows.order_by().values_list("dedupe_key", flat=True))


def _key(programme: str, reader: str, telling: Telling) -> str:
    place = f"{programme}:{telling.cycle}:{telling.person_id}"
    return f"{OVERDUE_OTHERS}:{reader}:{place}:{turn_of(telling.step, telling.due_on)}"
