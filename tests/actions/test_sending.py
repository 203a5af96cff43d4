"""Planned early, decided again in the claim, handed over to a real relay, and never in vain (law 4)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import DARIO, HUGO, INES, KENJI, MOMENT, PRIYA, RUTH, TOMAS, install
from tests.mail_relay import relay
from tests.staff import complete as completes
from upstander.actions.notices import plan_due
from upstander.actions.opening import open_sending
from upstander.actions.outbox import plan
from upstander.actions.programmes import import_programme
from upstander.actions.sending import Rules, claim, give_up_lost_claims, send_some, settle
from upstander.actions.standing import decide_again, run_due
from upstander.config.settings import PACKAGE
from upstander.core.days import Moment
from upstander.core.notices import Kind
from upstander.models import Completion, FailingAddress, Notice, Person
from upstander.notices.letter import Notice as Letter
from upstander.notices.letter import Writer
from upstander.notices.registry import letters
from upstander.queries.programmes import published
from upstander.wires.mail import Handed, Mailbox, Outcome, Relay

RULES = Rules(letters(lambda course, lang: None))
ACCEPTED = Handed(Outcome.ACCEPTED)
TOLD_ON = (INES, PRIYA, HUGO, RUTH)  # those for whom page-b is open on the cast's day


def at(day: date, hour: int = 15) -> Moment:
    return Moment(datetime(day.year, day.month, day.day, hour, tzinfo=UTC), day)


@pytest.fixture
def menu(db):
    """The cast under page-b, its sending open."""
    return prepared()


def prepared(opened: bool = True):
    install()
    import_programme((PACKAGE / "programmes" / "page-b.toml").read_text(encoding="utf-8"), MOMENT, "test")
    if opened:
        open_sending("page-b", MOMENT, "test")
    return published("page-b")


def only(**where) -> Notice:
    return Notice.objects.get(**where)


def planned(programme, moment=MOMENT):
    run_due(moment)
    return plan_due(programme, moment).by_kind


def test_added_is_planned_for_everybody_whose_window_is_open_and_once(menu):
    assert planned(menu) == {"added": len(TOLD_ON)}
    assert sorted(Notice.objects.values_list("person_id", flat=True)) == sorted(TOLD_ON)
    assert planned(menu) == {}
    assert planned(menu, at(date(2021, 1, 21))) == {}


def test_planning_takes_the_same_number_of_queries_for_any_number_of_people(menu, django_assert_max_num_queries):
    run_due(MOMENT)
    with django_assert_max_num_queries(12):
        plan_due(menu, MOMENT)


def test_people_without_an_address_are_counted_and_told_once_they_have_one(menu):
    Person.objects.filter(pk=INES).update(email="")
    assert plan_due(menu, MOMENT).without_address == 1
    assert not Notice.objects.filter(person_id=INES).exists()
    Person.objects.filter(pk=INES).update(email="ines@aldermere.example")
    assert plan_due(menu, at(date(2021, 1, 21))).by_kind == {"added": 1}


def test_a_letter_goes_out_and_is_kept_as_it_went(menu):
    planned(menu)
    with relay() as (kept, where), Relay(where) as wire:
        assert send_some(MOMENT, RULES, wire) == {"sent": len(TOLD_ON)}
    notice = only(person_id=INES)
    assert (notice.state, notice.state_at_dispatch, notice.crossed) == ("sent", "open", False)
    assert notice.address == "ines@aldermere.example"
    (message,) = [m for m in kept.messages if m["To"] == notice.address]
    assert message["Subject"] == notice.subject
    text = message.get_body(("plain",)).get_content()
    assert text.splitlines() == notice.body_text.splitlines()
    for expected in (notice.code, "Dear Ines Okafor,", "Wednesday 17 February 2021", "/my-training/#page-b", "(555)"):
        assert expected in text
    assert max(len(line) for line in text.splitlines() if "://" not in line) <= 72


def test_the_letter_is_in_the_readers_language(menu):
    Person.objects.filter(pk=INES).update(preferred_language="es-MX")
    planned(menu)
    send_some(MOMENT, RULES, Mailbox())
    notice = only(person_id=INES)
    assert notice.language == "es"
    assert "miércoles 17 de febrero de 2021" in notice.body_text


def test_a_letter_says_nothing_of_leave(menu):
    planned(menu)
    send_some(MOMENT, RULES, Mailbox())
    notice = only(person_id=PRIYA)
    assert notice.state == "sent"
    assert "sabbatical" not in notice.body_text + notice.body_html


@pytest.mark.database
def test_a_completion_before_the_claim_stops_the_notice(menu):
    planned(menu)
    completes(INES, MOMENT)
    notice = only(person_id=INES, kind="added")
    assert claim(notice.pk, MOMENT, RULES) == "settled"
    notice.refresh_from_db()
    assert (notice.state, notice.not_sent_reason, notice.state_at_dispatch) == ("not-sent", "settled", "satisfied")
    assert (notice.code, notice.subject) == (None, "")


@pytest.mark.database
def test_a_completion_that_crosses_the_message_is_on_record(menu):
    planned(menu)
    notice = only(person_id=INES, kind="added")
    claim(notice.pk, MOMENT, RULES)
    completes(INES, MOMENT)
    assert settle(notice.pk, ACCEPTED, MOMENT, RULES) == "sent"
    notice.refresh_from_db()
    assert notice.crossed


def test_a_lost_claim_becomes_unknown_and_is_never_sent_again(menu):
    planned(menu)
    notice = only(person_id=INES)
    claim(notice.pk, MOMENT, RULES)
    assert give_up_lost_claims(Moment(MOMENT.at + timedelta(minutes=15), MOMENT.day)) == 0
    later = Moment(MOMENT.at + timedelta(minutes=16), MOMENT.day)
    assert give_up_lost_claims(later) == 1
    assert claim(notice.pk, later, RULES) == "taken"
    assert "added" not in planned(menu, at(date(2021, 1, 21)))


@pytest.mark.parametrize(
    ("came", "state", "reason"),
    [
        (Outcome.ACCEPTED, "sent", ""),
        (Outcome.TEMPORARY, "failed", "relay-unreachable"),
        (Outcome.PERMANENT, "failed", "relay-refused"),
        (Outcome.UNCERTAIN, "unknown", ""),
    ],
)
def test_what_came_of_a_claim_that_was_given_up_is_kept_and_nothing_of_it_goes_by_itself(menu, came, state, reason):
    planned(menu)
    notice = only(person_id=INES)
    claim(notice.pk, MOMENT, RULES)
    later = Moment(MOMENT.at + timedelta(minutes=16), MOMENT.day)
    give_up_lost_claims(later)
    settle(notice.pk, Handed(came), later, RULES)  # a relay that took its time over every word
    notice.refresh_from_db()
    assert (notice.state, notice.not_sent_reason) == (state, reason)
    assert claim(notice.pk, at(date(2021, 1, 21)), RULES) == "taken"


def test_a_temporary_refusal_is_tried_again_later_and_decided_again(menu):
    planned(menu)
    notice = only(person_id=INES)
    claim(notice.pk, MOMENT, RULES)
    assert settle(notice.pk, Handed(Outcome.TEMPORARY), MOMENT, RULES) == "retry"
    assert claim(notice.pk, MOMENT, RULES) == "taken"
    completes(INES, MOMENT)
    assert claim(notice.pk, Moment(MOMENT.at + timedelta(minutes=1), MOMENT.day), RULES) == "settled"


def test_a_relay_that_never_takes_it_ends_as_failed(menu):
    planned(menu)
    notice, moment = only(person_id=INES), MOMENT
    tries = 0
    while only(pk=notice.pk).state == "planned":
        claim(notice.pk, moment, Rules(RULES.letters, hours_matter=False))
        settle(notice.pk, Handed(Outcome.TEMPORARY), moment, RULES)
        at_instant = moment.at + timedelta(days=1)
        moment, tries = Moment(at_instant, at_instant.date()), tries + 1
    assert (tries, only(pk=notice.pk).state) == (8, "failed")


@pytest.mark.parametrize(
    ("outcome", "state", "reason"),
    [
        (Outcome.PERMANENT, "failed", "relay-refused"),
        (Outcome.UNWRITABLE, "failed", "not-written"),
        (Outcome.UNCERTAIN, "unknown", ""),
    ],
)
def test_a_refusal_a_fault_of_ours_and_a_broken_line_are_told_apart(menu, outcome, state, reason):
    planned(menu)
    notice = only(person_id=INES)
    claim(notice.pk, MOMENT, RULES)
    assert settle(notice.pk, Handed(outcome), MOMENT, RULES) == state
    assert only(pk=notice.pk).not_sent_reason == reason


@pytest.mark.parametrize(("answer", "ends"), [("550 5.1.1 no such mailbox", True), ("550 relay access denied", False)])
def test_an_address_that_the_relay_itself_refuses_gets_no_further_letter(menu, answer, ends):
    planned(menu)
    with relay() as (kept, where), Relay(where) as wire:
        kept.answer_to_rcpt = answer
        send_some(MOMENT, RULES, wire, at_most=1)
    assert FailingAddress.objects.exclude(suppressed_at=None).exists() is ends


def test_nothing_goes_before_an_officer_has_opened_sending(db):
    menu = prepared(opened=False)
    planned(menu)
    assert send_some(MOMENT, RULES, Mailbox()) == {}
    assert claim(only(person_id=INES).pk, MOMENT, RULES) == "sending-closed"
    open_sending("page-b", MOMENT, "test")
    assert send_some(MOMENT, RULES, Mailbox())["sent"] == len(TOLD_ON)


def test_a_message_waits_for_the_readers_own_morning(menu):
    Person.objects.filter(pk=INES).update(time_zone="Pacific/Honolulu")
    planned(menu)
    assert send_some(MOMENT, RULES, Mailbox())["sent"] == len(TOLD_ON) - 1
    assert only(person_id=INES).retry_at == datetime(2021, 1, 20, 19, 0, tzinfo=UTC)
    morning = Moment(datetime(2021, 1, 20, 19, 0, tzinfo=UTC), MOMENT.day)
    assert send_some(morning, RULES, Mailbox()) == {"sent": 1}


def test_a_reminder_goes_on_its_day_and_not_to_those_who_are_done(menu):
    planned(menu)
    send_some(MOMENT, RULES, Mailbox())
    completes(INES, at(date(2021, 1, 25)))
    wednesday = at(date(2021, 2, 3))
    assert planned(menu, wednesday)["reminder"] == len(TOLD_ON) - 1
    completes(HUGO, wednesday)
    tally = send_some(wednesday, RULES, Mailbox())
    assert (tally["settled"], Notice.objects.filter(kind="reminder", state="sent").count()) == (1, 2)


def test_several_missed_reminders_go_as_one(menu):
    planned(menu)
    send_some(MOMENT, RULES, Mailbox())
    monday = at(date(2021, 2, 15))
    assert planned(menu, monday)["reminder"] == len(TOLD_ON)
    assert planned(menu, at(date(2021, 2, 16))).get("reminder", 0) == 0


def test_a_due_date_moved_later_stops_the_reminder(menu):
    planned(menu)
    send_some(MOMENT, RULES, Mailbox())
    wednesday = at(date(2021, 2, 3))
    planned(menu, wednesday)
    Person.objects.get(pk=INES).adjustments.create(
        programme_id="page-b", cycle=menu.cycle_on(wednesday.day).key, kind="extension", to_on=date(2021, 3, 17),
        recorded_at=wednesday.at, recorded_by="test",
    )  # fmt: skip
    decide_again([INES], wednesday, "adjustment")
    assert claim(only(person_id=INES, kind="reminder").pk, wednesday, RULES) == "no-longer-due"


def test_a_reminder_never_follows_another_message_of_the_same_day(menu):
    planned(menu)
    cycle = menu.cycle_on(MOMENT.day).key
    plan("reminder", INES, "page-b", cycle, MOMENT, "asked-2021-01-20")
    reminder = only(person_id=INES, kind="reminder")
    assert claim(reminder.pk, MOMENT, RULES) == "superseded"
    assert plan("reminder", HUGO, "page-b", cycle, MOMENT, "asked-2021-01-20")
    claim(only(person_id=HUGO, kind="added").pk, MOMENT, RULES)
    assert claim(only(person_id=HUGO, kind="reminder").pk, MOMENT, RULES) == "superseded"


def test_a_reminder_asked_for_by_hand_needs_no_planned_day(menu):
    planned(menu)
    send_some(MOMENT, RULES, Mailbox())
    monday = at(date(2021, 1, 25))
    plan("reminder", INES, "page-b", menu.cycle_on(monday.day).key, monday, "asked-2021-01-25")
    assert send_some(monday, RULES, Mailbox()) == {"sent": 1}


@pytest.mark.parametrize("person_id", [TOMAS, KENJI, DARIO])
def test_somebody_on_leave_undecided_or_not_yet_open_gets_nothing(menu, person_id):
    for kind in ("added", "reminder"):
        plan(kind, person_id, "page-b", menu.cycle_on(MOMENT.day).key, MOMENT)
    tally = send_some(MOMENT, RULES, Mailbox())
    assert tally.total() == 2
    assert set(tally) <= {"on-leave", "undecided", "not-open-yet"}


def test_somebody_who_left_the_roster_gets_nothing(menu):
    planned(menu)
    Person.objects.filter(pk=INES).update(vanished_on=MOMENT.day)
    decide_again([INES], MOMENT, "roster")
    assert claim(only(person_id=INES).pk, MOMENT, RULES) in {"settled", "person-suspended"}


def test_a_first_letter_that_was_stopped_goes_again_when_the_duty_is_open_again(menu):
    plan("added", TOMAS, "page-b", menu.cycle_on(MOMENT.day).key, MOMENT)
    send_some(MOMENT, RULES, Mailbox())
    back = at(date(2021, 3, 8))
    run_due(back)
    planned(menu, back)
    send_some(back, RULES, Mailbox())
    assert sorted(Notice.objects.filter(person_id=TOMAS, kind="added").values_list("state", flat=True)) == [
        "not-sent", "sent",
    ]  # fmt: skip


def test_a_confirmation_goes_at_any_hour_and_carries_no_route(menu):
    night = at(date(2021, 1, 24), hour=3)
    completes(INES, night)
    plan("confirmation", INES, "page-b", menu.cycle_on(night.day).key, night, "here")
    assert send_some(night, RULES, Mailbox()) == {"sent": 1}
    notice = only(kind="confirmation")
    assert "Sunday 24 January 2021" in notice.body_text
    assert "option-a" not in notice.body_text
    assert planned(menu, night).get("confirmation", 0) == 0


def test_a_completion_taken_here_is_confirmed_by_the_night_too_but_history_is_not(menu):
    completes(INES, MOMENT)
    Completion.objects.create(
        person_id=HUGO, course_key="option-b", completed_on=date(2020, 10, 1), role="employee", source="old-system",
        recorded_at=MOMENT.at,
    )  # fmt: skip
    decide_again([HUGO], MOMENT, "completion")
    planned(menu)
    assert list(Notice.objects.filter(kind="confirmation").values_list("person_id", flat=True)) == [INES]


def test_a_second_confirmation_of_the_same_cycle_is_superseded(menu):
    completes(INES, MOMENT)
    for turn in ("one", "two"):
        plan("confirmation", INES, "page-b", menu.cycle_on(MOMENT.day).key, MOMENT, turn)
    assert send_some(MOMENT, RULES, Mailbox()) == {"sent": 1, "superseded": 1}


@pytest.mark.parametrize("key", sorted(RULES.letters))
def test_no_registered_kind_that_asks_goes_to_somebody_who_is_done(menu, key):
    """Taken away with the guard in `may_send`: every kind of the registry, the confirmation excepted, must stop.

    What is about no duty stops in its own folder: there is nothing that it could be about.
    """
    completes(INES, MOMENT)
    plan(key, INES, "page-b", menu.cycle_on(MOMENT.day).key, MOMENT)
    tally = send_some(MOMENT, RULES, Mailbox())
    if not RULES.letters[key].kind.of_duty:
        assert (tally.total(), tally["sent"]) == (1, 0)
    else:
        assert tally == ({"sent": 1} if key == "confirmation" else {"settled": 1})


def test_a_kind_that_is_no_longer_known_is_dropped_with_its_reason(menu):
    plan("newsletter", INES, "page-b", menu.cycle_on(MOMENT.day).key, MOMENT)
    assert send_some(MOMENT, RULES, Mailbox()) == {"kind-retired": 1}


def test_a_name_with_markup_is_written_as_text(menu):
    Person.objects.filter(pk=INES).update(preferred_name="<b>Ines</b> & co")
    planned(menu)
    send_some(MOMENT, RULES, Mailbox())
    notice = only(person_id=INES)
    assert "<b>Ines</b> & co" in notice.body_text
    assert "&lt;b&gt;Ines&lt;/b&gt; &amp; co" in notice.body_html


class Faulty:
    """A kind of letter with a fault that shows at one reader's facts."""

    def __init__(self, letter: Writer, at: str) -> None:
        self._letter, self.at = letter, at

    def __getattr__(self, name: str):
        return getattr(self._letter, name)

    def compose(self, about):
        return self._letter.compose(about) if self.at == "still" or about.person.pk != INES else {}["nothing"]

    def still(self, notice, moment):
        return self._letter.still(notice, moment) if self.at == "compose" or notice.person_id != INES else {}["nothing"]


@pytest.mark.parametrize("where", ["compose", "still"])
def test_a_letter_that_cannot_be_written_or_asked_about_fails_alone_on_record_and_in_the_log(menu, caplog, where):
    planned(menu)
    faulty = Rules({**RULES.letters, "added": Faulty(RULES.letters["added"], where)})
    assert send_some(MOMENT, faulty, Mailbox()) == {"sent": len(TOLD_ON) - 1, "failed": 1}
    notice = only(person_id=INES)
    assert (notice.state, notice.not_sent_reason) == ("failed", "not-written")
    assert str(notice.pk) in caplog.text and notice.person.email not in caplog.text


def test_a_new_kind_needs_only_its_folder_and_its_line():
    writer = Writer(Letter(Kind("added"), "the person", "once", lambda words: "x"), lambda course, lang: None)
    assert writer.kind.asks
