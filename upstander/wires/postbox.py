"""The mailbox into which mail comes back, read by IMAP: page by page, and each message put aside once it is settled."""

import imaplib
import ssl
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailboxLoginError, MailBoxUnencrypted

from upstander.core.post import LONGEST_MESSAGE_BYTES

TIMEOUT_SECONDS = 30
#: So many are read before they are put aside: a crash in between has few of them looked at twice.
PAGE = 50
#: The folder into which goes what was read, beside the mailbox or, where the server wants that, below it.
READ_FOLDER = "Upstander"


class MailboxFailed(Exception):
    """The mailbox does not answer, or not as a mailbox does; its words are the server's.

    `why` is one of `core.post.MAILBOX_TROUBLES`.
    """

    def __init__(self, words: str, why: str = "broken") -> None:
        super().__init__(words)
        self.why = why


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message of the mailbox; of one that is too large only the headers, and `is_whole` is false."""

    uid: str
    raw: bytes = field(repr=False)
    is_whole: bool = True


class Postbox:
    """One visit to the mailbox; `settings` as `config.env.mailbox` reads them. Raises MailboxFailed, nothing else."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self._box: BaseMailBox | None = None
        self._aside = ""

    def __enter__(self) -> Self:
        where = self._settings
        try:
            self._box = self._connected()
            self._box.login(where["username"], where["password"], where["folder"])
            self._learn_what_it_can()
            self._aside = self._folder_aside()
        except (ImapToolsError, imaplib.IMAP4.error, OSError) as problem:
            self._hang_up()
            raise _failed(problem, where["password"]) from None
        return self

    def __exit__(self, *_: object) -> None:
        self._hang_up()

    def _connected(self) -> BaseMailBox:
        where = self._settings
        if where["tls"]:
            context = ssl.create_default_context()
            return MailBox(where["host"], where["port"], timeout=TIMEOUT_SECONDS, ssl_context=context)
        return MailBoxUnencrypted(where["host"], where["port"], timeout=TIMEOUT_SECONDS)

    def _learn_what_it_can(self) -> None:
        """Asks again after the sign-in: many servers say only then that they move messages in one step."""
        found, answer = self._box.client.capability()
        if found == "OK" and isinstance(answer[-1], bytes):
            self._box.client.capabilities = tuple(answer[-1].decode("ascii", "replace").upper().split())

    def _folder_aside(self) -> str:
        """The folder for what was read, made if it is not there."""
        folders = self._box.folder
        below = next(
            (f"{one.name}{one.delim}{READ_FOLDER}" for one in folders.list(search_args=self._settings["folder"])), ""
        )
        names = [name for name in (READ_FOLDER, below) if name]
        for name in names:
            if folders.exists(name):
                return name
        for name in names:
            try:
                folders.create(name)
            except ImapToolsError:
                continue  # some servers take folders below the mailbox only
            return name
        raise MailboxFailed(f"no folder {READ_FOLDER} can be made")

    def pages(self) -> Iterator[list[Incoming]]:
        """Every message that lies there, oldest first, a page at a time; put a page aside before the next is read."""
        try:
            uids = sorted(self._box.uids("ALL"), key=int)
            for first in range(0, len(uids), PAGE):
                yield list(self._read(uids[first : first + PAGE]))
        except (ImapToolsError, imaplib.IMAP4.error, OSError) as problem:
            raise _failed(problem, self._settings["password"]) from None

    def _read(self, uids: Sequence[str]) -> Iterator[Incoming]:
        for uid in uids:
            whole = self._size(uid) <= LONGEST_MESSAGE_BYTES
            raw = self._fetched(uid, "(BODY.PEEK[])" if whole else "(BODY.PEEK[HEADER])")
            if raw is not None:
                yield Incoming(uid, raw, whole)

    def _size(self, uid: str) -> int:
        _, answer = self._box.client.uid("fetch", uid, "(RFC822.SIZE)")
        line = answer[0] if answer and isinstance(answer[0], bytes) else b""
        digits = line.partition(b"RFC822.SIZE ")[2].split(b" ")[0].strip(b")")
        return int(digits) if digits.isdigit() else 0

    def _fetched(self, uid: str, what: str) -> bytes | None:
        """The bytes asked for; None where the message has gone meanwhile."""
        _, answer = self._box.client.uid("fetch", uid, what)
        return next((part[1] for part in answer or () if isinstance(part, tuple)), None)

    def put_aside(self, uids: Sequence[str]) -> None:
        """Moves settled messages into the other folder."""
        try:
            self._box.move(list(uids), self._aside)
        except (ImapToolsError, imaplib.IMAP4.error, OSError) as problem:
            raise _failed(problem, self._settings["password"]) from None

    def delete(self, uids: Sequence[str]) -> None:
        """Deletes messages of which nothing may be kept anywhere."""
        try:
            self._box.delete(list(uids))
        except (ImapToolsError, imaplib.IMAP4.error, OSError) as problem:
            raise _failed(problem, self._settings["password"]) from None

    def _hang_up(self) -> None:
        box, self._box = self._box, None
        if box is None:
            return
        try:
            box.logout()
        except (ImapToolsError, imaplib.IMAP4.error, OSError):
            box.client.shutdown()


def _failed(problem: Exception, password: str) -> MailboxFailed:
    """The failure with what it is about, as far as its kind tells."""
    whys = ((MailboxLoginError, "login"), (ssl.SSLError, "certificate"), (imaplib.IMAP4.abort, "broken-off"))
    why = next((why for kind, why in whys if isinstance(problem, kind)), "")
    return MailboxFailed(_said(problem, password), why or ("no-answer" if isinstance(problem, OSError) else "broken"))


def _said(problem: Exception, password: str) -> str:
    """The server's words on one line, never with the password in them."""
    text = " ".join(str(problem).split())[:300]
    return text.replace(password, "•••") if password else text
