"""What a person asks of the office about one duty: the case, its files, and what a rule decides at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction

from upstander.actions.adjustments import Planned, Preview, cycle_named, record_by_rule
from upstander.actions.case_files import Arrived, attach
from upstander.actions.cases import BY_ITSELF, Wanted, open_case
from upstander.actions.course_access import grant_access
from upstander.actions.locks import lock_person
from upstander.core.days import Moment
from upstander.core.decide import decide
from upstander.core.elsewhere import check_elsewhere
from upstander.core.errors import Refusal
from upstander.core.extension import is_granted_at_once
from upstander.core.facts import PersonFacts
from upstander.core.requests import (
    APPOINTMENT_ENDING,
    EQUIVALENCY,
    EXTENSION,
    LEAVE,
    VOLUNTARY_ACCESS,
    can_be_asked,
    check_fields,
    kind_of,
)
from upstander.core.stated_ends import ENDING
from upstander.models import Case
from upstander.queries.course_access import access_now
from upstander.queries.facts import facts_of
from upstander.queries.programmes import published


class Foreseen(Preview):
    """A decision before and after; `changes` says whether the person would be asked less."""

    __slots__ = ()

    @property
    def changes(self) -> bool:
        read = ("state", "due_on", "next_change_on")
        return any(getattr(self.before, name) != getattr(self.after, name) for name in read)


@transaction.atomic
def ask(person_id: str, wanted: Wanted, moment: Moment, files: Sequence[Arrived] = ()) -> Case:
    """Opens the person's own case with its files; what the programme's rules grant is granted in the same transaction.

    Refusals: those of `open_case`, `core.extension`, `core.elsewhere` and `case_files.attach`; extension-not-open
    {state}; date-needed and dates-reversed {field}; ending-changes-nothing; access-not-asked; files-not-here.
    """
    by = f"person:{person_id}"
    lock_person(person_id)
    if files and not kind_of(wanted.kind).files:
        raise Refusal("files-not-here")
    granted = _checked(person_id, wanted, moment)
    case = open_case(person_id, wanted, moment, by)
    attach(case, files, moment, by)
    if granted is not None:
        record_by_rule(granted, moment, case)
    elif wanted.kind == VOLUNTARY_ACCESS and published(wanted.programme or "").access.automatic:
        grant_access(case, moment, BY_ITSELF)
    case.refresh_from_db()
    return case


def _checked(person_id: str, wanted: Wanted, moment: Moment) -> Planned | None:
    """Refuses what no officer could grant; the adjustment that the rules grant at once, where they do."""
    if wanted.kind == LEAVE:
        _in_order(wanted.asked)
    if wanted.kind == EQUIVALENCY:
        _could_count(person_id, wanted, moment.day)
    if wanted.kind == APPOINTMENT_ENDING and not foresee_ending(person_id, wanted, moment).changes:
        raise Refusal("ending-changes-nothing", {"field": "to_on"})
    if wanted.kind == VOLUNTARY_ACCESS:
        _is_closed(person_id, wanted.programme or "")
    if wanted.kind != EXTENSION:
        return None
    to_on = _day_of(wanted.asked.get("to_on", ""), "to_on")
    if not _is_due_at_once(person_id, wanted, to_on, moment.day):
        return None
    return Planned("extension", person_id, wanted.programme or "", wanted.cycle, to_on=to_on)


def _could_count(person_id: str, wanted: Wanted, day: date) -> None:
    check_fields(kind_of(EQUIVALENCY), wanted.asked)
    rules = published(wanted.programme or "")
    check_elsewhere(rules.elsewhere, cycle_named(rules, facts_of(person_id), wanted.cycle, day), wanted.asked, day)


def _is_closed(person_id: str, programme: str) -> None:
    if not published(programme).access.asked_only or access_now(person_id, programme):
        raise Refusal("access-not-asked")


def foresee_ending(person_id: str, wanted: Wanted, moment: Moment) -> Foreseen:
    """What would be decided if the appointment ended as told; nothing is written. Refuses no-such-appointment."""
    to_on = _day_of(wanted.asked.get("to_on", ""), "to_on")
    rules, facts = published(wanted.programme or ""), facts_of(person_id)
    cycle = cycle_named(rules, facts, wanted.cycle, moment.day)
    appointment = wanted.asked.get("appointment", "")
    planned = Planned(ENDING, person_id, rules.key, wanted.cycle, to_on=to_on, appointment_id=appointment)
    told = planned.with_roster(facts).as_fact("told")
    before = decide(rules, facts, moment.day, cycle)
    after = decide(rules, replace(facts, adjustments=(*facts.adjustments, told)), moment.day, cycle)
    return Foreseen(before, after)


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
