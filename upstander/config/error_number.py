"""The number of an error that a page showed stands in the line of the log that says what broke."""

import logging


class ErrorNumber(logging.Filter):
    """Puts the number before the message; lets every record through."""

    def filter(self, record: logging.LogRecord) -> bool:
        number = getattr(getattr(record, "request", None), "error_number", "")
        if number:
            record.msg = f"[{number}] {record.msg}"
        return True
