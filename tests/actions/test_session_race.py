"""Seats and rooms that several want at the same moment are given away once, on both databases (row A16)."""

import pytest

from tests.actions.test_submission_race import AT_ONCE, all_at_once
from tests.cast import AMARA, HUGO, INES, MEI, MOMENT, RUTH, TOMAS
from tests.rooms import at_hours, dated, offered
from tests.staff import later, open_office
from upstander.actions.attendance import close_roster, mark_attendance
from upstander.actions.in_person import Dated, change_session, make_session
from upstander.actions.session_seats import book, give_up, put_in
from upstander.core.errors import Refusal
from upstander.models import Completion, Notice, SessionSeat, TrainingSession

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.row("A16")]
FOUR = (INES, HUGO, AMARA, TOMAS)


@pytest.fixture(autouse=True)
def _offered():
    open_office()
    offered()
    offered(key="talk")


def told(act) -> str:
    """What became of it: the state of a seat, "done", or the code of the refusal."""
    try:
        return getattr(act(), "state", "done")
    except Refusal as refusal:
        return refusal.code


def of_each(people, act) -> list[str]:
    """What became of the same act of each of these, all at the same moment."""
    waiting = list(people)
    assert len(waiting) == AT_ONCE
    return sorted(all_at_once(lambda: told(lambda: act(waiting.pop()))))


def states(session: TrainingSession) -> list[str]:
    return sorted(SessionSeat.objects.filter(session=session).values_list("state", flat=True))


def test_the_last_seat_goes_to_one_and_the_others_wait():
    session = dated(seats=1)
    assert of_each(FOUR, lambda who: book(session.pk, who, MOMENT, who)) == ["booked"] + ["waiting"] * 3
    assert states(session) == ["booked"] + ["waiting"] * 3


def test_one_person_in_several_windows_has_one_seat():
    session = dated(seats=2)
    assert of_each([INES] * AT_ONCE, lambda who: book(session.pk, who, MOMENT, who)) == ["booked"] * AT_ONCE
    assert states(session) == ["booked"]


def test_the_office_puts_no_more_people_in_than_there_are_seats():
    session = dated(seats=1)
    became = of_each(FOUR, lambda who: put_in(session.pk, who, MOMENT, MEI))
    assert became == ["booked"] + ["no-seat-left"] * 3 and states(session) == ["booked"]


def test_nobody_books_two_overlapping_sessions_at_once():
    both = [dated(), dated(hours=24.5, key="talk", place="Oak Hall 3")] * 2
    became = all_at_once(lambda: told(lambda: book(both.pop().pk, INES, MOMENT, INES)))
    assert sorted(became) == ["booked", "booked", "clash", "clash"]
    assert SessionSeat.objects.filter(person_id=INES).count() == 1


def test_a_seat_given_up_in_several_windows_moves_one_person_up():
    session = dated(seats=1)
    for who in (INES, HUGO, AMARA):
        book(session.pk, who, MOMENT, who)
    became = of_each([INES] * AT_ONCE, lambda who: give_up(session.pk, who, MOMENT, who))
    assert became == ["cancelled"] + ["no-seat"] * 3 and states(session) == ["booked", "cancelled", "waiting"]
    assert Notice.objects.filter(kind="session-seat").count() == 1


def test_of_officers_who_take_one_room_at_once_one_has_it():
    keys = ["bystander-hour", "talk"] * 2
    wanted = Dated(at_hours(24), "en", "Elm Hall 12", 5)
    became = sorted(all_at_once(lambda: told(lambda: make_session(keys.pop(), wanted, MOMENT, MEI))))
    assert became == ["draft"] + ["room-clash"] * 3 and TrainingSession.objects.count() == 1


def test_of_officers_who_want_one_facilitator_at_once_one_has_them():
    places = ["Elm Hall 12", "Oak Hall 3", "Ash Hall 1", "Fir Hall 2"]

    def make() -> TrainingSession:
        wanted = Dated(at_hours(24), "en", places.pop(), 5, facilitators=(RUTH,))
        return make_session("talk", wanted, MOMENT, MEI)

    assert sorted(all_at_once(lambda: told(make))) == ["clash"] * 3 + ["draft"]
    assert TrainingSession.objects.count() == 1


def test_of_officers_who_move_two_dates_into_one_room_one_has_it():
    dates = [dated(place="Oak Hall 3"), dated(key="talk", place="Ash Hall 1")] * 2
    wanted = Dated(at_hours(24), "en", "Elm Hall 12", 5)
    became = sorted(all_at_once(lambda: told(lambda: change_session(dates.pop().pk, wanted, 0, MOMENT, MEI))))
    assert became.count("open") == 1
    assert TrainingSession.objects.filter(place="Elm Hall 12").count() == 1


def test_a_roster_closed_in_several_windows_records_each_attendance_once():
    session = dated()
    seat = book(session.pk, INES, MOMENT, INES)
    mark_attendance(seat.pk, True, later(days=1), MEI)
    became = sorted(all_at_once(lambda: told(lambda: close_roster(session.pk, later(days=1, hours=2), MEI))))
    assert became == ["held"] + ["session-over"] * 3
    assert Completion.objects.filter(person_id=INES, source="in-person").count() == 1
