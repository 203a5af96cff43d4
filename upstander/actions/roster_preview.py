"""What a planned roster would do to duties, counted by deciding before anything is written."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from upstander.actions.roster_staging import Staging
from upstander.core.decision import Decision
from upstander.core.facts import PersonFacts
from upstander.core.profile import Profiles, Shared
from upstander.core.programme import Programme
from upstander.core.roster import Place, facts_from_document
from upstander.models import Standing
from upstander.queries.facts import iter_facts
from upstander.queries.programmes import all_published
from upstander.queries.standings import in_cycle

#: States in which nothing is owed, or it is not known whether.
NO_DUTY = ("not-required", "exempt", "undecided")
KINDS = ("appear", "change", "return", "disappear", "moved")
PEOPLE_AT_ONCE = 1_000


@dataclass
class Tally:
    """How one programme's duties fare: `new` for people who appear; the others for people known before.

    `moved` keeps the duty and changes its group or due date; `states` counts what the people concerned come to.
    """

    before: int = 0
    new: int = 0
    gained: int = 0
    lost: int = 0
    moved: int = 0
    states: dict[str, int] = field(default_factory=dict)

    def take(self, old: Decision | None, new: Decision) -> None:
        self.states[new.state] = self.states.get(new.state, 0) + 1
        owed = new.state not in NO_DUTY
        if old is None:
            self.new += owed
            return
        owed_before = old.state not in NO_DUTY
        self.gained += owed and not owed_before
        self.lost += owed_before and not owed
        self.moved += owed and owed_before and (old.group, old.due_on) != (new.group, new.due_on)

    def as_json(self) -> dict:
        counts = {"before": self.before, "new": self.new, "gained": self.gained, "lost": self.lost}
        return {**counts, "moved": self.moved, "states": dict(sorted(self.states.items()))}


def preview_duties(staging: Staging, places: Mapping[str, Place], day: date) -> dict[str, Tally]:
    """The tally of every published programme over everybody whom the plan concerns."""
    programmes = all_published()
    tallies = {programme.key: Tally(before=_owed_now(programme, day)) for programme in programmes}
    if not programmes:
        return tallies
    profiles = {programme.key: Profiles(programme, day, _shared) for programme in programmes}
    for batch in staging.planned(PEOPLE_AT_ONCE, KINDS):
        for old, new in _pairs(batch, places, day):
            for key, of_programme in profiles.items():
                tallies[key].take(of_programme.of(old)[0] if old else None, of_programme.of(new)[0])
    return tallies


def _shared(shared: Shared) -> Decision:
    """What everybody of a profile has in common; more is not counted."""
    return shared.decision


def _owed_now(programme: Programme, day: date) -> int:
    rows = Standing.objects.filter(in_cycle(programme.cycle_on(day).key), programme_id=programme.key)
    return rows.exclude(state__in=NO_DUTY).count()


def _pairs(
    batch: Sequence[tuple[str, str, str, str]], places: Mapping[str, Place], day: date
) -> Iterator[tuple[PersonFacts | None, PersonFacts]]:
    """(facts as they are, facts as they would be) of each person; None for one who appears."""
    known = [person_id for person_id, kind, _, _ in batch if kind != "appear"]
    now = {facts.person_id: facts for facts in iter_facts(known)} if known else {}
    for person_id, kind, _, text in batch:
        old = now.get(person_id)
        if kind == "disappear":
            yield old, replace(old, vanished_on=day)
        elif kind == "moved":
            yield old, replace(old, appointments=tuple(_moved(old, places)))
        else:
            told = facts_from_document(json.loads(text), places)
            yield (
                old,
                told
                if old is None
                else replace(
                    old,
                    onboarded_on=told.onboarded_on,
                    onboarded_as=told.onboarded_as,
                    appointments=told.appointments,
                    vanished_on=None,
                ),
            )


def _moved(facts: PersonFacts, places: Mapping[str, Place]) -> Iterator:
    for appointment in facts.appointments:
        place = places.get(appointment.unit_id, Place(None, ()))
        yield replace(appointment, area=place.area, unit_line=place.line)
