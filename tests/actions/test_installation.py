"""The mark that keeps a demo's data and an institution's apart."""

from datetime import UTC, date, datetime

import pytest

from upstander.actions.installation import is_demo, mark_demo, offer_at_the_door
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.models import Installation, Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MOMENT = Moment(at=datetime(2026, 11, 2, 15, tzinfo=UTC), day=date(2026, 11, 2))


def test_an_empty_database_becomes_a_demos_once():
    assert mark_demo(MOMENT)
    assert not mark_demo(MOMENT)
    assert is_demo()


def test_a_database_that_holds_people_never_becomes_a_demos():
    Person.objects.create(id="10000001")
    with pytest.raises(Refusal) as refusal:
        mark_demo(MOMENT)
    assert refusal.value.code == "not-a-demo"
    assert not is_demo()


def test_only_a_demo_offers_people_at_the_door():
    Installation.objects.create(is_demo=False, made_at=MOMENT.at)
    offer_at_the_door([{"key": "ines", "person_id": "10000001"}])
    assert Installation.objects.get().demo_people == []
