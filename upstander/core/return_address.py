"""The addresses under which mail comes back to us: each names one notice or one case, and nobody can make one up."""

import base64
import binascii
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

#: 80 bits: as much as fits beside the notice's number into the 64 signs before the @.
_SEAL_BYTES = 10
_NUMBER_SIGNS, _SEAL_SIGNS = 26, 16
#: 100 bits in letters and digits of one case, since mail servers may write an address as they like.
TOKEN_SIGNS = 20
_TOKEN = re.compile(f"[a-z2-7]{{{TOKEN_SIGNS}}}")
_ADDRESS = re.compile(r"[^\s<>\"'(),:;\[\]\\]+@[^\s<>\"'(),:;\[\]\\]+")


@dataclass(frozen=True, slots=True)
class Ours:
    """What is ours: the sender's address, those for reports and for replies (empty: none), and the sealing key.

    `checked_by` is the mail server whose word about a sender we take; empty where none is named.
    """

    sender: str
    bounces: str
    replies: str
    key: str
    checked_by: str = ""

    @property
    def domain(self) -> str:
        return self.sender.rpartition("@")[2].lower()


def bounce_address(ours: Ours, notice_id: UUID) -> str:
    """The envelope sender of one notice, sealed; empty where no address for reports is set."""
    return _with_code(ours.bounces, _number_of(notice_id) + _seal(ours.key, notice_id)) if ours.bounces else ""


def reply_address(ours: Ours, token: str) -> str:
    """Where an answer to one case goes; empty where no address for replies is set."""
    return _with_code(ours.replies, token) if ours.replies and token else ""


def notice_of_address(ours: Ours, address: str) -> UUID | None:
    """The notice whose sealed envelope sender this is; None for any other address and for a wrong seal."""
    code = _code_of(ours.bounces, address)
    if len(code) != _NUMBER_SIGNS + _SEAL_SIGNS:
        return None
    try:
        number = UUID(bytes=base64.b32decode(code[:_NUMBER_SIGNS].upper() + "======"))
    except (ValueError, binascii.Error):
        return None
    return number if hmac.compare_digest(code[_NUMBER_SIGNS:].encode(), _seal(ours.key, number).encode()) else None


def token_of_address(ours: Ours, address: str) -> str:
    """The token in an address for replies; empty where it is none."""
    code = _code_of(ours.replies, address)
    return code if _TOKEN.fullmatch(code) else ""


def notice_of_message_id(ours: Ours, message_id: str) -> UUID | None:
    """The notice that went under this Message-ID, which only those know who had the message; None for others."""
    number, _, domain = message_id.strip().strip("<>").rpartition("@")
    if domain.lower() != ours.domain:
        return None
    try:
        return UUID(number)
    except ValueError:
        return None


def addresses_in(texts: Iterable[str]) -> list[str]:
    """Every address in these header lines, in their order."""
    return [found for text in texts for found in _ADDRESS.findall(text)]


def masked(address: str) -> str:
    """An address by its first letter and its domain's: enough for its owner to know it, for nobody else to use it."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain[:1]}…" if name else ""


def _with_code(address: str, code: str) -> str:
    name, _, domain = address.rpartition("@")
    return f"{name}+{code}@{domain}"


def _code_of(base: str, address: str) -> str:
    """What stands behind the plus of an address that is otherwise this one."""
    name, _, domain = base.lower().rpartition("@")
    local, _, host = address.strip().strip("<>").lower().rpartition("@")
    head, plus, code = local.rpartition("+")
    return code if name and plus and head == name and host == domain else ""


def _number_of(notice_id: UUID) -> str:
    return base64.b32encode(notice_id.bytes).decode("ascii").rstrip("=").lower()


def _seal(key: str, notice_id: UUID) -> str:
    sealed = hmac.new(key.encode(), b"bounce:" + notice_id.bytes, sha256).digest()
    return base64.b32encode(sealed[:_SEAL_BYTES]).decode("ascii").lower()
