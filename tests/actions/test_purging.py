"""What was answered in a course goes some time after it was completed; that it was completed stays."""

import pytest

from tests.cast import HUGO, INES, MOMENT
from tests.learners import course_of, lay_out, read_everything, take
from tests.staff import later, open_office
from upstander.actions import learning
from upstander.actions.completion import begin_attempt
from upstander.actions.purging import purge_answers
from upstander.models import Arrival, Attempt, Certificate, Completion, CourseStart, LessonAnswer

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KEPT = 400


@pytest.fixture
def outline(tmp_path, settings):
    """The tiny course, which Ines has completed with an answer in a lesson."""
    settings.CONTENT_ROOT = lay_out(tmp_path, "option-a")
    open_office()
    outline = course_of("option-a").outline
    enrolment = learning.begin(INES, outline, MOMENT)
    learning.answer_lesson(enrolment, "promise", "b", MOMENT)
    Arrival.objects.create(enrolment=enrolment, key="0" * 32, at=MOMENT.at)
    take(INES, outline, MOMENT)
    return outline


@pytest.mark.row("A14")
def test_everything_is_there_on_the_last_day_and_gone_the_night_after(outline):
    assert purge_answers(later(days=KEPT)) == 0
    assert (Attempt.objects.count(), LessonAnswer.objects.count(), Arrival.objects.count()) == (1, 1, 1)
    assert purge_answers(later(days=KEPT + 1)) == 3
    assert not Attempt.objects.exists() and not LessonAnswer.objects.exists() and not Arrival.objects.exists()
    assert purge_answers(later(days=KEPT + 2)) == 0


def test_the_record_stays_whole(outline):
    purge_answers(later(days=KEPT + 1))
    assert Completion.objects.filter(person_id=INES).count() == 1
    assert Certificate.objects.count() == CourseStart.objects.count() == 1


def test_a_course_that_goes_on_keeps_every_attempt(outline):
    take(HUGO, outline, MOMENT, wrong=5)
    purge_answers(later(days=KEPT + 30))
    assert Attempt.objects.filter(enrolment__person_id=HUGO).count() == 1


def test_what_was_done_later_for_practice_has_its_own_days(outline):
    enrolment = read_everything(INES, outline, later(days=KEPT))
    practice = begin_attempt(enrolment.pk, outline, "en", later(days=KEPT))
    purge_answers(later(days=KEPT + 1))
    assert list(Attempt.objects.values_list("pk", flat=True)) == [practice.pk]


def test_the_days_are_a_setting(outline, settings):
    settings.KEEP_ATTEMPTS_DAYS = 30
    assert purge_answers(later(days=30)) == 0
    assert purge_answers(later(days=31)) == 3
