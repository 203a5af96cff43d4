"""Where a reader may go in a course: one page after the other, then everywhere."""

import pytest

from upstander.core.duty import default_duty
from upstander.core.facts import Appointment
from upstander.core.outline import Outline

COURSE = Outline("c", "1", ("employee",), ("one/a", "one/b", "two/c"))
FREE = Outline("c", "1", ("employee",), ("one/a", "one/b", "two/c"), sequence="free")


@pytest.mark.row("B16")
def test_pages_open_in_order_before_completion_and_freely_after():
    assert COURSE.may_open("one/a", set(), False)
    assert not COURSE.may_open("one/b", set(), False)
    assert COURSE.may_open("one/b", {"one/a"}, False)
    assert COURSE.may_open("two/c", set(), True)
    assert FREE.may_open("two/c", set(), False)
    assert not COURSE.may_open("no/page", set(), True)


def test_the_assessment_opens_after_the_last_page():
    assert not COURSE.may_be_assessed({"one/a", "one/b"}, False)
    assert COURSE.may_be_assessed({"one/a", "one/b", "two/c"}, False)
    assert COURSE.may_be_assessed(set(), True)


@pytest.mark.row("A06")
def test_a_reader_goes_on_at_the_place_that_was_kept():
    assert COURSE.resume_at("one/b", {"one/a", "one/b"}, False) == "one/b"
    assert COURSE.resume_at("", {"one/a"}, False) == "one/b"
    assert COURSE.resume_at("gone/page", {"one/a"}, False) == "one/b"
    assert COURSE.resume_at("", set(COURSE.pages), False) == "two/c"


def test_the_pages_before_and_after_are_known():
    assert COURSE.before("one/a") is None
    assert COURSE.after("one/b") == "two/c"
    assert COURSE.after("two/c") is None


@pytest.mark.parametrize(
    ("appointments", "duty"),
    [
        ([], "encouraged"),
        ([Appointment("1", "graduate_student")], "encouraged"),
        ([Appointment("1", "staff")], "required"),
        ([Appointment("1", "graduate_student", supervises=True)], "required"),
        ([Appointment("1", "staff", confidential_role=True)], "exempt"),
    ],
)
def test_lessons_speak_to_the_duty_of_the_readers_own_role(appointments, duty):
    assert default_duty(appointments) == duty
