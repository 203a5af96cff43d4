"""What is written of one profile's decision, worked out once: its row, and the texts that ids are put into."""

import json
from datetime import date
from typing import NamedTuple

from django.db import connection

from upstander.core.facts import PersonFacts
from upstander.core.profile import Shared
from upstander.core.stand_in import Filling, in_json, mark, put_back


class Prepared:
    """One profile's decision as it is stored: nothing but values, so that it can go from one process to another."""

    __slots__ = ("after", "cycle", "reasons", "state", "values", "written")

    def __init__(self, shared: Shared) -> None:
        decision, by = shared.decision, shared.decision.satisfied_by
        self.cycle, self.state = decision.cycle, decision.state
        self.values = (
            decision.cycle, decision.state, decision.group, decision.opens_on, decision.due_on,
            by.kind if by else None, by.on if by else None, decision.next_change_on,
        )  # fmt: skip
        as_date = connection.ops.adapt_datefield_value
        self.written = tuple(as_date(value) if isinstance(value, date) else value for value in self.values)
        self.reasons, self.after = _texts(shared)


class Said(NamedTuple):
    """What was decided about one person, ready to be compared with what is stored."""

    person_id: str
    prepared: Prepared
    text: list[str]  # the person's own values, that `reasons` and `after` are filled with
    ref: str | None
    unit: str


class Answer:
    """A profile's decision, and how it becomes what is stored of a person who has the profile."""

    __slots__ = ("_onboarding", "_ref", "prepared")

    def __init__(self, shared: Shared) -> None:
        by = shared.decision.satisfied_by
        self.prepared, self._onboarding, self._ref = Prepared(shared), shared.onboarding, by.ref if by else None

    def of(self, facts: PersonFacts, own: list[str], unit: str) -> Said:
        """What is stored of a person, given their own values and the unit that answers for them."""
        texts = [in_json(value) for value in own]
        for _, reason in self._onboarding:
            texts.append(json.dumps(reason(facts.onboarded_on, facts.onboarded_as).as_json()))
        return Said(facts.person_id, self.prepared, texts, self._ref and put_back(self._ref, own), unit)


def _texts(shared: Shared) -> tuple[Filling, Filling]:
    """The reasons and the whole decision as JSON; a reason that tells the day of onboarding is filled in whole."""
    whole = shared.decision.as_json()
    for place, (at, _) in enumerate(shared.onboarding, shared.own_count):
        whole["reasons"][at] = mark(place)
    reasons, after = json.dumps(whole["reasons"]), json.dumps(whole)
    for place in range(shared.own_count, shared.own_count + len(shared.onboarding)):
        quoted = json.dumps(mark(place))
        reasons, after = reasons.replace(quoted, quoted[1:-1]), after.replace(quoted, quoted[1:-1])
    return Filling(reasons), Filling(after)
