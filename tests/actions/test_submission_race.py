"""One attempt submitted from two places at once counts once."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.cast import INES, MOMENT
from tests.learners import course_of, lay_out, read_everything, right_answer
from tests.staff import open_office
from upstander.actions.completion import begin_attempt, save_answer, submit_attempt
from upstander.core.errors import Refusal
from upstander.models import Attempt, AuditLine, Certificate, Completion, Notice, StandingChange

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
AT_ONCE = 4


def all_at_once(act) -> list:
    """What each of several threads got that did the same at the same moment."""
    start, got = Barrier(AT_ONCE), []

    def doing() -> None:
        start.wait(10)
        try:
            got.append(act())
        finally:
            connection.close()

    threads = [Thread(target=doing) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return got


def together(acts: list[Callable[[], object]]) -> list:
    """What came of these different acts, begun at the same moment by several threads in turn; of a refusal its code."""
    todo = acts * (AT_ONCE // len(acts))

    def act() -> object:
        try:
            return todo.pop()()
        except Refusal as refusal:
            return refusal.code

    return all_at_once(act)


@pytest.fixture
def outline(tmp_path, settings):
    settings.CONTENT_ROOT = lay_out(tmp_path, "core", "option-a", "option-b")
    open_office()
    return course_of("option-a").outline


def answered(outline) -> Attempt:
    enrolment = read_everything(INES, outline, MOMENT)
    attempt = begin_attempt(enrolment.pk, outline, "en", MOMENT)
    for row in attempt.form:
        item = outline.assessment.bank[row["item"]]
        save_answer(attempt.pk, item.id, right_answer(item), outline)
    return attempt


@pytest.mark.row("A14", "B18")
def test_an_attempt_submitted_from_several_places_at_once_counts_once(outline):
    attempt = answered(outline)
    outcomes = all_at_once(lambda: submit_attempt(attempt.pk, outline, MOMENT))
    assert sorted(outcome.counted_before for outcome in outcomes) == [False, True, True, True]
    assert all(outcome.attempt.passed for outcome in outcomes)
    for counted in (
        Completion.objects.filter(person_id=INES),
        Certificate.objects.all(),
        Notice.objects.filter(person_id=INES, kind="confirmation"),
        StandingChange.objects.filter(person_id=INES, cause="completion"),
        AuditLine.objects.filter(verb="completion-recorded"),
    ):
        assert counted.count() == 1, counted.model


@pytest.mark.row("A14")
def test_an_attempt_begun_in_several_windows_at_once_is_one_attempt(outline):
    enrolment = read_everything(INES, outline, MOMENT)
    begun = all_at_once(lambda: begin_attempt(enrolment.pk, outline, "en", MOMENT).pk)
    assert len(begun) == AT_ONCE
    assert len(set(begun)) == 1 == Attempt.objects.count()


@pytest.mark.row("A06", "A14")
def test_answers_given_in_several_windows_at_once_are_all_kept(outline):
    enrolment = read_everything(INES, outline, MOMENT)
    attempt = begin_attempt(enrolment.pk, outline, "en", MOMENT)
    waiting = [row["item"] for row in attempt.form][:AT_ONCE]

    def answer_the_next() -> str:
        item = outline.assessment.bank[waiting.pop()]
        save_answer(attempt.pk, item.id, right_answer(item), outline)
        return item.id

    given = all_at_once(answer_the_next)
    attempt.refresh_from_db()
    assert sorted(attempt.answers) == sorted(given)
    assert len(given) == AT_ONCE
