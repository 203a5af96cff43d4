"""Whether a cycle that has ended is still decided on for a person."""

from datetime import date
from typing import Protocol

from upstander.core.decision import SETTLED
from upstander.core.programme import Cycle


class Recorded(Protocol):
    """What a standing or a decision says of the earlier cycle."""

    state: str
    opens_on: date | None
    due_on: date | None


def still_matters(earlier: Recorded, before: Cycle) -> bool:
    """An earlier cycle is decided on while it is not settled and its own due day may lie after its end.

    A window that opens only after the cycle's end belongs to the next cycle, which has the same dates.
    """
    unsettled = earlier.state not in SETTLED
    opened = earlier.opens_on is not None and earlier.opens_on <= before.last_on
    return unsettled and opened and (earlier.due_on is None or earlier.due_on > before.last_on)
