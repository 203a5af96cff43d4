"""Letters about an arrangement: to the person and to whoever helps, true at the moment of sending (row A07)."""

from datetime import timedelta

import pytest

from tests.arranged import BY, again, arranged
from tests.cast import INES, MOMENT, RUTH
from tests.staff import later, open_office
from upstander.actions import outbox
from upstander.actions.arrangement_letters import plan_arrangement_reminders
from upstander.actions.arrangements import call_off, change
from upstander.actions.sending import Rules, claim
from upstander.delivery.catalogue import card_of
from upstander.models import Arrangement, Notice, Programme
from upstander.notices.registry import letters
from upstander.wires.mail import Envelope

pytestmark = [pytest.mark.django_db, pytest.mark.row("A07")]
RULES = Rules(letters(card_of))


@pytest.fixture(autouse=True)
def _office():
    open_office()
    Programme.objects.filter(key="page-b").update(sending_opened_at=MOMENT.at)


def letter(kind: str, person_id: str, moment=MOMENT) -> Envelope | str:
    return claim(Notice.objects.get(kind=kind, person_id=person_id).pk, moment, RULES)


def test_both_are_invited_and_the_calendar_names_neither_course_nor_person():
    arranged()
    own, helps = letter("arrangement-made", INES), letter("arrangement-made", RUTH)
    assert "The office has arranged for you" in own.text and "Elm Hall 12" in own.text
    assert "asks you to be with Ines" in helps.text
    for one in (own, helps):
        entry = one.calendar.replace("\r\n ", "")
        assert one.calendar_method == "REQUEST" and "METHOD:REQUEST" in entry and one.to in entry
        assert "inclusive" not in entry and "option-c" not in entry
    assert "Ines" not in helps.calendar


def test_what_is_called_off_is_taken_out_of_the_calendar_and_its_invitation_does_not_go():
    found = arranged()
    call_off(found.pk, MOMENT, BY)
    assert letter("arrangement-made", INES) == "no-longer-due"
    off = letter("arrangement-cancelled", RUTH)
    assert off.calendar_method == "CANCEL" and "SEQUENCE:1" in off.calendar


def test_the_reminder_goes_on_the_working_day_before_and_only_then():
    arranged(days=5)  # from Wednesday to Monday
    assert plan_arrangement_reminders(later(days=1)) == 0
    assert plan_arrangement_reminders(later(days=2)) == 2
    assert plan_arrangement_reminders(later(days=3)) == 0
    assert isinstance(letter("arrangement-reminder", INES, later(days=2)), Envelope)


@pytest.mark.parametrize(("days", "goes"), [(5, False), (40, True)])
def test_reminders_that_ask_rest_while_a_time_in_time_lies_ahead(days, goes):
    found = arranged(days=days)
    Arrangement.objects.filter(pk=found.pk).update(starts_at=MOMENT.at + timedelta(days=days))
    outbox.plan("added", INES, "page-b", found.cycle, MOMENT)
    answer = letter("added", INES)
    assert isinstance(answer, Envelope) if goes else answer == "arranged"


def said_to(person_id: str, kind: str) -> str:
    return " ".join(letter(kind, person_id).text.split("Is this message genuine?")[0].split())


def test_of_papers_by_post_no_letter_speaks_of_a_time():
    found = arranged(times=None)
    assert "while they answer the questions" in said_to(RUTH, "arrangement-made")
    change(found.pk, again(found, needs="large print"), found.sequence, MOMENT, BY)
    assert "The office sends you the papers for “" in said_to(INES, "arrangement-changed")
    assert "asks you to be with Ines Okafor while they answer" in said_to(RUTH, "arrangement-changed")
    call_off(found.pk, MOMENT, BY)
    assert "The papers for “" in said_to(INES, "arrangement-cancelled")
    assert "Ines Okafor no longer needs your help" in said_to(RUTH, "arrangement-cancelled")


@pytest.mark.parametrize(
    ("kind", "own", "helps"),
    [
        ("room", "A room with a computer, and somebody to help: Ruth Abebe.", "There is a computer in the room."),
        ("paper", "On paper. Ruth Abebe is there with you.", "They answer on paper."),
        ("helped", "With somebody who reads out or writes: Ruth Abebe.", "Your part is to read out or to write"),
    ],
)
def test_whoever_is_there_is_named_once_and_is_told_their_own_part(kind, own, helps):
    arranged(kind=kind)
    assert own in said_to(INES, "arrangement-made")
    told = said_to(RUTH, "arrangement-made")
    assert helps in told and "somebody to help" not in told
