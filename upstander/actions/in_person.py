"""Offers of trainings in person and their dates: made, changed, opened, called off; each with a line in the audit."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from upstander.actions.cases import tell_session
from upstander.actions.locks import lock_person, lock_places
from upstander.actions.session_letters import tell_called_off, tell_changed, tell_seat
from upstander.actions.session_seats import move_up
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.in_person import (
    BOOKED,
    CANCELLED,
    DRAFT,
    OPEN,
    SEATED,
    Times,
    check_seats,
    check_words,
    print_of,
    same_place,
)
from upstander.models import AuditLine, Case, Person, SessionFacilitator, SessionOffer, TrainingSession
from upstander.queries.arrangements import arranged_in, expected_at
from upstander.queries.in_person import clash_of, in_the_room

#: The languages in which the site speaks: an offer's words stand in each.
LANGUAGES = ("en", "es")
#: Names that the desk's own pages have.
_RESERVED = frozenset({"new", "dates", "requests"})


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer as the office writes it; `words` are {language: {"title", "summary", "for_whom"}}."""

    words: Mapping[str, Mapping[str, str]]
    minutes: int
    languages: tuple[str, ...]
    audiences: tuple[str, ...] = ()
    course_key: str = ""
    seats: int = 20
    is_offered: bool = True


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as the office writes it; `facilitators` are ids of people."""

    times: Times
    language: str
    place: str
    seats: int
    needs: str = ""
    closed_group: bool = False
    facilitators: tuple[str, ...] = field(default=())


def offer_print(offer: SessionOffer) -> str:
    """What an offer says, in short: whoever saves says which one they began with."""
    said = (offer.words, offer.minutes, offer.languages, offer.audiences, offer.course_key, offer.seats)
    return print_of((*said, offer.is_offered))


@transaction.atomic
def make_offer(key: str, offered: Offered, moment: Moment, by: str) -> SessionOffer:
    """A new offer; refuses `offer-there-already` {key}, and as `change_offer` does."""
    _check(offered)
    if key in _RESERVED or SessionOffer.objects.filter(key=key).exists():
        raise Refusal("offer-there-already", {"key": key})
    offer = SessionOffer.objects.create(key=key, made_at=moment.at, made_by=by, **_values(offered))
    _audit("session-offer-made", f"session-offer:{key}", moment, by)
    return offer


@transaction.atomic
def change_offer(key: str, offered: Offered, began_with: str, moment: Moment, by: str) -> SessionOffer:
    """The offer as now written.

    Refuses `words-missing`, `language-needed`, `seats-out-of-range`, and `changed-meanwhile` where somebody else has
    saved since the form was opened.
    """
    _check(offered)
    offer = SessionOffer.objects.select_for_update().get(key=key)
    if offer_print(offer) != began_with:
        raise Refusal("changed-meanwhile")
    for name, value in _values(offered).items():
        setattr(offer, name, value)
    offer.save()
    _audit("session-offer-changed", f"session-offer:{key}", moment, by)
    return offer


def _check(offered: Offered) -> None:
    check_words(offered.words, LANGUAGES)
    check_seats(offered.seats)
    if not offered.languages:
        raise Refusal("language-needed")


def _values(offered: Offered) -> dict:
    return {
        "words": {language: dict(words) for language, words in offered.words.items()},
        "minutes": offered.minutes,
        "languages": list(offered.languages),
        "audiences": list(offered.audiences),
        "course_key": offered.course_key,
        "seats": offered.seats,
        "is_offered": offered.is_offered,
    }


@transaction.atomic
def make_session(offer_key: str, dated: Dated, moment: Moment, by: str, case: Case | None = None) -> TrainingSession:
    """A new date, as a draft that nobody sees yet; `case` is the request that it answers.

    Refuses as `change_session` does.
    """
    check_seats(dated.seats)
    if dated.times.starts_at <= moment.at:
        raise Refusal("date-past")
    offer = SessionOffer.objects.get(key=offer_key)
    _no_clash(dated, None)
    session = TrainingSession.objects.create(
        offer=offer, case=case, secret=secrets.token_hex(32), made_at=moment.at, made_by=by, **_dated_values(dated)
    )
    _set_facilitators(session, dated.facilitators)
    _audit("session-made", f"session:{session.pk}", moment, by)
    return session


@transaction.atomic
def change_session(session_id: UUID, dated: Dated, began_with: int, moment: Moment, by: str) -> TrainingSession:
    """The date as now written; its calendar entries get a higher sequence, and free seats go to who waits.

    Where people can book it already, everybody who holds a seat or waits, and who asked for it, is told of another
    time, place or language.

    Refuses `changed-meanwhile` where it is not the sequence that the form was opened with, `session-over` once it is
    called off or held, `clash` {person, words, starts_at} of a facilitator, `room-clash` {place, words, starts_at},
    `clash-arranged` {person, starts_at} and `room-arranged` {place, starts_at} with what the office has arranged,
    `date-past` for another time that is past, `seats-out-of-range` and `seats-taken`.
    """
    _lock_who_asked(session_id)
    session = _locked(session_id)
    if session.sequence != began_with:
        raise Refusal("changed-meanwhile")
    if session.state not in (DRAFT, OPEN):
        raise Refusal("session-over")
    if dated.times.starts_at <= moment.at and dated.times.starts_at != session.starts_at:
        raise Refusal("date-past")
    check_seats(dated.seats, session.seats_taken.filter(state__in=SEATED).count())
    _no_clash(dated, session)
    before = _told(session)
    for name, value in _dated_values(dated).items():
        setattr(session, name, value)
    session.sequence += 1
    session.save()
    _set_facilitators(session, dated.facilitators)
    if session.state == OPEN and _told(session) != before:
        tell_changed(session, moment)
        _tell_who_asked(session, "session-set", moment, by)
    move_up(session, moment)
    _audit("session-changed", f"session:{session.pk}", moment, by)
    return session


@transaction.atomic
def open_session(session_id: UUID, moment: Moment, by: str) -> TrainingSession:
    """Lets people book a draft, and tells whom the office has put in already.

    Whoever asked for it is told in their request, which it settles. Refuses `session-over`, `session-began` for one in
    the past, `place-needed`.
    """
    _lock_who_asked(session_id)
    session = _locked(session_id)
    if session.state != DRAFT:
        raise Refusal("session-over")
    if session.starts_at <= moment.at:
        raise Refusal("session-began")
    if not session.place.strip():
        raise Refusal("place-needed")
    session.state = OPEN
    session.save(update_fields=["state"])
    tell_seat(session.seats_taken.filter(state=BOOKED), moment)
    _tell_who_asked(session, "session-set", moment, by)
    _audit("session-opened", f"session:{session.pk}", moment, by)
    return session


@transaction.atomic
def call_off(session_id: UUID, moment: Moment, by: str) -> TrainingSession:
    """Calls a date off; the seats stay as they were, so that everybody who had one is told.

    The request that it answered waits for the office again. Refuses `session-over`.
    """
    _lock_who_asked(session_id)
    session = _locked(session_id)
    if session.state not in (DRAFT, OPEN):
        raise Refusal("session-over")
    if session.state == OPEN:  # of a draft nobody knows
        tell_called_off(session, moment)
        _tell_who_asked(session, "session-off", moment, by)
    session.state = CANCELLED
    session.sequence += 1
    session.save(update_fields=["state", "sequence"])
    _audit("session-called-off", f"session:{session.pk}", moment, by)
    return session


def _lock_who_asked(session_id: UUID) -> None:
    """People are locked before sessions, everywhere."""
    person_id = TrainingSession.objects.values_list("case__person_id", flat=True).get(pk=session_id)
    if person_id is not None:
        lock_person(person_id)


def _tell_who_asked(session: TrainingSession, name: str, moment: Moment, by: str) -> None:
    if session.case_id is None:
        return
    told = {"words": session.offer.words, "place": session.place}
    times = {"starts_at": session.starts_at.isoformat(), "ends_at": session.ends_at.isoformat()}
    tell_session(session.case_id, name, moment, by, {"session": str(session.pk), **told, **times})


def people_named(lines: Iterable[str]) -> tuple[str, ...]:
    """The ids of people given by number or e-mail address; refuses `no-such-person` {named}."""
    found = [person_named(line) for line in filter(None, (one.strip() for one in lines))]
    return tuple(dict.fromkeys(found))


def person_named(named: str) -> str:
    """The id of one person given by number or e-mail address; refuses `no-such-person` {named}."""
    rows = Person.objects.filter(vanished_on=None)
    row = rows.filter(pk=named).first() or rows.filter(email__iexact=named).first()
    if row is None:
        raise Refusal("no-such-person", {"named": named})
    return row.pk


def _told(session: TrainingSession) -> tuple:
    """What people must know of a session to be there."""
    return session.starts_at, session.ends_at, session.place, session.language


def _locked(session_id: UUID) -> TrainingSession:
    return TrainingSession.objects.select_for_update(of=("self",)).select_related("offer").get(pk=session_id)


def _dated_values(dated: Dated) -> dict:
    return {
        "starts_at": dated.times.starts_at,
        "ends_at": dated.times.ends_at,
        "language": dated.language,
        "place": dated.place,
        "seats": dated.seats,
        "needs": dated.needs,
        "closed_group": dated.closed_group,
    }


def _no_clash(dated: Dated, before: TrainingSession | None) -> None:
    but = before.pk if before else None
    # the offers' rows are the lock: of two officers who give one room away at once, the second is told
    list(SessionOffer.objects.order_by("pk").select_for_update().values_list("pk"))
    taken_by = in_the_room(dated.place, dated.times, but)
    if taken_by is not None:
        said = {"words": taken_by.offer.words, "starts_at": taken_by.starts_at.isoformat()}
        raise Refusal("room-clash", {"place": taken_by.place, **said})
    # the people's rows are the lock: of two officers who give one facilitator two rooms at once, the second is told
    people = Person.objects.filter(pk__in=dated.facilitators).order_by("pk").select_for_update()
    for person in people:
        other = clash_of(person.pk, dated.times, but)
        if other is not None:
            raise Refusal("clash", clash_data(person, other))
        arranged = expected_at(person.pk, dated.times)
        if arranged is not None:
            raise Refusal("clash-arranged", {"person": person.called, "starts_at": arranged.starts_at.isoformat()})
    lock_places()  # an arrangement is made under the locks of its people and of places
    in_use = None if before and _stays(before, dated) else arranged_in(dated.place, dated.times)
    if in_use is not None:
        raise Refusal("room-arranged", {"place": in_use.place, "starts_at": in_use.starts_at.isoformat()})


def _stays(before: TrainingSession, dated: Dated) -> bool:
    """Whether time and place are as they were: whoever arranged something there since has said that both fit in."""
    times = dated.times.starts_at == before.starts_at and dated.times.ends_at == before.ends_at
    return times and same_place(before.place, dated.place)


def clash_data(person: Person, other: TrainingSession) -> dict:
    return {"person": person.called, "words": other.offer.words, "starts_at": other.starts_at.isoformat()}


def _set_facilitators(session: TrainingSession, people: Iterable[str]) -> None:
    wanted = set(people)
    session.facilitators.exclude(person_id__in=wanted).delete()
    there = set(session.facilitators.values_list("person_id", flat=True))
    new = [SessionFacilitator(session=session, person_id=one) for one in sorted(wanted - there)]
    SessionFacilitator.objects.bulk_create(new)


def _audit(verb: str, subject: str, moment: Moment, by: str) -> None:
    AuditLine.objects.create(at=moment.at, actor=by, verb=verb, subject=subject)
