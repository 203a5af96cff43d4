"""A rehearsal says what really happens: days are rehearsed, then lived, and every person's days are the same."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from tests.cast import HUGO, INES, RUTH
from tests.lived import at, days_from, live, settle_in
from tests.staff import complete
from upstander.actions import notices
from upstander.actions.opening import open_sending
from upstander.actions.programmes import import_programme
from upstander.actions.rehearsal import asked, others_told, play_all
from upstander.config.settings import PACKAGE
from upstander.core.programme_file import parse_programme
from upstander.core.rehearsal_player import Played
from upstander.queries.programmes import published

OWN_CYCLES = """[cycle]
kind = "own"
counted_from = "hire"
every_months = 12
rounding = "last-day"
starts_on = 2021-01-01
"""
NOTICES = """
[notices]
minimum_notice_days = 14
[[notices.escalation]]
after_days = 2
to = "person"
[[notices.escalation]]
after_days = 3
to = "supervisor"
"""
pytestmark = pytest.mark.django_db


def rehearsed(key: str, days: list[date], moment) -> tuple[dict, Counter]:
    """Everybody's state by person and day, and what would go by day, person and kind."""
    notices.opening.cache_clear()
    states, goes, what = {}, Counter(), asked(published(key), days[0], days[-1])
    others = others_told(what, moment)
    for played in others.passing(play_all(what, moment)):
        person = played.player.facts.person_id
        states |= {(person, day): state_on(played, day) for day in days}
        goes.update((post.day, person, post.kind) for post in played.posts if not post.stopped)
    goes.update((letter.day, letter.reader, letter.kind) for letter in others.letters())
    return states, goes


def test_cycles_of_each_persons_own_are_rehearsed_as_they_are_lived(monkeypatch, settings):
    known_on = date(2021, 1, 20)
    settle_in(at(known_on))
    document = (PACKAGE / "programmes" / "page-a.toml").read_text(encoding="utf-8")
    document = re.sub(r"\[cycle\].*?(?=\n\[)", OWN_CYCLES, document, count=1, flags=re.DOTALL)
    import_programme(re.sub(r"\[\[examples\]\].*", "", document, flags=re.DOTALL), at(known_on), "test")
    open_sending("page-a", at(known_on, 0), "test")
    days = days_from(known_on, 14)
    foreseen = rehearsed("page-a", days, at(known_on, 1))[1]
    assert foreseen == live(monkeypatch, settings, days, "page-a")[1]
    assert foreseen.total() > 5


def state_on(played: Played, day: date) -> str:
    return [decision.state for begins, decision in played.stretches if begins <= day][-1]


@pytest.mark.parametrize(
    ("key", "first", "known_on", "opened"),
    [
        ("page-b", date(2021, 1, 20), date(2021, 1, 20), True),  # the first group's window runs, a leave in it
        ("page-b", date(2021, 2, 1), date(2021, 2, 1), False),  # sending is opened on the first day
        ("page-b", date(2021, 2, 10), date(2021, 1, 15), True),  # what comes before the period is played too
        ("page-a", date(2021, 6, 20), date(2021, 6, 20), True),  # over the end of a cycle
    ],
)
def test_thirty_days_rehearsed_are_the_thirty_days_lived(monkeypatch, settings, key, first, known_on, opened):
    settings.CLOSED_DAYS = frozenset({date(2021, 1, 22), date(2021, 2, 15), date(2021, 7, 5)})
    settle_in(at(known_on - timedelta(days=9)), "page-a", "page-b")
    if key == "page-b":
        complete(HUGO, at(known_on - timedelta(days=2), 12))
        complete(RUTH, at(known_on - timedelta(days=8), 12), "core-2018")
    if opened:
        open_sending(key, at(known_on, 0), "test")
    days = days_from(first, 30)
    foreseen = rehearsed(key, days, at(known_on, 1))
    if not opened:
        open_sending(key, at(first, 0), "test")
    before = days_from(known_on, (first - known_on).days)
    states, arrived = live(monkeypatch, settings, [*before, *days], key)
    lived = (
        {place: state for place, state in states.items() if place[1] >= first},
        Counter({place: count for place, count in arrived.items() if place[0] >= first}),
    )
    assert foreseen[0] == lived[0]
    assert foreseen[1] == lived[1]
    assert len(lived[1]) > 5


@pytest.mark.row("A13", "B17")
@pytest.mark.parametrize("opened", [True, False])
def test_steps_after_the_due_date_and_the_least_notice_are_rehearsed_as_they_are_lived(monkeypatch, settings, opened):
    known_on, first = date(2021, 2, 1), date(2021, 2, 8)
    settle_in(at(known_on))
    document = (PACKAGE / "programmes" / "page-b.toml").read_text(encoding="utf-8").partition("[[examples]]")[0]
    import_programme(document + NOTICES, at(known_on), "test")
    if opened:
        open_sending("page-b", at(known_on, 0), "test")
    days = days_from(first, 18)
    foreseen = rehearsed("page-b", days, at(known_on, 1))
    before = days_from(known_on, (first - known_on).days)
    live(monkeypatch, settings, before, "page-b")
    if not opened:
        open_sending("page-b", at(first, 0), "test")
    states, arrived = live(monkeypatch, settings, days, "page-b")
    assert foreseen[0] == states
    assert foreseen[1] == arrived
    kinds = {kind for _, _, kind in foreseen[1]}
    assert kinds >= {"added", "overdue"}
    assert "overdue-others" in kinds or not opened


@pytest.mark.row("A13")
def test_a_draft_that_asks_for_a_least_notice_is_rehearsed_with_the_letters_that_went(monkeypatch, settings):
    known_on = date(2021, 2, 1)
    settle_in(at(known_on), "page-b")
    open_sending("page-b", at(known_on, 0), "test")
    live(monkeypatch, settings, days_from(known_on, 3), "page-b")
    document = (PACKAGE / "programmes" / "page-b.toml").read_text(encoding="utf-8").partition("[[examples]]")[0]
    draft = parse_programme(document + "\n[notices]\nminimum_notice_days = 20\n")
    day = known_on + timedelta(days=10)
    played = next(play_all(asked(draft, day, day), at(day), [INES]))
    assert [decision.due_on for _, decision in played.stretches] == [date(2021, 2, 21)]
