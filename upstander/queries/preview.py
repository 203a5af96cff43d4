"""What rules would do to the people on the roster, before anything is written: counts, a sample, a difference."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest
from math import ceil, sqrt

from upstander.core.days import Moment
from upstander.core.decision import STATES, Decision
from upstander.core.facts import PersonFacts
from upstander.core.people_difference import LISTED, NO_DUTY, PeopleDifference
from upstander.core.profile import Profiles, Shared, decide_many
from upstander.core.programme import Programme
from upstander.models import Person
from upstander.queries.facts import iter_facts
from upstander.queries.notified import heard_of

#: Up to so many people everybody is decided on; of more, so many are drawn.
EXACT_PEOPLE = 2_000
PROGRESS_EVERY = 500
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Preview:
    """How the roster would stand under some rules on a day.

    `people_by_group` counts those who owe it. `exact`: everybody was decided on. Else `looked_at` people were drawn,
    all alike, and the counts are their shares of `of_people`; `margins` says per state by how many people a count may
    be off, nineteen times in twenty. `matches` is nobody, everybody or some: for how many it is required at all (not
    everybody while somebody is undecided).
    """

    people_by_state: dict[str, int]
    people_by_group: dict[str, int]
    exact: bool
    of_people: int
    looked_at: int
    sample: list[tuple[str, str, Decision]]
    matches: str
    margins: dict[str, int] = field(default_factory=dict)


def preview(rules: Programme, moment: Moment, sample: int = 8) -> Preview:
    """Decides the roster, or a fair draw of it, under the rules as of the moment's day; writes nothing."""
    of_people = Person.objects.filter(vanished_on=None).count()
    ids = _drawn(of_people, EXACT_PEOPLE) if of_people > EXACT_PEOPLE else None
    decisions = list(decide_many(rules, _facts(ids, rules), moment.day))
    states = Counter(decision.state for decision in decisions)
    groups = Counter(decision.group for decision in decisions if decision.group and decision.state not in NO_DUTY)
    exact = ids is None
    return Preview(
        people_by_state={
            state: _share(states[state], decisions, of_people, exact) for state in STATES if states[state]
        },
        people_by_group={group.key: _share(groups[group.key], decisions, of_people, exact) for group in rules.groups},
        exact=exact,
        of_people=of_people,
        looked_at=len(decisions),
        sample=_named(_mixed(decisions, sample)),
        matches=_matches(states, len(decisions)),
        margins={} if exact else {state: _margin(count, len(decisions), of_people) for state, count in states.items()},
    )


def difference(
    old: Programme | None,
    new: Programme,
    moment: Moment,
    progress: Progress | None = None,
    listed_at_most: int = LISTED,
) -> PeopleDifference:
    """Decides everybody on the roster under both versions as of the moment's day; `old` None: there was none.

    `progress` is told ("people", how many) now and then.
    """
    found = PeopleDifference(moment.day, listed_at_most)
    before = Profiles(old, moment.day, _decision) if old else None
    after = Profiles(new, moment.day, _decision)
    for count, facts in enumerate(_facts(None, old, new), 1):
        had = before.of(facts)[0] if before else None
        found.take(facts.person_id, had, after.of(facts)[0])
        if progress and count % PROGRESS_EVERY == 0:
            progress("people", count)
    return found


def _decision(shared: Shared) -> Decision:
    """Of a profile's decision what everybody who has it shares: state, group and dates."""
    return shared.decision


def _facts(ids: Sequence[str] | None, *rules: Programme | None) -> Iterator[PersonFacts]:
    """Facts of those on the roster among the given people (None: of everybody), as far as the rules read them."""
    return (facts for facts in iter_facts(ids, told_of=heard_of(rules)) if facts.vanished_on is None)


@lru_cache(maxsize=2)
def _drawn(of_people: int, count: int) -> tuple[str, ...]:
    """People drawn all alike; the same ones while nobody comes or goes, so that an edit's effect is not the draw's."""
    ids = list(Person.objects.filter(vanished_on=None).order_by("id").values_list("id", flat=True))
    return tuple(sorted(random.Random(of_people).sample(ids, min(count, len(ids)))))


def _share(count: int, decisions: Sequence[Decision], of_people: int, exact: bool) -> int:
    return count if exact else round(count * of_people / max(len(decisions), 1))


def _margin(count: int, drawn: int, of_people: int) -> int:
    """Half the width of the 95 % interval of a share drawn without putting back, in people (at least one draw's)."""
    share = (count + 2) / (drawn + 4)
    rest = (of_people - drawn) / max(of_people - 1, 1)
    return ceil(1.96 * sqrt(share * (1 - share) / (drawn + 4) * rest) * of_people)


def _matches(states: Counter, people: int) -> str:
    if states["not-required"] == people:
        return "nobody"
    return "everybody" if states["not-required"] + states["undecided"] == 0 else "some"


def _mixed(decisions: Sequence[Decision], count: int) -> list[Decision]:
    """Some of every state in turn, and in each of every group, so that a few people show as many cases as they can."""
    chance = random.Random(len(decisions))
    shuffled = chance.sample(decisions, len(decisions))
    by_state: dict[int, dict[str, list[Decision]]] = {}
    for decision in shuffled:
        groups = by_state.setdefault(STATES.index(decision.state), {})
        groups.setdefault(decision.group or "", []).append(decision)
    states = [_in_turn(list(groups.values())) for _, groups in sorted(by_state.items(), reverse=True)]
    return _in_turn(states)[:count]


def _in_turn(lists: Sequence[Sequence[Decision]]) -> list[Decision]:
    """The first of each list, then the second of each, and so on."""
    return [decision for row in zip_longest(*lists) for decision in row if decision is not None]


def _named(decisions: Sequence[Decision]) -> list[tuple[str, str, Decision]]:
    people = Person.objects.in_bulk([decision.person_id for decision in decisions])
    return [(decision.person_id, people[decision.person_id].called, decision) for decision in decisions]
