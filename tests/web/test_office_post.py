"""The office's page on what comes back by mail, and what the reader themself is told."""

from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests import incoming
from tests.cast import HUGO, INES, MEI, MOMENT, PRIYA, RUTH
from tests.staff import content_of, later, signed_in_as
from tests.web.test_confidence_leaks import read_of
from upstander.actions.cases import Wanted, move, open_case
from upstander.actions.grants import give
from upstander.actions.mailbox import mailbox_failed, mailbox_was_read
from upstander.actions.post import receive
from upstander.actions.return_paths import bounce_to, reply_to
from upstander.core.requests import NO_COMPUTER, OFFICER
from upstander.models import AuditLine, Case, FailingAddress, Notice, Person, Standing

pytestmark = pytest.mark.django_db
OF_INES = f"person:{INES}"


@pytest.fixture(autouse=True)
def mail_comes_back(university, settings):
    settings.MAIL_FROM = "prevention@aldermere.example"
    settings.MAIL_BOUNCES, settings.MAIL_REPLIES = "bounces@aldermere.example", "case@aldermere.example"


def lost(person_id: str = INES, **how: str) -> Notice:
    """A letter to this person that came back for good."""
    notice = Notice.objects.create(
        dedupe_key=str(uuid4()), kind="added", person_id=person_id, programme_id="page-b", cycle="2020-21",
        state="sent",
        planned_for_on=MOMENT.day, planned_at=MOMENT.at, claimed_at=MOMENT.at, sent_at=MOMENT.at,
        address=Person.objects.get(pk=person_id).email, subject="The secret subject", body_text="The secret text",
    )  # fmt: skip
    receive(incoming.delivery_report(to=bounce_to(notice.pk), message_id=f"{uuid4()}@mx", **how), MOMENT)
    return notice


def page(person_id: str = MEI, query: str = "", lang: str = "en") -> str:
    return signed_in_as(person_id).get(f"/office/post/{query}", headers={"accept-language": lang}).content.decode()


def test_the_office_sees_who_gets_no_letters_and_why_and_nothing_of_the_letters():
    lost()
    told = page()
    assert "1 person gets no letters" in told
    assert "Okafor, Ines" in told
    assert "The address takes no mail" in told
    assert "i…@a…" in told
    assert "ines@aldermere.example" not in told
    assert "secret" not in told
    assert AuditLine.objects.filter(verb="failing-addresses-listed", actor=f"person:{MEI}").exists()


def test_the_page_speaks_spanish():
    lost()
    assert "1 persona no recibe mensajes" in page(lang="es")


def test_the_list_filters_by_unit_and_reason():
    lost(INES)
    lost(PRIYA, status="5.1.1")
    row = FailingAddress.objects.get(person_id=PRIYA)
    FailingAddress.objects.filter(pk=row.pk).update(reason="complaint")
    assert "Priya" in page()
    only = page(query="?" + urlencode({"reason": "permanent"}))
    assert "Okafor, Ines" in only
    assert "Raman, Priya" not in only
    unit = Standing.objects.filter(person_id=PRIYA, programme_id="page-b").get().unit_id
    assert "Okafor, Ines" not in page(query="?" + urlencode({"unit": unit}))


def test_an_address_that_the_roster_has_replaced_is_not_shown():
    lost()
    Person.objects.filter(pk=INES).update(email="ines@new.example")
    assert "Every address takes our letters" in page()


def test_an_officer_sees_the_people_of_their_programmes_only():
    lost()
    Standing.objects.filter(person_id=INES, programme_id="page-a").delete()
    assert "Okafor, Ines" not in page(HUGO)
    row = FailingAddress.objects.get()
    assert signed_in_as(HUGO).get(f"/office/post/{row.pk}/release/").status_code == 404


def test_the_file_has_the_addresses_whole_and_is_written_down():
    lost()
    answer = signed_in_as(MEI).get("/office/post/addresses.csv")
    lines = content_of(answer).decode("utf-8-sig").splitlines()
    assert "ines@aldermere.example" in lines[1]
    assert "secret" not in "".join(lines)
    assert AuditLine.objects.filter(verb="failing-addresses-exported").exists()


def test_an_officer_lets_letters_go_again_after_seeing_what_it_does():
    lost()
    row = FailingAddress.objects.get()
    client = signed_in_as(MEI)
    asked = client.get(f"/office/post/{row.pk}/release/").content.decode()
    assert "If one comes back, sending ends again." in asked
    answer = client.post(f"/office/post/{row.pk}/release/", follow=True)
    assert (
        "Letters go to Okafor, Ines again" in answer.content.decode() or "again from now on" in answer.content.decode()
    )
    row.refresh_from_db()
    assert (row.released_at, row.released_by) == (MOMENT.at, f"person:{MEI}")
    assert client.get(f"/office/post/{row.pk}/release/").status_code == 404


def test_a_hundred_messages_that_nobody_has_read_are_one_line():
    for number in range(100):
        receive(incoming.reply("prevention@aldermere.example", "Hello", message_id=f"{number}@mail"), MOMENT)
    told = page()
    assert "100 messages are neither reports nor answers" in told
    assert "Hello" not in told


def test_the_page_takes_the_same_queries_for_any_number_of_addresses(django_assert_max_num_queries):
    for person_id in (INES, PRIYA, HUGO, RUTH):
        lost(person_id)
    client = signed_in_as(MEI)
    with django_assert_max_num_queries(25):
        client.get("/office/post/")


def test_a_held_answer_is_listed_until_an_officer_makes_a_step():
    case = open_case(
        INES, Wanted("page-b", "2020-21", "officer", {"reach": "phone"}, kind=NO_COMPUTER), MOMENT, OF_INES
    )
    receive(incoming.reply(reply_to(case), "It is me", sender="me@home.example"), later(hours=1))
    assert f"Case {case.number}" in page()
    office = signed_in_as(MEI).get(f"/office/cases/{case.pk}/").content.decode()
    assert "Nothing shows that the person wrote it." in office
    assert "It is me" in office
    assert "It is me" not in signed_in_as(INES).get(f"/cases/{case.pk}/").content.decode()
    move(case.pk, "reply", OFFICER, later(hours=2), f"person:{MEI}", "We called you.")
    assert f"Case {case.number}" not in page()


@pytest.mark.row("B15")
def test_an_answer_to_what_is_asked_in_confidence_changes_no_figure():
    case = open_case(
        INES, Wanted("page-b", "2020-21", "officer", {"reach": "phone"}, kind=NO_COMPUTER), MOMENT, OF_INES
    )
    address = reply_to(case)
    Case.objects.filter(pk=case.pk).update(confidential=True)
    before = read_of(page().encode())
    assert receive(incoming.reply(address, incoming.OUTLOOK), MOMENT) == "reply-refused"
    assert read_of(page().encode()) == before


def test_an_answer_by_mail_reads_as_such_in_the_persons_thread():
    case = open_case(
        INES, Wanted("page-b", "2020-21", "officer", {"reach": "phone"}, kind=NO_COMPUTER), MOMENT, OF_INES
    )
    receive(incoming.reply(reply_to(case), incoming.OUTLOOK), MOMENT)
    thread = signed_in_as(INES).get(f"/cases/{case.pk}/").content.decode()
    assert "Tuesday works for me." in thread
    assert "By e-mail." in thread


def test_the_reader_is_told_on_their_plan_that_letters_come_back_and_nobody_else_is():
    lost()
    assert "Our letters to i…@a… come back" in signed_in_as(INES).get("/my-training/").content.decode()
    assert "come back, so you get none" not in signed_in_as(HUGO).get("/my-training/").content.decode()
    Person.objects.filter(pk=INES).update(email="ines@new.example")
    assert "come back, so you get none" not in signed_in_as(INES).get("/my-training/").content.decode()


def test_the_officers_page_of_the_person_says_that_a_letter_came_back():
    lost()
    standing = Standing.objects.get(person_id=INES, programme_id="page-b")
    assert "It came back on" in signed_in_as(MEI).get(f"/office/people/{standing.pk}/").content.decode()


def test_who_runs_every_programme_sees_everybody():
    lost()
    Standing.objects.filter(person_id=INES).delete()
    give(PRIYA, "officer", MOMENT, "test")
    assert "Okafor, Ines" in page(PRIYA)


@pytest.mark.parametrize(("lang", "words"), [("en", "refused the name or the password"), ("es", "rechazó el nombre")])
def test_the_page_says_that_the_mailbox_cannot_be_read_and_since_when(settings, lang, words):
    settings.MAILBOX = {"host": "mail.example"}
    assert words not in page(lang=lang)
    mailbox_failed("login", MOMENT)
    assert words in page(lang=lang)
    mailbox_was_read(MOMENT)
    assert words not in page(lang=lang)
