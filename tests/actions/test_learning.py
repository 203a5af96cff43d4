"""Beginning, reading, answering: repeated without harm, kept across devices."""

import pytest

from tests.cast import INES, MOMENT
from tests.learners import course_of, lay_out
from tests.staff import later, open_office
from upstander.actions import learning
from upstander.core.errors import Refusal
from upstander.models import Enrolment, LessonAnswer, PageSeen, Standing

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def outline(tmp_path, settings):
    settings.CONTENT_ROOT = lay_out(tmp_path, "option-a")
    open_office()
    return course_of("option-a").outline


@pytest.mark.row("A06")
def test_beginning_twice_is_one_enrolment_and_makes_the_duty_in_progress(outline):
    first = learning.begin(INES, outline, MOMENT)
    second = learning.begin(INES, outline, later(days=3))
    assert first.pk == second.pk
    assert second.started_on == MOMENT.day
    assert Standing.objects.get(person_id=INES, programme_id="page-b").state == "in-progress"


@pytest.mark.row("B16")
def test_a_page_cannot_be_read_before_its_turn(outline):
    enrolment = learning.begin(INES, outline, MOMENT)
    with pytest.raises(Refusal, match="page-not-open"):
        learning.page_seen(enrolment, outline.pages[1], outline, MOMENT)


@pytest.mark.row("A06")
def test_reading_a_page_twice_is_one_line_and_the_place_is_kept(outline):
    enrolment = learning.begin(INES, outline, MOMENT)
    for _ in range(2):
        learning.page_seen(enrolment, outline.pages[0], outline, MOMENT)
        learning.keep_place(enrolment, outline.pages[1])
    assert PageSeen.objects.count() == 1
    assert Enrolment.objects.get().place == outline.pages[1]


def test_the_last_answer_in_a_lesson_is_the_one_that_is_kept(outline):
    enrolment = learning.begin(INES, outline, MOMENT)
    learning.answer_lesson(enrolment, "promise", "a", MOMENT)
    learning.answer_lesson(enrolment, "promise", "b", later(hours=1))
    assert LessonAnswer.objects.get().answer == "b"
