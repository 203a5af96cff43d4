"""Sheets on paper: printed once with items of their own, keyed by two hands, marked as online, on record at once (A07).

Two people who do not see each other's letters key every sheet; it counts where they agree, and where they differ the
one who misread mends their own. A code that the person or a helper would work out was not made: it would prove that
the code was copied rightly, never that it says what stands in the boxes, and it asks arithmetic of whoever chose paper.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from upstander.actions.arrangements import check_not_keyed, local, locked, was_held
from upstander.actions.codes import new_code
from upstander.actions.completion import CODE_GROUPS
from upstander.actions.done_letters import tell_of_completion
from upstander.actions.learning import role_of
from upstander.actions.standing import decide_again
from upstander.core.arrangements import CANCELLED, PAPER, may_print, sheet_counts
from upstander.core.bank import Shown
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.marking import Mark, draw_form, mark
from upstander.core.outline import Outline
from upstander.core.paper import DRAWN, SIGNS, different, numbered, on_paper, responses_of, written
from upstander.models import (
    Arrangement,
    AuditLine,
    Certificate,
    Completion,
    CompletionScore,
    PaperKeying,
    PaperSheet,
    Person,
)
from upstander.queries.arrangements import earlier_forms, open_sheet

SOURCE = "paper"
#: What became of a keying: the first hand, two that differ, two that agree.
FIRST, DIFFERENT, MARKED = "first", "different", "marked"
#: What stands on a sheet beside the answers, and is compared as they are.
ON, WITNESS = "on", "witness"
#: What is kept when a void sheet counts again.
IN_FORCE = "paper-in-force"


@dataclass(frozen=True, slots=True)
class Read:
    """What one hand reads on a sheet: the day, who signed as witness (a person's id), and letters by item."""

    on: date
    witness: str
    letters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Keyed:
    """What became of a keying: `first`, `different` or `marked`; the completion where the sheet passed."""

    outcome: str
    sheet: PaperSheet
    completion: Completion | None = None


@transaction.atomic
def print_sheet(arrangement_id: UUID, outline: Outline, moment: Moment, by: str) -> PaperSheet:
    """The sheet that waits for its answers, or a new one with items that the person has not had.

    Refusals: `no-sheet` {state} where nothing can be printed, `not-yourself`, `bank-too-small`.
    """
    arrangement = locked(arrangement_id, by)
    if not may_print(arrangement.state, arrangement.kind, arrangement.completion_id is not None):
        raise Refusal("no-sheet", {"state": arrangement.state})
    there = open_sheet(arrangement)
    if there is not None:
        return there
    number = numbered("".join(secrets.choice(SIGNS) for _ in range(DRAWN)))
    earlier = earlier_forms(arrangement.person_id, arrangement.course_key)
    form = draw_form(on_paper(outline.assessment), earlier, f"paper:{number}")
    sheet = PaperSheet.objects.create(
        number=number,
        arrangement=arrangement,
        edition=outline.edition,
        language=arrangement.language,
        form=[shown.as_json() for shown in form],
        printed_at=moment.at,
        printed_by=by,
    )
    _audit(sheet, "paper-printed", moment, by)
    return sheet


@transaction.atomic
def key(number: str, read: Read, outline: Outline, moment: Moment, by: str) -> Keyed:
    """Keeps what this hand reads, in place of what it read before; with a second hand that agrees the sheet is marked.

    A pass is on record from the day on the sheet, in this transaction: completion, certificate, standing, confirmation.
    `outline` is of the edition that was printed. Refusals: `sheet-marked`, `not-yourself`, `sheet-called-off`,
    `sheet-void` {number of the one that counts, or ""}, `other-edition`, `taken-later` and `taken-before-printed` for
    the day, `no-such-witness`, `letters-wrong` {item}, and `two-hands-already` for a third who keys.
    """
    arrangement_id = PaperSheet.objects.values_list("arrangement_id", flat=True).get(pk=number)
    arrangement = locked(arrangement_id, by)
    sheet = PaperSheet.objects.select_for_update().get(pk=number)
    _check(sheet, arrangement, read, outline, moment)
    hands = {keying.keyed_by: keying for keying in sheet.keyings.all()}
    if by not in hands and len(hands) > 1:
        raise Refusal("two-hands-already")
    kept = {**_letters(sheet, read, outline), ON: read.on.isoformat(), WITNESS: read.witness}
    PaperKeying.objects.update_or_create(sheet=sheet, keyed_by=by, defaults={"answers": kept, "keyed_at": moment.at})
    _audit(sheet, "paper-mended" if by in hands else "paper-keyed", moment, by)
    other = next((keying.answers for hand, keying in hands.items() if hand != by), None)
    if other is None:
        return Keyed(FIRST, sheet)
    if different(kept, other):
        return Keyed(DIFFERENT, sheet)
    return Keyed(MARKED, sheet, _mark(sheet, arrangement, read, outline, moment, by))


@transaction.atomic
def put_in_force(number: str, witness: str, moment: Moment, by: str) -> PaperSheet:
    """A void sheet counts again, because the person answered it: its arrangement is on paper in its language again.

    Who saw it stays on record beside who decided it; a sheet printed since is void from then on. Repeated, it changes
    nothing. Refusals: `sheet-marked`, `not-yourself`, `no-sheet` {state} once it was passed or called off,
    `no-such-witness`, `witness-other` where the officer names themself, `being-keyed` {number} where somebody has keyed
    the other sheet.
    """
    arrangement = locked(PaperSheet.objects.values_list("arrangement_id", flat=True).get(pk=number), by)
    sheet = PaperSheet.objects.select_for_update().get(pk=number)
    if sheet.marked_at is not None:
        raise Refusal("sheet-marked")
    if not may_print(arrangement.state, PAPER, arrangement.completion_id is not None):
        raise Refusal("no-sheet", {"state": arrangement.state})
    if sheet_counts(arrangement.kind, arrangement.language, sheet.language):
        return sheet
    if by == f"person:{witness}":
        raise Refusal("witness-other")
    if witness == arrangement.person_id or not Person.objects.filter(pk=witness).exists():
        raise Refusal("no-such-witness")
    check_not_keyed(arrangement)
    arrangement.kind, arrangement.language, arrangement.witness_id = PAPER, sheet.language, witness
    arrangement.sequence += 1
    arrangement.save()
    _audit(sheet, IN_FORCE, moment, by, witness=f"person:{witness}")
    return sheet


def differences(sheet: PaperSheet) -> list[str]:
    """What two hands read differently: item ids, `on`, `witness`; empty while one alone has keyed."""
    readings = [keying.answers for keying in sheet.keyings.all()]
    return different(*readings) if len(readings) == 2 else []


def form_of(sheet: PaperSheet) -> list[Shown]:
    """The items of the sheet as it shows them; empty once they were deleted."""
    return [Shown.of(row) for row in sheet.form]


def result_of(sheet: PaperSheet, outline: Outline, given: Mapping[str, str]) -> tuple[Mark, dict[str, Any]]:
    """What these letters come to on this sheet, and the answers that they stand for."""
    assessment, form = on_paper(outline.assessment), form_of(sheet)
    responses = responses_of(assessment.bank, form, given)
    items = [assessment.bank[shown.item] for shown in form if shown.item in assessment.bank]
    return mark(items, responses, assessment.pass_percent), responses


def _check(sheet: PaperSheet, arrangement: Arrangement, read: Read, outline: Outline, moment: Moment) -> None:
    if sheet.marked_at is not None:
        raise Refusal("sheet-marked")
    if arrangement.state == CANCELLED:
        raise Refusal("sheet-called-off")
    if not sheet_counts(arrangement.kind, arrangement.language, sheet.language):
        counting = open_sheet(arrangement)
        raise Refusal("sheet-void", {"number": counting.number if counting else ""})
    if outline.edition != sheet.edition:
        raise Refusal("other-edition", {"edition": sheet.edition})
    if read.on > moment.day:
        raise Refusal("taken-later")
    if read.on < local(sheet.printed_at).date():
        raise Refusal("taken-before-printed")
    if read.witness == arrangement.person_id or not Person.objects.filter(pk=read.witness).exists():
        raise Refusal("no-such-witness")


def _letters(sheet: PaperSheet, read: Read, outline: Outline) -> dict[str, str]:
    bank = on_paper(outline.assessment).bank
    return {
        shown.item: written(bank[shown.item], read.letters.get(shown.item, ""))
        for shown in form_of(sheet)
        if shown.item in bank
    }


def _mark(
    sheet: PaperSheet, arrangement: Arrangement, read: Read, outline: Outline, moment: Moment, by: str
) -> Completion | None:
    result, _ = result_of(sheet, outline, _letters(sheet, read, outline))
    sheet.taken_on, sheet.marked_at, sheet.passed = read.on, moment.at, result.passed
    sheet.save(update_fields=["taken_on", "marked_at", "passed"])
    _audit(sheet, "paper-marked", moment, by)
    completion = _completed(arrangement.person, outline, read.on, result, moment, by) if result.passed else None
    arrangement.completion = arrangement.completion or completion
    was_held(arrangement, read.witness, moment, by)
    return completion


def _completed(person: Person, outline: Outline, on: date, result: Mark, moment: Moment, by: str) -> Completion:
    """The completion of that day, its certificate, standings and confirmations; a day has one, however many sheets."""
    alike = Completion.objects.filter(person=person, course_key=outline.key, completed_on=on, source__startswith=SOURCE)
    there = alike.filter(retracted_at=None).first()
    if there is not None:
        return there
    times = alike.count()
    completion = Completion.objects.create(
        person=person,
        course_key=outline.key,
        edition=outline.edition,
        completed_on=on,
        role=role_of(person, Moment(at=moment.at, day=on)),
        source=f"{SOURCE}-{times + 1}" if times else SOURCE,  # after a correction a further record
        recorded_at=moment.at,
        minutes=outline.minutes,
    )
    CompletionScore.objects.create(completion=completion, score=f"{result.points}/{result.possible}")
    Certificate.objects.create(completion=completion, code=new_code(CODE_GROUPS), made_at=moment.at)
    AuditLine.objects.create(at=moment.at, actor=by, verb="completion-recorded", subject=f"completion:{completion.pk}")
    changes = decide_again([person.pk], moment, "completion", str(completion.pk))
    tell_of_completion(completion, changes, moment)
    return completion


def _audit(sheet: PaperSheet, verb: str, moment: Moment, by: str, **data: str) -> None:
    AuditLine.objects.create(at=moment.at, actor=by, verb=verb, subject=f"paper-sheet:{sheet.number}", data=data)
