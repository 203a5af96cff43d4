"""Reading one message that came in: what it is, whom it names, and of a reply what it says. Nothing it holds raises."""

import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses

from upstander.core.post import LONGEST_MESSAGE_BYTES, LONGEST_REPLY, Came, Reading
from upstander.core.return_address import (
    Ours,
    addresses_in,
    notice_of_address,
    notice_of_message_id,
    token_of_address,
)
from upstander.wires.post_fresh import fresh_words
from upstander.wires.post_parts import clean, files_of, header, headers, written
from upstander.wires.post_reports import TO, complaint, delivery_report, letters_named, older_report

#: Of a message that is too large this much is looked at: its headers.
_HEADERS_BYTES = 64 * 1024
_MACHINES = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|no-?reply|do-?not-?reply|bounces?)([+=_.-]|$)", re.I)
_AWAY = re.compile(
    r"^\W*(auto(matic|mated)?[ -]?(reply|response|matic)|auto:|out of (the )?office|away from|on vacation|"
    r"respuesta autom|fuera de (la )?oficina|ausen(te|cia)|de vacaciones|"
    r"automatische antwort|abwesen|nicht im (büro|haus)|réponse automatique|absence|resposta autom)",
    re.I,
)
_COMMENT = re.compile(r"\([^()]*\)")


def read(raw: bytes, ours: Ours, is_whole: bool = True) -> Reading:
    """What a message is; `is_whole` false: only its headers were taken. What cannot be read is OTHER."""
    too_large = not is_whole or len(raw) > LONGEST_MESSAGE_BYTES
    try:
        message = message_from_bytes(raw[:_HEADERS_BYTES] if too_large else raw)
        if too_large:
            return Reading(Came.TOO_LARGE, tokens=_tokens(message, ours))
        return _report(message, ours) or _reply(message, ours) or _anything(message, ours)
    except Exception:
        # a stranger wrote it: parts in parts by the thousand, headers that no parser foresaw
        return Reading(Came.OTHER, status="unreadable")


def _report(message: Message, ours: Ours) -> Reading | None:
    """A report of a mail server, or our own letter that came back; None for anything else."""
    feedback = complaint(message)
    if feedback is not None:
        came = Came.OTHER if feedback == "not-spam" else Came.COMPLAINT
        return Reading(came, letters_named(message, ours), status=feedback)
    said = delivery_report(message)
    if said:
        return Reading(said[0], letters_named(message, ours), status=said[1])
    if message.get_content_type() == "multipart/report":
        return Reading(Came.AUTOMATIC)
    if notice_of_message_id(ours, header(message, "Message-ID")):
        return Reading(Came.OWN)
    reported = any(notice_of_address(ours, address) for address in addresses_in(headers(message, *TO)))
    if reported or _is_of_a_machine(message):
        older = older_report(message)
        if older:
            return Reading(older[0], letters_named(message, ours, in_texts=True), status=older[1])
    return None


def _reply(message: Message, ours: Ours) -> Reading | None:
    """An answer to a case that somebody wrote; None where it names no case or nobody wrote it."""
    tokens = _tokens(message, ours)
    if not tokens or is_automatic(message):
        return None
    text = fresh_words(written(message))
    sender = _sender(message)
    return Reading(
        Came.REPLY,
        tokens=tokens,
        sender=sender,
        vouched=_vouched(message, sender, ours.checked_by),
        text=text[:LONGEST_REPLY].strip(),
        is_cut=len(text) > LONGEST_REPLY,
        files=tuple(files_of(message)),
    )


def _anything(message: Message, ours: Ours) -> Reading:
    return Reading(Came.AUTOMATIC if is_automatic(message) else Came.OTHER)


def _tokens(message: Message, ours: Ours) -> tuple[str, ...]:
    named = (token_of_address(ours, address) for address in addresses_in(headers(message, *TO)))
    return tuple(dict.fromkeys(token for token in named if token))


def is_automatic(message: Message) -> bool:
    """Whether nobody wrote it (RFC 3834 and what programs did before it); such a message is no answer."""
    submitted = header(message, "Auto-Submitted").lower()
    if submitted and not submitted.startswith("no"):
        return True
    if any(name in message for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "List-Id", "X-Loop")):
        return True
    if header(message, "Precedence").lower() in {"bulk", "junk", "list", "auto_reply"}:
        return True
    return _is_of_a_machine(message) or bool(_AWAY.match(_subject(message)))


def _is_of_a_machine(message: Message) -> bool:
    empty = any(line.strip() == "<>" for line in headers(message, "Return-Path"))
    return empty or bool(_MACHINES.match(_sender(message)))


def _subject(message: Message) -> str:
    """The subject in words, without what programs put before it."""
    return re.sub(r"^((re|aw|rv|fwd?|wg)\s*:\s*)+", "", _decoded(header(message, "Subject")), flags=re.I).strip()


def _decoded(text: str) -> str:
    try:
        return clean(str(make_header(decode_header(text))))
    except (LookupError, ValueError):
        return clean(text)


def _sender(message: Message) -> str:
    """The one address in From; empty where there is none, or more than one."""
    found = {address.lower() for _, address in getaddresses(headers(message, "From")) if "@" in address}
    return found.pop() if len(found) == 1 else ""


def _vouched(message: Message, sender: str, checked_by: str) -> bool | None:
    """Whether our mail server found the sender true: DMARC, or SPF or DKIM of the same domain (RFC 8601).

    Only its newest line counts, the one on top: older ones may have come with the message.
    """
    if not checked_by:
        return None
    for line in headers(message, "Authentication-Results"):
        server, _, results = _COMMENT.sub("", line).partition(";")
        if (server.split() or [""])[0].lower() == checked_by.lower():
            return any(_passes(result, sender.rpartition("@")[2]) for result in results.lower().split(";"))
    return False


def _passes(result: str, domain: str) -> bool:
    words = result.split()
    if not words or not domain or words[0] not in {"dmarc=pass", "dkim=pass", "spf=pass"}:
        return False
    names = {"dmarc": ("header.from",), "dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}[words[0][:-5]]
    said = [
        value.strip('"').rpartition("@")[2]
        for name, _, value in (word.partition("=") for word in words[1:])
        if name in names
    ]
    return any(("." in one and f".{domain}".endswith(f".{one}")) or one.endswith(f".{domain}") for one in said)
