"""Reading the mailbox of what comes back: every five minutes by the schedule, and by hand."""

import logging
import time
from collections import Counter

from django.conf import settings

from upstander.actions.mailbox import mailbox_failed, mailbox_was_read
from upstander.actions.post import receive
from upstander.core.days import Moment
from upstander.core.post import Came
from upstander.jobs.clock import now
from upstander.wires.postbox import Incoming, MailboxFailed, Postbox

RUN_SECONDS = 240
FAILED = "failed"
_log = logging.getLogger(__name__)


def run(moment: Moment | None = None, seconds: float = RUN_SECONDS) -> dict[str, int]:
    """Takes in what lies in the mailbox, for at most `seconds`: how many of each kind.

    {"no-mailbox": 1} where none is set; "mailbox-failed" where it does not answer and the next run goes on. Each
    message is settled in a transaction of its own and only then put aside: one that a crash left lying is known by its
    digest and counts once. One that cannot be settled ("failed") keeps lying, and does not hold up the others.
    """
    if settings.MAILBOX is None:
        return {"no-mailbox": 1}
    tally: Counter = Counter()
    until = time.monotonic() + seconds
    try:
        with Postbox(settings.MAILBOX) as box:
            for page in box.pages():
                done = {incoming.uid: _taken(incoming, moment or now()) for incoming in page}
                tally.update(done.values())
                box.delete([uid for uid, came in done.items() if came == Came.REFUSED])
                box.put_aside([uid for uid, came in done.items() if came not in {FAILED, Came.REFUSED}])
                if time.monotonic() > until:
                    break
    except MailboxFailed as problem:
        _log.warning("the mailbox could not be read: %s", problem)
        mailbox_failed(problem.why, moment or now())
        tally["mailbox-failed"] += 1
    else:
        mailbox_was_read(moment or now())
    return dict(tally)


def _taken(incoming: Incoming, moment: Moment) -> str:
    try:
        return receive(incoming.raw, moment, incoming.is_whole)
    except Exception:
        _log.exception("a message of the mailbox could not be taken in")
        return FAILED
