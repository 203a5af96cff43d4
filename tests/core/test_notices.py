"""Which notices are due, and what the gate lets through."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstander.core.decision import ACTIONABLE, SETTLED, STATES
from upstander.core.notices import (
    LATER,
    NOT_SENT,
    Circumstances,
    Due,
    Kind,
    Owed,
    Plan,
    Told,
    due_notices,
    is_address,
    may_send,
    next_in_hours,
    reminder_turn,
)

DAY = date(2021, 2, 3)  # a Wednesday
NOON = datetime(2021, 2, 3, 17, 0, tzinfo=UTC)  # in New York
HERE = "America/New_York"
ASKS, CONFIRMS = Kind("reminder"), Kind("confirmation", asks=False, at_once=True)
REMINDERS = (14, 3, -1, -7)
OWED = Owed("open", date(2021, 1, 13), date(2021, 2, 17))


def about(**changed) -> Circumstances:
    return Circumstances(**{"address": "ines@aldermere.example", "at": NOON, "zone": HERE, **changed})


BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 10 * 366 * 86_400).map(lambda seconds: BEGIN + timedelta(seconds=seconds))
CIRCUMSTANCES = st.builds(
    Circumstances,
    address=st.sampled_from(["ines@aldermere.example", "", "no address"]),
    at=INSTANTS,
    zone=st.sampled_from([HERE, "Asia/Tokyo", "Pacific/Honolulu"]),
    person_present=st.booleans(),
    cycle_current=st.booleans(),
    due_still=st.booleans(),
    superseded=st.booleans(),
    sending_open=st.booleans(),
    hours_matter=st.booleans(),
)


@given(CIRCUMSTANCES, st.sampled_from(sorted(set(STATES) - ACTIONABLE)))
def test_nothing_that_asks_goes_unless_the_person_can_act_whatever_the_circumstances(found, state):
    reason = may_send(ASKS, state, found)
    assert reason is not None
    assert reason.code not in LATER


@given(CIRCUMSTANCES, st.sampled_from([*STATES, None]), st.sampled_from([ASKS, CONFIRMS]))
def test_every_reason_has_a_permanent_code(found, state, kind):
    reason = may_send(kind, state, found)
    assert reason is None or reason.code in NOT_SENT


@pytest.mark.parametrize("state", sorted(SETTLED))
def test_a_settled_standing_is_the_reason_given_before_any_other(state):
    reason = may_send(ASKS, state, about(address="", person_present=False, sending_open=False))
    assert (reason.code, reason.facts["state"]) == ("settled", state)


@pytest.mark.parametrize("state", sorted(ACTIONABLE))
def test_a_notice_goes_in_working_hours_to_somebody_who_can_act(state):
    assert may_send(ASKS, state, about()) is None


@pytest.mark.parametrize("state", sorted(set(STATES) - {"satisfied"}))
def test_a_confirmation_goes_only_where_the_duty_is_done(state):
    assert may_send(CONFIRMS, state, about()).code == "not-finished"
    assert may_send(CONFIRMS, "satisfied", about()) is None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"person_present": False}, "person-suspended"),
        ({"address": ""}, "no-address"),
        ({"cycle_current": False}, "cycle-over"),
        ({"superseded": True}, "superseded"),
        ({"due_still": False}, "no-longer-due"),
        ({"sending_open": False}, "sending-closed"),
        ({"at": NOON.replace(hour=3)}, "outside-hours"),
    ],
)
def test_what_stands_in_the_way_is_named(changed, code):
    assert may_send(ASKS, "open", about(**changed)).code == code


def test_outside_working_hours_means_later_and_says_when():
    evening = datetime(2021, 2, 5, 23, 0, tzinfo=UTC)  # Friday, 18:00 in New York
    reason = may_send(ASKS, "open", about(at=evening))
    assert reason.code in LATER
    assert reason.facts["until"] == "2021-02-08T14:00:00+00:00"
    assert may_send(ASKS, "open", about(at=evening, hours_matter=False)) is None
    assert may_send(CONFIRMS, "satisfied", about(at=evening)) is None


def test_working_hours_are_those_of_the_readers_own_zone():
    nine_in_new_york = datetime(2021, 2, 3, 14, 0, tzinfo=UTC)
    assert next_in_hours(nine_in_new_york, HERE) == nine_in_new_york
    assert next_in_hours(nine_in_new_york, "Pacific/Honolulu") == datetime(2021, 2, 3, 19, 0, tzinfo=UTC)
    assert next_in_hours(nine_in_new_york - timedelta(seconds=1), HERE) == nine_in_new_york
    five = datetime(2021, 2, 3, 22, 0, tzinfo=UTC)
    assert next_in_hours(five, HERE) == datetime(2021, 2, 4, 14, 0, tzinfo=UTC)


def test_a_closed_day_is_passed_over():
    assert next_in_hours(NOON, HERE, {DAY}) == datetime(2021, 2, 4, 14, 0, tzinfo=UTC)


@given(INSTANTS)
def test_the_next_working_moment_is_never_past_and_is_itself_one(at):
    opens_at = next_in_hours(at, "Europe/Madrid")
    assert opens_at >= at
    assert next_in_hours(opens_at, "Europe/Madrid") == opens_at


def test_added_is_due_when_the_window_opens_and_once():
    assert due_notices(OWED, Told(), Plan(REMINDERS), date(2021, 1, 12)) == []
    assert due_notices(OWED, Told(), Plan(REMINDERS), date(2021, 1, 13)) == [Due("added")]
    assert due_notices(OWED, Told(date(2021, 1, 13), added=True), Plan(REMINDERS), date(2021, 1, 14)) == []


def test_a_reminder_is_due_on_its_day_and_not_again():
    told = Told(date(2021, 1, 13), added=True)
    assert due_notices(OWED, told, Plan(REMINDERS), date(2021, 2, 2)) == []
    assert due_notices(OWED, told, Plan(REMINDERS), DAY) == [Due("reminder", "2021-02-03")]
    assert due_notices(OWED, Told(DAY, added=True), Plan(REMINDERS), date(2021, 2, 4)) == []


def test_several_missed_reminders_come_as_one():
    told = Told(date(2021, 1, 13), added=True)
    assert due_notices(OWED, told, Plan(REMINDERS), date(2021, 2, 20)) == [Due("reminder", "2021-02-18")]


def test_the_first_letter_stands_for_the_reminders_before_it():
    late = date(2021, 2, 15)
    assert due_notices(OWED, Told(), Plan(REMINDERS), late) == [Due("added")]
    assert due_notices(OWED, Told(late, added=True), Plan(REMINDERS), late) == []
    assert reminder_turn(REMINDERS, OWED.due_on, date(2021, 2, 18), late) == date(2021, 2, 18)


def test_a_reminder_long_missed_is_past():
    told = Told(date(2021, 1, 13), added=True)
    assert due_notices(OWED, told, Plan(REMINDERS), date(2021, 3, 10)) == [Due("reminder", "2021-02-24")]
    assert due_notices(OWED, told, Plan(REMINDERS), date(2021, 3, 11)) == []


def test_a_due_date_moved_later_calls_the_reminder_back():
    assert reminder_turn(REMINDERS, date(2021, 3, 17), DAY, date(2021, 1, 13)) is None
    assert reminder_turn(REMINDERS, None, DAY, None) is None


@pytest.mark.parametrize("state", sorted(set(STATES) - ACTIONABLE - {"satisfied"}))
def test_nothing_is_due_where_nothing_is_asked(state):
    assert due_notices(Owed(state, OWED.opens_on, OWED.due_on), Told(), Plan(REMINDERS), DAY) == []


def test_a_confirmation_is_due_once_and_never_for_imported_history():
    assert due_notices(Owed("satisfied", taken_here=True), Told(), Plan(REMINDERS), DAY) == [Due("confirmation")]
    assert due_notices(Owed("satisfied", taken_here=True), Told(confirmed=True), Plan(REMINDERS), DAY) == []
    assert due_notices(Owed("satisfied"), Told(), Plan(REMINDERS), DAY) == []


@pytest.mark.parametrize("text", ["", "ines", "ines@", "a b@c.example", "x@y.example\nBcc: z@y.example", "a@b"])
def test_what_is_no_address_is_never_written_to(text):
    assert not is_address(text)
