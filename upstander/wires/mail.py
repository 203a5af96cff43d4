"""Handing messages to the institution's mail relay, and what came of each as a typed outcome."""

import smtplib
import ssl
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from upstander.core.days import Moment
from upstander.wires.mail_message import UNWRITABLE, Envelope, written

TIMEOUT_SECONDS = 30
#: A further conversation is worth opening for so many messages.
WORTH_A_LINE = 5


class Outcome(StrEnum):
    """ACCEPTED: the relay answers for it. TEMPORARY: try again. PERMANENT: never will. UNCERTAIN: nobody knows.

    UNWRITABLE: it was never asked, for the message cannot be written.
    """

    ACCEPTED = "accepted"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    UNCERTAIN = "uncertain"
    UNWRITABLE = "unwritable"


@dataclass(frozen=True, slots=True)
class Handed:
    """What came of handing over a message; `reply` is the relay's own line, for the office to read."""

    outcome: Outcome
    reply: str = ""


class Conversation:
    """One conversation with the relay: opened at the first message, kept for the following ones, closed at the end."""

    def __init__(self, smtp: Mapping[str, Any]) -> None:
        self._settings = smtp
        self._open: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._hang_up()

    def hand_over(self, envelope: Envelope, moment: Moment) -> Handed:
        """Hands one message over; every failure is an outcome, none an exception."""
        try:
            message = written(envelope, moment)
        except UNWRITABLE as problem:
            return Handed(Outcome.UNWRITABLE, f"cannot be written: {problem}")
        try:
            relay = self._connected()
            refused = self._announce(relay, envelope)
        except smtplib.SMTPAuthenticationError as problem:
            self._hang_up()
            return Handed(Outcome.TEMPORARY, _line(problem.smtp_code, problem.smtp_error))
        except (smtplib.SMTPException, OSError) as problem:
            self._hang_up()
            return Handed(Outcome.TEMPORARY, str(problem))
        except ValueError as problem:
            # a name or password that cannot be said in SMTP; the error's own words may quote from it
            self._hang_up()
            return Handed(Outcome.TEMPORARY, f"the settings of the relay cannot be used: {type(problem).__name__}")
        return refused or self._deliver(relay, message)

    def _connected(self) -> smtplib.SMTP:
        if self._open is not None:
            return self._open
        where, tls = self._settings, self._settings["tls"]
        if tls == "implicit":
            relay: smtplib.SMTP = smtplib.SMTP_SSL(
                where["host"], where["port"], timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
            )
        else:
            relay = smtplib.SMTP(where["host"], where["port"], timeout=TIMEOUT_SECONDS)
        self._open = relay
        if tls == "starttls":
            relay.starttls(context=ssl.create_default_context())
        relay.ehlo_or_helo_if_needed()
        if where["username"]:
            relay.login(where["username"], where["password"])
        return relay

    def _announce(self, relay: smtplib.SMTP, envelope: Envelope) -> Handed | None:
        """Names sender and recipient; what the relay refused, or None. Nothing of the message has left us yet."""
        options = () if (envelope.returns_to + envelope.to).isascii() else ("SMTPUTF8",)
        if options and not relay.has_extn("smtputf8"):
            return Handed(Outcome.PERMANENT, "the relay takes no address with letters beyond ASCII")
        relay.command_encoding = "utf-8" if options else "ascii"
        for code, reply in self._named(relay, envelope, options):
            if code // 100 == 2:
                continue
            if code == 421:
                self._hang_up()
            else:
                relay.rset()
            return Handed(Outcome.PERMANENT if code // 100 == 5 else Outcome.TEMPORARY, _line(code, reply))
        return None

    @staticmethod
    def _named(relay: smtplib.SMTP, envelope: Envelope, options: tuple[str, ...]) -> Iterator[tuple[int, bytes]]:
        yield relay.mail(envelope.returns_to, options)
        yield relay.rcpt(envelope.to)

    def _deliver(self, relay: smtplib.SMTP, written: bytes) -> Handed:
        """Hands over the message itself; a line that breaks now leaves it open whether the relay took it."""
        try:
            code, reply = relay.data(written)
        except smtplib.SMTPDataError as problem:
            code, reply = problem.smtp_code, problem.smtp_error
        except (smtplib.SMTPException, OSError) as problem:
            self._hang_up()
            return Handed(Outcome.UNCERTAIN, str(problem))
        if code == 421:
            self._hang_up()
        if code // 100 == 2:
            return Handed(Outcome.ACCEPTED, _line(code, reply))
        return Handed(Outcome.PERMANENT if code // 100 == 5 else Outcome.TEMPORARY, _line(code, reply))

    def _hang_up(self) -> None:
        relay, self._open = self._open, None
        if relay is None:
            return
        try:
            relay.quit()
        except (smtplib.SMTPException, OSError):
            relay.close()


class Relay:
    """Some conversations with the relay side by side: while one waits for its answer, the others go on."""

    def __init__(self, smtp: Mapping[str, Any]) -> None:
        self._lines = [Conversation(smtp) for _ in range(smtp["connections"])]
        self._kept = ExitStack()

    def __enter__(self) -> Self:
        for line in self._lines:
            self._kept.enter_context(line)
        return self

    def __exit__(self, *_: object) -> None:
        self._kept.close()

    def hand_over_all(self, envelopes: Sequence[Envelope], moment: Moment) -> list[Handed]:
        """Hands these messages over; what came of each, in their order. Every failure is an outcome, none an exception.

        In which order they reach the relay is open, where they are many.
        """
        lines = self._lines[: max(1, len(envelopes) // WORTH_A_LINE)]
        with ThreadPoolExecutor(len(lines)) as threads:
            shares = [envelopes[number :: len(lines)] for number in range(len(lines))]
            told = list(threads.map(lambda line, share: _told(line, share, moment), lines, shares))
        return [told[number % len(lines)][number // len(lines)] for number in range(len(envelopes))]


def _told(line: Conversation, envelopes: Sequence[Envelope], moment: Moment) -> list[Handed]:
    return [line.hand_over(envelope, moment) for envelope in envelopes]


class Mailbox:
    """The demo's wire: nothing leaves the machine, the site's own mailbox page shows every message as sent."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def hand_over_all(self, envelopes: Sequence[Envelope], moment: Moment) -> list[Handed]:
        """Takes every message that could have been written."""
        return [self._taken(envelope, moment) for envelope in envelopes]

    @staticmethod
    def _taken(envelope: Envelope, moment: Moment) -> Handed:
        try:
            written(envelope, moment)
        except UNWRITABLE as problem:
            return Handed(Outcome.UNWRITABLE, f"cannot be written: {problem}")
        return Handed(Outcome.ACCEPTED, "kept in the demo's mailbox")


def _line(code: int, reply: bytes | str) -> str:
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    return f"{code} {text}"
