"""Which letters an arrangement brings, and whether one still says what is true."""

from datetime import datetime

from upstander.core.arrangements import PLANNED
from upstander.core.notices import ARRANGEMENT, Kind

MADE, CHANGED, REMINDER = "arrangement-made", "arrangement-changed", "arrangement-reminder"
CALLED_OFF = "arrangement-cancelled"
#: What the gate must know of the reminder, here where a rehearsal asks it too.
REMINDER_KIND = Kind(REMINDER, asks=False, about=ARRANGEMENT, declinable=True)


def why_not(kind: str, state: str, starts_at: datetime | None, at: datetime, newest: bool) -> str:
    """Why a letter about an arrangement to somebody who has a part in it need not go: "" where it is still true.

    `newest` says that no later letter tells how it stands. `no-longer-due`: it is called off, held or begun;
    `superseded`: a later letter says it all.
    """
    if kind == CALLED_OFF:
        return "" if state != PLANNED else "no-longer-due"
    if state != PLANNED or (starts_at is not None and starts_at <= at):
        return "no-longer-due"
    return "" if newest else "superseded"
