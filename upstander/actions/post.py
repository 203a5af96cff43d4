"""Taking in one message that came by mail, once: what it was, and what it changes."""

import json
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction

from upstander.actions.case_files import drop
from upstander.actions.failing import letter_arrived, letter_failed
from upstander.actions.locks import lock_person
from upstander.actions.post_replies import Brought, brought, take_reply
from upstander.actions.return_paths import ours
from upstander.core.days import Moment
from upstander.core.post import FAILING, REPORTS, Came, Reading, came_of_event, digest_of
from upstander.core.return_address import notice_of_message_id
from upstander.models import Case, MailReport, Notice
from upstander.wires.post_reading import read

#: What is said of a message that came before: it changes nothing again.
AGAIN = "again"
#: Only a letter that was handed over can come back.
_HANDED_OVER = ("claimed", "sent", "unknown")


def receive(raw: bytes, moment: Moment, is_whole: bool = True) -> str:
    """Takes in a message as it came: its kind (`core.post.Came`), or "again" for one that came before.

    `is_whole` false says that it was too large and these are its headers only.

    One transaction; nothing that a message can hold raises. A report changes something only for the letter that it
    proves to speak of, by our sealed address or its Message-ID.
    """
    return _once(digest_of(raw), read(raw, ours(), is_whole), moment)


def receive_event(event: dict, moment: Moment) -> str:
    """Takes in what a mail service tells of a letter: {type, message_id, status, at}; its kind, or "again"."""
    said = {name: str(event.get(name, ""))[:200] for name in ("type", "message_id", "status", "at")}
    came = came_of_event(said["type"], said["status"])
    notice_id = _notice_id(said["message_id"])
    digest = sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    named = (notice_id,) if notice_id else ()
    return _once(digest, Reading(came or Came.OTHER, named, status=said["status"]), moment)


def _notice_id(text: str) -> UUID | None:
    """The letter by its Message-ID, or by what stands in it before the @."""
    address = text.strip().strip("<>")
    return notice_of_message_id(ours(), address if "@" in address else f"{address}@{ours().domain}")


def _once(digest: str, reading: Reading, moment: Moment) -> str:
    if MailReport.objects.filter(pk=digest).exists():
        return AGAIN
    files, came = brought(reading) if reading.files else Brought(), ""
    try:
        with transaction.atomic():
            came = _taken(digest, reading, files, moment)
        return came
    except IntegrityError:
        if MailReport.objects.filter(pk=digest).exists():
            return AGAIN  # two doors brought it at the same moment
        raise
    finally:
        if came != Came.REPLY:
            drop(files.arrived)


def _taken(digest: str, reading: Reading, files: Brought, moment: Moment) -> str:
    notice, case = None, None
    if reading.came in REPORTS:
        notice, reading = _reported(reading, moment)
    elif reading.tokens and reading.came in {Came.REPLY, Came.TOO_LARGE}:
        reading, case = _answered(reading, files, moment)
    MailReport.objects.create(
        digest=digest,
        kind=reading.came,
        notice=notice,
        case=case,
        status=reading.status[:120],
        received_at=moment.at,
    )
    return reading.came


def _answered(reading: Reading, files: Brought, moment: Moment) -> tuple[Reading, Case | None]:
    came, case = take_reply(reading, files, moment)
    return replace(reading, came=came), case


def _reported(reading: Reading, moment: Moment) -> tuple[Notice | None, Reading]:
    """The letter that a report is about, with what it says done; without one it proves nothing and changes nothing."""
    notice = _letter(reading.notice_ids)
    if notice is None:
        return None, replace(reading, came=Came.UNPROVEN)
    if reading.came in FAILING:
        letter_failed(notice, reading.came, moment)
    elif reading.came is Came.DELIVERED:
        letter_arrived(notice)
    return notice, reading


def _letter(ids: Iterable[UUID]) -> Notice | None:
    """The first of these letters that was handed over, under the lock of its person."""
    found = Notice.objects.filter(pk__in=list(ids), state__in=_HANDED_OVER).order_by()
    rows = {notice.pk: notice for notice in found.only("person_id", "address", "claimed_at", "bounced_at", "state")}
    notice = next((rows[one] for one in ids if one in rows), None)
    if notice is not None:
        lock_person(notice.person_id)
    return notice
