"""How the mailbox answers, written down when that changes: nobody may believe that no news is good news."""

from django.db import transaction

from upstander.core.days import Moment
from upstander.models import AuditLine
from upstander.queries.post import MAILBOX, MAILBOX_FAILED, MAILBOX_READ, mailbox_trouble


@transaction.atomic
def mailbox_failed(why: str, moment: Moment) -> None:
    """Writes down that the mailbox could not be read; nothing while the same holds since before."""
    before = mailbox_trouble()
    if before is None or before.why != why:
        since = (before.since if before else moment.at).isoformat()
        _write(MAILBOX_FAILED, moment, {"why": why, "since": since})


@transaction.atomic
def mailbox_was_read(moment: Moment) -> None:
    """Writes down that the mailbox could be read, if it could not before."""
    if mailbox_trouble():
        _write(MAILBOX_READ, moment, {})


def _write(verb: str, moment: Moment, data: dict[str, str]) -> None:
    AuditLine.objects.create(at=moment.at, actor="upstander", verb=verb, subject=MAILBOX, data=data)
