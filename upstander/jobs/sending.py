"""Sending what is planned: every minute by the schedule, and by hand; any number of senders may run at once."""

import time
from collections import Counter
from functools import lru_cache

from django.conf import settings

from upstander.actions.sending import Rules, give_up_lost_claims, send_some
from upstander.core.days import Moment
from upstander.delivery import catalogue
from upstander.jobs.clock import now
from upstander.notices.registry import letters
from upstander.wires.mail import Mailbox, Relay

RUN_SECONDS = 45
AT_ONCE = 100


_card = lru_cache(maxsize=200)(catalogue.card_of)


def keeps_in_mailbox() -> bool:
    """Whether messages stay in the demo's own mailbox: a demo without a relay."""
    return settings.DEMO and settings.SMTP is None


def rules() -> Rules:
    """The kinds of notice with their words; in the demo's mailbox nobody's evening is disturbed, so hours are free."""
    return Rules(letters(_card), hours_matter=not keeps_in_mailbox())


def wire() -> Relay | Mailbox | None:
    """Where messages are handed over; None where no relay is set."""
    if settings.SMTP is not None:
        return Relay(settings.SMTP)
    return Mailbox() if settings.DEMO else None


def run(moment: Moment | None = None, seconds: float = RUN_SECONDS) -> dict[str, int]:
    """Sends what waits, as of now or of the given moment, for at most `seconds`; the rest goes at the next run.

    What became of how many, by state or reason; {"no-relay": 1} where no relay is set: then everything stays planned.
    """
    tally: Counter = Counter()
    lost = give_up_lost_claims(moment or now())
    if lost:
        tally["unknown"] = lost
    line = wire()
    if line is None:
        tally["no-relay"] = 1
        return dict(tally)
    until, kinds = time.monotonic() + seconds, rules()
    with line:
        while time.monotonic() < until:
            some = send_some(moment or now(), kinds, line, AT_ONCE)
            tally.update(some)
            if not some.total():
                break
    return dict(tally)
