"""The addresses that our letters carry, so that what comes back can be told: to which letter, about which case."""

import secrets
from uuid import UUID

from django.conf import settings

from upstander.core.requests import kind_of
from upstander.core.return_address import TOKEN_SIGNS, Ours, bounce_address, reply_address
from upstander.models import Case

_SIGNS = "abcdefghijklmnopqrstuvwxyz234567"


def ours() -> Ours:
    """Our addresses as they are set, with the key that seals them."""
    return Ours(
        settings.MAIL_FROM, settings.MAIL_BOUNCES, settings.MAIL_REPLIES, settings.SECRET_KEY, settings.MAIL_CHECKED_BY
    )


def bounce_to(notice_id: UUID) -> str:
    """The envelope sender of a letter; empty where no address for reports is set: then it is the ordinary sender."""
    return bounce_address(ours(), notice_id)


def reply_to(case: Case | None) -> str:
    """Where the reader of a letter about this case can answer by mail; empty where they cannot.

    A letter about a case in confidence carries one of the same shape, so that nothing in a mailbox tells it from
    another (row B15); what is answered there is not kept (`actions.post_replies`), nor does it reach the office's own
    mailbox. The case's token is made here when it is first needed, inside the caller's transaction.
    """
    if case is None or not kind_of(case.kind).of_person or not settings.MAIL_REPLIES:
        return ""
    if not case.reply_token:
        case.reply_token = "".join(secrets.choice(_SIGNS) for _ in range(TOKEN_SIGNS))
        case.save(update_fields=["reply_token"])
    return reply_address(ours(), case.reply_token)
