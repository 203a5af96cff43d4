"""Option B and the practice pack: half an hour each, an hour together, as laws on bystander training ask."""

import pytest

from upstander.delivery.catalogue import course

pytestmark = pytest.mark.django_db
HALVES = ("option-b", "bystander-practice")


@pytest.mark.parametrize("lang", ["en", "es"])
def test_each_half_takes_about_thirty_minutes_and_both_together_an_hour(lang):
    cards = [course(key, lang) for key in HALVES]
    assert all(26 <= card.minutes <= 34 for card in cards)
    assert sum(card.minutes for card in cards) >= 60


def test_both_halves_count_as_bystander_training():
    assert all("bystander" in course(key, "en").covers for key in HALVES)
