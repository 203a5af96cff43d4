"""Arranging for somebody who cannot take a course alone at a screen: made, changed, called off, held (row A07).

The due date does not move by it: whoever needs more time is given it by a decision of its own.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from upstander.actions.arrangement_letters import tell_called_off, tell_changed, tell_made
from upstander.actions.cases import Wanted, open_case
from upstander.actions.codes import new_code
from upstander.actions.locks import lock_people, lock_places
from upstander.core import arrangements as rules
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.in_person import Times
from upstander.core.requests import NO_COMPUTER
from upstander.models import Arrangement, AuditLine, Case, Completion, Person
from upstander.queries.arrangements import Clash, clash_at, open_sheet, place_clash, planned_for
from upstander.queries.programmes import published
from upstander.queries.seat_time import asked_minutes

NUMBER_GROUPS = 2


@dataclass(frozen=True, slots=True)
class Arranged:
    """What the office writes: how, which course, in which language, when and where, and who helps (a person's id).

    `shares_place` says that the place may be in use by others at the same time.
    """

    kind: str
    course_key: str
    language: str
    times: Times | None
    place: str = ""
    needs: str = ""
    facilitator: str = ""
    shares_place: bool = False


@dataclass(frozen=True, slots=True)
class For:
    """For whom, in which programme and cycle; and the case in which it was asked for, if it was."""

    person_id: str
    programme: str
    cycle: str
    case: UUID | None = None


@transaction.atomic
def make(whom: For, arranged: Arranged, moment: Moment, by: str) -> Arrangement:
    """A new arrangement, planned.

    Refusals: `not-yourself`, `no-such-option` {course}, `arranged-already` {number}, `begun-already` for a time in the
    past, and those of `change`.
    """
    _lock(whom.person_id, arranged.facilitator)
    if by == f"person:{whom.person_id}":
        raise Refusal("not-yourself")
    if arranged.course_key not in published(whom.programme).course_keys:
        raise Refusal("no-such-option", {"course": arranged.course_key})
    there = planned_for(whom.person_id, whom.programme, arranged.course_key)
    if there is not None:
        raise Refusal("arranged-already", {"number": there.number})
    if arranged.times and arranged.times.starts_at <= moment.at:
        raise Refusal("begun-already")
    _check(whom.person_id, arranged, None)
    made = Arrangement.objects.create(
        number=new_code(NUMBER_GROUPS),
        person_id=whom.person_id,
        programme_id=whom.programme,
        cycle=whom.cycle,
        case=Case.objects.filter(pk=whom.case, person_id=whom.person_id).first() if whom.case else None,
        state=rules.PLANNED,
        made_at=moment.at,
        made_by=by,
        **_values(arranged),
    )
    _audit(made, "arrangement-made", moment, by)
    tell_made(made, moment)
    return made


@transaction.atomic
def change(arrangement_id: UUID, arranged: Arranged, began_with: int, moment: Moment, by: str) -> Arrangement:
    """The arrangement as now written; its calendar entry gets a higher sequence.

    Refusals: `changed-meanwhile` where it is not the sequence that the form was opened with, `arrangement-over`,
    `not-yourself`, `time-needed` and `place-needed` for anything but paper sent by post, `no-such-option`, `clash`
    {person, number, words, starts_at}, `place-taken` {number, words, starts_at}, `helps-themself`, `too-long`,
    `time-too-short` {asked}, `begun-already` for another time that is past, `being-keyed` {number} for another language
    or kind once somebody has keyed the sheet.
    """
    found = locked(arrangement_id, by, arranged.facilitator)
    if found.sequence != began_with:
        raise Refusal("changed-meanwhile")
    rules.check_change(found.state)
    if arranged.course_key != found.course_key:
        raise Refusal("no-such-option", {"course": arranged.course_key})
    if (arranged.kind, arranged.language) != (found.kind, found.language):
        check_not_keyed(found)
    if arranged.times and arranged.times.starts_at <= moment.at and arranged.times.starts_at != found.starts_at:
        raise Refusal("begun-already")
    _check(found.person_id, arranged, found.pk)
    helped_before = found.facilitator_id
    for name, value in _values(arranged).items():
        setattr(found, name, value)
    found.sequence += 1
    found.save()
    _audit(found, "arrangement-changed", moment, by)
    tell_changed(found, helped_before, moment)
    return found


@transaction.atomic
def call_off(arrangement_id: UUID, moment: Moment, by: str) -> Arrangement:
    """The office calls it off; refuses `arrangement-over` and `not-yourself`."""
    found = _end(locked(arrangement_id, by), rules.CANCELLED, moment, by)
    tell_called_off(found, moment)
    return found


@transaction.atomic
def cannot_come(arrangement_id: UUID, moment: Moment, language: str) -> tuple[Arrangement, Case]:
    """The person says that they cannot come: room and helper are free again, and the office is asked for another time.

    The case is the one in which it was arranged, while that is unsettled and of this kind, else a new one. Refuses
    `arrangement-over`.
    """
    found = _locked(arrangement_id, "")
    _end(found, rules.CANCELLED, moment, f"person:{found.person_id}")
    tell_called_off(found, moment, said_by=found.person_id)
    unsettled = Case.objects.filter(person_id=found.person_id, programme_id=found.programme_id, kind=NO_COMPUTER)
    case = unsettled.filter(state__in=("open", "asked", "accepted")).first()
    if case is None:
        asked = {"reach": found.person.email, "note": found.number}
        wanted = Wanted(found.programme_id, found.cycle, "officer", asked, language=language, kind=NO_COMPUTER)
        case = open_case(found.person_id, wanted, moment, f"person:{found.person_id}")
    return found, case


@transaction.atomic
def missed(arrangement_id: UUID, moment: Moment, by: str) -> Arrangement:
    """Nobody came; it costs nothing and says nothing. Refuses `not-begun-yet`, `arrangement-over`, `not-yourself`."""
    found = locked(arrangement_id, by)
    rules.check_over(found.state, found.starts_at, moment.at)
    return _end(found, rules.MISSED, moment, by)


@transaction.atomic
def held(arrangement_id: UUID, witness: str, moment: Moment, by: str) -> Arrangement:
    """The person was there, and this person saw it; a course taken online on that day is linked.

    Repeated, it looks for the course again. Refusals: `not-begun-yet`, `arrangement-over`, `not-yourself`,
    `no-such-witness`.
    """
    found = locked(arrangement_id, by)
    rules.check_over(found.state, found.starts_at, moment.at)
    if found.state == rules.MISSED:
        raise Refusal("arrangement-over", {"state": found.state})
    found.completion = found.completion or _taken_online(found, moment)
    was_held(found, witness, moment, by)
    return found


def was_held(found: Arrangement, witness: str, moment: Moment, by: str) -> None:
    """Keeps that it was held and who saw it, under the lock of its person. Refuses `no-such-witness`."""
    if witness == found.person_id or not Person.objects.filter(pk=witness).exists():
        raise Refusal("no-such-witness")
    if found.state != rules.HELD:
        found.state, found.ended_at, found.ended_by = rules.HELD, moment.at, by
        _audit(found, "arrangement-held", moment, by)
    found.witness_id = witness
    found.save()


def check_not_keyed(found: Arrangement) -> None:
    """Refuses `being-keyed` {number} where somebody has keyed the sheet that counts now."""
    sheet = open_sheet(found)
    if sheet is not None and sheet.keyings.exists():
        raise Refusal("being-keyed", {"number": sheet.number})


def day_of(found: Arrangement, otherwise: date) -> date:
    """The institution's day on which it is, or the other where it has no time."""
    return local(found.starts_at).date() if found.starts_at else otherwise


def local(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(settings.INSTITUTION_ZONE))


def locked(arrangement_id: UUID, by: str, *others: str) -> Arrangement:
    """The arrangement under the lock of its person, and of the others named; refuses `not-yourself`."""
    found = _locked(arrangement_id, *others)
    if by == f"person:{found.person_id}":
        raise Refusal("not-yourself")
    return found


def _locked(arrangement_id: UUID, *others: str) -> Arrangement:
    _lock(Arrangement.objects.values_list("person_id", flat=True).get(pk=arrangement_id), *others)
    rows = Arrangement.objects.select_for_update(of=("self",)).select_related("person")
    return rows.get(pk=arrangement_id)


def _lock(*people: str) -> None:
    lock_people(sorted({one for one in people if one}))


def _end(found: Arrangement, state: str, moment: Moment, by: str) -> Arrangement:
    rules.check_change(found.state)
    found.state, found.ended_at, found.ended_by = state, moment.at, by
    found.sequence += 1
    found.save()
    _audit(found, f"arrangement-{state}", moment, by)
    return found


def _taken_online(found: Arrangement, moment: Moment) -> Completion | None:
    if found.kind == rules.PAPER:
        return None
    day = day_of(found, moment.day)
    rows = Completion.objects.filter(person_id=found.person_id, course_key=found.course_key, retracted_at=None)
    return rows.filter(completed_on=day).order_by("recorded_at").first()


def _check(person_id: str, arranged: Arranged, but: UUID | None) -> None:
    times, by_post = arranged.times, arranged.kind == rules.PAPER and not arranged.times
    if arranged.kind not in rules.KINDS:
        raise Refusal("no-such-kind", {"kind": arranged.kind})
    if times is None and not by_post:
        raise Refusal("time-needed")
    if times is not None and not arranged.place.strip():
        raise Refusal("place-needed")
    if arranged.facilitator == person_id:
        raise Refusal("helps-themself")
    if times is None:
        return
    rules.check_time(times.starts_at, times.ends_at, asked_minutes(person_id, arranged.course_key))
    for one in filter(None, (person_id, arranged.facilitator)):
        other = clash_at(one, times, but)
        if other is not None:
            raise Refusal("clash", {"person": Person.objects.get(pk=one).called, **_clash(other)})
    lock_places()  # two rooms of one name are asked for by people who have nothing else in common
    other = None if arranged.shares_place else place_clash(arranged.place, times, but)
    if other is not None:
        raise Refusal("place-taken", _clash(other))


def _clash(other: Clash) -> dict:
    return {"number": other.number, "words": other.words, "starts_at": other.starts_at.isoformat()}


def _values(arranged: Arranged) -> dict:
    return {
        "kind": arranged.kind,
        "course_key": arranged.course_key,
        "language": arranged.language,
        "starts_at": arranged.times.starts_at if arranged.times else None,
        "ends_at": arranged.times.ends_at if arranged.times else None,
        "place": arranged.place.strip(),
        "needs": arranged.needs,
        "facilitator_id": arranged.facilitator or None,
    }


def _audit(found: Arrangement, verb: str, moment: Moment, by: str) -> None:
    AuditLine.objects.create(at=moment.at, actor=by, verb=verb, subject=f"arrangement:{found.pk}")
