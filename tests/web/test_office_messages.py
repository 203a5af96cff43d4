"""What became of a programme's messages, for its officers; and one of unknown fate sent once more by hand."""

from datetime import timedelta
from html import unescape

import pytest

from tests.cast import HUGO, INES, MEI, MOMENT, PRIYA, RUTH
from tests.staff import complete, later, signed_in_as
from tests.web.test_cases import office, sends
from upstander.actions.case_letters import CASE_ANSWERED
from upstander.actions.notices import plan_due
from upstander.actions.opening import open_sending
from upstander.actions.sending import Rules, claim, give_up_lost_claims, send_some, settle
from upstander.core.days import Moment
from upstander.core.notices import NOT_SENT
from upstander.models import AuditLine, Case, Notice, Standing
from upstander.notices.registry import letters
from upstander.queries.programmes import published
from upstander.wires.mail import Handed, Mailbox, Outcome
from upstander.words.history import why_not_sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]
RULES = Rules(letters(lambda course, lang: None))
PAGE = "/office/programmes/page-b/messages/"


@pytest.fixture(autouse=True)
def planned(university):
    open_sending("page-b", MOMENT, "test")
    plan_due(published("page-b"), MOMENT)


def of(person_id: str, **where) -> Notice:
    return Notice.objects.get(person_id=person_id, **where)


def lost(person_id: str = INES) -> Notice:
    """The first letter to this person, of which nobody knows whether it arrived."""
    notice = of(person_id, kind="added")
    claim(notice.pk, MOMENT, RULES)
    assert give_up_lost_claims(Moment(MOMENT.at + timedelta(minutes=16), MOMENT.day)) == 1
    notice.refresh_from_db()
    return notice


def page(query: str = "", person_id: str = MEI) -> str:
    answer = signed_in_as(person_id).get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def again(notice: Notice, person_id: str = MEI):
    return signed_in_as(person_id).post(f"/office/messages/{notice.pk}/again/", follow=True)


def test_every_message_stands_there_with_what_became_of_it_and_why_not():
    complete(PRIYA)
    lost()
    claim(of(HUGO, kind="added").pk, MOMENT, RULES)
    settle(of(HUGO, kind="added").pk, Handed(Outcome.PERMANENT), MOMENT, RULES)
    send_some(MOMENT, RULES, Mailbox())
    said = page()
    assert "Of 1 message nobody knows whether it arrived" in said
    for expected in ("Unknown (1)", "Failed (1)", "Sent (1)", "Not sent (1)", "The duty was settled by then."):
        assert expected in said, expected
    assert said.count("Send again") == 2, "the unknown one and the failed one"


@pytest.mark.parametrize(
    ("query", "there"),
    [("?outcome=planned", True), ("?kind=added", True), ("?kind=reminder", False), ("?outcome=sent&kind=added", False)],
)
def test_the_list_is_filtered_by_kind_and_outcome(query, there):
    assert ("Ines Okafor" in page(query)) is there


def test_an_answer_in_confidence_stands_in_no_list_and_on_no_page():
    case = office(sends(), "reply", "We look.")
    assert "Answer to a request" in page()
    Case.objects.filter(pk=case.pk).update(confidential=True)
    assert "Answer to a request" not in page()
    address = f"/office/people/{Standing.objects.get(person_id=INES, programme_id='page-b').pk}/"
    assert "Answer to a request" not in signed_in_as(MEI).get(address).content.decode()
    letter = Notice.objects.get(kind=CASE_ANSWERED)
    Notice.objects.filter(pk=letter.pk).update(state="unknown")
    assert again(letter).status_code == 404


def test_a_message_of_unknown_fate_goes_once_more_by_hand_with_a_key_of_its_own_and_on_record():
    first = lost()
    assert "planned once more" in again(first).content.decode()
    second = Notice.objects.exclude(pk=first.pk).get(person_id=INES)
    assert (second.kind, second.cycle, second.state) == ("added", first.cycle, "planned")
    line = AuditLine.objects.get(verb="notice-sent-again")
    assert (line.actor, line.subject, line.data) == (f"person:{MEI}", f"notice:{first.pk}", {"as": str(second.pk)})
    assert claim(second.pk, MOMENT, RULES) not in {"superseded", "no-longer-due"}
    second.refresh_from_db()
    first.refresh_from_db()
    assert (second.state, first.state) == ("claimed", "unknown")
    assert second.code != first.code


def test_it_is_let_go_once_and_only_where_its_fate_is_unknown():
    first = lost()
    again(first)
    assert "let go once more already" in again(first).content.decode()
    assert "is known by now" in again(of(HUGO)).content.decode()
    assert Notice.objects.filter(person_id=INES).count() == 2


@pytest.mark.row("A13")
def test_whoever_finished_meanwhile_gets_it_no_more():
    first = lost()
    again(first)
    complete(INES)
    second = Notice.objects.exclude(pk=first.pk).get(person_id=INES, kind="added")
    assert claim(second.pk, MOMENT, RULES) == "settled"


def test_a_reminder_of_unknown_fate_goes_on_the_day_after():
    send_some(MOMENT, RULES, Mailbox())
    wednesday = later(days=14)
    plan_due(published("page-b"), wednesday)
    reminder = of(INES, kind="reminder")
    claim(reminder.pk, wednesday, RULES)
    give_up_lost_claims(later(days=15))
    again(reminder)
    second = Notice.objects.get(dedupe_key=f"again:{reminder.dedupe_key}")
    assert not isinstance(claim(second.pk, later(days=15), RULES), str)


def test_nobody_lets_a_message_to_themself_go_again():
    Notice.objects.filter(person_id=HUGO).update(person_id=MEI, state="unknown")
    assert again(of(MEI)).status_code == 404


def test_the_persons_page_shows_further_letters_too_and_can_send_again():
    first = lost()
    office(sends(), "reply", "We look.")
    address = f"/office/people/{Standing.objects.get(person_id=INES, programme_id='page-b').pk}/"
    said = unescape(signed_in_as(MEI).get(address).content.decode())
    assert "Answer to a request: planned on" in said
    assert f"/office/messages/{first.pk}/again/" in said


def test_every_reason_has_a_sentence():
    assert [
        code for code in NOT_SENT if why_not_sent(code) == code and code not in {"sending-closed", "outside-hours"}
    ] == []


def test_a_department_reads_no_messages():
    assert signed_in_as(RUTH).get(PAGE).status_code == 404


def failed(person_id: str = INES, outcome: Outcome = Outcome.PERMANENT, reply: str = "") -> Notice:
    """The first letter to this person, which the relay refused."""
    notice = of(person_id, kind="added")
    claim(notice.pk, MOMENT, RULES)
    settle(notice.pk, Handed(outcome, reply), MOMENT, RULES)
    notice.refresh_from_db()
    assert notice.state == "failed"
    return notice


def test_a_message_that_the_relay_refused_goes_once_more_by_hand_with_tries_of_its_own():
    first = failed()
    assert 'href="?outcome=failed"' in page("") and 'href="?outcome=failed"' not in page("?outcome=failed")
    assert f"/office/messages/{first.pk}/again/" in page("?outcome=failed")
    assert "planned once more" in again(first).content.decode()
    assert f"/office/messages/{first.pk}/again/" not in page("?outcome=failed"), "once is enough"
    second = Notice.objects.get(dedupe_key=f"again:{first.dedupe_key}")
    assert (second.state, second.try_count, first.try_count) == ("planned", 0, 1)
    assert AuditLine.objects.get(verb="notice-sent-again").actor == f"person:{MEI}"
    assert send_some(MOMENT, RULES, Mailbox())["sent"] > 0
    second.refresh_from_db()
    assert second.state == "sent"


def test_one_that_failed_again_can_go_a_third_time():
    again(failed())
    second = of(INES, dedupe_key__startswith="again:")
    claim(second.pk, MOMENT, RULES)
    settle(second.pk, Handed(Outcome.PERMANENT), MOMENT, RULES)
    again(second)
    third = of(INES, dedupe_key__startswith="again:again:")
    assert not isinstance(claim(third.pk, MOMENT, RULES), str), "the ones before it do not stand in its way"


@pytest.mark.row("A13")
def test_whoever_finished_after_a_letter_failed_gets_it_no_more():
    again(failed())
    complete(INES)
    assert claim(of(INES, dedupe_key__startswith="again:").pk, MOMENT, RULES) == "settled"


def test_to_an_address_that_takes_no_mail_nothing_goes_again_and_the_way_to_release_it_is_shown():
    first = failed(reply="550 5.1.1 no such user")
    answer = again(first)
    said = unescape(answer.content.decode())
    assert "Mail to this address came back too often. Let letters go to it again first." in said
    assert answer.redirect_chain[-1][0].startswith("/office/post/")
    assert not Notice.objects.filter(dedupe_key__startswith="again:").exists()
    signed_in_as(MEI).post(answer.redirect_chain[-1][0])
    assert "planned once more" in again(first).content.decode()


def test_a_letter_that_failed_for_what_nobody_can_mend_does_not_go_again():
    first = failed()
    Notice.objects.filter(pk=first.pk).update(not_sent_reason="kind-retired")
    assert "is known by now" in again(first).content.decode()
