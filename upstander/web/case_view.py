"""A case as pages show it: the sentence it is about, what was known, what would be right, and its thread."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

from upstander.core.errors import Refusal
from upstander.core.programme import Programme
from upstander.core.requests import KINDS, OFFICE_DECISION, OPEN, UNSETTLED, WRONG_FACT
from upstander.models import AdjustmentRecord, Case, CaseEntry, Person, Standing, Unit
from upstander.queries.cases import adjustments_of
from upstander.queries.programmes import published
from upstander.web.naming import naming_of
from upstander.web.people import in_words, language
from upstander.words.confidence import subject_words
from upstander.words.reasons import Sentence, sentences
from upstander.words.requests import (
    UNSPOKEN,
    adjustment_words,
    case_state_word,
    fact_of_other,
    fact_word,
    kind_word,
    looks_like,
    own_state_word,
    owner_word,
    step_detail,
    step_word,
    value_words,
)

#: The kinds of which the officer's page of a person tells: what is doubted there, and what is asked about a duty.
_BESIDE = [WRONG_FACT, *(key for key, kind in KINDS.items() if kind.asked_in)]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a thread: what it was, when, by whom (shown to the office only), and what was said."""

    heading: str
    at: datetime
    who: str
    text: str
    detail: str
    is_note: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case in the reader's language; `sentence` is the reason as it stood when the person disputed it."""

    case: Case
    title: str
    sentence: Sentence | None
    fact: str
    on_record: str
    right: str
    note: str
    state_word: str
    state_like: str
    owner: str
    is_open: bool


def view_of(case: Case, to_person: bool) -> CaseView:
    """What both sides read of a case; the programme's title where it has one that is published."""
    rules = _rules(case.programme_id)
    asked, units = case.asked, unit_words([case])
    key = asked.get("fact", "")
    return CaseView(
        case=case,
        title=in_words(rules.title) if rules else (case.programme_id or ""),
        sentence=_sentence(case, rules),
        fact=_fact_of(case, key, to_person),
        on_record="" if key in UNSPOKEN else value_words(key, case.knew.get("value", ""), units),
        right=value_words(key, asked.get("right", ""), units),
        note=asked.get("note", ""),
        state_word=own_state_word(case.state, case.kind) if to_person else case_state_word(case.state, case.kind),
        state_like=looks_like(case.state),
        owner=owner_word(case.owner),
        is_open=case.state in UNSETTLED,
    )


def _fact_of(case: Case, key: str, to_person: bool) -> str:
    """The fact in question; of a case about no fact, what it is called."""
    if not key:
        return (subject_words(case) if to_person else "") or kind_word(case.kind)
    return fact_word(key) if to_person else fact_of_other(key)


def steps_of(entries: Iterable[CaseEntry], case: Case, to_person: bool) -> list[Step]:
    """The thread in words; the officers who wrote are named to officers only."""
    entries = list(entries)
    units = unit_words([case], [entry.data.get("value", "") for entry in entries])
    names = {} if to_person else names_of(entry.actor for entry in entries)
    return [
        Step(
            heading=step_word(entry.move, to_person),
            at=entry.at,
            who=names.get(entry.actor, ""),
            text="" if entry.move == "opened" else entry.text,
            detail=step_detail(entry, units),
            is_note=not entry.for_person,
        )
        for entry in entries
    ]


@dataclass(frozen=True, slots=True)
class Adjusted:
    """One adjustment beside a duty: what it does, who recorded it when and why, and whether it is in force."""

    row: AdjustmentRecord
    words: str
    who: str
    why: list[str]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a duty on the officer's page of a person: its unsettled cases and every adjustment."""

    cases: list[CaseView]
    in_force: list[Adjusted]
    ended: list[Adjusted]


def beside_of(standing: Standing) -> Beside:
    """The cases and adjustments of a standing's person in its programme; none that is held in confidence."""
    where = {"person_id": standing.person_id, "programme_id": standing.programme_id}
    cases = Case.objects.filter(**where, kind__in=_BESIDE, state__in=UNSETTLED, confidential=False)
    rows = [row for row in adjustments_of(standing.person_id, standing.programme_id) if row.kind != "alternative"]
    entries = CaseEntry.objects.filter(case__in=[row.case_id for row in rows], case__kind=OFFICE_DECISION, move="note")
    why: dict[object, list[str]] = {}
    for entry in entries.order_by("at", "id"):
        why.setdefault(entry.case_id, []).append(entry.text)
    names = names_of(row.recorded_by for row in rows)
    told = [Adjusted(row, words_of(row), names.get(row.recorded_by, ""), why.get(row.case_id, [])) for row in rows]
    return Beside(
        cases=[view_of(case, to_person=False) for case in cases.order_by("opened_at", "id")],
        in_force=[one for one in told if one.row.ended_at is None],
        ended=[one for one in told if one.row.ended_at is not None],
    )


def words_of(row: AdjustmentRecord) -> str:
    """What an adjustment does, with its days."""
    return adjustment_words(row.kind, *(day.isoformat() if day else None for day in (row.from_on, row.to_on)))


def is_overdue(case: Case, day: object) -> bool:
    return case.state == OPEN and case.answer_by_on is not None and case.answer_by_on < day


def unit_words(cases: Iterable[Case], more: Iterable[str] = ()) -> dict[str, str]:
    """The names of the units that these cases speak of."""
    ids = {text for case in cases for text in (case.knew.get("value", ""), case.asked.get("right", ""))} | set(more)
    return dict(Unit.objects.filter(pk__in=ids - {""}).values_list("id", "name"))


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """How the people behind these actors are called; whoever is no person has no entry."""
    ids = {actor.removeprefix("person:") for actor in actors if actor.startswith("person:")}
    return {f"person:{person.pk}": person.called for person in Person.objects.filter(pk__in=ids)}


def _rules(key: str | None) -> Programme | None:
    try:
        return published(key) if key else None
    except Refusal:
        return None


def _sentence(case: Case, rules: Programme | None) -> Sentence | None:
    """The disputed reason once more, from the codes and facts that were kept."""
    codes, facts = case.knew.get("codes", []), case.knew.get("facts", {})
    if not codes or rules is None:
        return None
    shown = SimpleNamespace(reasons=[{"code": code, "facts": facts} for code in codes])
    return sentences(shown, language(), naming_of(rules, shown.reasons, language()))[0]
