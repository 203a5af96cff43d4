"""One message as the institution's mail relay is given it: who it is from and for, its words, and its bytes.

Most letters differ in little more than their reader, and their headers are of plain signs: those are written out at
once. Whatever is not plain is left to the standard library, which is exact about every sign and ten times as slow.
"""

import binascii
import re
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as CRLF
from email.utils import format_datetime
from functools import lru_cache
from uuid import uuid4

from upstander.core.days import Moment

#: An address, a line of a header and a reference that need no quoting, no encoding and no folding.
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_PLAIN_LINE = re.compile(r"[!-~]+(?: [!-~]+)*")
_PLAIN_REFERENCE = re.compile(r"[A-Za-z0-9-]+")
_LONGEST_LINE = 78
#: What writing a message raises where an address or a header cannot be written.
UNWRITABLE = (ValueError, IndexError, MessageError)


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message ready to be handed over; `reference` makes its Message-ID, the same at every try.

    `headers` go as they are, `reply_to` says where answers go, `bounce_to` is the envelope's sender where reports of
    failed delivery go to an address of their own. `calendar` is a calendar entry with its `calendar_method`.
    """

    reference: str
    sender_name: str
    sender: str
    to: str
    subject: str
    text: str
    html: str
    language: str
    headers: tuple[tuple[str, str], ...] = ()
    reply_to: str = ""
    bounce_to: str = ""
    calendar: str = ""
    calendar_method: str = ""

    @property
    def returns_to(self) -> str:
        """The address that the relay is given as the sender."""
        return self.bounce_to or self.sender


def as_message(envelope: Envelope, moment: Moment) -> EmailMessage:
    """Plain text first, the same as HTML after it. `UNWRITABLE` for an address or a header that cannot be written."""
    message = EmailMessage(policy=CRLF)
    message["From"] = Address(envelope.sender_name, addr_spec=envelope.sender)
    message["To"] = Address(addr_spec=envelope.to)
    message["Subject"] = envelope.subject
    message["Date"] = format_datetime(moment.at)
    message["Message-ID"] = f"<{envelope.reference}@{envelope.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    if envelope.reply_to:
        message["Reply-To"] = Address(addr_spec=envelope.reply_to)
    for name, value in envelope.headers:
        message[name] = value
    message.set_content(envelope.text, cte="quoted-printable")
    message.add_alternative(envelope.html, subtype="html", cte="quoted-printable")
    if envelope.calendar:
        _add_calendar(message, envelope)
    message["Content-Language"] = envelope.language  # last, for setting a content drops every header about it
    return message


def _add_calendar(message: EmailMessage, envelope: Envelope) -> None:
    """The entry twice: as a further form of the message, which calendars offer to accept, and as a file to keep."""
    method = envelope.calendar_method or "PUBLISH"
    params = {"method": method}
    message.add_alternative(envelope.calendar, subtype="calendar", cte="base64", params=params)
    message.add_attachment(envelope.calendar, subtype="calendar", cte="base64", params=params, filename="calendar.ics")


def written(envelope: Envelope, moment: Moment) -> bytes:
    """The message of `as_message` in bytes, with CRLF; `UNWRITABLE` where an address or a header cannot be written."""
    if envelope.calendar or not _is_plain(envelope):
        return as_message(envelope, moment).as_bytes()
    boundary = f"=_{uuid4().hex}"  # no quoted-printable text holds "=_"
    between = f"--{boundary}".encode()
    return b"\r\n".join([
        *_headers(envelope, moment),
        f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"'.encode(),
        b"MIME-Version: 1.0",
        _header("Content-Language", envelope.language),
        b"",
        between,
        _part("plain", envelope.text),
        between,
        _part("html", envelope.html),
        between + b"--",
        b"",
    ])  # fmt: skip


def _is_plain(envelope: Envelope) -> bool:
    """Whether its addresses and its reference stand in a header just as they are."""
    addresses = (envelope.to, envelope.sender, envelope.reply_to or envelope.sender)
    return bool(_PLAIN_REFERENCE.fullmatch(envelope.reference)) and all(
        len(address) < 60 and _PLAIN_ADDRESS.fullmatch(address) for address in addresses
    )


def _headers(envelope: Envelope, moment: Moment) -> list[bytes]:
    plain = {
        "To": envelope.to,
        "Date": format_datetime(moment.at),
        "Message-ID": f"<{envelope.reference}@{envelope.sender.rpartition('@')[2]}>",
        "Auto-Submitted": "auto-generated",
        **({"Reply-To": envelope.reply_to} if envelope.reply_to else {}),
    }
    return [
        _sender(envelope.sender_name, envelope.sender),
        *(f"{name}: {value}".encode("ascii") for name, value in plain.items()),
        _header("Subject", envelope.subject),
        *(_header(name, value) for name, value in envelope.headers),
    ]


def _header(name: str, value: str) -> bytes:
    """A header of free text as one line, or as the standard library encodes and folds it."""
    short = len(name) + 2 + len(value) <= _LONGEST_LINE
    if short and "=?" not in value and _PLAIN_LINE.fullmatch(value):
        return f"{name}: {value}".encode("ascii")
    return _folded(name, value)


@lru_cache(maxsize=500)
def _folded(name: str, value: str) -> bytes:
    message = EmailMessage(policy=CRLF)
    message[name] = value
    return CRLF.fold_binary(name, message[name]).removesuffix(b"\r\n")


@lru_cache(maxsize=50)
def _sender(name: str, address: str) -> bytes:
    message = EmailMessage(policy=CRLF)
    message["From"] = Address(name, addr_spec=address)
    return CRLF.fold_binary("From", message["From"]).removesuffix(b"\r\n")


def _part(subtype: str, text: str) -> bytes:
    """One form of the message: quoted-printable, so that no relay on the way has a line too long or a bit too many."""
    lines = b"\r\n".join([*text.encode().splitlines(), b""])
    return (
        f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'.encode()
        + binascii.b2a_qp(lines, istext=True)
    )
