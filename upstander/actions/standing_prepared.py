"""What is written of one profile's decision, worked out once: its row, and the texts that ids are put into."""

import json
from collections.abc import Callable, Sequence
from datetime import date

from django.db import connection

from upstander.core.facts import PersonFacts
from upstander.core.profile import Shared
from upstander.core.stand_in import in_json, json_with_marks, mark, put_back


class Prepared:
    """One profile's decision as it is stored; `text` gives a person's own values as they stand in JSON."""

    def __init__(self, shared: Shared) -> None:
        decision, by = shared.decision, shared.decision.satisfied_by
        self._shared = shared
        self.cycle, self.state, self._ref = decision.cycle, decision.state, by.ref if by else None
        self.values = (
            decision.cycle, decision.state, decision.group, decision.opens_on, decision.due_on,
            by.kind if by else None, by.on if by else None, decision.next_change_on,
        )  # fmt: skip
        as_date = connection.ops.adapt_datefield_value
        self.written = tuple(as_date(value) if isinstance(value, date) else value for value in self.values)
        self.reasons, self.after = _texts(shared)

    def ref(self, own: list[str]) -> str | None:
        """What satisfied the person's duty."""
        return self._ref and put_back(self._ref, own)

    def text(self, facts: PersonFacts, own: list[str]) -> list[str]:
        """The values that `reasons` and `after` are filled with."""
        texts = [in_json(value) for value in own]
        for _, reason in self._shared.onboarding:
            texts.append(json.dumps(reason(facts.onboarded_on, facts.onboarded_as).as_json()))
        return texts


Filled = Callable[[Sequence[str]], str]


def _texts(shared: Shared) -> tuple[Filled, Filled]:
    """The reasons and the whole decision as JSON; a reason that tells the day of onboarding is filled in whole."""
    whole = shared.decision.as_json()
    for place, (at, _) in enumerate(shared.onboarding, shared.own_count):
        whole["reasons"][at] = mark(place)
    reasons, after = json.dumps(whole["reasons"]), json.dumps(whole)
    for place in range(shared.own_count, shared.own_count + len(shared.onboarding)):
        quoted = json.dumps(mark(place))
        reasons, after = reasons.replace(quoted, quoted[1:-1]), after.replace(quoted, quoted[1:-1])
    return json_with_marks(reasons), json_with_marks(after)
