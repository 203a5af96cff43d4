"""A letter that was put off in confidence leaves no row, figure or gap at the office: it reads as if it had never been.

Two worlds: one in which somebody waits for another way while the department reminds everybody, and one in which that
one reminder was never planned. That it did not go cannot be hidden; why, and that anything waits, must be.
"""

import pytest

from tests.cast import INES, MEI, MOMENT, RUTH
from tests.staff import SOFIA, later, signed_in_as, stand_on
from tests.web.test_confidence_leaks import ask, differing, read_of, takes_the_course, tiny_options, world
from upstander.actions import another_way, learning
from upstander.actions.notices import plan_due
from upstander.actions.opening import open_sending
from upstander.actions.sending import Rules, send_some
from upstander.delivery import catalogue
from upstander.jobs import sending
from upstander.models import Notice, Standing
from upstander.notices.registry import letters
from upstander.queries.programmes import published
from upstander.wires.mail import Mailbox

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university", "tiny_options"), pytest.mark.row("B15")]
REMINDED_AT, DONE_AT = later(5), later(9)
MESSAGES = "/office/programmes/page-b/messages/"
OFFICE = (
    MESSAGES,
    f"{MESSAGES}?outcome=planned",
    f"{MESSAGES}?outcome=not-sent",
    f"{MESSAGES}?kind=reminder",
    "/office/programmes/page-b/sending/",
    "/office/programmes/page-b/people.csv",
    "/office/post/",
    "/metrics",
)
DEPARTMENT = ("/department/page-b/?unit=music", "/department/page-b/people.csv")
REMIND = "/department/page-b/remind/?unit=music"
__all__ = ["tiny_options"]


@pytest.fixture(autouse=True)
def first_letters_went(university, tiny_options, settings, monkeypatch):
    settings.DEMO, settings.SMTP = True, None
    monkeypatch.setattr(another_way, "drawn_instant", lambda days, draw, now, zone: now)
    open_sending("page-b", MOMENT, f"person:{MEI}")
    plan_due(published("page-b"), MOMENT)
    sending.run(MOMENT)
    learning.begin(INES, catalogue.edition("option-a", "en").outline, MOMENT)


def reminds(monkeypatch) -> None:
    stand_on(monkeypatch, REMINDED_AT)
    signed_in_as(RUTH).post(REMIND)
    assert Notice.objects.filter(kind="reminder", person_id=INES, state="planned").count() == 1


def never_planned() -> None:
    Notice.objects.filter(kind="reminder", person_id=INES).delete()


def seen(monkeypatch, at) -> dict[str, str]:
    """What the office and the department read of people and of letters."""
    stand_on(monkeypatch, at)
    duty = f"/office/people/{Standing.objects.get(person_id=INES, programme_id='page-b').pk}/"
    found = {}
    for person_id, pages in ((MEI, (*OFFICE, duty)), (RUTH, DEPARTMENT)):
        client = signed_in_as(person_id)
        for page in pages:
            answer = client.get(page, headers={"authorization": "Bearer a token"})
            assert answer.status_code == 200, page
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            found[read_of(page.encode())] = read_of(body)
    return found


def to_remind(monkeypatch, at) -> str:
    """Whom the department could remind now."""
    stand_on(monkeypatch, at)
    return read_of(signed_in_as(RUTH).get(REMIND).content)


DAYS = pytest.mark.parametrize("days", [0, 1, 4], ids=["the same day", "the day after", "after the quiet days"])


@DAYS
def test_a_reminder_that_is_put_off_reads_as_one_that_was_never_planned(monkeypatch, days):
    at = later(5 + days, hours=1)
    with world():
        reminds(monkeypatch)
        never_planned()
        sending.run(REMINDED_AT)
        without = seen(monkeypatch, at)
    with world():
        ask()
        reminds(monkeypatch)
        assert sending.run(REMINDED_AT)["outside-hours"] == 1
        put_off = seen(monkeypatch, at)
    assert differing(without, put_off) == []


@DAYS
def test_whoever_reminds_again_finds_the_one_who_waits_among_those_whose_reminder_went(monkeypatch, days):
    at = later(5 + days, hours=1)
    with world():
        reminds(monkeypatch)
        assert sending.run(REMINDED_AT).keys() == {"sent"}
        went = to_remind(monkeypatch, at)
    with world():
        ask()
        reminds(monkeypatch)
        sending.run(REMINDED_AT)
        assert to_remind(monkeypatch, at) == went


def test_what_was_put_off_tells_nothing_after_it_was_settled_either(monkeypatch):
    with world():
        reminds(monkeypatch)
        never_planned()
        sending.run(REMINDED_AT)
        stand_on(monkeypatch, DONE_AT)
        takes_the_course(DONE_AT)
        at_once = seen(monkeypatch, DONE_AT)
        sending.run(later(10))
        without = seen(monkeypatch, later(10))
    with world():
        case = ask()
        reminds(monkeypatch)
        sending.run(REMINDED_AT)
        stand_on(monkeypatch, DONE_AT)
        signed_in_as(SOFIA).post(f"/confidence/{case.pk}/done/", {"course": "option-a", "act": "record"})
        assert differing(at_once, seen(monkeypatch, DONE_AT)) == []
        sending.run(later(10))
        assert Notice.objects.get(kind="reminder", person_id=INES).not_sent_reason == "settled"
        put_off = seen(monkeypatch, later(10))
    assert differing(without, put_off) == []


def test_at_night_it_waits_for_the_same_instant_as_its_neighbours(monkeypatch, settings):
    settings.DEMO = False
    ask()
    night = later(5, hours=14)
    stand_on(monkeypatch, night)
    signed_in_as(RUTH).post(REMIND)
    send_some(night, Rules(letters(lambda course, lang: None)), Mailbox())
    waits = Notice.objects.filter(kind="reminder").values_list("retry_at", flat=True)
    assert len(waits) > 1 and len(set(waits)) == 1
