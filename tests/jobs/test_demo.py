"""The demo is in season on any day, and its people are in the states that the door says."""

from datetime import date, timedelta

import pytest

from upstander.actions.installation import mark_demo
from upstander.core.days import Moment
from upstander.core.extension import is_granted_at_once
from upstander.core.programme_check import check
from upstander.core.programme_file import parse_programme
from upstander.jobs.clock import at_noon
from upstander.jobs.demo import programmes
from upstander.jobs.demo.calendar import SOON_DAYS, Season
from upstander.jobs.demo.seed import DOOR, seed
from upstander.models import Case, CaseFile, Installation, Standing
from upstander.words.demo import who

#: Days of every kind: today's like, a leap day, the turn of a year, the edges of the fiscal year, a far one.
DAYS = [
    date(2026, 11, 22), date(2028, 2, 29), date(2027, 12, 31), date(2028, 1, 1), date(2027, 6, 30), date(2027, 7, 1),
    date(2028, 4, 19), date(2033, 8, 17),
]  # fmt: skip


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_both_programmes_hold_on_any_day(day):
    season = Season(day)
    for document in (programmes.yearly(season), programmes.menu(season)):
        assert check(parse_programme(document)) == []


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_first_group_is_in_the_middle_of_its_window(day):
    groups = parse_programme(programmes.menu(Season(day))).groups
    window = groups[0].window
    assert window.opens_on + timedelta(days=14) <= day <= window.due_on - timedelta(days=14)
    assert window.opens_on.strftime("%A") == "Wednesday"


@pytest.mark.parametrize("weekday", range(7))
def test_on_every_day_of_the_week_a_little_more_time_is_granted_at_once(weekday):
    day = DAYS[0] + timedelta(days=weekday)
    rules = parse_programme(programmes.menu(Season(day)))
    due_on = rules.groups[0].window.due_on
    assert is_granted_at_once(rules.extension, due_on, due_on, day + timedelta(days=SOON_DAYS), day)


def test_everybody_at_the_door_is_introduced():
    assert [key for key in DOOR if not who(key)] == []


@pytest.mark.django_db
@pytest.mark.database
def test_the_casts_standings_are_what_the_door_says():
    moment: Moment = at_noon(date(2027, 2, 10))
    mark_demo(moment)
    assert seed(moment, lambda sentence: None)
    state = {
        (key, standing.programme_id): standing.state
        for key, person_id in DOOR.items()
        for standing in Standing.objects.filter(person_id=person_id)
    }
    assert {key: state[key, "page-b"] for key in DOOR} == {
        "ines": "open", "nadia": "exempt", "olu": "satisfied", "tomas": "deferred", "priya": "open",
        "dario": "scheduled", "lin": "not-required", "amara": "exempt", "hugo": "open", "sofia": "scheduled",
        "noor": "not-required", "kenji": "undecided", "ruth": "open", "mei": "scheduled",
        "alma": "scheduled",
    }  # fmt: skip
    assert (state["ines", "page-a"], state["nadia", "page-a"], state["hugo", "page-a"]) == (
        "satisfied",
        "open",
        "overdue",
    )
    assert not seed(moment, lambda sentence: None)
    assert len(Installation.objects.get().demo_people) == len(DOOR)
    cases = list(Case.objects.all())
    assert {case.kind for case in cases} >= {
        "extension", "leave", "already-done", "equivalency", "appointment-ending", "voluntary-access",
    }  # fmt: skip
    assert {case.state for case in cases} == {"open", "settled"}
    assert not {case.person_id for case in cases} & set(DOOR.values())
    assert CaseFile.objects.get().case.kind == "equivalency"
