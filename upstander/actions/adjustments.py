"""Officers' decisions about one duty: recorded with a reason, foreseen by deciding, ended later, never edited."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from upstander.actions import outbox
from upstander.actions.cases import BY_ITSELF, Wanted, open_case, read_again, tell_adjusted
from upstander.actions.locks import lock_person
from upstander.actions.standing import decide_again
from upstander.core.conflicts import conflicts
from upstander.core.days import Moment
from upstander.core.decide import decide
from upstander.core.decision import Decision
from upstander.core.errors import Refusal
from upstander.core.facts import Adjustment, PersonFacts
from upstander.core.notices import EXTENSION_GRANTED
from upstander.core.programme import Cycle, Programme
from upstander.core.recurrence import cycle_before, cycle_of
from upstander.core.requests import LONGEST_TEXT, OFFICE_DECISION
from upstander.core.stated_ends import ENDING
from upstander.models import AdjustmentRecord, AuditLine, Case
from upstander.queries.facts import facts_of
from upstander.queries.programmes import published

#: What officers record here; an alternative is given in confidence, elsewhere.
KINDS = ("extension", "deferral", "waiver", "equivalency", ENDING)
#: States in which there is no duty that could be adjusted.
_NOTHING_OWED = frozenset({"not-required", "exempt"})


@dataclass(frozen=True, slots=True)
class Planned:
    """An adjustment as an officer wants it; which dates it needs depends on its kind (see `core.facts.Adjustment`).

    `every_cycle` lets it hold beyond the standing's own cycle. An ending always does, and its `from_on` is what the
    roster has: `with_roster` fills it in.
    """

    kind: str
    person_id: str
    programme: str
    cycle: str
    from_on: date | None = None
    to_on: date | None = None
    course_key: str = ""
    every_cycle: bool = False
    appointment_id: str = ""

    def as_fact(self, ref: str) -> Adjustment:
        cycle = None if self.every_cycle else self.cycle
        return Adjustment(
            self.kind, self.programme, ref, cycle, self.from_on, self.to_on, self.course_key, self.appointment_id
        )

    def with_roster(self, facts: PersonFacts) -> "Planned":
        """An ending beside what the roster says of its appointment now. Refuses no-such-appointment."""
        if self.kind != ENDING:
            return self
        held = next((a for a in facts.appointments if a.appointment_id == self.appointment_id), None)
        if held is None:
            raise Refusal("no-such-appointment", {"field": "appointment_id"})
        return replace(self, from_on=held.ends_on, every_cycle=True)


@dataclass(frozen=True, slots=True)
class Preview:
    """What is decided now, and what would be with the adjustment (or without the one that is to end)."""

    before: Decision
    after: Decision


def preview(planned: Planned, moment: Moment, by: str) -> Preview:
    """The decision before and after, by `decide()` on the facts with the adjustment; nothing is written.

    Refusals: not-yourself, no-such-adjustment-kind, date-needed {field}, dates-reversed, nothing-owed {state},
    extension-shortens {due_on}, no-such-option {course}, no-such-appointment, exceptions-conflict {kinds, refs},
    adjustment-changes-nothing, no-such-cycle, no-such-programme, no-such-person.
    """
    return _foreseen(planned, moment, by, str(uuid4()))


def _foreseen(planned: Planned, moment: Moment, by: str, ref: str) -> Preview:
    _check(planned, by)
    rules, facts = published(planned.programme), facts_of(planned.person_id)
    planned = planned.with_roster(facts)
    cycle = cycle_named(rules, facts, planned.cycle, moment.day)
    if planned.course_key and planned.course_key not in rules.course_keys:
        raise Refusal("no-such-option", {"course": planned.course_key})
    before = decide(rules, facts, moment.day, cycle)
    if before.state in _NOTHING_OWED:
        raise Refusal("nothing-owed", {"state": before.state})
    if planned.kind == "extension":
        _lengthens(planned, before)
    _contradicts_nothing(rules, facts, planned.as_fact(ref), cycle)
    after = decide(rules, _with(facts, planned.as_fact(ref)), moment.day, cycle)
    if _same(before, after):
        raise Refusal("adjustment-changes-nothing", {"kind": planned.kind})
    return Preview(before, after)


def _check(planned: Planned, by: str) -> None:
    if by == f"person:{planned.person_id}":
        raise Refusal("not-yourself", {"programme": planned.programme})
    if planned.kind not in KINDS:
        raise Refusal("no-such-adjustment-kind", {"kind": planned.kind, "kinds": list(KINDS)})
    needed = {"extension": ("to_on",), "deferral": ("from_on",), "waiver": ("from_on",), "equivalency": ("from_on",)}
    needed[ENDING] = ("to_on",)
    for name in needed[planned.kind]:
        if getattr(planned, name) is None:
            raise Refusal("date-needed", {"field": name})
    if planned.kind != ENDING and planned.from_on and planned.to_on and planned.to_on < planned.from_on:
        raise Refusal("dates-reversed", {"field": "to_on"})


def _lengthens(planned: Planned, before: Decision) -> None:
    if before.due_on is None or planned.to_on is None or planned.to_on <= before.due_on:
        due_on = before.due_on.isoformat() if before.due_on else None
        raise Refusal("extension-shortens", {"due_on": due_on})


def _contradicts_nothing(rules: Programme, facts: PersonFacts, adjustment: Adjustment, cycle: Cycle) -> None:
    """Refuses what would stand against an adjustment in force; conflicts that were there before are not its doing."""
    there = {_refs(reason.facts) for reason in conflicts(rules, facts, cycle)}
    for reason in conflicts(rules, _with(facts, adjustment), cycle):
        if _refs(reason.facts) not in there and adjustment.ref in _refs(reason.facts):
            others = [ref for ref in _refs(reason.facts) if ref != adjustment.ref]
            raise Refusal("exceptions-conflict", {"kinds": list(reason.facts["kinds"]), "refs": others})


def _refs(carried: object) -> tuple[str, ...]:
    return tuple(sorted(carried["refs"]))


def _with(facts: PersonFacts, adjustment: Adjustment) -> PersonFacts:
    return replace(facts, adjustments=(*facts.adjustments, adjustment))


def _same(one: Decision, other: Decision) -> bool:
    """Whether two decisions ask and settle the same, today and on the next day that changes them."""
    read = ("state", "due_on", "satisfied_by", "next_change_on", "reasons")
    return all(getattr(one, name) == getattr(other, name) for name in read)


def cycle_named(rules: Programme, facts: PersonFacts, key: str, day: date) -> Cycle:
    """The person's cycle of that name: the day's, or one of the two before it."""
    cycle: Cycle | None = cycle_of(rules, facts, day)
    for _ in range(3):
        if cycle is not None and cycle.key == key:
            return cycle
        cycle = cycle_before(rules, facts, cycle) if cycle else None
    raise Refusal("no-such-cycle", {"cycle": key})


@transaction.atomic
def record(planned: Planned, reason: str, moment: Moment, by: str, case: Case | None = None) -> AdjustmentRecord:
    """Records an adjustment with its reason and decides the person again, under their lock.

    The reason stands in the case that it was recorded from, else in one of the office's own, where it can be erased.
    Refusals as of `preview`, and reason-needed, text-too-long, move-not-open {move, state} from a case that is over.
    """
    _reasoned(reason)
    return _recorded(planned, reason, moment, by, case)


@transaction.atomic
def record_by_rule(planned: Planned, moment: Moment, case: Case) -> AdjustmentRecord:
    """Records what the programme's own limits grant to whoever asked for it in this case; refusals as of `preview`."""
    return _recorded(planned, "", moment, BY_ITSELF, case)


def _recorded(planned: Planned, reason: str, moment: Moment, by: str, case: Case | None) -> AdjustmentRecord:
    lock_person(planned.person_id)
    case, ref = case and read_again(case, "adjusted"), uuid4()
    _foreseen(planned, moment, by, str(ref))
    planned = planned.with_roster(facts_of(planned.person_id))
    case = case or _office_case(planned, moment, by)
    adjustment = AdjustmentRecord.objects.create(
        person_id=planned.person_id,
        programme_id=planned.programme,
        cycle=None if planned.every_cycle else planned.cycle,
        ref=ref,
        kind=planned.kind,
        course_key=planned.course_key,
        appointment_id=planned.appointment_id,
        case=case,
        from_on=planned.from_on,
        to_on=planned.to_on,
        recorded_at=moment.at,
        recorded_by=by,
    )
    tell_adjusted(case, "adjusted", moment, by, _told(adjustment), reason)
    _audit(adjustment, f"record-{planned.kind}", moment, by)
    decide_again([planned.person_id], moment, "adjustment", str(ref))
    if planned.kind == "extension":
        outbox.plan(EXTENSION_GRANTED, planned.person_id, planned.programme, planned.cycle, moment, str(ref))
    return adjustment


@transaction.atomic
def end(ref: UUID, reason: str, moment: Moment, by: str) -> AdjustmentRecord:
    """Ends an adjustment (the record stays) and decides the person again.

    Refusals: reason-needed, text-too-long, no-such-adjustment, adjustment-ended, not-yourself, and
    no-such-adjustment-kind for one that is not recorded here.
    """
    _reasoned(reason)
    adjustment = _in_force(ref, by)
    adjustment.ended_at = moment.at
    adjustment.save(update_fields=["ended_at"])
    if adjustment.case is not None:
        tell_adjusted(adjustment.case, "adjustment-ended", moment, by, _told(adjustment), reason)
    _audit(adjustment, f"end-{adjustment.kind}", moment, by)
    decide_again([adjustment.person_id], moment, "adjustment", str(ref))
    return adjustment


def preview_end(ref: UUID, moment: Moment, by: str) -> Preview:
    """The decision now, and without this adjustment; nothing is written. Refusals as of `end`."""
    adjustment = _read(ref, by)
    rules, facts = published(adjustment.programme_id), facts_of(adjustment.person_id)
    left = tuple(one for one in facts.adjustments if one.ref != str(ref))
    cycle = (
        cycle_named(rules, facts, adjustment.cycle, moment.day)
        if adjustment.cycle
        else cycle_of(rules, facts, moment.day)
    )
    before = decide(rules, facts, moment.day, cycle)
    return Preview(before, decide(rules, replace(facts, adjustments=left), moment.day, cycle))


def _read(ref: UUID, by: str) -> AdjustmentRecord:
    adjustment = AdjustmentRecord.objects.select_related("case").filter(ref=ref).first()
    if adjustment is None:
        raise Refusal("no-such-adjustment", {"ref": str(ref)})
    if by == f"person:{adjustment.person_id}":
        raise Refusal("not-yourself", {"programme": adjustment.programme_id})
    if adjustment.kind not in KINDS:
        raise Refusal("no-such-adjustment-kind", {"kind": adjustment.kind, "kinds": list(KINDS)})
    if adjustment.ended_at is not None:
        raise Refusal("adjustment-ended", {"ref": str(ref)})
    return adjustment


def _in_force(ref: UUID, by: str) -> AdjustmentRecord:
    """The adjustment under its person's lock, read again so that it ends once."""
    lock_person(_read(ref, by).person_id)
    return _read(ref, by)


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise Refusal("reason-needed")
    if len(reason) > LONGEST_TEXT:
        raise Refusal("text-too-long", {"longest": LONGEST_TEXT})


def _office_case(planned: Planned, moment: Moment, by: str) -> Case:
    wanted = Wanted(planned.programme, planned.cycle, "officer", {}, kind=OFFICE_DECISION)
    return open_case(planned.person_id, wanted, moment, by)


def _told(adjustment: AdjustmentRecord) -> dict[str, str]:
    """What a case says of an adjustment; its kind and dates, not why."""
    days = {name: getattr(adjustment, name) for name in ("from_on", "to_on")}
    iso = {name: day.isoformat() for name, day in days.items() if day}
    return {"kind": adjustment.kind, "ref": str(adjustment.ref), "course": adjustment.course_key, **iso}


def _audit(adjustment: AdjustmentRecord, verb: str, moment: Moment, by: str) -> None:
    AuditLine.objects.create(
        at=moment.at,
        actor=by,
        verb=verb,
        subject=f"adjustment:{adjustment.ref}",
        data={"programme": adjustment.programme_id, "cycle": adjustment.cycle},
    )
