"""Declining letters that may be declined: at one's account, by the link in one of them, by one click; its limits."""

from html import unescape

import pytest
from django.test import Client, override_settings

from tests.cast import INES, MEI, NOOR
from tests.staff import MOMENT, complete, signed_in_as
from upstander.actions.declining import decline
from upstander.actions.letter_headers import headers_of
from upstander.actions.opening import open_sending
from upstander.actions.outbox import plan
from upstander.actions.sending import Rules, claim, send_some
from upstander.core.errors import Refusal
from upstander.core.notices import Kind
from upstander.models import Certificate, Notice, Person, Standing, Unsubscribed
from upstander.notices.registry import NOTICES, letters
from upstander.queries.declining import stop_address
from upstander.wires.mail import Mailbox
from upstander.wires.mail_message import as_message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]
RULES = Rules(letters(lambda course, lang: None), hours_matter=False)
KINDS = {notice.kind.key: notice.kind for notice in NOTICES}


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def certificate_planned(person_id: str = INES) -> Notice:
    """A letter with a certificate on its way: a kind that may be declined."""
    open_sending("page-b", MOMENT, "test")
    complete(person_id)
    done = complete(person_id, course="option-b")
    Certificate.objects.create(code=f"CERT-{person_id}", completion=done, made_at=MOMENT.at)
    Notice.objects.all().delete()
    plan("certificate", person_id, None, "", MOMENT, completion=done)
    return Notice.objects.get(kind="certificate")


def stop_path(notice: Notice) -> str:
    return stop_address(notice.pk).partition("8000")[2]


def test_only_letters_on_which_nothing_depends_may_be_declined():
    assert {key for key, kind in KINDS.items() if kind.declinable} <= {
        "certificate", "session-reminder", "arrangement-reminder", "overdue-others",
    }  # fmt: skip
    assert not any(kind.declinable for kind in KINDS.values() if kind.of_duty)


def test_the_page_shows_every_kind_and_why_most_always_come():
    shown = text_of(signed_in_as(INES).get("/account/letters/"))
    assert "A training of yours is still open. It always comes." not in shown
    assert "It always comes. It tells you of a duty and its date." in shown
    assert shown.count(">Stop these letters<") == sum(
        kind.declinable for key, kind in KINDS.items() if key != "overdue-others"
    )
    assert "The draft of a programme’s next period" not in shown
    assert "The draft of a programme’s next period" in text_of(signed_in_as(MEI).get("/account/letters/"))


def test_stopping_and_starting_again_is_kept_and_nothing_is_deleted():
    client = signed_in_as(INES)
    client.post("/account/letters/", {"kind": "certificate", "act": "stop"})
    client.post("/account/letters/", {"kind": "certificate", "act": "stop"})
    assert "Stopped by you" in text_of(client.get("/account/letters/"))
    client.post("/account/letters/", {"kind": "certificate", "act": "start"})
    assert "Stopped by you" not in text_of(client.get("/account/letters/"))
    assert list(Unsubscribed.objects.values_list("person_id", "kind", "ended_at")) == [(INES, "certificate", MOMENT.at)]


@pytest.mark.parametrize("kind", ["reminder", "case-answered", "test-letter", "nothing"])
def test_a_letter_that_tells_of_a_duty_or_answers_cannot_be_stopped(kind):
    assert signed_in_as(INES).post("/account/letters/", {"kind": kind, "act": "stop"}).status_code == 404
    assert not Unsubscribed.objects.exists()
    with pytest.raises(Refusal, match="letter-not-declinable"):
        decline(INES, Kind("reminder"), MOMENT)


def test_a_declined_letter_does_not_go_and_the_record_says_why():
    notice = certificate_planned()
    decline(INES, KINDS["certificate"], MOMENT)
    assert claim(notice.pk, MOMENT, RULES) == "declined"
    notice.refresh_from_db()
    assert (notice.state, notice.not_sent_reason) == ("not-sent", "declined")


def test_declining_touches_no_duty_and_no_other_letter():
    before = list(Standing.objects.order_by("pk").values_list("pk", "state", "due_on"))
    for kind in KINDS.values():
        if kind.declinable:
            decline(INES, kind, MOMENT)
    assert list(Standing.objects.order_by("pk").values_list("pk", "state", "due_on")) == before
    open_sending("page-b", MOMENT, "test")
    plan("added", INES, "page-b", Standing.objects.get(person_id=INES, programme_id="page-b").cycle, MOMENT)
    assert send_some(MOMENT, RULES, Mailbox()) == {"sent": 1}


def test_a_scanner_that_follows_the_link_stops_nothing():
    path = stop_path(certificate_planned())
    for ask in (Client().get, Client().head):
        assert ask(path).status_code == 200
    assert "Stop these letters" in text_of(Client().get(path))
    assert not Unsubscribed.objects.exists()


def test_one_click_stops_without_a_session_and_may_come_twice():
    path = stop_path(certificate_planned())
    client = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = client.post(path, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert "You get no more letters of this kind" in text_of(answer)
    assert Unsubscribed.objects.get(ended_at=None).kind == "certificate"
    assert "You get letters of this kind again" in text_of(client.post(path, {"act": "start"}))
    assert not Unsubscribed.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize("how", ["multipart/form-data; boundary=e", "application/x-www-form-urlencoded"])
def test_one_click_is_taken_in_either_form_and_from_any_place(how):
    pair = 'Content-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click'
    body = f"--e\r\n{pair}\r\n--e--\r\n" if how.startswith("multipart") else "List-Unsubscribe=One-Click"
    client, path = Client(enforce_csrf_checks=True), stop_path(certificate_planned())
    headers = {"origin": "https://mail.example", "referer": "https://mail.example/"}
    assert client.post(path, body, content_type=how, headers=headers).status_code == 200
    assert Unsubscribed.objects.filter(person_id=INES, ended_at=None).exists()


def test_somebody_who_has_left_can_still_decline():
    path = stop_path(certificate_planned())
    Person.objects.filter(pk=INES).update(vanished_on=MOMENT.day)
    assert Client().post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Unsubscribed.objects.filter(person_id=INES, ended_at=None).exists()


def test_the_address_names_nobody_and_no_other_one_works():
    notice = certificate_planned()
    path = stop_path(notice)
    assert INES not in path and "certificate" not in path
    assert Client().post(path.replace("/stop/", "/stop/x")).status_code == 404
    assert Client().post(f"/account/letters/stop/{notice.pk.hex}/").status_code == 404
    notice.delete()
    assert Client().post(path).status_code == 404
    assert not Unsubscribed.objects.exists()


def test_the_link_of_a_letter_that_always_comes_does_not_exist():
    open_sending("page-b", MOMENT, "test")
    plan("added", INES, "page-b", Standing.objects.get(person_id=INES, programme_id="page-b").cycle, MOMENT)
    path = stop_path(Notice.objects.get())
    assert Client().get(path).status_code == 404
    assert Client().post(path).status_code == 404


def test_the_headers_tell_what_mail_programs_need_and_nothing_of_the_reader():
    notice = certificate_planned()
    with override_settings(HTTPS=True):
        envelope = claim(notice.pk, MOMENT, RULES)
    message = as_message(envelope, MOMENT)
    assert message["List-Unsubscribe"] == f"<{stop_address(notice.pk)}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated" and message["Precedence"] is None
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["Feedback-ID"].startswith("certificate:none:letter:")
    assert message["Message-ID"] == f"<{notice.pk}@{envelope.sender.rpartition('@')[2]}>"
    assert message["Content-Language"] == "en" and message["Reply-To"]
    notice.refresh_from_db()
    assert stop_address(notice.pk) in notice.body_text and stop_address(notice.pk) in notice.body_html
    assert ">Get no more letters of this kind</a>" in notice.body_html, "so long an address is no words"


def test_letters_that_always_come_carry_no_header_to_decline_them():
    for key, kind in KINDS.items():
        names = {name for name, _ in headers_of(kind, Notice().pk, "page-b")}
        assert ("List-Unsubscribe" in names) is kind.declinable, key
        assert "List-Unsubscribe-Post" not in names  # one click is for https alone


def test_answers_go_to_the_office_of_the_programme():
    open_sending("page-b", MOMENT, "test")
    plan("added", INES, "page-b", Standing.objects.get(person_id=INES, programme_id="page-b").cycle, MOMENT)
    envelope = claim(Notice.objects.get().pk, MOMENT, RULES)
    assert envelope.reply_to == "prevention@university.example"


def test_somebody_without_any_duty_sees_their_letters_too():
    assert signed_in_as(NOOR).get("/account/letters/").status_code == 200
