"""What mail servers report about a letter: delivery reports (RFC 3464 and the older shapes), complaints (RFC 5965)."""

import logging
import re
from collections.abc import Iterator
from email import message_from_string
from email.message import Message
from uuid import UUID

from flufl.bounce import all_failures

from upstander.core.post import Came, came_of_report, status_of
from upstander.core.return_address import Ours, addresses_in, notice_of_address, notice_of_message_id
from upstander.wires.post_parts import header, headers, parts_of, text_of

# it would write seventeen lines a message, and the sender of a message decides about what
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)

#: Where the address stands to which a message came.
TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To")
#: Where a report, or the letter that it encloses, names our letter.
_LETTER = (
    "Return-Path", "Original-Mail-From", "X-Original-Return-Path", "Message-ID", "X-Original-Message-ID", "In-Reply-To",
    "References",
)  # fmt: skip
_REPLY = re.compile(r"\b(5\d\d)[ -](5\.\d{1,3}\.\d{1,3})(?![.\d])")
_STATES = ("failed", "delayed", "delivered", "relayed", "expanded")
#: Beyond this the older shapes are not looked for: none of them is so long.
_LONGEST_ODD = 256 * 1024


def letters_named(message: Message, ours: Ours, in_texts: bool = False) -> tuple[UUID, ...]:
    """The letters of ours that a report proves to speak of, by a sealed address before those by a Message-ID."""
    parts = list(parts_of(message, into_messages=True))
    lines = [line for part in parts for line in headers(part, *TO, *_LETTER)]
    if in_texts:
        lines += [text_of(part)[:_LONGEST_ODD] for part in parts if part.get_content_maintype() == "text"]
        lines += [text_of(part)[:_LONGEST_ODD] for part in parts if part.get_content_type() == "text/rfc822-headers"]
    named = addresses_in(line for line in lines)
    enclosed = [
        address
        for part in parts
        if part.get_content_type() == "text/rfc822-headers"
        for address in addresses_in([text_of(part)])
    ]
    found: dict[UUID, None] = {}
    for read in (notice_of_address, notice_of_message_id):
        found |= {number: None for address in (*named, *enclosed) if (number := read(ours, address))}
    return tuple(found)


def delivery_report(message: Message) -> tuple[Came, str] | None:
    """What a delivery report says, with its code; None where the message is none."""
    said = [fields for part in parts_of(message) for fields in _reported(part)]
    if not said:
        return None
    action, status = min(said, key=lambda one: _STATES.index(one[0]))
    return came_of_report(action, status), status


def _reported(part: Message) -> Iterator[tuple[str, str]]:
    if part.get_content_type() not in {"message/delivery-status", "message/global-delivery-status"}:
        return
    for block in _blocks(part):
        words = header(block, "Action").lower().split()
        if words and words[0] in _STATES:
            yield words[0], _code_of(header(block, "Status"), header(block, "Diagnostic-Code"))


def _blocks(part: Message) -> list[Message]:
    """The blocks of fields of a report; those of the international shape (RFC 6533) are split here."""
    inside = part.get_payload()
    if not isinstance(inside, list):
        return []
    if part.get_content_type() == "message/delivery-status":
        return [one for one in inside if isinstance(one, Message)]
    rest = [str(one.get_payload()) for one in inside if isinstance(one, Message) and not one.is_multipart()]
    return [*inside[:1], *(message_from_string(text) for one in rest for text in re.split(r"\n\s*\n", one)[:50])]


def _code_of(status: str, diagnostic: str) -> str:
    """The code of a report; where it says no more than that it failed (5.0.0), the code in the server's own words."""
    said, why = status_of(status), status_of(diagnostic)
    return why if why and said[1:] in ("", ".0.0") else said


def complaint(message: Message) -> str | None:
    """The kind of feedback that somebody gave by a report ("abuse", "fraud" …); None where the message is none."""
    for part in parts_of(message):
        if part.get_content_type() == "message/feedback-report":
            inside = part.get_payload()
            block = inside[0] if isinstance(inside, list) and inside else part
            return header(block, "Feedback-Type").lower()[:40] or "other"
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            enclosed = part.get_payload()[0]
            if header(enclosed, "X-HmXmrOriginalRecipient"):  # how Microsoft's mailboxes tell of it, with no report
                return "abuse"
    return None


def older_report(message: Message) -> tuple[Came, str] | None:
    """What one of the forty shapes from before the standard says, or one in another language; None for no report."""
    texts = [part.get_payload() for part in parts_of(message, into_messages=True)]
    if sum(len(text) for text in texts if isinstance(text, str)) > _LONGEST_ODD:
        return None
    try:
        delayed, failed = all_failures(message)
    except Exception:
        return None  # its readers trust their input
    text = " ".join(text_of(part)[:4_000] for part in parts_of(message) if part.get_content_maintype() == "text")
    if not delayed and not failed:
        return _in_any_language(text)
    status = status_of(text) or ("5.0.0" if re.search(r"\b55\d\b", text) else "")
    return (came_of_report("failed", status) if failed else Came.DELAYED), status


def _in_any_language(text: str) -> tuple[Came, str] | None:
    """What a server answered, quoted in a report for which there is no list: its code reads the same in any."""
    reply = _REPLY.search(text)
    return (came_of_report("failed", reply.group(2)), reply.group(2)) if reply else None
