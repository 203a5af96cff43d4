"""What must never stand in a log: the secret part of an address that opens something."""

import logging
import re

#: Addresses whose next part opens something for whoever holds it.
_SECRET = re.compile(
    r"(/(?:account/invitation|account/password/reset/key|certificates|verify|check|calendar)/)[^/\s?\"']+"
)


def masked(text: str) -> str:
    """The text with the secret part of every address put out."""
    return _SECRET.sub(r"\1•••", text)


class NoSecrets(logging.Filter):
    """Puts out secret parts of addresses in the message and in its arguments; lets every record through."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = masked(str(record.msg))
        if isinstance(record.args, tuple):
            record.args = tuple(masked(value) if isinstance(value, str) else value for value in record.args)
        return True
