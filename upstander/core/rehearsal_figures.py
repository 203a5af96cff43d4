"""What a rehearsal adds up: people by state and day, notices by day and unit, peaks, what is missing and contradicts.

Its size grows with days, units and kinds, never with people.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from upstander.core.accountable import answering_unit
from upstander.core.days import Span
from upstander.core.decision import ACTIONABLE, STATES, Decision
from upstander.core.figures import MISSING
from upstander.core.reasons import REASONS
from upstander.core.rehearsal_player import Letter, Played

#: How many days a rehearsal names as its peaks.
PEAKS = 5
#: States in which the window of an assignment runs.
RUNNING = ACTIONABLE | {"deferred"}
#: The reason code that says that what officers recorded about a person contradicts itself.
CONFLICT = "exceptions-conflict"
#: Reason codes that leave somebody undecided, beside those of a blank.
TIE = "groups-tie"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One person owes the duty in one cycle: from `on`, the first day shown on which its window runs."""

    person_id: str
    cycle: str
    on: date
    group: str | None
    opens_on: date | None
    due_on: date | None
    unit: str

    def as_json(self) -> dict:
        return {
            "person_id": self.person_id,
            "cycle": self.cycle,
            "on": self.on.isoformat(),
            "group": self.group,
            "opens_on": self.opens_on.isoformat() if self.opens_on else None,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "unit": self.unit,
        }


def assignments(played: Played, shown: Span) -> Iterator[Assignment]:
    """Each cycle that the person owes with a running window within the days shown, on the first of them."""
    seen: set[str] = set()
    for begins, last, decision in _spans(played, shown):
        if decision.state not in RUNNING or decision.cycle in seen or last < shown.first:
            continue
        seen.add(decision.cycle)
        on = max(begins, shown.first)
        unit = answering_unit(played.player.facts.appointments, on)
        yield Assignment(
            decision.person_id, decision.cycle, on, decision.group, decision.opens_on, decision.due_on, unit
        )


def conflicts(played: Played, shown: Span) -> list[dict]:
    """What contradicts itself in one person's record, once a cycle: {"person_id","cycle","code","facts"}."""
    found: dict[tuple, dict] = {}
    for _, last, decision in _spans(played, shown):
        for reason in decision.reasons if last >= shown.first else ():
            if reason.code == CONFLICT:
                about = {"person_id": decision.person_id, "cycle": decision.cycle}
                found.setdefault((decision.cycle, reason.code), {**about, **reason.as_json()})
    return list(found.values())


def unknown_codes(played: Played, shown: Span) -> set[str]:
    """What is missing or tied (by reason code), for which the person is undecided on some day shown."""
    return {
        reason.code
        for _, last, decision in _spans(played, shown)
        if decision.state == "undecided" and last >= shown.first
        for reason in decision.reasons
        if reason.code in MISSING or reason.code == TIE or reason.code.endswith("-unknown")
    }


def _spans(played: Played, shown: Span) -> Iterator[tuple[date, date, Decision]]:
    """Each decision with its first and last day."""
    for place, (begins, decision) in enumerate(played.stretches):
        following = played.stretches[place + 1][0] if place + 1 < len(played.stretches) else None
        yield begins, following - timedelta(days=1) if following else shown.last, decision


@dataclass(slots=True)
class Tally:
    """The figures of a rehearsal as they add up, person by person.

    `notices` counts letters by day, unit and kind; `together` those that another programme's go with, by its key.
    """

    shown: Span
    people: int = 0
    no_address: int = 0
    conflicts: int = 0
    moved: dict[str, list[int]] = field(default_factory=dict)
    notices: Counter = field(default_factory=Counter)
    together: Counter = field(default_factory=Counter)
    stopped: Counter = field(default_factory=Counter)
    unknown: Counter = field(default_factory=Counter)
    assigned: Counter = field(default_factory=Counter)
    due: Counter = field(default_factory=Counter)

    def add(self, played: Played) -> None:
        """Adds one person's days."""
        shown = self.shown
        self.people += 1
        self.no_address += played.nowhere_on is not None
        self.conflicts += len(conflicts(played, shown))
        self.unknown.update(unknown_codes(played, shown))
        for begins, last, decision in _spans(played, shown):
            if last >= shown.first:
                self._stands(decision.state, max(begins, shown.first), last)
        for assignment in assignments(played, shown):
            self.assigned[assignment.on] += 1
            if assignment.due_on and shown.holds(assignment.due_on):
                self.due[assignment.due_on] += 1
        for post in played.posts:
            if post.stopped:
                self.stopped[post.day, post.stopped] += 1
            else:
                self.notices[post.day, answering_unit(played.player.facts.appointments, post.day), post.kind] += 1
                self.together.update(post.beside)

    def add_letter(self, letter: Letter, unit: str) -> None:
        """Adds a letter that follows from no duty of its reader's, in the reader's own unit."""
        self.notices[letter.day, unit, letter.kind] += 1
        self.together.update(letter.beside)

    def _stands(self, state: str, first: date, last: date) -> None:
        if state not in self.moved:
            self.moved[state] = [0] * (self.length + 1)
        steps = self.moved[state]
        steps[(first - self.shown.first).days] += 1
        steps[(last - self.shown.first).days + 1] -= 1

    @property
    def length(self) -> int:
        return (self.shown.last - self.shown.first).days + 1

    def days(self) -> Iterator[dict]:
        """One object a day: {"day","states","notices","by_unit","not_sent","assigned","due"}."""
        by_day: dict[date, dict[str, Counter]] = defaultdict(lambda: defaultdict(Counter))
        for (day, unit, kind), count in self.notices.items():
            by_day[day][unit][kind] += count
        stopped: dict[date, dict[str, int]] = defaultdict(dict)
        for (day, code), count in sorted(self.stopped.items()):
            stopped[day][code] = count
        standing: Counter = Counter()
        for place in range(self.length):
            day = self.shown.first + timedelta(days=place)
            standing.update({state: steps[place] for state, steps in self.moved.items()})
            units = by_day.get(day, {})
            kinds: Counter = Counter()
            for counted in units.values():
                kinds.update(counted)
            yield {
                "day": day.isoformat(),
                "states": {state: standing[state] for state in STATES if standing[state]},
                "notices": dict(sorted(kinds.items())),
                "by_unit": {unit: dict(sorted(units[unit].items())) for unit in sorted(units)},
                "not_sent": stopped.get(day, {}),
                "assigned": self.assigned[day],
                "due": self.due[day],
            }

    def peaks(self) -> list[dict]:
        """The days on which most goes out, the heaviest first: {"day","notices","unit","of_unit"}."""
        total: Counter = Counter()
        of_unit: dict[date, Counter] = defaultdict(Counter)
        for (day, unit, _), count in self.notices.items():
            total[day] += count
            of_unit[day][unit] += count
        heaviest = sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))[:PEAKS]
        found = []
        for day, count in heaviest:
            unit, most = min(of_unit[day].items(), key=lambda pair: (-pair[1], pair[0]))
            found.append({"day": day.isoformat(), "notices": count, "unit": unit, "of_unit": most})
        return found

    def unknown_by_owner(self) -> dict[str, dict[str, int]]:
        """People who wait for a fact, by who can correct it: {owner: {reason code: people}}."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for code, people in sorted(self.unknown.items(), key=lambda pair: (-pair[1], pair[0])):
            found[REASONS[code].owner][code] = people
        return dict(found)
