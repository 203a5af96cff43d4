"""What can come back by mail, and what each does to an address: pure rules, nothing is read or written here."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from uuid import UUID


class Came(StrEnum):
    """What a message was; the word under which it is counted.

    PERMANENT: the address does not take mail. TEMPORARY: this letter is lost, the address may work. DELAYED: still
    under way. DELIVERED: it arrived. COMPLAINT: its reader called it junk. AUTOMATIC: nobody wrote it. OWN: our own
    letter came back to us. UNPROVEN: a report that names no letter of ours. REPLY: an answer to a case. HELD: one from
    another address, for an officer to look at. FLOOD: one too many for its case. TOO_LARGE: more than is read.
    REFUSED: a reply where none is offered. OTHER: anything else; a person should read the mailbox.
    """

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    COMPLAINT = "complaint"
    AUTOMATIC = "automatic"
    OWN = "own"
    UNPROVEN = "unproven"
    REPLY = "reply"
    HELD = "reply-held"
    FLOOD = "reply-flood"
    TOO_LARGE = "too-large"
    REFUSED = "reply-refused"
    OTHER = "other"


#: What says that a letter did not reach its reader.
LOST = frozenset({Came.PERMANENT, Came.TEMPORARY})
#: What ends sending to an address, at once or after several.
FAILING = LOST | {Came.COMPLAINT}
REPORTS = FAILING | {Came.DELAYED, Came.DELIVERED}
#: Replies to a case that an officer should look at.
TO_LOOK_AT = (Came.HELD, Came.FLOOD, Came.TOO_LARGE)
SOFT_MOST, SOFT_DAYS = 5, 14
#: So many replies by mail a case takes in an hour; what comes beyond is counted and shown, not written down.
REPLIES_AN_HOUR = 10
#: Why the mailbox cannot be read: the password; the certificate; nobody answers; the line was cut; anything else.
MAILBOX_TROUBLES = ("login", "certificate", "no-answer", "broken-off", "broken")
LONGEST_MESSAGE_BYTES = 26 * 1024 * 1024
LONGEST_REPLY = 4_000
MOST_FILES = 5
#: Permanent by their class, and yet about the message or a full mailbox: the address itself may be right.
_NOT_THE_ADDRESS = re.compile(r"5\.(2\.2|2\.3|3\.\d+|4\.\d+|6\.\d+|7\.\d+)")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
#: A relay's own line that says at the door: this address takes no mail. Without its code it may be the relay's fault.
_REFUSED_ADDRESS = re.compile(r"5\d\d[ -]5\.(1\.(1|2|3|6|10)|2\.1)\b")


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a reply."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one message: its kind, whom it names, and of a reply its sender, fresh words and files.

    `notice_ids` are letters of ours proven by a sealed address or a Message-ID; `tokens` those of cases; `status` the
    mail server's code; `vouched` is True or False as our own mail server found the sender, None where it was not asked.
    """

    came: Came
    notice_ids: tuple[UUID, ...] = ()
    tokens: tuple[str, ...] = ()
    status: str = ""
    sender: str = ""
    vouched: bool | None = None
    text: str = ""
    is_cut: bool = False
    files: tuple[Attached, ...] = field(default=(), repr=False)


def status_of(text: str) -> str:
    """The enhanced status code (RFC 3463) in a line; empty where there is none."""
    found = _STATUS.search(text)
    return found.group() if found else ""


def came_of_report(action: str, status: str) -> Came:
    """What a delivery report says (RFC 3464): `action` failed, delayed, delivered, relayed or expanded; its code.

    A letter that failed is lost either way; the address fails for good only where the code says that it is the
    address.
    """
    if action == "delayed":
        return Came.DELAYED
    if action in {"delivered", "relayed", "expanded"}:
        return Came.DELIVERED
    if status.startswith("4") or _NOT_THE_ADDRESS.fullmatch(status):
        return Came.TEMPORARY
    return Came.PERMANENT


def refuses_the_address(reply: str) -> bool:
    """Whether a relay's answer for good is about this reader's address, and not about the relay or the message."""
    return _REFUSED_ADDRESS.match(reply) is not None


def ends_sending(came: Came, lost_lately: int) -> bool:
    """Whether nothing more goes to an address after this: at once, or with the fifth letter lost within two weeks."""
    return came in {Came.PERMANENT, Came.COMPLAINT} or (came is Came.TEMPORARY and lost_lately >= SOFT_MOST)


#: What mail services call what came of a letter; "bounce" is told apart by its code.
_EVENTS = {
    "bounce": "failed", "bounced": "failed", "failed": "failed", "dropped": "failed", "hard-bounce": "failed",
    "deferred": "delayed", "deferral": "delayed", "delayed": "delayed", "delivered": "delivered",
    "delivery": "delivered",
}  # fmt: skip
_SOFT, _COMPLAINTS = {"soft-bounce"}, {"complaint", "complained", "spam", "spamreport"}


def came_of_event(kind: str, status: str) -> Came | None:
    """What an event of a mail service says; None for a word that says nothing about an address."""
    word = kind.strip().lower().replace("_", "-").replace(" ", "-")
    if word in _COMPLAINTS:
        return Came.COMPLAINT
    if word in _SOFT:
        return Came.TEMPORARY
    return came_of_report(_EVENTS[word], status_of(status)) if word in _EVENTS else None


def digest_of(raw: bytes) -> str:
    """By what a message is known that came before: its Message-ID and its body, whatever servers wrote on its way."""
    head, _, body = re.sub(rb"\r\n?", b"\n", raw).partition(b"\n\n")
    named = re.search(rb"^message-id:\s*(\S+)", head, re.I | re.M)
    return sha256(named.group(1).lower() + b"\n" + body if named else raw).hexdigest()
