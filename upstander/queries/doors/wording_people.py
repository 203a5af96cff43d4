"""The door of the people with whose facts an officer looks at a letter: whom there is, and what it would tell them of.

Whoever has nothing that this officer may see has nothing here, for whatever reason. Nothing is written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import Http404

from upstander.core.access import Roles
from upstander.core.days import Moment
from upstander.core.notices import (
    ADDED,
    CERTIFICATE,
    CONFIRMATION,
    DIGEST,
    DRAFT_READY,
    EXTENSION_GRANTED,
    OVERDUE,
    OVERDUE_OTHERS,
    REMINDER,
)
from upstander.core.programme import Programme
from upstander.models import Completion, Notice, Person, ProgrammeVersion, Standing
from upstander.queries.doors.officers import standing_for_officer
from upstander.queries.messages import shown
from upstander.queries.roles import officers_of
from upstander.queries.wording import Place
from upstander.queries.wording_duties import (
    duties,
    duties_now,
    has_extension,
    missing_for,
    readers_now,
    several_open,
)
from upstander.queries.wording_things import SOURCES, Scope, letters_of, readers_in

#: So many people are offered, found among so many of the newest letters and things.
OFFERED, LOOKED_THROUGH = 8, 100
OF_DUTY = (ADDED, REMINDER, OVERDUE, CONFIRMATION, EXTENSION_GRANTED)
_WENT = ("claimed", "sent", "unknown")


@dataclass(frozen=True, slots=True)
class About:
    """What a letter to somebody would be about: a row that is not stored, and the duties of which it tells.

    With each of `duties` stands the turn of the step that tells of it, "" where there are none. `letter_on` is the day
    of the newest letter of the kind, None where none was written yet.
    """

    notice: Notice
    duties: Sequence[tuple[Standing, str]] = ()
    letter_on: date | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody with such a letter, by a standing of theirs; `letter_on` as above."""

    standing: Standing
    letter_on: date | None


def scope_for_officer(roles: Roles, place: Place, programmes: Iterable[Programme], moment: Moment) -> Scope:
    """From where facts may come: the letter's programme, or for the words for all every one that the viewer runs."""
    mine = tuple(rules for rules in programmes if place.programme in (None, rules.key))
    return Scope(roles.person_id or "", mine, moment)


def chosen_for_officer(roles: Roles, place: Place, number: int) -> Standing:
    """The standing of whom the viewer chose; Http404 outside the letter's programme and for whoever has left."""
    standing = standing_for_officer(roles, number)
    if place.programme not in (None, standing.programme_id) or standing.person.vanished_on is not None:
        raise Http404
    return standing


def about_for_officer(kind: str, standing: Standing, scope: Scope) -> About | None:
    """What a letter of this kind to the person would be about, or None; queries do not grow with the rows."""
    if kind in OF_DUTY:
        return _of_duty(kind, standing)
    if kind == OVERDUE_OTHERS:
        return _of_several(kind, standing.person, missing_for(standing.person_id, scope), least=1)
    if kind == DIGEST:
        open_ones = several_open(scope).filter(person_id=standing.person_id)
        return _of_several(kind, standing.person, [(one, "") for one in open_ones], least=2)
    letter = letters_of(kind, scope).filter(person_id=standing.person_id).first()
    if kind == DRAFT_READY:
        return _of_draft(standing.person, letter, scope)
    return _of_thing(kind, standing.person, letter, scope)


def people_for_officer(kind: str, scope: Scope) -> list[Offer]:
    """The newest eight people with a letter of this kind, else of whom one would be planned now; constant queries."""
    letters = _letters(kind, scope)
    places: dict[tuple[str, str | None], date | None] = {}
    for person_id, programme, at in letters:
        places.setdefault((person_id, programme if kind in OF_DUTY else None), _day(at))
    if len(places) < OFFERED or kind in (DIGEST, OVERDUE_OTHERS):
        now = _now(kind, scope)
        if kind in (DIGEST, OVERDUE_OTHERS):  # of these there must be something to tell now
            places = {place: on for place, on in places.items() if place in set(now)}
        places |= {place: None for place in now if place not in places}
    return _offers(places, scope)


def _letters(kind: str, scope: Scope) -> list[tuple[str, str | None, Any]]:
    if kind in (DIGEST, OVERDUE_OTHERS):
        went = Notice.objects.filter(kind=kind, about=None, state__in=_WENT, person__vanished_on=None).order_by()
        rows = went.values_list("person_id").annotate(at=Max("planned_at")).order_by("-at", "person_id")
        return [(person_id, None, at) for person_id, at in rows[:LOOKED_THROUGH]]
    rows = letters_of(kind, scope).values_list("person_id", "programme_id", "planned_at")
    return list(rows[:LOOKED_THROUGH])


def _now(kind: str, scope: Scope) -> list[tuple[str, str | None]]:
    """The places of people of whom such a letter would be planned now, the newest first."""
    if kind in OF_DUTY:
        rows = duties_now(kind, scope).values_list("person_id", "programme_id")
        return list(rows[:LOOKED_THROUGH])
    if kind == OVERDUE_OTHERS:
        people = readers_now(scope)
    elif kind == DIGEST:
        people = list(several_open(scope).values_list("person_id", flat=True)[:LOOKED_THROUGH])
    elif kind == DRAFT_READY:
        draft = _draft(scope)
        people = officers_of(draft.programme_id) if draft else []
    else:
        source = SOURCES[kind]
        people = [one for thing in source.now(scope)[:LOOKED_THROUGH] for one in readers_in(thing, source)]
    return [(person_id, None) for person_id in dict.fromkeys(people)]


def _offers(places: dict[tuple[str, str | None], date | None], scope: Scope) -> list[Offer]:
    """The first of these who are on the roster, each by a standing of this cycle."""
    rows = duties(scope).filter(person_id__in={person_id for person_id, _ in places}).order_by("programme_id")
    found: dict[tuple[str, str | None], Standing] = {}
    for row in rows:
        found.setdefault((row.person_id, None), row)
        found[row.person_id, row.programme_id] = row
    offers = [Offer(found[place], on) for place, on in places.items() if place in found]
    return offers[:OFFERED]


def _of_duty(kind: str, standing: Standing) -> About | None:
    where = {"person_id": standing.person_id, "programme_id": standing.programme_id, "cycle": standing.cycle}
    letters = shown(Notice.objects.filter(**where, kind=kind, about=None)).exclude(state="not-sent")
    letter = letters.order_by("-planned_at", "-pk").first()
    by_letter = kind != EXTENSION_GRANTED or letter is not None
    if not by_letter and not Standing.objects.filter(has_extension(), pk=standing.pk).exists():
        return None
    row = Notice(kind=kind, person=standing.person, programme_id=standing.programme_id, cycle=standing.cycle)
    return About(row, letter_on=_day(letter.planned_at) if letter else None)


def _of_several(kind: str, person: Person, told: list[tuple[Standing, str]], least: int) -> About | None:
    if len(told) < least:
        return None
    went = Notice.objects.filter(kind=kind, person=person, about=None, state__in=_WENT)
    at = went.aggregate(at=Max("planned_at"))["at"]
    programmes = {standing.programme_id for standing, _ in told}
    row = Notice(kind=kind, person=person, programme_id=programmes.pop() if len(programmes) == 1 else None)
    return About(row, told, _day(at) if at else None)


def _of_draft(person: Person, letter: Notice | None, scope: Scope) -> About | None:
    if letter is not None:
        number, programme = letter.dedupe_key.rpartition(":")[2], letter.programme_id
        if ProgrammeVersion.objects.filter(programme_id=programme, number=number).exists():
            row = Notice(kind=DRAFT_READY, person=person, programme_id=programme, dedupe_key=f"look:{number}")
            return About(row, letter_on=_day(letter.planned_at))
    draft = _draft(scope)
    if draft is None or person.pk not in officers_of(draft.programme_id):
        return None
    row = Notice(kind=DRAFT_READY, person=person, programme_id=draft.programme_id, dedupe_key=f"look:{draft.number}")
    return About(row)


def _draft(scope: Scope) -> ProgrammeVersion | None:
    """The newest draft of a next period that was made by itself and that nobody has edited."""
    drafts = ProgrammeVersion.objects.filter(programme_id__in=scope.keys, made_because="next-cycle", revision=1)
    waiting = drafts.filter(published_at=None, discarded_at=None, requested_at=None)
    return waiting.order_by("-made_at", "-number").first()


def _of_thing(kind: str, person: Person, letter: Notice | None, scope: Scope) -> About | None:
    source = SOURCES[kind]
    if letter is not None:
        thing = getattr(letter, source.field)
    else:
        among = source.now(scope)
        mine = [among.filter(**{column: person.pk}).first() for column in source.readers]
        thing = next((one for one in mine if one is not None), None)
    if thing is None:
        return None
    programme = _offering(thing, scope) if kind == CERTIFICATE else getattr(thing, "programme_id", None)
    row = Notice(kind=kind, person=person, programme_id=programme, **{source.field: thing})
    return About(row, letter_on=_day(letter.planned_at) if letter else None)


def _offering(done: Completion, scope: Scope) -> str | None:
    """The programme whose office signs: the first that offers the course."""
    return next((rules.key for rules in scope.programmes if done.course_key in rules.course_keys), None)


def _day(at: Any) -> date:
    return Moment.of(at, settings.INSTITUTION_ZONE).day
