"""The headers of a letter that mail programs read (see docs/explanation/which-letters-can-be-declined.md)."""

from uuid import UUID

from django.conf import settings

from upstander.core.notices import Kind
from upstander.queries.declining import stop_address


def headers_of(kind: Kind, notice_id: UUID, programme: str | None) -> tuple[tuple[str, str], ...]:
    """What tells that nobody wrote by hand, what the letter is, and how it is declined where it may be.

    `Feedback-ID` lets a receiving service report complaints by kind, never by person.
    """
    place = settings.MAIL_FROM.rpartition("@")[2]
    headers = [
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
        ("Feedback-ID", f"{kind.key}:{programme or 'none'}:letter:{place}"),
    ]
    if kind.declinable:
        headers.append(("List-Unsubscribe", f"<{stop_address(notice_id)}>"))
        if settings.HTTPS:  # one click is for addresses by https alone (RFC 8058, 3.1)
            headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    return tuple(headers)
