"""From the first answer to the completion: what is recorded, when, and never twice."""

from datetime import date

import pytest

from tests.cast import DARIO, HUGO, INES, MOMENT, NOOR
from tests.learners import course_of, lay_out, read_everything, right_answer, take, wrong_answer
from tests.staff import later, open_office
from upstander.actions import completion, learning
from upstander.actions.completion import begin_attempt, save_answer, submit_attempt
from upstander.core.errors import Refusal
from upstander.models import Attempt, AuditLine, Certificate, Completion, Enrolment, Notice, Standing, StandingChange

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture
def outline(tmp_path, settings):
    """The tiny course as `option-a`, with the cast and both programmes in place."""
    settings.CONTENT_ROOT = lay_out(tmp_path, "core", "option-a", "option-b")
    open_office()
    return course_of("option-a").outline


def state(person_id: str, programme: str = "page-b") -> str:
    return Standing.objects.get(person_id=person_id, programme_id=programme).state


@pytest.mark.row("A14", "B05")
def test_a_passing_submission_records_completion_certificate_standing_and_confirmation_at_once(outline):
    outcome = take(INES, outline, MOMENT)
    assert outcome.attempt.passed
    row = Completion.objects.get(person_id=INES)
    assert (row.course_key, row.role, row.source) == (
        "option-a",
        "employee",
        "upstander",
    )
    assert row.completed_on == MOMENT.day
    assert Certificate.objects.get(completion=row).code
    assert state(INES) == "satisfied"
    change = StandingChange.objects.filter(person_id=INES, programme_id="page-b").last()
    assert (change.cause, change.cause_ref) == ("completion", str(row.pk))
    notice = Notice.objects.get(person_id=INES, kind="confirmation")
    assert (notice.programme_id, notice.cycle, notice.state) == ("page-b", "2020-21", "planned")
    assert AuditLine.objects.filter(verb="completion-recorded", subject=f"completion:{row.pk}").exists()


@pytest.mark.row("A14")
def test_nothing_of_a_passing_submission_stays_where_its_last_step_fails(outline, monkeypatch):
    def broken(*arguments):
        raise RuntimeError("the standing could not be written")

    enrolment = read_everything(INES, outline, MOMENT)
    attempt = begin_attempt(enrolment.pk, outline, "en", MOMENT)
    for row in attempt.form:
        item = outline.assessment.bank[row["item"]]
        save_answer(attempt.pk, item.id, right_answer(item), outline)
    monkeypatch.setattr(completion, "decide_again", broken)
    with pytest.raises(RuntimeError):
        submit_attempt(attempt.pk, outline, MOMENT)
    assert not Completion.objects.exists()
    assert Attempt.objects.get(pk=attempt.pk).submitted_at is None
    assert Enrolment.objects.get(pk=enrolment.pk).completed_at is None


@pytest.mark.row("A14")
def test_four_of_five_passes_and_three_of_five_does_not(outline):
    assert take(INES, outline, MOMENT, wrong=1).attempt.passed
    assert not take(HUGO, outline, MOMENT, wrong=2).attempt.passed
    assert state(HUGO) != "satisfied"


@pytest.mark.row("A14")
def test_attempts_are_unlimited_and_an_earlier_one_is_not_held_against_the_next(outline):
    for day in range(4):
        assert not take(INES, outline, later(days=day), wrong=5).attempt.passed
    passing = take(INES, outline, later(days=4))
    assert passing.attempt.number == 5
    assert passing.completion.completed_on == later(days=4).day
    assert state(INES) == "satisfied"


@pytest.mark.row("A14")
def test_each_attempt_draws_other_items_until_the_bank_is_used_up(outline):
    first = take(INES, outline, MOMENT, wrong=5).attempt
    second = take(INES, outline, MOMENT, wrong=5).attempt
    items = [{row["item"] for row in attempt.form} for attempt in (first, second)]
    assert len(items[0]) == len(items[1]) == 5
    assert items[0] & items[1] == set()


@pytest.mark.row("A14")
def test_a_replayed_submission_is_counted_once_and_says_so(outline):
    first = take(INES, outline, MOMENT)
    again = submit_attempt(first.attempt.pk, outline, later(hours=1))
    assert not first.counted_before
    assert again.counted_before
    assert again.attempt.submitted_at == first.attempt.submitted_at
    assert Completion.objects.count() == Certificate.objects.count() == 1
    assert Notice.objects.filter(kind="confirmation").count() == 1


@pytest.mark.row("A14")
def test_an_answer_to_a_submitted_attempt_is_refused_and_changes_nothing(outline):
    outcome = take(INES, outline, MOMENT, wrong=5)
    item = outline.assessment.bank[outcome.attempt.form[0]["item"]]
    with pytest.raises(Refusal, match="already-submitted"):
        save_answer(outcome.attempt.pk, item.id, right_answer(item), outline)
    assert Attempt.objects.get(pk=outcome.attempt.pk).answers[item.id] == wrong_answer(item)


def test_each_answer_is_kept_as_given_and_the_attempt_goes_on_elsewhere(outline):
    enrolment = read_everything(INES, outline, MOMENT)
    attempt = begin_attempt(enrolment.pk, outline, "en", MOMENT)
    item = outline.assessment.bank[attempt.form[0]["item"]]
    save_answer(attempt.pk, item.id, right_answer(item), outline)
    same = begin_attempt(enrolment.pk, outline, "es", later(days=1))
    assert same.pk == attempt.pk
    assert same.answers == {item.id: right_answer(item)}
    assert len(completion.open_items(same, outline)) == 4


def test_an_answer_that_the_item_does_not_know_leaves_the_kept_one(outline):
    enrolment = read_everything(INES, outline, MOMENT)
    attempt = begin_attempt(enrolment.pk, outline, "en", MOMENT)
    item = outline.assessment.bank[attempt.form[0]["item"]]
    save_answer(attempt.pk, item.id, right_answer(item), outline)
    with pytest.raises(Refusal, match="answer-not-understood"):
        save_answer(attempt.pk, item.id, {"nonsense": "z"}, outline)
    with pytest.raises(Refusal, match="no-such-item"):
        save_answer(attempt.pk, "not-in-this-form", "a", outline)
    assert Attempt.objects.get(pk=attempt.pk).answers == {item.id: right_answer(item)}


def test_a_step_of_a_story_that_was_taken_stays_taken(outline):
    enrolment = read_everything(INES, outline, MOMENT)
    attempt = begin_attempt(enrolment.pk, outline, "en", MOMENT)
    name = next(row["item"] for row in attempt.form if row["item"].startswith("B"))
    save_answer(attempt.pk, name, {"1": "a"}, outline)
    save_answer(attempt.pk, name, {"1": "b"}, outline)
    assert Attempt.objects.get(pk=attempt.pk).answers[name] == {"1": "a"}


def test_the_assessment_opens_after_the_last_page(outline):
    enrolment = learning.begin(INES, outline, MOMENT)
    with pytest.raises(Refusal, match="pages-not-seen"):
        begin_attempt(enrolment.pk, outline, "en", MOMENT)


@pytest.mark.row("A12")
def test_the_role_of_a_completion_is_that_of_the_persons_appointments(outline):
    take(DARIO, outline, MOMENT)
    take(NOOR, outline, MOMENT)
    assert Completion.objects.get(person_id=DARIO).role == "student"
    assert Completion.objects.get(person_id=NOOR).role == "employee"


@pytest.mark.row("B06")
def test_a_further_option_is_recorded_and_changes_no_duty(outline):
    take(INES, outline, MOMENT)
    before = StandingChange.objects.filter(person_id=INES).count()
    outcome = take(INES, course_of("option-b").outline, later(days=2))
    assert outcome.completion is not None
    assert Completion.objects.filter(person_id=INES).count() == 2
    assert state(INES) == "satisfied"
    assert StandingChange.objects.filter(person_id=INES).count() == before
    assert Notice.objects.filter(person_id=INES, kind="confirmation").count() == 1


@pytest.mark.row("A14", "B05")
def test_the_core_course_meets_the_yearly_programme(outline):
    outcome = take(INES, course_of("core").outline, MOMENT)
    assert state(INES, "page-a") == "satisfied"
    assert Standing.objects.get(person_id=INES, programme_id="page-a").satisfied_ref == str(outcome.completion.pk)


def test_the_completion_carries_the_institutions_civil_day(outline):
    near_midnight = later(hours=13)
    outcome = take(INES, outline, near_midnight)
    assert outcome.completion.completed_on == date(2021, 1, 20)


def test_an_attempt_after_completion_is_practice_and_records_nothing(outline):
    take(INES, outline, MOMENT)
    practice = take(INES, outline, later(days=1))
    assert practice.attempt.passed
    assert practice.completion is None
    assert Completion.objects.count() == 1


def test_a_completed_course_can_be_begun_again_and_completed_anew(outline):
    take(INES, outline, MOMENT)
    enrolment = learning.begin_again(INES, outline, later(days=400))
    assert not enrolment.pages_seen.exists()
    with pytest.raises(Refusal, match="pages-not-seen"):
        begin_attempt(enrolment.pk, outline, "en", later(days=400))
    take(INES, outline, later(days=401))
    assert Completion.objects.filter(person_id=INES).count() == 2


def test_a_course_that_goes_on_is_not_begun_again(outline):
    learning.begin(INES, outline, MOMENT)
    with pytest.raises(Refusal, match="not-completed"):
        learning.begin_again(INES, outline, MOMENT)
