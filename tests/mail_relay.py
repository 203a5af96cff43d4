"""A real mail relay on loopback that keeps what it is given, and refuses or breaks off when told to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class Kept:
    """The relay's handler: `messages` as parsed, `recipients` as announced; `answer` replaces the reply to DATA.

    `offers` are further words of its greeting, such as "AUTH PLAIN".
    """

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answer = "250 taken"
        self.answer_to_rcpt = "250 ok"
        self.on_data: Callable[[], None] = lambda: None
        self.on_connection: Callable[[str], None] = lambda peer: None
        self.break_off = False
        self.offers: list[str] = []

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, answers: list[str]) -> list:
        session.host_name = hostname
        self.on_connection(str(session.peer))
        return [answers[0], *(f"250-{word}" for word in self.offers), *answers[1:]]

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self.answer_to_rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_rcpt

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.on_data()
        if self.answer.startswith("250"):
            self.recipients += envelope.rcpt_tos
            self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.break_off:
            server.transport.close()
        return self.answer


class _OnAnyPort(Controller):
    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def relay() -> Iterator[tuple[Kept, dict]]:
    """The handler and the settings (as `settings.SMTP`) of a relay that lives as long as the block."""
    kept = Kept()
    controller = _OnAnyPort(kept, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield (
            kept,
            {
                "host": "127.0.0.1",
                "port": controller.port,
                "username": "",
                "password": "",
                "tls": "none",
                "connections": 3,
            },
        )
    finally:
        controller.stop()
