"""One person's days played ahead: by `decide`, by the rules of notices, and by a gate that is asked last."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.generated import PAGE_B
from upstander.core.days import Moment, Span
from upstander.core.decide import decide
from upstander.core.decision import Reason
from upstander.core.errors import Refusal
from upstander.core.facts import Appointment, Leave, PersonFacts
from upstander.core.notices import Circumstances, Kind, may_send
from upstander.core.rehearsal import Rehearser, period, play
from upstander.core.rehearsal_figures import Tally, assignments
from upstander.core.rehearsal_player import Calendar, Message, Played, Player

FROM, TO = date(2021, 1, 4), date(2021, 3, 5)
STAFF = Appointment("a", "staff", "music", "school", (), True, True, starts_on=date(2010, 1, 1))
OWES = PersonFacts("10000001", date(2010, 1, 1), "employee", (STAFF,))


def calendar(first: date = FROM, last: date = TO, **other) -> Calendar:
    begins_at = datetime.combine(first, time(5), UTC)
    usual = {"zone": "America/New_York", "night_at": time(2), "begins_at": begins_at, "opened_at": begins_at}
    return Calendar(first_on=first, shown=Span(first, last), **{**usual, **other})


def gate(message: Message, standing, others, moment: Moment) -> Reason | None:
    """The sender's questions, about one that has an address and no other message to mind."""
    about = Circumstances(address="ines@aldermere.example", at=moment.at, zone="America/New_York")
    return may_send(Kind(message.kind), standing.state, about)


def played(facts: PersonFacts = OWES, days: Calendar | None = None, zone: str = "America/New_York", **player) -> Played:
    days = days or calendar()
    return play(PAGE_B, Player(facts, zone, **{"has_address": True, **player}), days, gate)


def goes(found: Played) -> list[tuple[str, str]]:
    return [(post.day.isoformat(), post.kind) for post in found.posts if not post.stopped]


def test_every_day_has_the_decision_of_that_day():
    leave = replace(STAFF, leaves=(Leave("parental", date(2021, 1, 20), date(2021, 2, 2)),))
    for facts in (OWES, replace(OWES, appointments=(leave,))):
        found = played(facts)
        for step in range((TO - FROM).days + 1):
            day = FROM + timedelta(days=step)
            stands = [decision for begins, decision in found.stretches if begins <= day][-1]
            assert stands.state == decide(PAGE_B, facts, day).state
            assert stands.due_on == decide(PAGE_B, facts, day).due_on


def test_the_first_letter_goes_on_opening_and_reminders_on_their_days():
    due_on = date(2021, 2, 17)
    turns = sorted(due_on - timedelta(days=before) for before in PAGE_B.reminders)
    found = goes(played())
    assert found[0] == ("2021-01-13", "added")
    assert [day for day, kind in found[1:]] == [_in_week(turn).isoformat() for turn in turns if turn <= TO]
    assert {kind for _, kind in found[1:]} == {"reminder"}


def _in_week(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day


def test_a_letter_waits_for_a_closed_day_to_pass_and_for_its_readers_morning():
    closed = played(days=calendar(closed_days=frozenset({date(2021, 1, 13), date(2021, 1, 14)})))
    assert goes(closed)[0] == ("2021-01-15", "added")


def test_nothing_goes_before_sending_is_opened_and_then_once():
    opened_at = datetime(2021, 2, 1, 5, tzinfo=UTC)
    found = goes(played(days=calendar(opened_at=opened_at)))
    assert found[0] == ("2021-02-01", "added")
    assert [kind for _, kind in found].count("added") == 1


def test_whoever_has_no_address_gets_nothing_and_is_named():
    found = played(has_address=False)
    assert found.posts == [] and found.nowhere_on == date(2021, 1, 13)
    assert played().nowhere_on is None


def test_while_a_case_rests_reminders_nothing_is_planned():
    assert played(rests=True).posts == []


def test_days_before_those_shown_are_played_and_not_told():
    days = replace(calendar(), shown=Span(date(2021, 2, 1), TO))
    found = goes(played(days=days))
    assert found and all(day >= "2021-02-01" for day, _ in found)
    assert ("2021-02-01", "added") not in found


def test_an_assumed_completion_stops_the_reminders_and_is_confirmed_the_same_day():
    days = calendar()
    player = Rehearser(PAGE_B, days).finishing(Player(OWES, "America/New_York", True), 1.0, "1")
    on = player.facts.completions[0].completed_on
    assert date(2021, 1, 13) <= on <= date(2021, 2, 17)
    found = play(PAGE_B, player, days, lambda message, *_: None)
    confirmed = [post.day for post in found.posts if post.kind == "confirmation"]
    assert confirmed == [on]
    assert all(post.day <= on for post in found.posts)


def test_assumed_days_are_spread_over_the_window():
    days, owing = calendar(), [replace(OWES, person_id=f"{number:08d}") for number in range(300)]
    rehearser = Rehearser(PAGE_B, days)
    players = [rehearser.finishing(Player(facts, "", True), 0.5, "1") for facts in owing]
    on = [player.facts.completions[0].completed_on for player in players if player.facts.completions]
    assert 110 < len(on) < 190
    middle = date(2021, 1, 13) + (date(2021, 2, 17) - date(2021, 1, 13)) / 2
    assert 0.35 < sum(day <= middle for day in on) / len(on) < 0.65


def test_the_figures_of_each_day_add_up_to_everybody():
    tally = Tally(Span(FROM, TO))
    for facts in (OWES, PersonFacts("10000002"), replace(OWES, person_id="10000003", appointments=(
        replace(STAFF, paid=None),
    ))):  # fmt: skip
        tally.add(played(facts))
    days = list(tally.days())
    assert all(sum(day["states"].values()) == 3 for day in days)
    assert days[0]["states"] == {"not-required": 1, "undecided": 1, "scheduled": 1}
    assert tally.unknown_by_owner() == {"roster": {"paid-unknown": 1}}
    assert [day["day"] for day in days if day["assigned"]] == ["2021-01-13"]
    assert tally.peaks()[0]["notices"] == 1


def test_an_assignment_says_the_first_day_shown_on_which_its_window_runs():
    days = replace(calendar(), shown=Span(date(2021, 2, 1), TO))
    (found,) = assignments(played(days=days), days.shown)
    assert (found.on, found.opens_on, found.due_on) == (date(2021, 2, 1), date(2021, 1, 13), date(2021, 2, 17))


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [(TO, FROM, "rehearsal-backwards"), (FROM, FROM + timedelta(days=731), "rehearsal-too-long")],
)
def test_a_period_that_cannot_be_played_is_refused(first, last, code):
    with pytest.raises(Refusal, match=code):
        period(first, last)
    assert period(FROM, FROM + timedelta(days=730)).first == FROM
