"""Which one unit answers for a person."""

from datetime import date

from upstander.core.accountable import answering_unit
from upstander.core.facts import Appointment

DAY = date(2021, 1, 20)


def held(unit: str, **facts) -> Appointment:
    return Appointment(appointment_id=f"a-{unit}", category="staff", unit_id=unit, **facts)


def test_an_appointment_that_has_ended_answers_for_nobody():
    assert answering_unit([held("music", ends_on=date(2021, 1, 19))], DAY) == ""
    assert answering_unit([held("music", ends_on=DAY)], DAY) == "music"


def test_what_has_begun_goes_before_what_is_coming():
    coming, begun = held("arts", starts_on=date(2021, 2, 1), paid=True), held("music", starts_on=DAY)
    assert answering_unit([coming, begun], DAY) == "music"
    assert answering_unit([coming], DAY) == "arts"


def test_a_paid_appointment_goes_before_an_unpaid_one_and_before_a_blank():
    assert answering_unit([held("arts", paid=False), held("music", paid=True), held("labs")], DAY) == "music"


def test_the_longest_held_of_equals_answers_whatever_their_order():
    older, newer = held("music", paid=True, starts_on=date(2010, 1, 1)), held("arts", paid=True, starts_on=DAY)
    assert answering_unit([older, newer], DAY) == answering_unit([newer, older], DAY) == "music"
