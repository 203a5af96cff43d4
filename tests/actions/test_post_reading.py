"""What a message is that comes in: reports, absences, complaints, answers with their fresh words."""

import email
import time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import incoming
from upstander.core.post import LONGEST_MESSAGE_BYTES, Came, came_of_event, came_of_report, digest_of
from upstander.core.return_address import (
    Ours,
    bounce_address,
    masked,
    notice_of_address,
    notice_of_message_id,
    reply_address,
    token_of_address,
)
from upstander.wires.post_reading import read

OURS = Ours("prevention@aldermere.example", "bounces@aldermere.example", "case@aldermere.example", "k" * 50)
LETTER = UUID("0b9cfa1e-6f5c-4f0e-9f4e-0d6f3f1f7a11")
SEALED = bounce_address(OURS, LETTER)
TOKEN = "abcdefghij234567klmn"
CASE = reply_address(OURS, TOKEN)
CHECKED = Ours(OURS.sender, OURS.bounces, OURS.replies, OURS.key, "mx.aldermere.example")


def test_an_address_for_reports_names_one_letter_and_is_taken_however_it_is_written():
    assert len(SEALED.partition("@")[0]) <= 64
    assert notice_of_address(OURS, SEALED) == LETTER
    assert notice_of_address(OURS, f"<{SEALED.upper()}>") == LETTER


def test_nobody_can_make_up_the_address_of_another_letter():
    name, _, domain = SEALED.partition("@")
    changed = "b" if name[-1] != "b" else "c"
    assert notice_of_address(OURS, f"{name[:-1]}{changed}@{domain}") is None
    assert notice_of_address(Ours(OURS.sender, OURS.bounces, OURS.replies, "other" * 10), SEALED) is None
    assert notice_of_address(OURS, SEALED.replace("aldermere", "elsewhere")) is None


@given(st.text(max_size=90))
def test_whatever_stands_in_an_address_nothing_raises(text):
    assert notice_of_address(OURS, f"bounces+{text}@aldermere.example") is None
    assert token_of_address(OURS, text) == ""
    assert notice_of_message_id(OURS, text) is None


def test_an_address_is_shown_by_its_first_letters():
    assert masked("ines@aldermere.example") == "i…@a…"


@pytest.mark.parametrize("shape", ["postfix", "exchange", "exim"])
@pytest.mark.parametrize("by", ["sealed address", "enclosed letter", "message id"])
def test_a_delivery_report_is_read_with_the_letter_that_it_proves(shape, by):
    report = incoming.delivery_report(
        to=SEALED if by == "sealed address" else "prevention@aldermere.example",
        bounce=SEALED if by == "enclosed letter" else "",
        number=str(LETTER) if by == "message id" else "",
        shape=shape,
    )
    reading = read(report, OURS)
    assert (reading.came, reading.notice_ids, reading.status) == (Came.PERMANENT, (LETTER,), "5.1.1")


def test_a_report_that_proves_no_letter_names_none_however_well_it_names_the_address():
    reading = read(incoming.delivery_report(to="prevention@aldermere.example"), OURS)
    assert (reading.came, reading.notice_ids) == (Came.PERMANENT, ())


@pytest.mark.parametrize(
    ("action", "status", "came"),
    [
        ("failed", "5.1.1", Came.PERMANENT),
        ("failed", "5.0.0", Came.PERMANENT),
        ("failed", "", Came.PERMANENT),
        ("failed", "4.4.7", Came.TEMPORARY),
        ("failed", "5.2.2", Came.TEMPORARY),
        ("failed", "5.7.1", Came.TEMPORARY),
        ("failed", "5.2.1", Came.PERMANENT),
        ("delayed", "4.4.1", Came.DELAYED),
        ("delivered", "2.0.0", Came.DELIVERED),
        ("relayed", "2.0.0", Came.DELIVERED),
    ],
)
def test_a_letter_is_lost_or_late_and_the_address_fails_only_where_the_code_says_so(action, status, came):
    assert came_of_report(action, status) is came
    assert read(incoming.delivery_report(to=SEALED, action=action, status=status or "0.0.0"), OURS).came is came


def test_a_report_from_before_the_standard_is_read():
    reading = read(incoming.qmail_report(SEALED, SEALED, str(LETTER)), OURS)
    assert (reading.came, reading.notice_ids) == (Came.PERMANENT, (LETTER,))
    by_number = read(incoming.qmail_report("prevention@aldermere.example", "x@y.example", str(LETTER)), OURS)
    assert (by_number.came, by_number.notice_ids) == (Came.PERMANENT, (LETTER,))


def test_a_complaint_is_read_and_a_rescue_from_the_junk_folder_is_none():
    reading = read(incoming.complaint(SEALED, str(LETTER)), OURS)
    assert (reading.came, reading.notice_ids, reading.status) == (Came.COMPLAINT, (LETTER,), "abuse")
    assert read(incoming.complaint(SEALED, str(LETTER), "not-spam"), OURS).came is Came.OTHER


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Your training",
        "Out of office: back on Monday",
        "Auto: Your training",
        "Re: Out of the office",
        "Respuesta automática: Su formación",
        "Fuera de la oficina",
        "=?utf-8?q?Ausente_hasta_el_lunes?=",
        "Automatische Antwort: Your training",
        "Abwesenheitsnotiz: Your training",
        "Réponse automatique : Your training",
    ],
)
def test_an_absence_is_never_taken_for_an_answer(subject):
    assert read(incoming.away(subject, CASE), OURS).came is Came.AUTOMATIC


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Auto-Submitted", "auto-replied (vacation)"),
        ("X-Autoreply", "yes"),
        ("Precedence", "auto_reply"),
        ("Precedence", "bulk"),
        ("List-Id", "<all.aldermere.example>"),
        ("Return-Path", "<>"),
    ],
)
def test_what_a_program_wrote_is_known_by_its_headers(name, value):
    assert read(incoming.away("Your request", CASE, {name: value}), OURS).came is Came.AUTOMATIC


def test_what_says_that_somebody_wrote_it_is_an_answer():
    assert read(incoming.away("Your request", CASE, {"Auto-Submitted": "no"}), OURS).came is Came.REPLY


def test_our_own_letter_that_comes_back_is_known():
    letter = incoming.LETTER.format(bounce=SEALED, number=LETTER) + "\nText\n"
    assert read(incoming.crlf(letter), OURS).came is Came.OWN


@pytest.mark.parametrize(
    "text", [incoming.OUTLOOK, incoming.GMAIL, incoming.APPLE, incoming.SPANISH, incoming.GERMAN, incoming.BELOW]
)
def test_of_an_answer_only_the_fresh_words_are_taken(text):
    reading = read(incoming.reply(CASE, text), OURS)
    assert (reading.came, reading.tokens, reading.sender) == (Came.REPLY, (TOKEN,), "ines@aldermere.example")
    assert reading.text.removesuffix("\n\nInes") == "Tuesday works for me."


def test_of_a_page_only_the_words_are_taken():
    assert read(incoming.reply(CASE, incoming.GMAIL_PAGE, html=True), OURS).text == "Tuesday works\nfor me."


def test_what_follows_a_greeting_in_the_middle_is_kept():
    text = "Thanks,\nand one thing more: I am at the other campus.\n\nBest regards\nInes\n"
    assert "other campus" in read(incoming.reply(CASE, text), OURS).text


def test_a_long_answer_is_cut_and_says_so():
    reading = read(incoming.reply(CASE, "word " * 3_000), OURS)
    assert len(reading.text) <= 4_000
    assert reading.is_cut


def test_files_are_taken_and_pictures_of_a_signature_are_not():
    files = (("../../etc/letter.pdf", "application/pdf", b"%PDF-1.4"),)
    message = email.message_from_bytes(incoming.reply(CASE, "See this", files=files))
    logo = email.message_from_string('Content-Type: image/png; name="logo.png"\nContent-ID: <logo>\n\nx')
    message.attach(logo)
    (file,) = read(message.as_bytes(), OURS).files
    assert (file.name, file.data) == ("letter.pdf", b"%PDF-1.4")


@pytest.mark.parametrize(
    ("line", "vouched"),
    [
        ("mx.aldermere.example; dmarc=pass (p=none) header.from=aldermere.example", True),
        ("mx.aldermere.example; spf=pass smtp.mailfrom=ines@mail.aldermere.example", True),
        (
            "mx.aldermere.example; spf=pass smtp.mailfrom=x@elsewhere.example; dkim=fail header.d=aldermere.example",
            False,
        ),
        ("mx.aldermere.example; dkim=pass header.d=notaldermere.example", False),
        ("mx.elsewhere.example; dmarc=pass header.from=aldermere.example", False),
        ("", False),
    ],
)
def test_a_sender_is_vouched_for_by_our_own_mail_server_only(line, vouched):
    headers = {"Authentication-Results": line} if line else {}
    assert read(incoming.reply(CASE, "Yes", headers=headers), CHECKED).vouched is vouched


def test_only_the_newest_word_of_our_mail_server_counts():
    raw = incoming.reply(CASE, "Yes", headers={"Authentication-Results": "mx.aldermere.example; dmarc=fail"})
    older = b"Authentication-Results: mx.aldermere.example; dmarc=pass header.from=aldermere.example\r\n"
    head, _, body = raw.partition(b"\r\n\r\n")
    assert read(head + b"\r\n" + older + b"\r\n" + body, CHECKED).vouched is False


def test_two_senders_are_nobody():
    assert read(incoming.reply(CASE, "Yes", sender="ines@aldermere.example, x@y.example"), OURS).sender == ""


@pytest.mark.parametrize(
    ("kind", "status", "came"),
    [
        ("bounce", "5.1.1", Came.PERMANENT),
        ("Bounced", "5.2.2", Came.TEMPORARY),
        ("soft_bounce", "", Came.TEMPORARY),
        ("deferred", "4.1.1", Came.DELAYED),
        ("delivered", "", Came.DELIVERED),
        ("complaint", "", Came.COMPLAINT),
        ("opened", "", None),
    ],
)
def test_an_event_of_a_mail_service_is_one_of_ours_or_none(kind, status, came):
    assert came_of_event(kind, status) is came


def test_the_same_message_by_another_way_is_the_same():
    raw = incoming.delivery_report(to=SEALED)
    assert digest_of(b"Received: by another server\r\n" + raw) == digest_of(raw)
    assert digest_of(incoming.delivery_report(to=SEALED, message_id="report-2@x")) != digest_of(raw)


def nested(depth: int) -> bytes:
    """Parts within parts within parts."""
    head = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))
    return b"To: " + CASE.encode() + b"\r\nFrom: ines@aldermere.example\r\n" + head + b"\r\nText\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"\r\n\r\n\r\n",
        nested(8),
        nested(5_000),
        b"Content-Type: text/plain; charset=klingon\r\nTo: " + CASE.encode() + b"\r\n\r\n\xff\xfe words\x00",
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\nTo: "
        + CASE.encode()
        + b"\r\n\r\n!!!not base64",
        b"From: =?utf-8?b?////?= <a@b.example>\r\nTo: " + CASE.encode() + b"\r\nSubject: =?x?q?=ff?=\r\n\r\nwords",
        b"To: " + b"a@b.example, " * 50_000 + b"\r\n\r\nwords",
        b"To: " + CASE.encode() + b"\r\n\r\n" + b">" * 100_000,
        b"To: " + CASE.encode() + b"\r\n\r\n" + b"On " * 30_000 + b"wrote:",
        b"To: " + CASE.encode() + b"\r\n\r\n" + (b"From: a\n" * 5_000),
        b"To: " + CASE.encode() + b"\r\n\r\n" + b"\n" * 50_000 + b"x",
        b"To: " + CASE.encode() + b"\r\n\r\n" + b" " * 50_000 + b"x",
        b"To: " + CASE.encode() + b"\r\nContent-Type: text/html\r\n\r\n" + b"<div>" * 20_000 + b"deep",
        b"To: " + CASE.encode() + b"\r\nContent-Type: text/html\r\n\r\n" + b"<!" * 20_000,
    ],
    ids=range(16),
)
def test_no_message_stops_the_reading_nor_holds_it_up(raw):
    begun = time.process_time()
    reading = read(raw, OURS)
    assert time.process_time() - begun < 5
    assert reading.came in set(Came)
    assert "\x00" not in reading.text


def test_a_message_that_is_too_large_is_known_by_its_headers_only():
    reading = read(incoming.reply(CASE, "Yes") + b"x" * LONGEST_MESSAGE_BYTES, OURS)
    assert (reading.came, reading.tokens, reading.text) == (Came.TOO_LARGE, (TOKEN,), "")


_LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                f"To: {CASE}", f"To: {SEALED}", "From: a@b.example", "Content-Type: multipart/report; boundary=x",
                "--x",
                "Content-Type: message/delivery-status", "Content-Type: message/rfc822", "Action: failed", "--x--", "",
                "Content-Type: message/feedback-report", "Content-Type: text/html; charset=utf-16", "Return-Path: <>",
                "Content-Transfer-Encoding: base64", "Status: 5.1.1",
                "Content-Disposition: attachment; filename*=x''%ff",
            ]
        ),
        st.text(max_size=40),
    ),
    max_size=30,
)  # fmt: skip


@given(_LINES)
def test_whatever_lines_a_message_is_made_of_it_is_read(lines):
    assert read("\r\n".join(lines).encode("utf-8", "replace"), CHECKED).came in set(Came)


@given(st.binary(max_size=400))
def test_whatever_bytes_a_message_is_made_of_it_is_read(raw):
    assert read(raw, CHECKED).came in set(Came)
