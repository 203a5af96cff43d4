"""Parts of a requirement that are only for some: asked of the appointments that carry the duty, with the reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from upstander.core.audience import Audience
from upstander.core.conditions import Asked, Verdict, distance
from upstander.core.decision import Reason
from upstander.core.facts import PersonFacts
from upstander.core.fulfilment import EVERYBODY, Verdicts, applies
from upstander.core.programme import Programme
from upstander.core.requirement import Part

CODES = {Verdict.YES: "part-applies", Verdict.NO: "part-not-asked", Verdict.UNKNOWN: "part-unknown"}


@dataclass(frozen=True, slots=True)
class Versions:
    """Which conditional parts are for this person, and why; empty where the programme has none."""

    verdicts: Verdicts = field(default_factory=lambda: EVERYBODY)
    reasons: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)
    asks_nothing: bool = False

    def told(self, *wanted: Verdict) -> tuple[Reason, ...]:
        """The reasons of the parts with one of the verdicts."""
        if not self.reasons:
            return ()
        return tuple(r for key, said in self.reasons.items() if self.verdicts[key] in wanted for r in said)


EVERYTHING = Versions()


def versions_of(programme: Programme, facts: PersonFacts, audience: Audience, day: date) -> Versions:
    """Asks every conditional part of the person's appointments that carry, or may carry, the duty."""
    if not programme.conditional_parts:
        return EVERYTHING
    verdicts, reasons = {}, {}
    for part in programme.conditional_parts:
        verdict, why = _ask(part, facts, audience, day)
        verdicts[part.key] = verdict
        reasons[part.key] = (Reason(CODES[verdict], {"part": part.key}), *why)
    return Versions(verdicts, reasons, applies(programme.requirement, verdicts) is Verdict.NO)


def _ask(part: Part, facts: PersonFacts, audience: Audience, day: date) -> tuple[Verdict, tuple[Reason, ...]]:
    """Any qualifying appointment for which it holds makes it the person's; a blank, or one that may qualify, may."""
    if part.when is None:
        return Verdict.YES, ()
    sure = [part.when.answer(Asked(j.appointment, facts, day)) for j in audience.yes]
    maybe = [part.when.answer(Asked(j.appointment, facts, day)) for j in audience.unknown]
    for answer in sure:
        if answer.verdict is Verdict.YES:
            return Verdict.YES, answer.reasons
    for answer in (*sure, *maybe):
        if answer.verdict is Verdict.UNKNOWN:
            return Verdict.UNKNOWN, answer.reasons
    for judged, answer in zip(audience.unknown, maybe, strict=True):
        if answer.verdict is Verdict.YES:
            return Verdict.UNKNOWN, (*answer.reasons, *judged.reasons)
    nearest = min((*sure, *maybe), key=lambda answer: distance(answer.reasons), default=None)
    return Verdict.NO, nearest.reasons if nearest else ()
