"""Two officers who want one room for different people at the same moment: one of them gets it (row A07)."""

from datetime import timedelta

import pytest

from tests.actions.test_submission_race import AT_ONCE, all_at_once
from tests.arranged import arranged
from tests.cast import HUGO, INES, MEI, MOMENT, PRIYA, RUTH
from tests.rooms import offered
from tests.staff import later, open_office
from upstander.actions.arrangements import Arranged, For, change, make
from upstander.actions.in_person import Dated, make_session
from upstander.core.errors import Refusal
from upstander.core.in_person import Times
from upstander.models import Arrangement, Standing, TrainingSession

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.row("A07")]
OFFICE = f"person:{MEI}"


@pytest.fixture(autouse=True)
def _office():
    open_office()


def at_elm_hall(hours: float) -> Arranged:
    starts_at = MOMENT.at + timedelta(hours=hours)
    return Arranged("room", "option-c", "en", Times(starts_at, starts_at + timedelta(hours=2)), "Elm Hall 12")


def test_one_room_is_arranged_once_at_the_same_moment():
    waiting = [INES, HUGO, PRIYA, RUTH]
    cycles = dict(Standing.objects.filter(programme_id="page-b").values_list("person_id", "cycle"))
    assert len(waiting) == AT_ONCE

    def wants() -> str:
        person = waiting.pop()
        try:
            return make(For(person, "page-b", cycles[person]), at_elm_hall(24), MOMENT, OFFICE).state
        except Refusal as refusal:
            return refusal.code

    assert sorted(all_at_once(wants)) == ["place-taken"] * 3 + ["planned"]


def test_one_room_goes_to_a_session_or_to_an_arrangement_and_never_to_both():
    offered()
    cycle = Standing.objects.get(person_id=INES, programme_id="page-b").cycle
    starts_at = MOMENT.at + timedelta(hours=25)
    date = Dated(Times(starts_at, starts_at + timedelta(hours=1)), "en", "elm hall 12", 5)
    wants = [
        lambda: make(For(INES, "page-b", cycle), at_elm_hall(24), MOMENT, OFFICE).state,
        lambda: make_session("bystander-hour", date, MOMENT, OFFICE).state,
    ] * (AT_ONCE // 2)

    def wanted() -> str:
        try:
            return wants.pop()()
        except Refusal as refusal:
            return refusal.code

    outcomes = all_at_once(wanted)
    assert len([one for one in outcomes if one in ("planned", "draft")]) == 1, outcomes
    assert Arrangement.objects.count() + TrainingSession.objects.count() == 1


def test_an_arrangement_is_not_moved_into_the_past():
    found = arranged(kind="room", facilitator="")
    with pytest.raises(Refusal) as refusal:
        change(found.pk, at_elm_hall(2), found.sequence, later(hours=3), OFFICE)
    assert refusal.value.code == "begun-already"
