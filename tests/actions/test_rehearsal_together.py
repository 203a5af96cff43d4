"""A rehearsal of one of two programmes foresees what both bring together, and whatever keeps a letter from going."""

from collections import Counter
from datetime import date, timedelta

import pytest

from tests.actions.test_rehearsal import rehearsed
from tests.arranged import arranged
from tests.cast import HUGO, INES, MEI, MOMENT, PRIYA, RUTH
from tests.lived import AIKO, KAI, at, days_from, live, live_together, settle_in
from tests.rooms import dated, offered
from upstander.actions.adjustments import Planned, record
from upstander.actions.cases import Wanted, open_case
from upstander.actions.declining import decline
from upstander.actions.grants import give
from upstander.actions.opening import open_sending
from upstander.actions.programmes import import_programme
from upstander.actions.rehearsal import asked, others_told, play_all
from upstander.actions.rehearsal_booked import OF_ARRANGEMENT, OF_SESSION
from upstander.actions.session_seats import book
from upstander.config.settings import PACKAGE
from upstander.core.notices import ASKING, DIGEST, OVERDUE_OTHERS, address_digest
from upstander.core.requests import ALREADY_DONE
from upstander.core.stated_ends import ENDING
from upstander.models import FailingAddress, Notice, Person
from upstander.notices.registry import NOTICES
from upstander.queries.programmes import published

pytestmark = pytest.mark.django_db
KINDS = {kind.key: kind for kind in (OF_SESSION, OF_ARRANGEMENT)}
KNOWN_ON = date(2021, 1, 25)
DAYS = days_from(KNOWN_ON, 32)
#: The Monday after the first steps of both programmes that tell others.
STEPS_ON = date(2021, 2, 22)
STEPS = """
[[notices.escalation]]
after_days = 2
to = "person"
[[notices.escalation]]
after_days = 3
to = "supervisor"
[[notices.escalation]]
after_days = 6
to = "officer"
"""
OTHER_STEPS = """
[notices]
minimum_notice_days = 10
[[notices.escalation]]
after_days = 1
to = "unit-administrator"
"""


def document(name: str) -> str:
    return (PACKAGE / "programmes" / f"{name}.toml").read_text(encoding="utf-8").partition("[[examples]]")[0]


def settle_two() -> None:
    """Two menus whose windows lie close together, the sending of both open."""
    settle_in(at(KNOWN_ON - timedelta(days=9)))
    other = document("page-b").replace('key = "page-b"', 'key = "page-c"').replace("2021-02-17", "2021-02-19")
    other = other.replace("days_before_due = [14, 3]", "days_before_due = [16, 3]")
    for text in (document("page-b") + STEPS, other + OTHER_STEPS):
        import_programme(text, at(KNOWN_ON - timedelta(days=9)), "test")
    for key in ("page-b", "page-c"):
        open_sending(key, at(KNOWN_ON, 0), "test")


def what_keeps_letters_from_going() -> None:
    """An address that fails, a case that rests reminders, an end that was told, a time arranged, a seat booked, a kind
    declined."""
    before, by = at(KNOWN_ON - timedelta(days=1), 12), f"person:{MEI}"
    give(MEI, "officer", before, "test", programme="page-b")
    FailingAddress.objects.create(
        person_id=HUGO, address_digest=address_digest(Person.objects.get(pk=HUGO).email), reason="permanent",
        first_at=before.at, last_at=before.at, suppressed_at=before.at,
    )  # fmt: skip
    wanted = Wanted("page-b", "2020-21", "page-b", {"what": "The course, last week."}, kind=ALREADY_DONE)
    open_case(KAI, wanted, before, f"person:{KAI}")
    ends = Planned(
        ENDING, AIKO, "page-b", "2020-21", to_on=date(2021, 2, 18), appointment_id=f"a-{AIKO}"
    )  # fmt: skip
    record(ends, "The department says so.", before, by)
    arranged(before, days=11)
    decline(RUTH, OF_ARRANGEMENT, before)
    offered()
    book(dated(hours=24 * 12).pk, PRIYA, MOMENT, f"person:{PRIYA}")
    Notice.objects.filter(kind="arrangement-made").delete()  # gone before the rehearsal begins


@pytest.mark.row("A13", "B12", "B17")
def test_two_programmes_and_whatever_keeps_a_letter_are_rehearsed_as_they_are_lived(monkeypatch, settings):
    settings.CLOSED_DAYS = frozenset({date(2021, 2, 15)})
    settle_two()
    what_keeps_letters_from_going()
    keys = ["page-b", "page-c"]
    foreseen = {key: rehearsed(key, DAYS, at(KNOWN_ON, 1)) for key in keys}
    lived = live_together(monkeypatch, settings, DAYS, keys)
    for key in keys:
        assert foreseen[key][1] == lived[key][1]
        assert foreseen[key][0] == lived[key][0]
    own = foreseen["page-b"][1]
    kinds = Counter(kind for _, _, kind in own.elements())
    assert min(kinds[kind] for kind in (DIGEST, "overdue", OVERDUE_OTHERS, *KINDS)) > 0
    assert not [place for place in own if place[1] == HUGO and place[2] != OVERDUE_OTHERS], "the address fails"
    assert not [place for place in own if place[1] == KAI], "a case rests"
    assert (RUTH, "arrangement-reminder") not in {place[1:] for place in own}, "declined"
    assert (date(2021, 2, 3), INES, "reminder") in foreseen["page-c"][1], "the other programme's goes alone"
    assert not [place for place in own if place[1:] == (AIKO, "overdue")], "the end was told"


@pytest.mark.row("B12")
def test_a_rehearsal_says_with_which_programme_a_letter_goes():
    settle_two()
    what = asked(published("page-b"), DAYS[0], DAYS[-1])
    others = others_told(what, at(KNOWN_ON, 1))
    played = {one.player.facts.person_id: one for one in others.passing(play_all(what, at(KNOWN_ON, 1)))}
    first = played[INES].posts[0]
    assert (first.kind, first.carries, first.beside) == (DIGEST, ("added",), ("page-c",))
    to_ruth = [letter for letter in others.letters() if letter.reader == RUTH]
    assert [(letter.day, letter.beside) for letter in to_ruth] == [(STEPS_ON, ("page-c",))]


def test_a_programme_whose_sending_is_closed_takes_no_part():
    settle_two()
    Notice._meta.get_field("programme").related_model.objects.filter(pk="page-c").update(sending_opened_at=None)
    played = next(play_all(asked(published("page-b"), DAYS[0], DAYS[-1]), at(KNOWN_ON, 1), [INES]))
    assert played.beside == {}
    assert played.posts[0].kind in ASKING


@pytest.mark.row("B12")
def test_who_is_told_of_a_cycle_that_has_ended_is_rehearsed_as_it_is_lived(monkeypatch, settings):
    known_on = date(2021, 6, 28)
    settle_in(at(known_on - timedelta(days=2)))
    import_programme(document("page-a") + STEPS, at(known_on - timedelta(days=2)), "test")
    later = Planned("extension", INES, "page-a", "2020-21", to_on=date(2021, 7, 5))
    record(later, "Asked.", at(known_on - timedelta(days=1)), f"person:{MEI}")
    Notice.objects.all().delete()  # the letter that tells of it has gone
    open_sending("page-a", at(known_on, 0), "test")
    days = days_from(known_on, 14)
    foreseen = rehearsed("page-a", days, at(known_on, 1))[1]
    assert foreseen == live(monkeypatch, settings, days, "page-a")[1]
    assert (date(2021, 7, 8), RUTH, OVERDUE_OTHERS) in foreseen


def test_the_kinds_of_what_is_booked_are_those_of_their_folders():
    assert {notice.kind.key: notice.kind for notice in NOTICES if notice.kind.key in KINDS} == KINDS
