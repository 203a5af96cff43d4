"""Messages that come in, as mail servers and programs write them: reports, complaints, absences, answers."""

from email.message import EmailMessage
from email.policy import SMTP

LETTER = """\
Return-Path: <{bounce}>
Message-ID: <{number}@aldermere.example>
From: Office for Prevention and Response <prevention@aldermere.example>
To: ines@aldermere.example
Subject: Your training
Auto-Submitted: auto-generated
"""


def crlf(text: str) -> bytes:
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8")


def delivery_report(
    to: str = "bounces@aldermere.example",
    number: str = "",
    bounce: str = "",
    action: str = "failed",
    status: str = "5.1.1",
    recipient: str = "ines@aldermere.example",
    shape: str = "postfix",
    message_id: str = "report-1@mx.aldermere.example",
) -> bytes:
    """A report as RFC 3464 has it; `shape` gives the words and habits of one mail server or another."""
    diagnostic = f"{status[0]}50 {status} <{recipient}>: User unknown"
    said = {
        "postfix": f"<{recipient}>: host mx said: {diagnostic}",
        "exchange": f"Your message couldn't be delivered to {recipient}.\n#{status} smtp; {diagnostic}#",
        "exim": f"A message that you sent could not be delivered.\n  {recipient}\n    {diagnostic}",
    }[shape]
    enclosed = "text/rfc822-headers" if shape == "exchange" else "message/rfc822"
    letter = LETTER.format(bounce=bounce or "prevention@aldermere.example", number=number or "nobody")
    return crlf(f"""\
Return-Path: <>
From: {"postmaster" if shape == "exchange" else "MAILER-DAEMON"}@mx.aldermere.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <{message_id}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_edge"

--=_edge
Content-Type: text/plain; charset=us-ascii

{said}

--=_edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.aldermere.example
Arrival-Date: Wed, 20 Jan 2021 10:00:00 -0500

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {diagnostic}

--=_edge
Content-Type: {enclosed}

{letter}
--=_edge--
""")


def qmail_report(to: str, bounce: str, number: str) -> bytes:
    """One of the shapes from before the standard."""
    letter = LETTER.format(bounce=bounce, number=number)
    return crlf(f"""\
Return-Path: <>
From: MAILER-DAEMON@mail.example
To: {to}
Subject: failure notice
Message-ID: <qmail-1@mail.example>

Hi. This is the qmail-send program at mail.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<ines@aldermere.example>:
192.0.2.7 does not like recipient.
Remote host said: 550 no such user
Giving up on 192.0.2.7.

--- Below this line is a copy of the message.

{letter}
""")


def complaint(bounce: str, number: str, kind: str = "abuse") -> bytes:
    """A feedback report (RFC 5965)."""
    letter = LETTER.format(bounce=bounce, number=number)
    return crlf(f"""\
From: <feedback@mail.example>
To: bounces@aldermere.example
Subject: FW: Your training
Message-ID: <complaint-1@mail.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part"

--part
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report.

--part
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <{bounce}>

--part
Content-Type: message/rfc822
Content-Disposition: inline

{letter}
--part--
""")


def away(subject: str = "Automatic reply: Your training", to: str = "", headers: dict[str, str] | None = None) -> bytes:
    """The answer of a program while somebody is away."""
    lines = "".join(f"{name}: {value}\n" for name, value in (headers or {}).items())
    return crlf(f"""\
From: Ines Okafor <ines@aldermere.example>
To: {to or "prevention@aldermere.example"}
Subject: {subject}
Message-ID: <away-{abs(hash((subject, tuple(headers or ()))))}@aldermere.example>
{lines}Content-Type: text/plain; charset=utf-8

I am away until Monday.
""")


def reply(
    to: str,
    text: str,
    sender: str = "Ines Okafor <ines@aldermere.example>",
    message_id: str = "reply-1@mail.example",
    html: bool = False,
    headers: dict[str, str] | None = None,
    files: tuple[tuple[str, str, bytes], ...] = (),
) -> bytes:
    """An answer that somebody wrote, with files (name, media type, content)."""
    message = EmailMessage(policy=SMTP)
    for name, value in (headers or {}).items():
        message[name] = value
    message["From"], message["To"], message["Subject"] = sender, to, "Re: Your request"
    message["Message-ID"] = f"<{message_id}>"
    message.set_content(text, subtype="html" if html else "plain")
    for name, media_type, content in files:
        main, _, sub = media_type.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


OUTLOOK = """\
Tuesday works for me.

Ines

________________________________
From: Office for Prevention and Response <prevention@aldermere.example>
Sent: Wednesday, January 20, 2021 10:00 AM
To: Ines Okafor <ines@aldermere.example>
Subject: Your request

Which day works for you?
"""
GMAIL = """\
Tuesday works for me.

On Wed, Jan 20, 2021 at 10:00 AM Office for Prevention and Response <
prevention@aldermere.example> wrote:

> Which day works for you?
>
"""
APPLE = """\
Tuesday works for me.

Sent from my iPhone

> On Jan 20, 2021, at 10:00 AM, Office for Prevention <prevention@aldermere.example> wrote:
>
> Which day works for you?
"""
SPANISH = """\
Tuesday works for me.

El mié, 20 ene 2021 a las 10:00, Oficina (<prevention@aldermere.example>) escribió:

> ¿Qué día le va bien?
"""
GERMAN = """\
Tuesday works for me.

Am 20.01.21 um 10:00 schrieb Office for Prevention:
> Which day works for you?
"""
BELOW = """\
On Wed, Jan 20, 2021 at 10:00 AM the Office <prevention@aldermere.example> wrote:
> Which day works for you?

Tuesday works for me.
-- 
Ines Okafor
"""
GMAIL_PAGE = """\
<html><head><style>p {color: red}</style></head><body><div dir="ltr">Tuesday works<br>for me.<script>x()</script></div>
<div class="gmail_quote"><div>On Wed the Office wrote:</div><blockquote>Which day?</blockquote></div></body></html>"""
