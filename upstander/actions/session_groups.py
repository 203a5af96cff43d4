"""A group put into a session at once: by a list, each line on its own, or everybody of a unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from upstander.actions.in_person import person_named
from upstander.actions.session_seats import put_in
from upstander.core.days import Moment
from upstander.core.errors import Refusal

#: So many lines of a list are read at once.
MOST_LINES = 2_000


@dataclass(frozen=True, slots=True)
class PutIn:
    """What came of a list: how many have a seat now, and each line that was refused, with why."""

    seated: int
    refused: tuple[tuple[str, Refusal], ...]


def put_in_lines(session_id: UUID, lines: Iterable[str], moment: Moment, by: str) -> PutIn:
    """Gives a seat to whom each line names by number or e-mail address; a bad line stops no other.

    A line may go on after a comma, a semicolon or a tab: what follows is not read. Refuses `too-many-lines` {most}.
    """
    asked = list(dict.fromkeys(filter(None, (_named(line) for line in lines))))
    if len(asked) > MOST_LINES:
        raise Refusal("too-many-lines", {"most": MOST_LINES})
    seated: set[str] = set()
    refused = []
    for line in asked:
        try:
            seated.add(put_in(session_id, person_named(line), moment, by).person_id)
        except Refusal as refusal:
            refused.append((line, refusal))
    return PutIn(len(seated), tuple(refused))


def _named(line: str) -> str:
    """The first cell of a line that is pasted from a table or a letter."""
    for mark in (",", ";", "\t"):
        line = line.partition(mark)[0]
    return line.strip().strip("<>").strip()
