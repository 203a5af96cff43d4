"""What another version of a programme does to people: who gains or loses a duty, whose date or state changes."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from upstander.core.decision import Decision

#: States in which nothing is owed, or it is not known whether.
NO_DUTY = frozenset({"not-required", "exempt", "undecided"})
#: The kinds of change that are counted and, up to a bound, listed person by person.
KINDS = ("gains", "loses", "later", "earlier", "date-set", "date-gone", "regrouped", "new-round")
#: Of these a duty that there was keeps on being one, and yet is another: as the brake counts.
MOVES = ("later", "earlier", "date-set", "date-gone", "regrouped")
LISTED = 50


@dataclass(frozen=True, slots=True)
class PersonChange:
    """One person's change: the states and due dates before and after; `days` is how far the date moves, later > 0."""

    person_id: str
    from_state: str
    to_state: str
    from_due_on: date | None = None
    to_due_on: date | None = None
    days: int | None = None


@dataclass(slots=True)
class PeopleDifference:
    """Counts over everybody on the roster as of `day`, with the first people of each kind by id.

    `states` counts (before, after) for those whose state changes; `days_moved` how many people's date moves by how many
    days (later > 0). In a new round of the programme everybody has new dates: that is `new-round`, and moves nobody's.
    """

    day: date
    listed_at_most: int = LISTED
    people: int = 0
    duties_before: int = 0
    duties_after: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    states: Counter[tuple[str, str]] = field(default_factory=Counter)
    days_moved: Counter[int] = field(default_factory=Counter)
    listed: dict[str, list[PersonChange]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    @property
    def gains(self) -> int:
        """People who owe it after and did not before."""
        return self.counts["gains"]

    @property
    def loses(self) -> int:
        """People who owed it before and do not after."""
        return self.counts["loses"]

    @property
    def moved(self) -> int:
        """People who owe it before and after, with another date or group."""
        return sum(self.counts[kind] for kind in MOVES)

    @property
    def duties(self) -> int:
        """The whole of which the brake asks how much changes: what was owed, and what is gained."""
        return self.duties_before + self.gains

    @property
    def duties_changed(self) -> int:
        return self.gains + self.loses + self.moved

    @property
    def changes_nobody(self) -> bool:
        return not (self.duties_changed or self.states)

    def take(self, person_id: str, old: Decision | None, new: Decision) -> None:
        """Counts one person, by the states, groups and dates before and after; `old` None: there was no version."""
        self.people += 1
        owed_before = old is not None and old.state not in NO_DUTY
        owed = new.state not in NO_DUTY
        self.duties_before += owed_before
        self.duties_after += owed
        if old is not None and old.state != new.state:
            self.states[(old.state, new.state)] += 1
        kind = _kind(old, new, owed_before, owed)
        if kind is None:
            return
        days = None
        if kind in {"later", "earlier"} and old and old.due_on and new.due_on:
            days = (new.due_on - old.due_on).days
            self.days_moved[days] += 1
        self.counts[kind] += 1
        if len(self.listed[kind]) < self.listed_at_most:
            change = PersonChange(
                person_id, old.state if old else "", new.state, old.due_on if old else None, new.due_on, days
            )
            self.listed[kind].append(change)

    def as_json(self) -> dict:
        """The counts, without anybody's id: what is kept with a version that waits for a second officer."""
        return {
            "day": self.day.isoformat(),
            "people": self.people,
            "duties_before": self.duties_before,
            "duties_after": self.duties_after,
            **{kind: self.counts[kind] for kind in KINDS},
            "states": [[*pair, count] for pair, count in sorted(self.states.items())],
        }


def _kind(old: Decision | None, new: Decision, owed_before: bool, owed: bool) -> str | None:
    if owed != owed_before:
        return "gains" if owed else "loses"
    if not owed or old is None:
        return None
    if old.cycle != new.cycle:
        return "new-round"
    if old.due_on != new.due_on:
        if old.due_on is None or new.due_on is None:
            return "date-set" if new.due_on else "date-gone"
        return "later" if new.due_on > old.due_on else "earlier"
    return "regrouped" if old.group != new.group else None
