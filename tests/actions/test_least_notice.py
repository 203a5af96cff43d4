"""The least notice, lived: a delivered letter is a fact, one that came back is none, and the past can be asked."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.actions.test_sending import at, only
from tests.cast import INES, MOMENT, install
from upstander.actions.failing import letter_failed
from upstander.actions.notices import plan_due
from upstander.actions.opening import open_sending
from upstander.actions.programmes import import_programme
from upstander.actions.sending import Rules, claim, send_some, settle
from upstander.actions.standing import refresh, run_due
from upstander.config.settings import PACKAGE
from upstander.core.days import Moment
from upstander.core.decide import decide
from upstander.core.post import Came
from upstander.models import Notice, Standing, StandingChange
from upstander.notices.registry import letters
from upstander.queries.facts import facts_of
from upstander.queries.history import traces
from upstander.queries.programmes import published
from upstander.wires.mail import Handed, Mailbox, Outcome

RULES = Rules(letters(lambda course, lang: None))
DUE, LATE = date(2021, 2, 17), date(2021, 2, 10)
MOVED = LATE + timedelta(days=14)


@pytest.fixture
def late(db):
    """Sending is opened only a week before the first group's deadline, and the programme asks for two weeks."""
    install()
    text = (PACKAGE / "programmes" / "page-b.toml").read_text(encoding="utf-8")
    rules = text.partition("[[examples]]")[0]  # its examples say nothing of letters
    import_programme(rules + "\n[notices]\nminimum_notice_days = 14\n", MOMENT, "test")
    return published("page-b")


def lived(rules, day: date, hour: int = 15) -> None:
    run_due(at(day, 8))
    plan_due(rules, at(day, 8))
    send_some(at(day, hour), RULES, Mailbox())


def standing() -> Standing:
    return Standing.objects.get(person_id=INES, programme_id="page-b", cycle="2020-21")


def codes() -> set[str]:
    return {reason["code"] for reason in standing().reasons}


def told_late(rules) -> Notice:
    open_sending("page-b", at(LATE, 7), "test")
    lived(rules, LATE)
    return only(person_id=INES, kind="added")


def test_until_a_letter_goes_the_due_date_moves_on_and_nobody_is_late(late):
    for day, due_on in ((date(2021, 2, 3), DUE), (date(2021, 2, 4), date(2021, 2, 18)), (MOVED, date(2021, 3, 10))):
        lived(late, day)
        assert (standing().state, standing().due_on) == ("open", due_on)
    assert "not-told-yet" in codes()


@pytest.mark.row("A13", "C03")
def test_the_first_delivered_letter_sets_the_due_date_at_once_and_says_it_itself(late):
    letter = told_late(late)
    assert (letter.state, standing().due_on) == ("sent", MOVED)
    assert codes() >= {"due-moved-by-notice"}
    assert "24 February 2021" in " ".join(letter.body_text.split())
    lived(late, MOVED + timedelta(days=1))
    assert standing().state == "overdue"


def test_a_letter_that_the_relay_refuses_is_no_fact(late):
    open_sending("page-b", at(LATE, 7), "test")
    run_due(at(LATE, 8))
    plan_due(late, at(LATE, 8))
    letter = only(person_id=INES, kind="added")
    claim(letter.pk, at(LATE), RULES)
    settle(letter.pk, Handed(Outcome.PERMANENT, "no such mailbox"), at(LATE), RULES)
    assert codes() >= {"not-told-yet"}
    run_due(at(LATE + timedelta(days=1), 8))
    assert standing().due_on == LATE + timedelta(days=15)


@pytest.mark.row("C03")
def test_a_bounce_takes_the_fact_away_again_with_a_trace(late):
    letter = told_late(late)
    back = at(LATE + timedelta(days=2))
    letter_failed(letter, Came.PERMANENT, back)
    assert standing().due_on == back.day + timedelta(days=14)
    assert "not-told-yet" in codes()
    changes = StandingChange.objects.filter(person_id=INES, programme_id="page-b").order_by("id")
    told = [trace.cause.code for trace in traces(changes, INES, "page-b")]
    assert told[-1] == "told-came-back"


@pytest.mark.row("C03")
def test_a_past_day_knows_the_letters_that_were_known_then(late):
    letter = told_late(late)
    letter_failed(letter, Came.PERMANENT, at(LATE + timedelta(days=2)))
    day = LATE + timedelta(days=1)
    before = datetime(2021, 2, 10, 6, tzinfo=UTC)
    between, after = before + timedelta(days=1), before + timedelta(days=5)
    known = {at: decide(late, facts_of(INES, at), day).due_on for at in (before, between, after)}
    assert known == {before: day + timedelta(days=14), between: MOVED, after: day + timedelta(days=14)}
    assert decide(late, facts_of(INES), day).due_on == day + timedelta(days=14)


def test_a_reminder_after_the_first_letter_moves_nothing(late):
    told_late(late)
    lived(late, MOVED - timedelta(days=3))
    assert Notice.objects.filter(person_id=INES, state="sent").count() >= 1
    assert standing().due_on == MOVED


def test_a_page_and_the_night_decide_the_same(late):
    told_late(late)
    stored = standing()
    refresh(INES, Moment(at(LATE, 20).at, LATE))
    assert (standing().due_on, standing().reasons) == (stored.due_on, stored.reasons)
    assert decide(late, facts_of(INES), LATE).due_on == stored.due_on


def test_programmes_without_the_rule_are_asked_about_no_letters(db):
    install()
    import_programme((PACKAGE / "programmes" / "page-b.toml").read_text(encoding="utf-8"), MOMENT, "test")
    open_sending("page-b", MOMENT, "test")
    lived(published("page-b"), MOMENT.day)
    assert facts_of(INES).notified == ()
