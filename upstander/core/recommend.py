"""Which options may suit a person, and why; never a filter (row B11)."""

from datetime import date

from upstander.core.audience import held_on
from upstander.core.conditions import Asked, Verdict
from upstander.core.decision import Reason
from upstander.core.facts import PersonFacts
from upstander.core.programme import Programme


def recommended(programme: Programme, facts: PersonFacts, day: date) -> dict[str, Reason]:
    """Course key -> the reason why it may suit this person; empty for most people."""
    found: dict[str, Reason] = {}
    for recommendation in programme.recommendations:
        for appointment in held_on(facts, day):
            answer = recommendation.when.answer(Asked(appointment, facts, day))
            if answer.verdict is Verdict.YES:
                for course in recommendation.options:
                    found.setdefault(course, answer.reasons[-1])
    return found
