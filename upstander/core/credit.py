"""Which completions, equivalencies and alternatives count for a cycle, and why others do not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from upstander.core.days import plus_months
from upstander.core.decision import Reason, SatisfiedBy
from upstander.core.equivalencies import beyond_limit, choices, rule_miss, rules_for
from upstander.core.facts import Adjustment, Completion, PersonFacts
from upstander.core.fulfilment import EVERYBODY, WHOLE, Held, Item, Verdicts, could_be_met, finishing, progress
from upstander.core.programme import Cycle, Programme
from upstander.core.requirement import Option
from upstander.core.updates import Reopening, readings, reopening


@dataclass(frozen=True, slots=True)
class Credit:
    """What settled the cycle by a day (None: nothing yet), and a reason for every completion that was looked at.

    `only_blanks_left`: everything is done but parts of which it is not known whether they are for this person.
    `reopening`: everything was done, and a newer edition asks for what changed.
    """

    by: SatisfiedBy | None
    reasons: tuple[Reason, ...] = ()
    only_blanks_left: bool = False
    reopening: Reopening | None = None


NOTHING = Credit(None)


def counting_until(programme: Programme, cycle: Cycle, due_on: date | None) -> date:
    """The last day on which a completion counts for the cycle: its own last, or the person's later due day."""
    has_window = programme.window_days or programme.window_months
    return max(cycle.last_on, due_on) if has_window and due_on else cycle.last_on


def credit(
    programme: Programme,
    facts: PersonFacts,
    cycle: Cycle,
    due_on: date | None,
    day: date,
    verdicts: Verdicts = EVERYBODY,
) -> Credit:
    """What counts for the cycle on the day; a completion counts from its own date on."""
    if not facts.completions and not facts.adjustments and not programme.parts:
        return NOTHING
    period = Cycle(cycle.key, cycle.first_on, counting_until(programme, cycle, due_on))
    items = list(counting(programme, facts, period, day))
    finished, used = best(programme, items, verdicts, day)
    if finished:
        return _met(programme, facts, cycle, day, verdicts, items, finished)
    held = Held(tuple(used), day)
    reasons = [*progress(programme.requirement, held, verdicts), *beyond_limit(items, used)]
    reasons += _misses(programme, facts, period, day)
    hopeful = bool(verdicts) and could_be_met(programme.requirement, held, verdicts)
    return Credit(None, tuple(reasons), hopeful)


def _met(
    programme: Programme,
    facts: PersonFacts,
    cycle: Cycle,
    day: date,
    verdicts: Verdicts,
    items: Sequence[Item],
    finished: Item,
) -> Credit:
    """The credit for a requirement that the items meet: settled, unless a newer edition asks for what changed."""
    by = SatisfiedBy(finished.kind, finished.ref, finished.on)
    if not programme.has_updates:
        return Credit(by, (finished.reason,))
    reopened = reopening(
        programme, facts, items, cycle, day, lambda some: best(programme, some, verdicts, day)[0] is not None
    )
    if reopened:
        return Credit(None, (finished.reason,), reopening=reopened)
    return Credit(by, (finished.reason, *readings(programme, facts, items, cycle, day)))


def best(
    programme: Programme, items: Sequence[Item], verdicts: Verdicts, day: date
) -> tuple[Item | None, Sequence[Item]]:
    """What finished the requirement, as early as the rules allow, and what of the items was used."""
    if not items:
        return None, ()
    if not programme.equivalencies:
        return finishing(programme.requirement, items, verdicts, day), items
    ways = [(finishing(programme.requirement, used, verdicts, day), used) for used in choices(items)]
    finished = [way for way in ways if way[0]]
    if finished:
        return min(finished, key=lambda way: way[0].place if way[0] else ())
    return max(ways, key=lambda way: len(way[1]))


def counting(programme: Programme, facts: PersonFacts, period: Cycle, day: date) -> Iterator[Item]:
    """What counts for the period (or for a part that looks back beyond it) on the day, in the order of their days."""
    for item in known_items(programme, facts, period, day):
        if item.cycle not in (None, period.key):
            continue
        if period.first_on <= item.on <= period.last_on:
            yield item
        elif _is_looked_back_on(programme, item, day):
            yield replace(item, in_cycle=False)


def known_items(programme: Programme, facts: PersonFacts, cycle: Cycle, day: date) -> list[Item]:
    """Everything on record by the day that counts for an option, of whatever period, in the order of their days."""
    items = [
        item
        for completion in facts.completions
        if completion.completed_on <= day and completion.role in programme.roles and not completion.is_changes_only
        for item in _ways(programme, facts, completion, cycle)
    ]
    items += [item for a in facts.adjustments if (item := _granted(programme, a)) and item.on <= day]
    return sorted(items, key=lambda item: item.place) if len(items) > 1 else items


def _is_looked_back_on(programme: Programme, item: Item, day: date) -> bool:
    return item.course != WHOLE and any(
        day <= plus_months(item.on, part.within_months or 0, part.rounding)
        and not set(part.topics).isdisjoint(item.topics)
        for part in programme.looking_back
    )


def _ways(programme: Programme, facts: PersonFacts, completion: Completion, cycle: Cycle) -> Iterator[Item]:
    """The options for which a completion counts: its own, and those that an equivalency names."""
    own = programme.option(completion.course_key)
    on = completion.completed_on.isoformat()
    if own and _is_open_to(own, facts, completion):
        told = Reason("completed", {"course": own.course_key, "on": on, "ref": completion.ref})
        yield _item(own, completion, told)
    for rule in rules_for(programme, completion.course_key) if programme.equivalencies else ():
        option = programme.option(rule.counts_as)
        if option and not rule_miss(rule, completion, cycle) and _is_open_to(option, facts, completion):
            facts_of = {"course": completion.course_key, "counts_as": rule.counts_as, "on": on, "ref": completion.ref}
            yield replace(_item(option, completion, Reason("completed-as", facts_of)), rule=rule)


def _item(option: Option, completion: Completion, told: Reason) -> Item:
    minutes = completion.minutes if completion.minutes is not None else option.minutes or 0
    return Item(
        completion.completed_on, "completion", completion.ref, option.course_key, told,
        taken=completion.course_key, minutes=minutes, topics=option.topics, edition=completion.edition,
    )  # fmt: skip


def may_take(option: Option, facts: PersonFacts, day: date) -> bool:
    """Whether the person may take the option on the day: it is on the menu, or they began it before it left that."""
    return not _is_withdrawn(option, facts, Completion(option.course_key, day))


def attendance_counts(programme: Programme, course_key: str, day: date) -> bool:
    """Whether the programme says that who attends this course in person on the day meets one of its options."""
    names = (course_key, *(rule.counts_as for rule in rules_for(programme, course_key)))
    options = (option for name in names if (option := programme.option(name)))
    return any(option.in_person and (option.withdrawn_on is None or day < option.withdrawn_on) for option in options)


def _is_open_to(option: Option, facts: PersonFacts, completion: Completion) -> bool:
    """Whether the option takes this completion: it is on the menu, and attendance only where the programme says so."""
    return (option.in_person or not completion.is_in_person) and not _is_withdrawn(option, facts, completion)


def _is_withdrawn(option: Option, facts: PersonFacts, completion: Completion) -> bool:
    """Whether the option had been withdrawn before this person began it: what was begun may be finished."""
    withdrawn_on = option.withdrawn_on
    if withdrawn_on is None or completion.completed_on < withdrawn_on:
        return False
    return not any(course == completion.course_key and on < withdrawn_on for course, on in facts.started)


def _granted(programme: Programme, granted: Adjustment) -> Item | None:
    """An officer's equivalency or alternative; an alternative reads as a completion, whoever looks."""
    if granted.kind not in {"equivalency", "alternative"} or granted.programme != programme.key or not granted.from_on:
        return None
    option = programme.option(granted.course_key) if granted.course_key else None
    if granted.course_key and option is None:
        return None
    on = granted.from_on.isoformat()
    if granted.kind == "alternative":
        shown = option or programme.options[0]
        told = Reason("completed", {"course": shown.course_key, "on": on, "ref": granted.ref})
    elif option:
        told = Reason("equivalency-accepted-for", {"course": option.course_key, "on": on, "ref": granted.ref})
    else:
        told = Reason("equivalency-accepted", {"on": on, "ref": granted.ref})
    kind = "completion" if granted.kind == "alternative" else "equivalency"
    return Item(
        granted.from_on, kind, granted.ref, option.course_key if option else WHOLE, told,
        minutes=option.minutes or 0 if option else 0, topics=option.topics if option else (), cycle=granted.cycle,
    )  # fmt: skip


def _misses(programme: Programme, facts: PersonFacts, period: Cycle, day: date) -> list[Reason]:
    """Why each known completion does not count for the period, in the order of their days."""
    whole = (c for c in facts.completions if c.completed_on <= day and not c.is_changes_only)
    known = sorted(whole, key=lambda c: (c.completed_on, c.ref))
    misses = [reason for c in known if (reason := _miss(programme, facts, c, period, day))]
    ordered = sorted(facts.adjustments, key=lambda a: a.ref)
    return misses + [reason for a in ordered if (reason := _off_the_menu(programme, a, period))]


def _off_the_menu(programme: Programme, granted: Adjustment, period: Cycle) -> Reason | None:
    """An equivalency or alternative for a course that this version no longer knows."""
    is_mine = granted.programme == programme.key and granted.cycle in (None, period.key)
    if not is_mine or not granted.course_key or not granted.from_on or programme.option(granted.course_key):
        return None
    carried = {"course": granted.course_key, "on": granted.from_on.isoformat()}
    codes = {"equivalency": "equivalency-other-course", "alternative": "completion-other-course"}
    return Reason(codes[granted.kind], carried) if granted.kind in codes else None


def _miss(programme: Programme, facts: PersonFacts, completion: Completion, period: Cycle, day: date) -> Reason | None:
    """Why a completion does not count for the period; None if it does."""
    carried = {"course": completion.course_key, "on": completion.completed_on.isoformat()}
    items = list(_ways(programme, facts, completion, period))
    if not items:
        return _no_way(programme, completion, period, carried)
    if completion.role not in programme.roles and period.first_on <= completion.completed_on <= period.last_on:
        return Reason("completion-other-role", {**carried, "role": completion.role})
    if completion.role in programme.roles and any(_is_looked_back_on(programme, item, day) for item in items):
        return None
    if completion.completed_on < period.first_on:
        return Reason("completion-before-period", {**carried, "from_on": period.first_on.isoformat()})
    if completion.completed_on > period.last_on:
        return Reason("completion-after-period", {**carried, "to_on": period.last_on.isoformat()})
    return None


def _no_way(programme: Programme, completion: Completion, period: Cycle, carried: dict) -> Reason:
    """Why a course counts for no option: attended, withdrawn, outside an equivalency's days, or no option at all."""
    own = programme.option(completion.course_key)
    if completion.is_in_person and own and not own.in_person:
        return Reason("completion-not-in-person", carried)
    if option := own:
        withdrawn_on = option.withdrawn_on.isoformat() if option.withdrawn_on else None
        return Reason("completion-withdrawn-option", {**carried, "withdrawn_on": withdrawn_on})
    for rule in rules_for(programme, completion.course_key):
        if missed := rule_miss(rule, completion, period):
            return missed
        option = programme.option(rule.counts_as)
        if completion.is_in_person and option and not option.in_person:
            return Reason("completion-not-in-person", carried)
    return Reason("completion-other-course", carried)
