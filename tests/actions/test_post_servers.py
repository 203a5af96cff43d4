"""What mail servers report, in the words and habits of several, in English and Spanish."""

from email import message_from_bytes
from uuid import UUID

import pytest

from tests import incoming
from upstander.core.post import Came
from upstander.core.return_address import Ours, bounce_address, reply_address
from upstander.wires.post_reading import read

OURS = Ours("prevention@aldermere.example", "bounces@aldermere.example", "case@aldermere.example", "k" * 60)
LETTER = UUID("12345678-1234-4234-8234-123456789abc")
SEALED = bounce_address(OURS, LETTER)
CASE = reply_address(OURS, "a" * 20)
_FIELDS = "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ines@aldermere.example\n"
_ENCLOSED = incoming.LETTER.format(bounce=SEALED, number=LETTER)


def report(
    sender: str, subject: str, fields: str, enclosed: str = _ENCLOSED, to: str = SEALED, kind: str = ""
) -> bytes:
    """A report as RFC 3464 has it; `kind` the international one (RFC 6533)."""
    status, letter = (f"message/{kind}delivery-status", "message/global" if kind else "message/rfc822")
    return incoming.crlf(f"""\
From: {sender}
To: {to}
Subject: {subject}
Message-ID: <report@mx.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="e"

--e
Content-Type: text/plain; charset=utf-8

No se ha entregado el mensaje.

--e
Content-Type: {status}

{_FIELDS}{fields}

--e
Content-Type: {letter}

{enclosed}
--e--
""")


EXCHANGE = "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@aldermere.example>"
GMAIL = "Mail Delivery Subsystem <mailer-daemon@googlemail.com>"
SENDMAIL = "Mail Delivery Subsystem <MAILER-DAEMON@mx.example>"
REPORTS = {
    "exchange": (
        report(EXCHANGE, "Undeliverable: Your training", "Action: failed\nStatus: 5.1.10\n"), Came.PERMANENT, "5.1.10",
    ),
    "exchange in Spanish": (
        report(EXCHANGE, "=?utf-8?q?No_se_puede_entregar:_Su_capacitaci=C3=B3n?=", "Action: failed\nStatus: 5.2.2\n"),
        Came.TEMPORARY, "5.2.2",
    ),
    "gmail in Spanish": (
        report(GMAIL, "=?UTF-8?Q?Notificaci=C3=B3n_del_estado?=", "Action: failed\nStatus: 5.2.1\n"),
        Came.PERMANENT, "5.2.1",
    ),
    "gmail, of the letter only its number": (
        report(GMAIL, "Delivery Status Notification (Failure)",
               f"X-Original-Message-ID: <{LETTER}@aldermere.example>\nAction: failed\nStatus: 5.1.1\n",
               "Subject: x\n", "prevention@aldermere.example"),
        Came.PERMANENT, "5.1.1",
    ),
    "postfix, the code in the words of the other server": (
        report(SENDMAIL, "Undelivered", "Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 5.7.1 policy\n"),
        Came.TEMPORARY, "5.7.1",
    ),
    "sendmail, a warning": (
        report(SENDMAIL, "Warning: could not send message for past 4 hours", "Action: delayed\nStatus: 4.2.0\n"),
        Came.DELAYED, "4.2.0",
    ),
    "an international report": (
        report(SENDMAIL, "Undelivered", "Action: failed\nStatus: 5.1.1\n", kind="global-"), Came.PERMANENT, "5.1.1",
    ),
    "qmail in Spanish": (
        incoming.crlf(
            f"Return-Path: <>\nFrom: MAILER-DAEMON@mail.example\nTo: {SEALED}\nSubject: aviso de error\n\n"
            "Hola. No pude entregar su mensaje a la siguiente dirección.\n\n<ines@aldermere.example>:\n"
            f"Remote host said: 550 5.1.1 no such user\n\n--- Copia del mensaje.\n\n{_ENCLOSED}"
        ),
        Came.PERMANENT, "5.1.1",
    ),
    "a complaint of a Microsoft mailbox": (
        incoming.crlf(
            "From: staff@mail.example\nTo: complaints@aldermere.example\nSubject: complaint about message\n"
            'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="e"\n\n--e\nContent-Type: message/rfc822\n\n'
            f"X-HmXmrOriginalRecipient: ines@aldermere.example\n{_ENCLOSED}\n--e--\n"
        ),
        Came.COMPLAINT, "abuse",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_of_a_mail_server_is_read_with_the_letter_that_it_proves(name):
    raw, came, status = REPORTS[name]
    reading = read(raw, OURS)
    assert (reading.came, reading.notice_ids, reading.status) == (came, (LETTER,), status)


def test_an_absence_that_goes_to_the_address_for_reports_is_no_report():
    raw = incoming.away("Fuera de la oficina", SEALED, {"Return-Path": "<>", "Auto-Submitted": "auto-replied"})
    raw += b"\r\nTel. (555) 010-0100, oficina 5.1.1, edificio 550\r\n"
    assert read(raw, OURS).came is Came.AUTOMATIC


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Auto-Response-Suppress": "All"},
        {"X-MS-Exchange-Generated-Message-Source": "Mailbox Rules Agent"},
        {"Auto-Submitted": "auto-replied", "Precedence": "bulk", "X-Autoreply": "yes"},
        {"X-ServiceNow-Generated": "true"},
        {"Subject": "=?utf-8?q?Contestaci=C3=B3n_autom=C3=A1tica=3A_Su_solicitud?="},
    ],
    ids=["outlook", "exchange", "gmail", "a help desk", "a subject"],
)
def test_an_absence_of_outlook_and_of_gmail_is_no_answer(headers):
    message = message_from_bytes(incoming.away("Su solicitud", CASE))
    for name, value in headers.items():
        del message[name]
        message[name] = value
    assert read(message.as_bytes(), OURS).came is Came.AUTOMATIC


def test_what_outlook_asks_of_other_programs_does_not_make_an_answer_automatic():
    raw = incoming.reply(CASE, "Yes", headers={"X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply"})
    assert read(raw, OURS).came is Came.REPLY
