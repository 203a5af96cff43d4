"""What the record knows of a reader's courses, of all years, and why each counts for a duty or not (row A13)."""

from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace

from upstander.actions.adjustments import cycle_named
from upstander.core.decide import decide
from upstander.core.facts import Completion, PersonFacts
from upstander.delivery import catalogue
from upstander.web.learner.plan_duty import Duty
from upstander.web.naming import naming_of
from upstander.web.people import in_words, language
from upstander.words.reasons import sentences


@dataclass(frozen=True, slots=True)
class Known:
    """One course on record: what it is called, when it was completed, whether it counts, and why or why not."""

    title: str
    on: date
    counts: bool
    why: list[str]


@dataclass(frozen=True, slots=True)
class Record:
    """Everything on record that could count for one duty, newest first."""

    programme: str
    rows: list[Known]


def on_record(duty: Duty, facts: PersonFacts, day: date) -> Record:
    """Each completion by itself, as `decide()` reads it for this duty."""
    newest = sorted(facts.completions, key=lambda done: done.completed_on, reverse=True)
    return Record(in_words(duty.programme.title), [_known(done, duty, facts, day) for done in newest])


def _known(done: Completion, duty: Duty, facts: PersonFacts, day: date) -> Known:
    rules = duty.programme
    cycle = cycle_named(rules, facts, duty.standing.cycle, day)
    alone = decide(rules, replace(facts, completions=(done,), adjustments=()), day, cycle)
    reasons = [one.as_json() for one in alone.reasons if one.facts.get("course") == done.course_key]
    told = sentences(SimpleNamespace(reasons=reasons), language(), naming_of(rules, reasons, language()))
    counts = alone.satisfied_by is not None or any(one["code"].startswith("part-done") for one in reasons)
    return Known(catalogue.title_of(done.course_key, language()), done.completed_on, counts, [one.text for one in told])
