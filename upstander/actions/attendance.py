"""Who was there: by the code of the room or by the roster; once the session is held, a completion of its course."""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from upstander.actions.codes import new_code
from upstander.actions.completion import CODE_GROUPS
from upstander.actions.done_letters import tell_of_completion
from upstander.actions.learning import role_of
from upstander.actions.locks import lock_people, lock_person
from upstander.actions.standing import decide_again
from upstander.actions.standing_run import Told
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.facts import IN_PERSON
from upstander.core.in_person import ABSENT, ATTENDED, BOOKED, HELD, OPEN, WAITING, is_code, may_mark, takes_codes
from upstander.models import AuditLine, Certificate, Completion, Person, SessionOffer, SessionSeat, TrainingSession
from upstander.queries.in_person import times_of_session
from upstander.queries.programmes import all_published

CODE, ROSTER = "code", "roster"


@transaction.atomic
def sign_in(session_id: UUID, person_id: str, given: str, moment: Moment) -> SessionSeat:
    """Marks the person as there by the code that the room shows; a second time it changes nothing.

    Refuses `no-codes-now` outside the session's time, `no-seat`, and `wrong-code`.
    """
    lock_person(person_id)
    session = _locked(session_id)
    if not takes_codes(session.state, times_of_session(session), moment.at):
        raise Refusal("no-codes-now")
    seat = SessionSeat.objects.filter(session=session, person_id=person_id).first()
    if seat is None or seat.state not in (BOOKED, WAITING, ATTENDED, ABSENT):
        raise Refusal("no-seat")
    if not is_code(given, session.secret, moment.at):
        raise Refusal("wrong-code")
    if seat.state != ATTENDED:
        _set(seat, ATTENDED, CODE, moment, f"person:{person_id}")
    return seat


@transaction.atomic
def mark_attendance(seat_id: int, was_there: bool, moment: Moment, by: str) -> SessionSeat:
    """Marks one seat by the roster, or takes the mark back; after the session was held the record follows at once.

    Refuses `not-yet` before the doors open, `session-not-open` for one called off, `no-seat` for a seat given up,
    `not-yourself` for one's own.
    """
    person_id, session_id = SessionSeat.objects.values_list("person_id", "session_id").get(pk=seat_id)
    if by == f"person:{person_id}":
        raise Refusal("not-yourself")
    lock_person(person_id)
    session = _locked(session_id)
    seat = SessionSeat.objects.select_related("person").get(pk=seat_id)
    if session.state not in (OPEN, HELD):
        raise Refusal("session-not-open")
    if not may_mark(session.state, times_of_session(session), moment.at):
        raise Refusal("not-yet")
    if seat.state not in (BOOKED, WAITING, ATTENDED, ABSENT):
        raise Refusal("no-seat")
    state = ATTENDED if was_there else ABSENT
    if seat.state != state:
        _set(seat, state, ROSTER if was_there else "", moment, by)
    if session.state == HELD:
        _record(seat, session, moment, by) if was_there else _retract(seat, moment, by)
    return seat


@transaction.atomic
def close_roster(session_id: UUID, moment: Moment, by: str) -> TrainingSession:
    """The session was held: whoever was not marked was absent, whoever was there has completed its course.

    Of a seat that the closing person holds nothing is recorded; another marks it. Refuses `not-over-yet` before its
    end, `session-over` where it is held or called off already.
    """
    seats = SessionSeat.objects.filter(session_id=session_id)
    lock_people(list(seats.values_list("person_id", flat=True)))
    session = _locked(session_id)
    if session.state != OPEN:
        raise Refusal("session-over")
    if moment.at < session.ends_at:
        raise Refusal("not-over-yet")
    session.state = HELD
    session.save(update_fields=["state"])
    AuditLine.objects.create(at=moment.at, actor=by, verb="session-held", subject=f"session:{session.pk}")
    for seat in seats.select_related("person").order_by("person_id"):
        if seat.state == BOOKED:
            _set(seat, ABSENT, "", moment, by)
        elif seat.state == ATTENDED:
            _record(seat, session, moment, by)
    return session


def recorded_as(offer: SessionOffer) -> str:
    """The course as which attendance is put on record: the offer's, where a published programme lists it; else "".

    Whether it meets anything is each programme's word (`core.credit`).
    """
    course = offer.course_key
    return course if course and any(course in rules.course_keys for rules in all_published()) else ""


def _record(seat: SessionSeat, session: TrainingSession, moment: Moment, by: str) -> None:
    """The completion, its certificate, the standings and the confirmations, once however often it is marked."""
    course = recorded_as(session.offer)
    if not course or (seat.completion is not None and seat.completion.retracted_at is None):
        return
    person, day = seat.person, Moment.of(session.starts_at, settings.INSTITUTION_ZONE).day
    alike = Completion.objects.filter(person=person, course_key=course, completed_on=day, source__startswith=IN_PERSON)
    completion = alike.filter(retracted_at=None).first()
    is_new = completion is None
    if completion is None:
        times = alike.count()
        completion = Completion.objects.create(
            person=person,
            course_key=course,
            completed_on=day,
            role=role_of(person, moment),
            source=f"{IN_PERSON}-{times + 1}" if times else IN_PERSON,  # after a correction a further record
            recorded_at=moment.at,
            minutes=session.offer.minutes,
        )
    seat.completion = completion
    seat.save(update_fields=["completion"])
    if is_new:
        Certificate.objects.create(completion=completion, code=new_code(CODE_GROUPS), made_at=moment.at)
        _audit("completion-recorded", completion, moment, by)
        tell_of_completion(completion, _decide(person, completion, moment), moment)


def _retract(seat: SessionSeat, moment: Moment, by: str) -> None:
    """Takes the completion of this seat back, unless another seat of the same day bears it too."""
    completion = seat.completion
    if completion is None or completion.retracted_at is not None:
        return
    others = SessionSeat.objects.filter(completion=completion, state=ATTENDED).exclude(pk=seat.pk)
    if others.exists():
        return
    completion.retracted_at = moment.at
    completion.save(update_fields=["retracted_at"])
    _audit("completion-retracted", completion, moment, by)
    _decide(seat.person, completion, moment)


def _decide(person: Person, completion: Completion, moment: Moment) -> list[Told]:
    return decide_again([person.pk], moment, "completion", str(completion.pk))


def _set(seat: SessionSeat, state: str, came_by: str, moment: Moment, by: str) -> None:
    seat.state, seat.came_by, seat.changed_at, seat.changed_by = state, came_by, moment.at, by
    seat.save(update_fields=["state", "came_by", "changed_at", "changed_by"])
    AuditLine.objects.create(at=moment.at, actor=by, verb=f"seat-{state}", subject=f"session-seat:{seat.pk}")


def _locked(session_id: UUID) -> TrainingSession:
    return TrainingSession.objects.select_for_update(of=("self",)).select_related("offer").get(pk=session_id)


def _audit(verb: str, completion: Completion, moment: Moment, by: str) -> None:
    AuditLine.objects.create(at=moment.at, actor=by, verb=verb, subject=f"completion:{completion.pk}")
