"""Which questions a help page answers, and what the answers are: from the rules, and for a person from the decision."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from tests.generated import DAYS, PAGE_A, PAGE_B, PEOPLE, PROGRAMME_FILES, PROGRAMMES
from upstander.core.decide import decide
from upstander.core.facts import Appointment, Completion, Leave, PersonFacts
from upstander.core.programme import Programme
from upstander.core.programme_file import parse_programme
from upstander.core.questions import QUESTIONS, TOPICS, CourseFact, Point, questions_of
from upstander.core.questions_asker import Asker
from upstander.core.questions_general import general
from upstander.core.questions_own import personal, status

DAY = date(2021, 1, 20)
#: The questions of the two pages, in our keys and in the pages' order.
PAGE_A_ASKS = (
    "technical", "goals", "access", "requirement", "how-long", "no-computer", "phone", "leave", "elsewhere", "sign-in",
    "as-student", "reminders-done", "not-passing", "languages", "in-person", "contact",
)  # fmt: skip
PAGE_B_ASKS = (
    "by-when", "requirement", "access", "several-options", "recently-joined", "earlier-training", "appointment-ends",
    "leave", "graduating", "working-hours", "every-year", "content-questions", "upsetting", "again-later", "more-time",
    "confirmation", "survey", "unpaid", "technical", "responsible-employee", "resources", "told", "must-report",
)  # fmt: skip


def courses_of(programme: Programme) -> tuple[CourseFact, ...]:
    return tuple(
        CourseFact(option.course_key, option.label, f"Title of {option.course_key}", 12, ("en", "es"), 80, True, ("G",))
        for option in programme.options
    )


def keys(programme: Programme) -> set[str]:
    return {question.key for question in questions_of(programme, courses_of(programme))}


def answer(programme: Programme, key: str) -> list[Point]:
    return general(programme, courses_of(programme), DAY, key)


def asker(programme: Programme, facts: PersonFacts, day: date = DAY) -> Asker:
    return Asker(facts, decide(programme, facts, day))


def own(programme: Programme, facts: PersonFacts, key: str, day: date = DAY) -> list[Point]:
    return personal(programme, courses_of(programme), asker(programme, facts, day), day, key)


def codes(points: list[Point]) -> list[str]:
    return [point.code for point in points]


def staff(**changes: object) -> PersonFacts:
    """Paid staff of a school, long here."""
    about = {name: changes.pop(name) for name in ("onboarded_on", "completions", "started") if name in changes}
    held = Appointment("a", "staff", "music", "school", paid=True, benefits_eligible=True, starts_on=date(2010, 1, 1))
    person = {"onboarded_on": date(2010, 1, 1), "onboarded_as": "employee", **about}
    return PersonFacts("10000001", appointments=(replace(held, **changes),), **person)


def edited(key: str, *changes: tuple[str, str]) -> Programme:
    """The programme of the file with these texts exchanged."""
    document = (PROGRAMME_FILES / f"{key}.toml").read_text(encoding="utf-8").split("[[examples]]")[0]
    for before, after in changes:
        assert before in document
        document = document.replace(before, after)
    return parse_programme(document)


@pytest.mark.row("C02")
@pytest.mark.parametrize(("programme", "asked"), [(PAGE_A, PAGE_A_ASKS), (PAGE_B, PAGE_B_ASKS)])
def test_every_question_of_a_page_is_raised_by_its_programme(programme, asked):
    assert set(asked) <= keys(programme)


def test_a_question_that_the_rules_make_void_does_not_appear():
    assert "several-options" not in keys(PAGE_A)
    assert "graduating" not in keys(PAGE_A)
    assert "goals" not in keys(PAGE_B)
    free = edited("page-a", (", benefits_eligible = true", ""))
    assert "unpaid" not in keys(free)
    students = edited("page-a", ('["faculty", "staff", "postdoc"]', '["graduate_student"]'))
    assert "working-hours" not in keys(students)
    assert "graduating" in keys(students)


def test_every_question_stands_in_a_part_of_the_page_and_once():
    assert {question.topic for question in QUESTIONS} == set(TOPICS)
    assert len({question.key for question in QUESTIONS}) == len(QUESTIONS)


def test_a_date_that_the_file_moves_is_moved_in_every_answer_that_names_it():
    moved = edited("page-b", ("due_on = 2021-02-17", "due_on = 2021-02-19"))
    for key in ("by-when", "appointment-ends"):
        said = [item.facts["due_on"] for point in answer(moved, key) for item in point.items]
        assert date(2021, 2, 19) in said
        assert date(2021, 2, 17) not in said


def test_the_answers_about_leave_follow_the_policy_of_each_kind():
    some = answer(PAGE_B, "leave")
    assert some[0].facts["kinds"] == ("parental", "medical", "military")
    assert some[1].facts["kinds"] == ("sabbatical", "junior_faculty", "unpaid", "other")
    assert codes(answer(PAGE_A, "leave"))[0] == "leave-all-stop"
    none = edited("page-a", ('"defers"', '"continues"'))
    assert codes(answer(none, "leave"))[0] == "leave-none-stops"


def test_the_exemption_the_ending_and_the_roles_follow_the_file():
    assert answer(PAGE_B, "recently-joined")[0].facts == {"since_on": date(2020, 7, 1)}
    assert codes(answer(PAGE_A, "recently-joined")) == ["no-exemption", "late-days"]
    assert codes(answer(PAGE_B, "appointment-ends"))[0] == "ending-by"
    assert codes(answer(PAGE_A, "appointment-ends"))[0] == "ending-lasts"
    assert codes(answer(PAGE_A, "as-student")) == ["role-employee-only"]
    assert codes(answer(PAGE_B, "as-student")) == ["role-either"]


def test_what_is_needed_follows_the_file():
    assert codes(answer(PAGE_B, "requirement"))[1] == "complete-one-of"
    two = edited("page-b", ("complete = 1", "complete = 2"))
    assert answer(two, "requirement")[1] == Point("complete-some-of", {"need": 2, "total": 5})
    assert answer(two, "several-options")[0] == Point("choose-some", {"need": 2, "total": 5})


def test_a_withdrawn_course_is_no_longer_among_those_to_choose():
    gone = edited("page-b", ('course = "option-e"', 'course = "option-e"\nwithdrawn_on = 2021-01-01'))
    said = answer(gone, "several-options")
    assert said[0] == Point("choose-one", {"total": 4})
    assert codes(list(said[1].items))[-1] == "option-withdrawn"


def test_an_audience_of_any_shape_is_told():
    nested = edited(
        "page-a",
        ("benefits_eligible = true", "any = [{ supervises = true }, { not = { area = ['central'] } }]"),
    )
    (route,) = answer(nested, "requirement")[0].items
    assert codes(list(route.items)) == ["if-category", "if-any"]
    assert codes(list(route.items[1].items)) == ["if-supervises", "if-none"]


@pytest.mark.row("C02", "B09")
@pytest.mark.parametrize(
    ("ends_on", "code"),
    [
        (date(2021, 2, 12), "you-ends-before"),
        (date(2021, 2, 16), "you-ends-before"),
        (date(2021, 2, 17), "you-ends-on"),
        (date(2021, 2, 18), "verdict-due"),
    ],
)
def test_an_appointment_that_ends_is_answered_with_both_days(ends_on, code):
    said = own(PAGE_B, staff(ends_on=ends_on), "appointment-ends")[0]
    assert said.code == code
    if code.startswith("you-ends"):
        assert said.facts == {"ends_on": ends_on, "due_on": date(2021, 2, 17)}
        assert own(PAGE_B, staff(ends_on=ends_on), "requirement")[0] == said


@pytest.mark.row("C02", "B07")
def test_whoever_joined_on_the_first_day_of_the_exemption_is_told_otherwise_than_who_joined_the_day_before():
    exempt = own(PAGE_B, staff(onboarded_on=date(2020, 7, 1)), "recently-joined")
    required = own(PAGE_B, staff(onboarded_on=date(2020, 6, 30)), "recently-joined")
    assert codes(exempt) == ["you-exempt", "reasons"]
    assert exempt[1].facts["reasons"][0].code == "exempt-onboarded"
    assert codes(required) == ["verdict-due", "reasons"]
    assert required[1].facts["reasons"][0].facts["missed_days"] == 1


@pytest.mark.row("C02", "B10", "A09")
def test_the_same_leave_is_answered_by_each_programme_s_policy():
    away = staff(leaves=(Leave("sabbatical", date(2021, 1, 1), date(2021, 6, 30)),))
    said = own(PAGE_B, away, "leave")
    assert codes(said) == ["verdict-due", "reasons"]
    assert said[1].facts["reasons"][0].code == "leave-does-not-defer"
    away = staff(leaves=(Leave("sabbatical", date(2020, 7, 10), date(2020, 7, 31)),))
    moved = own(PAGE_A, away, "leave", date(2020, 7, 5))
    assert {reason.code for reason in moved[1].facts["reasons"]} == {"leave-defers", "due-moved-by-leave"}


def test_a_leave_without_bearing_is_named_with_its_days():
    later = staff(leaves=(Leave("parental", date(2021, 6, 1), date(2021, 8, 1)),))
    said = own(PAGE_B, later, "leave")
    assert codes(said) == ["verdict-due", "leave-on-record"]
    assert said[1].facts == {"leave": "parental", "from_on": date(2021, 6, 1), "to_on": date(2021, 8, 1)}


@pytest.mark.row("C02", "B08")
def test_an_earlier_completion_is_named_with_why_it_does_not_count():
    before = staff(completions=(Completion("core-2018", date(2018, 3, 1), ref="c"),))
    said = own(PAGE_B, before, "earlier-training")
    assert [reason.code for reason in said[1].facts["reasons"]] == ["completion-other-course"]


@pytest.mark.row("C02", "A12")
def test_a_course_taken_as_a_student_is_answered_by_the_record():
    before = staff(completions=(Completion("core", date(2020, 8, 1), "student", "c"),))
    said = own(PAGE_A, before, "as-student")
    assert codes(said) == ["verdict-late", "reasons", "as-employee", "role-counts"]


@pytest.mark.row("C02", "B11")
def test_a_student_about_to_graduate_is_told_which_options_may_suit():
    held = Appointment("a", "graduate_student", "music", "school", student_year=4, graduates_on=date(2021, 5, 20))
    said = own(PAGE_B, PersonFacts("10000001", appointments=(held,)), "graduating")
    assert codes(said) == ["verdict-due", "graduates-on", "suits-you"]
    assert said[2].facts == {"courses": ("option-c", "option-e")}


@pytest.mark.row("C02", "B20")
@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        (True, ["verdict-due", "you-paid"]),
        (False, ["you-not-required", "you-unpaid", "may-take-you"]),
        (None, ["undecided-nothing", "you-pay-unknown"]),
    ],
)
def test_pay_is_answered_as_it_stands_on_record(paid, expected):
    assert codes(own(PAGE_B, staff(paid=paid), "unpaid")) == expected


@pytest.mark.row("C02", "A13")
def test_reminders_are_named_by_their_coming_days_and_end_with_completion():
    assert own(PAGE_B, staff(), "reminders-done")[0].facts["days"] == (
        date(2021, 2, 3), date(2021, 2, 14), date(2021, 2, 18), date(2021, 2, 24), date(2021, 3, 3),
    )  # fmt: skip
    done = staff(completions=(Completion("option-b", date(2021, 1, 15), ref="c"),))
    assert own(PAGE_B, done, "reminders-done") == [Point("no-reminder-done", {"on": date(2021, 1, 15), **_days()})]


def _days() -> dict[str, date]:
    return {"opens_on": date(2021, 1, 13), "due_on": date(2021, 2, 17)}


def test_what_is_begun_and_finished_is_named():
    begun = staff(started=frozenset({("option-c", date(2021, 1, 14))}))
    assert own(PAGE_B, begun, "phone") == [Point("begun-are", {"courses": ("option-c",)})]
    done = staff(completions=(Completion("option-b", date(2021, 1, 15), ref="c"),))
    assert own(PAGE_B, done, "again-later") == [Point("pages-open", {"courses": ("option-b",)})]


def test_a_duty_to_share_is_answered_by_the_role():
    assert codes(own(PAGE_B, staff(), "must-report")) == ["report-must-student"]
    assert codes(own(PAGE_B, staff(supervises=True), "must-report")) == ["report-must-all"]
    assert codes(own(PAGE_B, staff(confidential_role=True), "must-report")) == ["report-keep"]


@pytest.mark.row("C02")
@settings(max_examples=60, deadline=None)
@given(PROGRAMMES, PEOPLE, DAYS)
def test_every_person_has_an_answer_to_every_question_and_its_days_are_the_decision_s(programme, facts, day):
    reader = asker(programme, facts, day)
    decision = reader.decision
    assert status(reader, day).code
    for question in questions_of(programme, courses_of(programme)):
        said = personal(programme, courses_of(programme), reader, day, question.key)
        assert said, question.key
        for point in said:
            if "due_on" in point.facts and not point.code.startswith("you-ends"):
                assert point.facts["due_on"] == decision.due_on, (question.key, point)
            if point.code.startswith("verdict-") and point.code not in ("verdict-done", "verdict-free"):
                assert (point.code == "verdict-late") == (decision.due_on < day)


@settings(max_examples=40, deadline=None)
@given(PROGRAMMES, DAYS)
def test_every_general_answer_says_something_on_any_day(programme, day):
    for question in questions_of(programme, courses_of(programme)):
        assert general(programme, courses_of(programme), day, question.key)


def test_the_last_day_itself_is_told_as_today():
    last = date(2021, 2, 17)
    assert status(asker(PAGE_B, staff(), last), last).code == "you-open-today"
    after = last + timedelta(days=1)
    assert status(asker(PAGE_B, staff(), after), after).code == "you-late"
