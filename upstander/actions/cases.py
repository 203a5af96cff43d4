"""Opening a case, every move of it, and looking again at what a case claims; each with a line in the audit."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db import transaction

from upstander.actions.case_letters import tell_of_answer
from upstander.actions.codes import new_code
from upstander.actions.locks import lock_people, lock_person
from upstander.core.accountable import answering_unit
from upstander.core.days import Moment
from upstander.core.disputes import CHANGED, NOW_RIGHT, has_arrived, how_it_stands, value_of
from upstander.core.errors import Refusal
from upstander.core.facts import PersonFacts
from upstander.core.requests import (
    DECLINED,
    KINDS,
    MOVES,
    OFFICER,
    SYSTEM,
    UNSETTLED,
    WRONG_FACT,
    answer_by,
    check_fields,
    kind_of,
    moved,
    rests,
)
from upstander.models import AuditLine, Case, CaseEntry, RosterRecord
from upstander.queries.cases import decline_count, same_fact
from upstander.queries.facts import facts_of, iter_facts

#: Two groups, 39 bits: short enough to read out, and it opens nothing.
NUMBER_GROUPS = 2
BY_ITSELF = "upstander"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for: about which duty, whose fact it is, the form's fields, and what the system showed."""

    programme: str | None
    cycle: str
    owner: str
    asked: dict[str, str]
    knew: dict = field(default_factory=dict)
    language: str = ""
    kind: str = WRONG_FACT


@transaction.atomic
def open_case(person_id: str, wanted: Wanted, moment: Moment, by: str) -> Case:
    """Opens a case under the person's lock, so that it stops every notice claimed afterwards (as a completion does).

    Refusals: those of `core.requests.check_fields`, `no-such-kind`, `case-open-already`, `case-declined-before` and
    `declined-for-good`, each of the last three with {"case": id of the earlier one}.
    """
    kind = kind_of(wanted.kind)
    check_fields(kind, wanted.asked)
    lock_person(person_id)
    _not_twice(person_id, wanted, kind.declines)
    facts = facts_of(person_id)
    case = Case.objects.create(
        number=new_code(NUMBER_GROUPS),
        kind=wanted.kind,
        state=kind.first_state,
        person_id=person_id,
        programme_id=wanted.programme,
        cycle=wanted.cycle,
        owner=wanted.owner,
        unit_id="" if kind.confidential else _unit_of(facts, wanted.asked.get("about", ""), moment),
        confidential=kind.confidential,
        language=wanted.language,
        asked=wanted.asked,
        knew=wanted.knew,
        rests_reminders=rests(wanted.kind, kind.first_state),
        opened_at=moment.at,
        opened_by=by,
        answer_by_on=answer_by(wanted.kind, wanted.owner, moment.day, settings.CLOSED_DAYS),
        settled_at=None if kind.first_state in UNSETTLED else moment.at,
    )
    CaseEntry.objects.create(case=case, at=moment.at, actor=by, move="opened", text=wanted.asked.get("note", ""))
    write_down(case, "case-opened", moment, by)
    return case


def _not_twice(person_id: str, wanted: Wanted, most: int) -> None:
    """The same fact is disputed once at a time; after it was declined, by reopening, and only once."""
    if KINDS[wanted.kind].once:
        _not_while_another(person_id, wanted)
    if "fact" not in KINDS[wanted.kind].fields:
        return
    alike = [
        case
        for case in Case.objects.filter(person_id=person_id, programme_id=wanted.programme, kind=wanted.kind)
        if same_fact(case.asked, wanted.asked)
    ]
    for case in alike:
        if case.state in UNSETTLED:
            raise Refusal("case-open-already", {"case": str(case.pk), "number": case.number})
    if not alike:
        return
    last, declines = alike[-1], decline_count(alike[-1])
    if declines >= most:
        raise Refusal("declined-for-good", {"case": str(last.pk), "number": last.number, "declines": declines})
    if last.state == DECLINED:
        raise Refusal("case-declined-before", {"case": str(last.pk), "number": last.number})


def _not_while_another(person_id: str, wanted: Wanted) -> None:
    mine = Case.objects.filter(person_id=person_id, programme_id=wanted.programme, kind=wanted.kind)
    there = mine.filter(state__in=UNSETTLED).first()
    if there is not None:
        raise Refusal("case-open-already", {"case": str(there.pk), "number": there.number})


def _unit_of(facts: PersonFacts, about: str, moment: Moment) -> str:
    """The unit whose administrators can help: of the appointment in question, else the one that answers."""
    held = next((a for a in facts.appointments if a.appointment_id == about), None)
    return held.unit_id if held else answering_unit(facts.appointments, moment.day)


@transaction.atomic
def move(case_id: UUID, name: str, role: str, moment: Moment, by: str, text: str = "") -> Case:
    """Makes one move of the table in `core.requests`, with what was said.

    Refusals: `not-yourself` (an officer in their own case), and those of `core.requests.moved`.
    """
    lock_person(Case.objects.values_list("person_id", flat=True).get(pk=case_id))
    case = Case.objects.select_for_update().get(pk=case_id)
    if role == OFFICER and by == f"person:{case.person_id}":
        raise Refusal("not-yourself", {"case": str(case.pk)})
    state = moved(case.kind, case.state, name, role, text, decline_count(case))
    _take(case, name, state, moment, by, text.strip())
    return case


def _take(case: Case, name: str, state: str, moment: Moment, by: str, text: str = "", data: dict | None = None) -> None:
    step = MOVES[name]
    if step.restarts:
        case.answer_by_on = answer_by(case.kind, case.owner, moment.day, settings.CLOSED_DAYS)
    if state != case.state and state not in UNSETTLED:
        case.settled_at, case.settled_by = moment.at, by
    elif state in UNSETTLED:
        case.settled_at, case.settled_by = None, ""
    case.state, case.rests_reminders = state, rests(case.kind, state)
    case.save(update_fields=["state", "rests_reminders", "answer_by_on", "settled_at", "settled_by"])
    entry = CaseEntry.objects.create(
        case=case, at=moment.at, actor=by, move=name, text=text, data=data or {}, for_person=step.for_person
    )
    tell_of_answer(case, entry, moment)
    write_down(case, f"case-{name}", moment, by)


def read_again(case: Case, name: str, states: Collection[str] = UNSETTLED) -> Case:
    """The case as it is by now; the lock of its person is the caller's. Refuses `move-not-open` {move, state}.

    Whoever decides a case has read it before they held the lock: another officer may have declined it since, or its
    person may have taken it back.
    """
    now = Case.objects.select_for_update().get(pk=case.pk)
    if now.state not in states:
        raise Refusal("move-not-open", {"move": name, "state": now.state})
    return now


def tell_adjusted(case: Case, name: str, moment: Moment, by: str, data: dict, text: str = "") -> None:
    """Writes into a case that an adjustment was recorded from it or ended; inside the caller's transaction.

    The adjustment that a case asks for settles it.
    """
    if name == "adjusted" and data.get("kind") == kind_of(case.kind).grants and case.state in UNSETTLED:
        name = "granted"
    _take(case, name, moved(case.kind, case.state, name, SYSTEM), moment, by, data=data)
    if text.strip():
        _take(case, "note", moved(case.kind, case.state, "note", OFFICER, text), moment, by, text.strip())


def tell_session(case_id: UUID, name: str, moment: Moment, by: str, data: dict) -> None:
    """Writes into a request that its session was set or called off; inside the caller's transaction.

    The person's row is locked by the caller. One that was taken back or declined stays as it is.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    if case.state in MOVES[name].states:
        _take(case, name, moved(case.kind, case.state, name, SYSTEM), moment, by, data=data)


def seen(cases: Iterable[Case], moment: Moment, by: str, how: str = "case-seen") -> None:
    """Writes into the audit that somebody looked at these cases.

    Of a confidential one only custodians are written down: a line that its person looked would name who asked.
    """
    lines = [
        AuditLine(at=moment.at, actor=by, verb=_verb(case, how), subject=subject_of(case))
        for case in cases
        if not (case.confidential and by == f"person:{case.person_id}")
    ]
    AuditLine.objects.bulk_create(lines, batch_size=500)


def subject_of(case: Case) -> str:
    """How the audit names a case; a confidential one apart, by a reference that means nothing once it is erased."""
    return f"{'confidence' if case.confidential else 'case'}:{case.pk}"


def _verb(case: Case, verb: str) -> str:
    return verb.replace("case-", "confidence-", 1) if case.confidential else verb


def look_again(moment: Moment, person_ids: Sequence[str] | None = None) -> int:
    """Compares unsettled claims with the record as it is now, and says in each case what has changed since.

    An accepted claim whose fact has arrived is settled, and its reminders go on. Safe to repeat; how many cases were
    told something. Queries grow with the unsettled cases only.
    """
    unsettled = Case.objects.filter(kind=WRONG_FACT, state__in=UNSETTLED)
    if person_ids is not None:
        unsettled = unsettled.filter(person_id__in=list(person_ids))
    ids = sorted(set(unsettled.order_by().values_list("person_id", flat=True)))
    if not ids:
        return 0
    with transaction.atomic():
        lock_people(ids)
        facts = {one.person_id: one for one in iter_facts(ids)}
        cases = unsettled.filter(person_id__in=ids).select_for_update().order_by("pk")
        return sum(_looked(case, facts[case.person_id], moment) for case in cases)


def _looked(case: Case, facts: PersonFacts, moment: Moment) -> bool:
    """Tells the case what the record says now, once for each thing that it says; true if something was told."""
    key, about = case.asked.get("fact", ""), case.asked.get("about", "")
    now = value_of(key, about, facts)
    standing = how_it_stands(key, case.asked.get("right", ""), case.knew.get("value", ""), now)
    if standing not in {NOW_RIGHT, CHANGED}:
        return False
    arrived = case.state == "accepted" and has_arrived(key, standing)
    name = "arrived" if arrived else "now-right" if standing == NOW_RIGHT else "changed-otherwise"
    last = CaseEntry.objects.filter(case=case, move__in=("now-right", "changed-otherwise")).order_by("at", "id").last()
    if not arrived and last is not None and last.data.get("value") == now:
        return False
    if name == "now-right" and case.state == "accepted":
        return False
    data = {"fact": key, "value": now, **_source(case, moment)}
    _take(case, name, moved(case.kind, case.state, name, SYSTEM), moment, BY_ITSELF, data=data)
    return True


def _source(case: Case, moment: Moment) -> dict[str, str]:
    """By what the record came to say it: the roster of a day, or the record of completions."""
    if case.owner == "roster":
        record = RosterRecord.objects.filter(person_id=case.person_id).order_by("known_at", "id").last()
        at = record.known_at if record else moment.at
        return {"source": "roster", "at": at.isoformat(), "ref": str(record.source_id) if record else ""}
    return {"source": case.owner, "at": moment.at.isoformat(), "ref": ""}


def write_down(case: Case, verb: str, moment: Moment, by: str) -> None:
    """A line in the audit; of a confidential case it says neither what was asked nor, of its person's acts, by whom."""
    hidden = case.confidential and by == f"person:{case.person_id}"
    AuditLine.objects.create(
        at=moment.at,
        actor="person" if hidden else by,
        verb=_verb(case, verb),
        subject=subject_of(case),
        data={} if case.confidential else {"kind": case.kind, "state": case.state},
    )
