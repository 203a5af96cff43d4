"""The night's figures about items: from first attempts, above the limit, and never two versions a few people apart."""

import pytest

from tests.cast import MOMENT
from tests.staff import later
from upstander.actions.item_figures import refresh
from upstander.core.bank import Choice, Item
from upstander.models import Attempt, Enrolment, ItemFigures, Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SINGLE = Item(
    "S1", "T1", "single", "stem", "one/first",
    options=tuple(Choice(name, name, name == "a", "said") for name in "abc"),
)  # fmt: skip


def bank_of(course_key: str, edition: str):
    return {"S1": SINGLE} if (course_key, edition) == ("core", "1") else None


def attempts(first: int, count: int, chosen: str, moment=MOMENT, number: int = 1, edition: str = "1") -> None:
    """So many people, from a number on, submit one attempt each whose only item they answer so."""
    for person_id in (str(30_000_000 + place) for place in range(first, first + count)):
        person, _ = Person.objects.get_or_create(id=person_id)
        enrolment, _ = Enrolment.objects.get_or_create(
            person=person,
            course_key="core",
            edition=edition,
            defaults={"started_at": MOMENT.at, "started_on": MOMENT.day},
        )
        Attempt.objects.create(
            enrolment=enrolment,
            number=number,
            edition=edition,
            form=[{"item": "S1", "options": ["a", "b", "c"]}],
            answers={"S1": chosen},
            language="en",
            started_at=moment.at,
            submitted_at=moment.at,
        )


def test_figures_come_from_first_attempts_and_above_the_limit_only():
    attempts(0, 19, "a")
    attempts(0, 19, "b", number=2)
    assert refresh(bank_of, MOMENT) == 0
    attempts(19, 11, "b")
    assert refresh(bank_of, MOMENT) == 1
    figure = ItemFigures.objects.get(course_key="core", edition="1", item="S1")
    assert (figure.counted, figure.facility) == (30, 63)
    assert figure.options == {"a": 63, "b": 37, "c": 0}


def test_a_figure_is_made_anew_only_when_enough_people_have_come_to_it():
    attempts(0, 30, "a")
    refresh(bank_of, MOMENT)
    attempts(30, 9, "b", later(1))
    assert refresh(bank_of, later(2)) == 0
    assert ItemFigures.objects.get().counted == 30
    attempts(39, 1, "b", later(1))
    assert refresh(bank_of, later(2)) == 1
    assert ItemFigures.objects.get().counted == 40


def test_an_edition_that_is_no_longer_there_is_left_alone():
    attempts(0, 30, "a", edition="older")
    assert refresh(bank_of, MOMENT) == 0


def test_no_figure_names_anybody():
    names = {field.name for field in ItemFigures._meta.get_fields()}
    assert names == {
        "id", "course_key", "edition", "item", "counted", "facility", "discrimination", "options", "made_on",
    }  # fmt: skip
