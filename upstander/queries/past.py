"""A past day asked again: what stood on it from what was known at an instant, and what became known since."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from upstander.core.decide import decide
from upstander.core.decision import Decision
from upstander.core.errors import Refusal
from upstander.core.facts import PersonFacts
from upstander.core.programme import Programme
from upstander.core.replay import Cause, differing, just_after
from upstander.models import ProgrammeVersion
from upstander.queries.facts import facts_of
from upstander.queries.history import Dated, known_of
from upstander.queries.notified import heard_of
from upstander.queries.programmes import published_version, rules_of

#: So many instants are decided one by one; of more, the oldest are taken together.
STEPS = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands on a day from what was known before an instant (None: by now).

    `refused` is the code for which nothing can be said: not-published-then, no-such-person; then there is no decision.
    """

    rules: Programme | None = None
    version: ProgrammeVersion | None = None
    facts: PersonFacts | None = None
    decision: Decision | None = None
    refused: str = ""

    def differs(self, other: "Answer") -> bool:
        """Whether a reader is told something else by the other."""
        if self.decision is None or other.decision is None:
            return self.decision is not other.decision
        return bool(differing(self.decision, other.decision))

    def differs_in_reasons_only(self, other: "Answer") -> bool:
        """Whether the same is asked by the other, for other reasons."""
        if self.decision is None or other.decision is None:
            return False
        return differing(self.decision, other.decision) == ("reasons",)


@dataclass(frozen=True, slots=True)
class Learnt:
    """What became known at an instant and made the day stand otherwise; `at` None: it cannot be told when.

    `reasons_only` says that status and dates stayed.
    """

    at: datetime | None
    causes: tuple[Cause, ...]
    after: Answer
    reasons_only: bool = False


def answer(person_id: str, programme: str, day: date, known_at: datetime | None = None) -> Answer:
    """Decides the day from what was known before `known_at`, by the rules that were published before it."""
    try:
        version = published_version(programme, known_at)
        rules = rules_of(version)
        facts = facts_of(person_id, known_at, told_of=heard_of([rules]))
    except Refusal as refusal:
        return Answer(refused=refusal.code)
    return Answer(rules, version, facts, decide(rules, facts, day))


def learnt_since(person_id: str, programme: str, day: date, since: datetime, then: Answer, now: Answer) -> list[Learnt]:
    """Why the day stands otherwise now than it did then: each instant at which the answer changed, with its causes."""
    if not then.differs(now):
        return []
    found: list[Learnt] = []
    last = then
    for at, causes in _instants(known_of(person_id, programme, since, _units(then, now))):
        following = answer(person_id, programme, day, just_after(at))
        if last.differs(following):
            found.append(Learnt(at, causes, following, last.differs_in_reasons_only(following)))
        last = following
    if last.differs(now):
        found.append(Learnt(None, (Cause("unknown"),), now))
    return found


def _units(*answers: Answer) -> set[str]:
    """The units of these facts, with those above them."""
    appointments = [held for one in answers if one.facts for held in one.facts.appointments]
    return {unit for held in appointments for unit in held.unit_line}


def _instants(known: list[Dated]) -> Iterator[tuple[datetime, tuple[Cause, ...]]]:
    steps = [(at, [one.cause for one in together]) for at, together in groupby(known, key=lambda one: one.at)]
    if len(steps) > STEPS:
        older, steps = steps[: 1 - STEPS], steps[1 - STEPS :]
        steps.insert(0, (older[-1][0], [cause for _, causes in older for cause in causes]))
    for at, causes in steps:
        yield at, tuple({repr(cause): cause for cause in causes}.values())  # the same thing is told once
