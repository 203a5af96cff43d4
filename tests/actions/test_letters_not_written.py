"""A letter of several that cannot be written fails alone, with what it carried; by hand all of it goes once more."""

from html import unescape

import pytest

from tests.actions.test_escalation import FOURTEENTH, INES, MEI, RULES, menu, night, two  # noqa: F401 (fixtures)
from tests.actions.test_sending import at, completes
from tests.cast import HUGO, MOMENT, PRIYA, RUTH
from tests.staff import signed_in_as
from upstander.actions.grants import give
from upstander.actions.resending import send_again
from upstander.actions.sending import Rules, claim, give_up_lost_claims, send_some, settle
from upstander.core.notices import DIGEST, OVERDUE_OTHERS
from upstander.models import Account, Notice, Person
from upstander.wires.mail import Handed, Mailbox, Outcome

pytestmark = pytest.mark.django_db


def without(kind: str) -> Rules:
    """The letters, of which those of one kind cannot be written."""
    letter = RULES.letters[kind]

    class Broken:
        kind, reads, still = letter.kind, letter.reads, letter.still

        def compose(self, about: object) -> None:
            raise ValueError("a template of ours is broken")

    return Rules({**RULES.letters, kind: Broken()})


def told(**where) -> set[tuple[str, str]]:
    return set(Notice.objects.filter(**where).values_list("state", "not_sent_reason"))


@pytest.fixture
def unwritten(two):  # noqa: F811
    """Ines's and Hugo's letters of two programmes could not be written; Ruth owed one of them only."""
    completes(RUTH, MOMENT)
    give(MEI, "officer", MOMENT, "test")
    Account.objects.create_user("mei@aldermere.example", person=Person.objects.get(pk=MEI))
    send_some(MOMENT, without(DIGEST), Mailbox())
    return Notice.objects.get(kind=DIGEST, person_id=INES)


def test_a_digest_that_cannot_be_written_fails_with_what_it_carried_and_its_neighbours_go(unwritten):
    assert (unwritten.state, unwritten.not_sent_reason, unwritten.sent_at) == ("failed", "not-written", None)
    carried = Notice.objects.filter(went_with=unwritten)
    assert sorted(carried.values_list("programme_id", flat=True)) == ["page-a", "page-b"]
    assert told(went_with=unwritten) == {("failed", "not-written")}
    assert told(person_id=RUTH, kind="added", programme_id="page-a") == {("sent", "")}
    assert send_some(at(MOMENT.day), without(DIGEST), Mailbox()).total() == 0, "nothing of it is tried by itself"


def test_each_that_it_carried_stands_in_its_programmes_list_with_the_reason(unwritten):
    for key in ("page-a", "page-b"):
        said = signed_in_as(MEI).get(f"/office/programmes/{key}/messages/?outcome=failed").content.decode()
        assert "Ines Okafor" in said
        assert "A fault of this program kept it from being written" in unescape(said)
        mine = Notice.objects.get(went_with=unwritten, programme_id=key)
        assert f"/office/messages/{mine.pk}/again/" in said


@pytest.mark.row("A13")
def test_once_it_is_mended_everything_that_it_carried_is_decided_again_and_goes_in_another(unwritten):
    send_again(unwritten.pk, at(MOMENT.day, 16), f"person:{MEI}")
    send_some(at(MOMENT.day, 16), RULES, Mailbox())
    again = Notice.objects.get(kind=DIGEST, person_id=INES, state="sent")
    assert Notice.objects.filter(went_with=again, state="sent", try_count=1).count() == 2
    unwritten.refresh_from_db()
    assert unwritten.state == "failed"


@pytest.mark.row("A13")
def test_of_what_it_carried_only_what_still_holds_goes_once_more(unwritten):
    completes(INES, at(MOMENT.day, 16))
    send_again(unwritten.pk, at(MOMENT.day, 16), f"person:{MEI}")
    send_some(at(MOMENT.day, 17), RULES, Mailbox())
    sent = Notice.objects.filter(person_id=INES, kind="added", state="sent")
    assert list(sent.values_list("programme_id", flat=True)) == ["page-a"]
    assert told(person_id=INES, programme_id="page-b", dedupe_key__startswith="again:") == {("not-sent", "settled")}


@pytest.mark.row("B12", "B18")
def test_a_letter_about_others_that_cannot_be_written_fails_alone_and_its_people_are_told_of_by_hand(menu):  # noqa: F811
    night(menu, FOURTEENTH)
    send_some(at(FOURTEENTH), without(OVERDUE_OTHERS), Mailbox())
    letter = Notice.objects.get(kind=OVERDUE_OTHERS, person_id=MEI, about=None)
    assert (letter.state, letter.not_sent_reason) == ("failed", "not-written")
    named = Notice.objects.filter(went_with=letter)
    assert set(named.values_list("about_id", flat=True)) == {INES, PRIYA, HUGO, RUTH}
    assert told(went_with=letter) == {("failed", "not-written")}
    assert told(person_id=INES, kind="added") == {("sent", "")}, "its neighbours went"
    send_again(letter.pk, at(FOURTEENTH, 17), f"person:{HUGO}")
    send_some(at(FOURTEENTH, 17), RULES, Mailbox())
    again = Notice.objects.get(kind=OVERDUE_OTHERS, person_id=MEI, about=None, state="sent")
    assert "4 people" in again.subject


@pytest.mark.parametrize(
    ("came", "state"), [(Outcome.ACCEPTED, "sent"), (Outcome.TEMPORARY, "failed"), (Outcome.PERMANENT, "failed")]
)
def test_what_came_too_late_of_a_digest_came_of_everything_that_it_carried(two, came, state):  # noqa: F811
    claim(Notice.objects.get(person_id=INES, programme_id="page-a").pk, MOMENT, RULES)
    letter = Notice.objects.get(kind=DIGEST, person_id=INES)
    give_up_lost_claims(at(MOMENT.day, 16))
    settle(letter.pk, Handed(came), at(MOMENT.day, 16), RULES)
    letter.refresh_from_db()
    assert letter.state == state
    assert {one for one, _ in told(went_with=letter)} == {state}
