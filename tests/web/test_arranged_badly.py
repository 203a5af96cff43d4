"""What an office can get wrong with times, rooms, people and papers: said kindly, nothing kept (rows A07, A16)."""

from datetime import date, time
from html import unescape
from typing import Any

import pytest

from tests.arranged import again, answers, arranged, printed
from tests.cast import HUGO, INES, MEI, PRIYA, RUTH, TOMAS
from tests.rooms import at_hours, dated, offered
from tests.staff import MOMENT, later, signed_in_as, stand_on
from upstander.actions.arrangements import change
from upstander.actions.attendance import sign_in
from upstander.actions.grants import give
from upstander.actions.in_person import Dated, change_session, make_session
from upstander.actions.session_seats import book
from upstander.core.errors import Refusal
from upstander.core.in_person import code_at, times_of
from upstander.models import (
    AuditLine,
    Completion,
    PaperSheet,
    Person,
    SessionSeat,
    Standing,
    TrainingSession,
)  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university"), pytest.mark.row("A07", "A16")]
OFFICE = f"person:{MEI}"


def said(answer: Any) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def refused(act, *given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*given)
    return refusal.value.code


def at_elm(hours: float, place: str = "Elm Hall 12", **changed: Any) -> Dated:
    return Dated(at_hours(hours), "en", place, 5, **changed)


def test_no_date_is_set_in_the_past_nor_moved_there():
    offered()
    assert refused(make_session, "bystander-hour", at_elm(-1), MOMENT, OFFICE) == "date-past"
    session = dated()
    assert refused(change_session, session.pk, at_elm(-1), session.sequence, MOMENT, OFFICE) == "date-past"
    form = {"day": "2020-11-22", "begins": "10:00", "ends": "11:00", "language": "en", "place": "Oak", "seats": 3}
    page = said(signed_in_as(MEI).post("/office/in-person/bystander-hour/date/", {"act": "save", **form}))
    assert "This time is past. Choose one to come." in page and TrainingSession.objects.count() == 1


def test_what_has_begun_can_still_get_another_note_of_its_needs():
    offered()
    session = dated(hours=1)
    kept = change_session(session.pk, at_elm(1, needs="A lamp"), session.sequence, later(hours=1), OFFICE)
    assert kept.needs == "A lamp"


@pytest.mark.parametrize("wanted", ["elm hall  12", "Elm Hall 12"])
def test_a_room_in_which_somebody_takes_a_course_is_not_given_to_a_session(wanted):
    offered()
    arranged(facilitator="")
    assert refused(make_session, "bystander-hour", at_elm(24.5, wanted), MOMENT, OFFICE) == "room-arranged"
    assert not TrainingSession.objects.exists()


def test_whoever_helps_at_that_time_leads_no_session():
    offered()
    arranged()
    led = at_elm(25, "Oak Hall 3", facilitators=(RUTH,))
    assert refused(make_session, "bystander-hour", led, MOMENT, OFFICE) == "clash-arranged"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The office has arranged something for you at that time"),
        ("es", "La oficina organizó una cita para usted"),
    ],
)
def test_nobody_books_a_seat_at_the_time_that_is_arranged_for_them(language, words):
    offered()
    session = dated(place="Oak Hall 3")
    arranged()
    client = signed_in_as(INES)
    client.cookies["upstander_language"] = language
    given = {"data": {"act": "book"}, "follow": True, "headers": {"accept-language": language}}
    assert words in said(client.post(f"/in-person/{session.pk}/", **given))
    assert not SessionSeat.objects.exists()


def test_a_session_whose_room_is_shared_on_purpose_can_still_be_changed():
    offered()
    session = dated()
    arranged(facilitator="", shares_place=True)
    assert change_session(session.pk, at_elm(24), session.sequence, MOMENT, OFFICE).seats == 5
    assert refused(change_session, session.pk, at_elm(24.5), session.sequence + 1, MOMENT, OFFICE) == "room-arranged"


def test_a_room_is_not_given_twice_in_the_night_in_which_the_clocks_go_back():
    offered()
    zone, night = "America/New_York", date(2021, 11, 7)
    first = times_of(night, time(0, 30), time(2, 15), zone)  # two hours and three quarters, for one comes twice
    assert (first.ends_at - first.starts_at).total_seconds() == 2.75 * 3600
    make_session("bystander-hour", Dated(first, "en", "Elm Hall 12", 5), MOMENT, OFFICE)
    inside = times_of(night, time(1, 30), time(3), zone)
    assert (
        refused(make_session, "bystander-hour", Dated(inside, "en", "Elm Hall 12", 5), MOMENT, OFFICE) == "room-clash"
    )
    after = times_of(night, time(2, 15), time(3), zone)
    assert make_session("bystander-hour", Dated(after, "en", "Elm Hall 12", 5), MOMENT, OFFICE)


def test_the_code_typed_twice_marks_once():
    offered()
    session = dated(hours=1)
    book(session.pk, INES, MOMENT, f"person:{INES}")
    there = later(hours=1)
    for _ in range(2):
        sign_in(session.pk, INES, code_at(session.secret, there.at), there)
    seat = SessionSeat.objects.get()
    assert (seat.state, seat.came_by) == ("attended", "code")
    assert AuditLine.objects.filter(subject=f"session-seat:{seat.pk}", verb__contains="attended").count() == 1


@pytest.mark.parametrize(("language", "words"), [("en", "not the code that the room shows"), ("es", "no es el código")])
def test_a_wrong_code_is_told_beside_its_box_and_stays_in_it(monkeypatch, language, words):
    offered()
    session = dated(hours=1)
    book(session.pk, INES, MOMENT, f"person:{INES}")
    stand_on(monkeypatch, later(hours=1))
    client = signed_in_as(INES)
    client.cookies["upstander_language"] = language
    given = {"data": {"code": "O0IL11"}, "headers": {"accept-language": language}}
    page = said(client.post(f"/in-person/{session.pk}/here/", **given))
    assert words in page and 'class="error-summary"' in page and 'value="O0IL11"' in page


@pytest.mark.parametrize(
    ("end", "words", "asks"),
    [
        ("missed", "You were not there, and nothing is held against you.", True),
        ("call-off", "This time is called off, and nothing is held against you.", True),
        ("own", "You said that you cannot come. The office finds another time with you.", False),
    ],
)
def test_what_was_missed_or_called_off_leads_the_person_to_another_time(monkeypatch, end, words, asks):
    found = arranged(kind="room")
    stand_on(monkeypatch, later(days=1, hours=5))
    if end == "own":
        signed_in_as(INES).post(f"/arrangements/{found.pk}/")
    else:
        signed_in_as(MEI).post(f"/office/arrangements/{found.pk}/", {"act": end})
    page = said(signed_in_as(INES).get(f"/arrangements/{found.pk}/"))
    assert words in page and ("/ask/no-computer/" in page) == asks


def on_paper(monkeypatch) -> PaperSheet:
    give(TOMAS, "officer", MOMENT, "test", programme="page-b")
    made = printed(arranged())
    stand_on(monkeypatch, later(days=1, hours=5))
    return made


def key_twice(sheet: PaperSheet) -> str:
    for by in (MEI, TOMAS):
        page = said(signed_in_as(by).post(f"/office/paper/{sheet.number}/", answers(sheet), follow=True))
    return page


def test_the_paper_of_somebody_who_has_left_since_is_on_record_and_asks_nothing_of_them(monkeypatch):
    sheet = on_paper(monkeypatch)
    Person.objects.filter(pk=INES).update(vanished_on=later(days=1).day)
    assert "Passed." in key_twice(sheet)
    assert Completion.objects.get().person_id == INES


def test_the_paper_of_another_programme_is_nobody_elses_to_key(monkeypatch):
    sheet = on_paper(monkeypatch)
    assert signed_in_as(HUGO).get(f"/office/paper/{sheet.number}/").status_code == 404  # officer of page-a only
    page = said(signed_in_as(HUGO).post("/office/paper/", {"number": sheet.number}))
    assert "no sheet of this number among those that you may key" in page


def test_an_officer_has_no_hand_in_their_own_arrangement(monkeypatch):
    sheet = on_paper(monkeypatch)
    give(INES, "officer", MOMENT, "test", programme="page-b")
    client, address = signed_in_as(INES), f"/office/arrangements/{sheet.arrangement_id}/"
    assert client.get(address).status_code == 404
    for act in ("save", "call-off", "missed", "held", "print"):
        assert client.post(address, {"act": act, "witness": RUTH}).status_code == 404
    for given in (answers(sheet), {"act": "in-force", "witness": RUTH}):
        assert client.post(f"/office/paper/{sheet.number}/", given).status_code == 404
    page = said(signed_in_as(MEI).post(f"/office/paper/{sheet.number}/", {**answers(sheet), "witness": INES}))
    assert "cannot be the one who answered" in page and not sheet.keyings.exists()


@pytest.mark.parametrize("typed", ["O234-5678-9ABC", "0234-5678-9ABC", "I234-5678-9ABC"])
def test_a_number_with_a_letter_for_a_cipher_is_told_which_signs_there_are(typed):
    page = said(signed_in_as(MEI).post("/office/paper/", {"number": typed}))
    assert "There is no O, I or L in it, and no 0 or 1." in page and f'value="{typed}"' in page


@pytest.mark.parametrize(("person_id", "is_told"), [(TOMAS, True), (PRIYA, False)])
def test_whoever_arranges_for_somebody_on_leave_is_told_that_nothing_is_asked_of_them(person_id, is_told):
    standing = Standing.objects.get(person_id=person_id, programme_id="page-b")
    assert (standing.state == "deferred") == is_told
    page = said(signed_in_as(MEI).get(f"/office/people/{standing.pk}/arrange/"))
    assert ("Nothing is asked of this person now" in page) == is_told


def test_a_time_after_the_due_date_is_said_and_leads_to_more_time():
    found = arranged(days=20)
    address = f"/office/arrangements/{found.pk}/"
    assert "This is after the due date" not in said(signed_in_as(MEI).get(address))
    times = at_hours(24 * 40, 2)
    change(found.pk, again(found, times=times), found.sequence, MOMENT, OFFICE)
    page = said(signed_in_as(MEI).get(address))
    assert "This is after the due date, 17 February 2021" in page and "?kind=extension" in page
