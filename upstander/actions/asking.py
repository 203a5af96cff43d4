"""What a person asks of the office about one duty: the case, and for more time the decision at once where it is due."""

from dataclasses import replace
from datetime import date

from django.db import transaction

from upstander.actions.adjustments import Planned, cycle_named, record_by_rule
from upstander.actions.cases import Wanted, open_case
from upstander.actions.locks import lock_person
from upstander.core.days import Moment
from upstander.core.decide import decide
from upstander.core.errors import Refusal
from upstander.core.extension import is_granted_at_once
from upstander.core.facts import PersonFacts
from upstander.core.requests import EXTENSION, LEAVE, can_be_asked
from upstander.models import Case
from upstander.queries.facts import facts_of
from upstander.queries.programmes import published


@transaction.atomic
def ask(person_id: str, wanted: Wanted, moment: Moment) -> Case:
    """Opens the person's own case; more time within the programme's limits is granted in the same transaction.

    Refusals: those of `open_case` and `core.extension`; extension-not-open {state}; date-needed and
    dates-reversed {field}.
    """
    by = f"person:{person_id}"
    if wanted.kind == LEAVE:
        _in_order(wanted.asked)
    if wanted.kind != EXTENSION:
        return open_case(person_id, wanted, moment, by)
    lock_person(person_id)
    to_on = _day_of(wanted.asked.get("to_on", ""), "to_on")
    at_once = _is_due_at_once(person_id, wanted, to_on, moment.day)
    case = open_case(person_id, wanted, moment, by)
    if at_once:
        planned = Planned("extension", person_id, wanted.programme or "", wanted.cycle, to_on=to_on)
        record_by_rule(planned, moment, case)
        case.refresh_from_db()
    return case


def _is_due_at_once(person_id: str, wanted: Wanted, to_on: date, day: date) -> bool:
    """Whether no officer is needed; a second extension of one cycle always is an officer's."""
    rules, facts = published(wanted.programme or ""), facts_of(person_id)
    cycle = cycle_named(rules, facts, wanted.cycle, day)
    now = decide(rules, facts, day, cycle)
    if now.due_on is None or not can_be_asked(EXTENSION, now.state, now.due_on):
        raise Refusal("extension-not-open", {"state": now.state})
    without = decide(rules, _without_extensions(facts, rules.key, cycle.key), day, cycle)
    granted = is_granted_at_once(rules.extension, without.due_on or now.due_on, now.due_on, to_on, day)
    return granted and without.due_on == now.due_on


def _without_extensions(facts: PersonFacts, programme: str, cycle: str) -> PersonFacts:
    kept = tuple(
        one
        for one in facts.adjustments
        if not (one.kind == "extension" and one.programme == programme and one.cycle in {None, cycle})
    )
    return replace(facts, adjustments=kept)


def _in_order(asked: dict[str, str]) -> None:
    from_on = _day_of(asked.get("from_on", ""), "from_on")
    if asked.get("to_on") and _day_of(asked["to_on"], "to_on") < from_on:
        raise Refusal("dates-reversed", {"field": "to_on"})


def _day_of(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise Refusal("date-needed", {"field": field}) from problem
