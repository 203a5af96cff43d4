"""The office's answer is told once, in words that say nothing of what was asked (row B14)."""

import pytest

from tests.cast import INES
from tests.staff import MEI, MOMENT, SOFIA, later, signed_in_as
from tests.web.test_cases import office, sends
from tests.web.test_confidence import asks_another_way, custodian, tiny_options  # noqa: F401 (a fixture)
from upstander.actions.case_letters import CASE_ANSWERED
from upstander.actions.opening import open_sending
from upstander.actions.sending import Rules, claim, send_some, settle
from upstander.models import Notice
from upstander.notices.registry import letters
from upstander.wires.mail import Handed, Mailbox, Outcome

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]
RULES = Rules(letters(lambda course, lang: None))
SUNDAY_NIGHT = later(days=4, hours=10)


@pytest.fixture(autouse=True)
def opened(university):
    open_sending("page-b", MOMENT, "test")


def told() -> list[Notice]:
    return list(Notice.objects.filter(kind=CASE_ANSWERED).order_by("planned_at", "pk"))


def neutral(letter: Notice) -> tuple[str, ...]:
    """What would read the same of any request: subject and both forms without number, address and code."""
    own = (str(letter.case_id), letter.case.number, letter.code)
    texts = [letter.subject, letter.body_text, letter.body_html]
    for one in own:
        texts = [text.replace(one, "…") for text in texts]
    return tuple(texts)


def go(moment=MOMENT) -> dict:
    return dict(send_some(moment, RULES, Mailbox()))


@pytest.mark.row("B14")
@pytest.mark.parametrize(
    ("name", "text"), [("reply", "Yes."), ("ask", "Since when?"), ("accept", ""), ("decline", "No."), ("settle", "")]
)
def test_every_answer_of_the_office_is_told(name, text):
    case = office(sends(), name, text)
    assert go(SUNDAY_NIGHT) == {"sent": 1}
    (letter,) = told()
    assert (letter.person_id, letter.case_id) == (INES, case.pk)
    assert case.number in letter.subject
    assert f"/cases/{case.pk}/" in letter.body_text and f"/cases/{case.pk}/" in letter.body_html
    for unsaid in ("paid", "Bystander", "Since when", text or "contract", "page-b"):
        assert unsaid not in letter.body_text


def test_what_the_office_notes_for_itself_is_told_to_nobody():
    office(sends(), "note", "Ask the dean’s office.")
    assert told() == []


def test_several_answers_before_the_letter_went_are_one_and_the_next_is_a_further_one():
    case = sends()
    office(case, "reply", "We look.")
    office(case, "reply", "We still look.")
    assert go() == {"sent": 1}
    office(case, "accept")
    assert go() == {"sent": 1}
    assert len(told()) == 2


@pytest.mark.parametrize("method", ["get", "head"])
def test_whoever_has_read_the_answer_is_not_written_to(method):
    case = office(sends(), "reply", "We look.")
    getattr(signed_in_as(INES), method)(f"/cases/{case.pk}/")
    assert go() == ({} if method == "get" else {"sent": 1})
    if method == "get":
        assert [(letter.state, letter.not_sent_reason) for letter in told()] == [("not-sent", "seen-already")]


def test_an_officer_who_looks_at_the_case_does_not_stop_the_letter():
    case = office(sends(), "reply", "We look.")
    signed_in_as(MEI).get(f"/office/cases/{case.pk}/")
    assert go() == {"sent": 1}


def test_whoever_answered_meanwhile_was_there():
    case = office(sends(), "ask", "Since when?")
    (letter,) = told()
    case.entries.create(at=later(hours=1).at, actor=f"person:{INES}", move="answer", text="Since May.")
    assert claim(letter.pk, MOMENT, RULES) == "seen-already"


def test_a_temporary_failure_and_a_further_answer_are_still_one_letter():
    case = office(sends(), "reply", "We look.")
    (letter,) = told()
    claim(letter.pk, MOMENT, RULES)
    assert settle(letter.pk, Handed(Outcome.TEMPORARY), MOMENT, RULES) == "retry"
    office(case, "reply", "We still look.")
    assert go(later(hours=1)) == {"sent": 1}
    assert len(told()) == 1


@pytest.mark.row("B15")
@pytest.mark.usefixtures("tiny_options")
def test_of_a_request_in_confidence_the_letter_reads_like_any_other_and_stands_in_no_list():
    case = office(sends(), "reply", "We look.")
    confidential = asks_another_way(INES)
    assert custodian(confidential, move="reply", text="We have talked to the lecturer.").status_code == 302
    assert go() == {"sent": 2}
    one, other = sorted(told(), key=lambda letter: letter.case.confidential)
    assert (one.case, other.case) == (case, confidential)
    assert neutral(one) == neutral(other)
    assert (other.programme_id, other.cycle) == (None, "")
    assert SOFIA not in other.body_text


@pytest.mark.row("B15")
@pytest.mark.usefixtures("tiny_options")
def test_neither_headers_nor_addresses_tell_a_request_in_confidence_from_another():
    office(sends(), "reply", "We look.")
    custodian(asks_another_way(INES), move="reply", text="We have talked to the lecturer.")
    one, other = (claim(letter.pk, MOMENT, RULES) for letter in told())
    assert (one.headers, one.sender_name, one.reply_to) == (other.headers, other.sender_name, other.reply_to)


def test_the_letter_is_in_the_readers_language():
    signed_in_as(INES).post("/account/language/", {"language": "es"})
    case = office(sends(), "reply", "Sí.")
    case.person.preferred_language = "es"
    case.person.save(update_fields=["preferred_language"])
    assert go() == {"sent": 1}
    (letter,) = told()
    assert letter.subject == f"Hay una respuesta para usted: solicitud {case.number}"
