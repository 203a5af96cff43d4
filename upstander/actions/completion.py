"""The assessment from the first item to the completion, which is recorded in the submitting transaction (row A14)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from upstander.actions.codes import new_code
from upstander.actions.done_letters import tell_of_completion
from upstander.actions.learning import role_of
from upstander.actions.locks import lock_person
from upstander.actions.standing import decide_again
from upstander.core.bank import Item, Shown
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.facts import CHANGES_ONLY
from upstander.core.marking import draw_form, is_answered, mark, understand
from upstander.core.outline import Outline
from upstander.models import Attempt, AuditLine, Certificate, Completion, Enrolment, Person, StandingChange
from upstander.queries.seat_time import seat_time_of

SOURCE = "upstander"
#: Four groups, 79 bits: whoever holds the code opens the certificate.
CODE_GROUPS = 4


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a submission came to; `counted_before` is true where this attempt had been submitted already.

    `attempt` is None where nothing was asked, because what changed in a new edition touches no item.
    """

    attempt: Attempt | None
    counted_before: bool = False
    completion: Completion | None = None
    certificate: Certificate | None = None
    changes: tuple[StandingChange, ...] = ()


@transaction.atomic
def begin_attempt(enrolment_id: UUID, outline: Outline, language: str, moment: Moment) -> Attempt:
    """The open attempt, or a new one with its own items; as many as the person wants, one at a time.

    Refuses `pages-not-seen` before the last page was read, and `bank-too-small`.
    """
    enrolment = _locked(enrolment_id)
    seen = set(enrolment.pages_seen.values_list("page", flat=True))
    if not outline.may_be_assessed(seen, enrolment.completed_at is not None):
        raise Refusal("pages-not-seen", {"course": outline.key})
    attempts = list(enrolment.attempts.all())
    current = next((attempt for attempt in attempts if attempt.submitted_at is None), None)
    if current and _goes_on(current, enrolment, outline):
        return current
    if current:  # the form is of an edition that is practised no more, or can no longer be shown whole
        attempts.remove(current)
        current.delete()
    number = max((attempt.number for attempt in attempts), default=0) + 1
    earlier = [[row["item"] for row in attempt.form] for attempt in attempts]
    form = draw_form(outline.assessment, earlier, f"{enrolment.pk}:{enrolment.started_at.isoformat()}:{number}")
    return Attempt.objects.create(
        enrolment=enrolment,
        number=number,
        edition=outline.edition,
        form=[shown.as_json() for shown in form],
        language=language,
        started_at=moment.at,
    )


def _goes_on(attempt: Attempt, enrolment: Enrolment, outline: Outline) -> bool:
    """Whether the open attempt is the one to go on with: one on an older edition is finished there, or was practice."""
    if attempt.edition not in ("", outline.edition):
        return enrolment.completed_at is None
    return all(row["item"] in outline.assessment.bank for row in attempt.form)


@transaction.atomic
def save_answer(
    attempt_id: UUID, item_id: str, given: object, outline: Outline, given_at: datetime | None = None
) -> Attempt:
    """Keeps one answer as given, at once; steps of a story that were taken stay taken.

    Refuses `already-submitted`, `no-such-item`, `answer-not-understood`, and `older-answer` where one that was given
    later than `given_at` has arrived before; what was kept before stays then.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt_id)
    if attempt.submitted_at is not None:
        raise Refusal("already-submitted", {"attempt": str(attempt.pk)})
    item = outline.assessment.bank.get(item_id)
    if item is None or item_id not in {row["item"] for row in attempt.form}:
        raise Refusal("no-such-item", {"item": item_id})
    response = understand(item, given)
    if item.kind == "branching" and response:
        response = {**response, **(attempt.answers.get(item_id) or {})}
    if response is None:
        return attempt
    attempt.answers = {**attempt.answers, item_id: response}
    if given_at is not None:
        _keep_when(attempt, item, given_at)
    attempt.save(update_fields=["answers", "given"])
    return attempt


def _keep_when(attempt: Attempt, item: Item, given_at: datetime) -> None:
    """Keeps when the answer was given; the steps of a story have an order of their own."""
    kept = attempt.given.get(item.id)
    if item.kind != "branching" and kept and given_at < datetime.fromisoformat(kept):
        raise Refusal("older-answer", {"item": item.id})
    attempt.given = {**attempt.given, item.id: given_at.isoformat()}


@transaction.atomic
def submit_attempt(attempt_id: UUID, outline: Outline, moment: Moment) -> Submitted:
    """Marks the attempt and, if it passes, records completion, certificate, standings and confirmations at once.

    An attempt that was submitted before is counted once: its first outcome comes back with `counted_before`. Refuses
    `seat-time-short` {asked, spent} (minutes) while a law's floor to the time in the course is not reached; every
    answer stays then; and `other-edition` {attempt} for the outline of an edition that the attempt is not of.
    """
    enrolment = _locked(Attempt.objects.only("enrolment_id").get(pk=attempt_id).enrolment_id)
    attempt = Attempt.objects.select_for_update().get(pk=attempt_id)
    if attempt.submitted_at is not None:
        return Submitted(attempt, counted_before=True)
    if attempt.edition not in ("", outline.edition):
        raise Refusal("other-edition", {"attempt": str(attempt.pk)})
    seat = seat_time_of(enrolment) if enrolment.completed_at is None else None
    if seat and not seat.is_reached:
        raise Refusal("seat-time-short", {"asked": seat.asked_minutes, "spent": seat.minutes})
    bank = outline.assessment.bank
    items = [bank[row["item"]] for row in attempt.form if row["item"] in bank]
    result = mark(items, attempt.answers, outline.assessment.pass_percent)
    attempt.submitted_at, attempt.passed = moment.at, result.passed
    attempt.points, attempt.points_possible = result.points, result.possible
    attempt.save(update_fields=["submitted_at", "passed", "points", "points_possible"])
    if not result.passed or enrolment.completed_at is not None:
        return Submitted(attempt)
    minutes = enrolment.seat_seconds // 60 if seat else outline.minutes
    return _complete(enrolment, attempt, outline, minutes, moment)


@transaction.atomic
def finish_reading(enrolment_id: UUID, outline: Outline, moment: Moment) -> Submitted:
    """Completes the reading of what changed where no item asks about it; before its last page nothing happens.

    `outline` is narrowed to what changed. Repeated, it records nothing twice.
    """
    enrolment = _locked(enrolment_id)
    seen = set(enrolment.pages_seen.values_list("page", flat=True))
    done = enrolment.completed_at is not None or not enrolment.holds
    if done or outline.assessment.length or not outline.may_be_assessed(seen, completed=False):
        return Submitted(None, counted_before=enrolment.completed_at is not None)
    return _complete(enrolment, None, outline, outline.minutes, moment)


def _locked(enrolment_id: UUID) -> Enrolment:
    person_id = Enrolment.objects.values_list("person_id", flat=True).get(pk=enrolment_id)
    lock_person(person_id)
    return Enrolment.objects.select_related("person").get(pk=enrolment_id)


def _complete(
    enrolment: Enrolment, attempt: Attempt | None, outline: Outline, minutes: int, moment: Moment
) -> Submitted:
    person = enrolment.person
    completion, made = Completion.objects.get_or_create(
        person=person,
        course_key=outline.key,
        completed_on=moment.day,
        role=role_of(person, moment),
        source=CHANGES_ONLY if enrolment.holds else SOURCE,
        defaults={"edition": outline.edition, "recorded_at": moment.at, "minutes": minutes},
    )
    certificate, _ = Certificate.objects.get_or_create(
        completion=completion, defaults={"code": new_code(CODE_GROUPS), "made_at": moment.at}
    )
    enrolment.completed_at = moment.at
    enrolment.save(update_fields=["completed_at"])
    if not made:
        return Submitted(attempt, completion=completion, certificate=certificate)
    _audit(person, completion, moment)
    changes = tuple(decide_again([person.pk], moment, "completion", str(completion.pk)))
    tell_of_completion(completion, changes, moment)
    return Submitted(attempt, completion=completion, certificate=certificate, changes=changes)


def _audit(person: Person, completion: Completion, moment: Moment) -> None:
    AuditLine.objects.create(
        at=moment.at, actor=f"person:{person.pk}", verb="completion-recorded", subject=f"completion:{completion.pk}"
    )


def form_of(attempt: Attempt) -> list[Shown]:
    """The items of an attempt in the order in which they are shown."""
    return [Shown.of(row) for row in attempt.form]


def open_items(attempt: Attempt, outline: Outline) -> list[str]:
    """The items of the attempt that still want an answer, in order."""
    bank = outline.assessment.bank
    return [
        row["item"]
        for row in attempt.form
        if row["item"] in bank and not is_answered(bank[row["item"]], attempt.answers.get(row["item"]))
    ]
