"""Trainings in person by their pages: booked, waited for, signed in, held, corrected (row A16)."""

from datetime import timedelta
from html import unescape

import pytest

from tests.cast import AMARA, HUGO, INES, MEI, RUTH
from tests.rooms import WORDS, at_hours, dated, let_attendance_count, offered
from tests.staff import MOMENT, later, signed_in_as, stand_on
from upstander.actions.attendance import mark_attendance
from upstander.actions.in_person import Dated, call_off, change_session, make_session
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.in_person import code_at
from upstander.models import (
    AuditLine,
    Certificate,
    Completion,
    Notice,
    SessionOffer,
    SessionSeat,
    Standing,
    TrainingSession,
)  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university"), pytest.mark.row("A16")]


def read(person_id: str, address: str, language: str = "en") -> str:
    client = signed_in_as(person_id)
    client.cookies["upstander_language"] = language
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200, address
    return " ".join(unescape(answer.content.decode()).split())


def act(person_id: str, session: TrainingSession, what: str) -> str:
    answer = signed_in_as(person_id).post(f"/in-person/{session.pk}/", {"act": what}, follow=True)
    return " ".join(unescape(answer.content.decode()).split())


def seat(person_id: str, session: TrainingSession) -> SessionSeat:
    return SessionSeat.objects.get(person_id=person_id, session=session)


def mark(by: str, session: TrainingSession, person_id: str, there: str = "yes") -> None:
    address = f"/in-person/{session.pk}/roster/"
    signed_in_as(by).post(address, {"seat": seat(person_id, session).pk, "there": there})


def hold(monkeypatch, session: TrainingSession, by: str = MEI) -> None:
    """Closes the roster after the end."""
    stand_on(monkeypatch, later(days=1, hours=2))
    signed_in_as(by).post(f"/in-person/{session.pk}/roster/", {"act": "close"})


def state() -> str:
    return Standing.objects.get(person_id=INES, programme_id="page-b").state


@pytest.mark.parametrize(("language", "words"), [("en", "2 seats left"), ("es", "Quedan 2 cupos")])
def test_the_catalogue_shows_dates_with_the_seats_left(language, words):
    offered()
    dated()
    page = read(INES, "/in-person/", language)
    assert WORDS[language]["title"] in page and words in page


def test_drafts_and_closed_groups_do_not_stand_in_the_catalogue():
    offered()
    dated(is_open=False)
    dated(hours=30, closed_group=True)
    assert "No date is set at present." in read(INES, "/in-person/")


def test_a_seat_is_booked_once_and_stands_on_the_plan():
    offered()
    session = dated()
    assert "You have a seat." in act(INES, session, "book")
    act(INES, session, "book")
    assert SessionSeat.objects.filter(session=session).count() == 1
    assert "You have a seat:" in read(INES, "/my-training/")


def test_the_first_on_the_waiting_list_moves_up_by_itself_and_reads_it_on_the_plan():
    offered()
    session = dated(seats=1)
    for person_id in (INES, HUGO, AMARA):
        act(person_id, session, "book")
    assert "You are number 2 on the waiting list" in read(AMARA, f"/in-person/{session.pk}/")
    act(INES, session, "give-up")
    assert [seat(one, session).state for one in (INES, HUGO, AMARA)] == ["cancelled", "booked", "waiting"]
    assert "A seat has come free, and it is yours" in read(HUGO, "/my-training/")


def test_more_seats_go_to_who_waits():
    offered()
    session = dated(seats=1)
    for person_id in (INES, HUGO):
        act(person_id, session, "book")
    change_session(session.pk, Dated(at_hours(24), "en", "Elm Hall 12", 2), 0, MOMENT, "test")
    assert seat(HUGO, session).state == "booked"


def test_nobody_sits_in_two_sessions_at_once_and_the_other_is_named():
    offered()
    first, second = dated(), dated(hours=24.5, place="Oak Hall 3")
    act(INES, first, "book")
    assert "You are in another session at that time: “An hour for bystanders”" in act(INES, second, "book")
    assert not SessionSeat.objects.filter(session=second).exists()


def test_what_has_begun_is_neither_booked_nor_given_up(monkeypatch):
    offered()
    session = dated()
    act(INES, session, "book")
    stand_on(monkeypatch, later(days=1))
    assert "has begun already" in act(INES, session, "give-up") and "has begun already" in act(HUGO, session, "book")


def test_the_calendar_file_changes_with_the_session_and_takes_itself_away():
    offered()
    session = dated()
    act(INES, session, "book")
    client, address = signed_in_as(INES), f"/in-person/{session.pk}/seat.ics"
    first = client.get(address).content.decode()
    change_session(session.pk, Dated(at_hours(26), "en", "Oak Hall 3", 2), 0, MOMENT, "test")
    changed = client.get(address).content.decode()
    act(INES, session, "give-up")
    last = client.get(address).content.decode()
    uids = {line for text in (first, changed, last) for line in text.splitlines() if line.startswith("UID:")}
    assert len(uids) == 1
    assert "SEQUENCE:0" in first and "SEQUENCE:1" in changed and "Oak Hall 3" in changed
    assert "SEQUENCE:2" in last and "METHOD:CANCEL" in last and "STATUS:CANCELLED" in last


def test_a_session_called_off_is_told_on_the_plan_and_cannot_be_booked():
    offered()
    session = dated()
    act(INES, session, "book")
    call_off(session.pk, MOMENT, "test")
    assert "Called off:" in read(INES, "/my-training/")
    assert "cannot be booked" in act(HUGO, session, "book")
    assert "METHOD:CANCEL" in signed_in_as(INES).get(f"/in-person/{session.pk}/seat.ics").content.decode()


def test_the_code_of_the_room_signs_in_and_a_wrong_one_does_not(monkeypatch):
    offered()
    session = dated()
    act(INES, session, "book")
    now = later(days=1)
    stand_on(monkeypatch, now)
    client, address = signed_in_as(INES), f"/in-person/{session.pk}/here/"
    assert "not the code" in unescape(client.post(address, {"code": "AAAAAA"}, follow=True).content.decode())
    code = code_at(session.secret, now.at)
    assert code in read(MEI, f"/in-person/{session.pk}/code/")
    client.post(address, {"code": code})
    assert (seat(INES, session).state, seat(INES, session).came_by) == ("attended", "code")
    assert not Completion.objects.filter(person_id=INES).exists()  # not before the session is over


def test_whoever_tries_codes_waits_a_little(monkeypatch):
    offered()
    session = dated()
    act(INES, session, "book")
    stand_on(monkeypatch, later(days=1))
    client, address = signed_in_as(INES), f"/in-person/{session.pk}/here/"
    for _ in range(10):
        client.post(address, {"code": "AAAAAA"})
    answer = client.post(address, {"code": code_at(session.secret, later(days=1).at)}, follow=True)
    assert "Too many tries" in answer.content.decode() and seat(INES, session).state == "booked"


def test_attendance_is_a_completion_once_with_standing_certificate_and_confirmation(monkeypatch):
    let_attendance_count()
    offered()
    session = dated(facilitators=(RUTH,))
    act(INES, session, "book")
    act(HUGO, session, "book")
    stand_on(monkeypatch, later(days=1))
    mark(RUTH, session, INES)
    hold(monkeypatch, session, RUTH)
    mark(RUTH, session, INES)
    done = Completion.objects.get(person_id=INES)
    day = later(days=1).day
    assert (done.course_key, done.source, done.minutes, done.completed_on) == ("option-a", "in-person", 60, day)
    assert Certificate.objects.filter(completion=done).exists() and state() == "satisfied"
    assert Notice.objects.filter(person_id=INES, kind="confirmation").count() == 1
    assert AuditLine.objects.filter(verb="completion-recorded", subject=f"completion:{done.pk}").count() == 1
    assert seat(HUGO, session).state == "absent" and not Completion.objects.filter(person_id=HUGO).exists()


def test_a_correction_takes_the_completion_back_and_another_one_is_a_further_record(monkeypatch):
    let_attendance_count()
    offered()
    session = dated()
    act(INES, session, "book")
    stand_on(monkeypatch, later(days=1))
    mark(MEI, session, INES)
    hold(monkeypatch, session)
    mark(MEI, session, INES, "no")
    assert Completion.objects.get(person_id=INES).retracted_at is not None and state() != "satisfied"
    mark(MEI, session, INES)
    assert Completion.objects.filter(person_id=INES).count() == 2 and state() == "satisfied"


def test_attendance_of_what_no_programme_offers_is_no_completion(monkeypatch):
    offered(course_key="")
    session = dated()
    act(INES, session, "book")
    stand_on(monkeypatch, later(days=1))
    mark(MEI, session, INES)
    hold(monkeypatch, session)
    assert seat(INES, session).state == "attended" and not Completion.objects.filter(person_id=INES).exists()


def test_the_roster_is_not_closed_before_the_end_nor_marked_before_the_doors_open(monkeypatch):
    offered()
    session = dated()
    act(INES, session, "book")
    mark(MEI, session, INES)
    signed_in_as(MEI).post(f"/in-person/{session.pk}/roster/", {"act": "close"})
    assert (seat(INES, session).state, TrainingSession.objects.get(pk=session.pk).state) == ("booked", "open")


def test_nobody_marks_their_own_attendance(monkeypatch):
    offered()
    session = dated()
    act(MEI, session, "book")
    moment = Moment(at=MOMENT.at + timedelta(days=1), day=later(days=1).day)
    with pytest.raises(Refusal, match="not-yourself"):
        mark_attendance(seat(MEI, session).pk, True, moment, f"person:{MEI}")


def test_a_facilitator_sees_names_and_nothing_else_of_people():
    offered()
    session = dated(facilitators=(RUTH,))
    act(INES, session, "book")
    page = read(RUTH, f"/in-person/{session.pk}/roster/")
    assert "Ines Okafor" in page and INES not in page and "ines@" not in page
    assert signed_in_as(AMARA).get(f"/in-person/{session.pk}/roster/").status_code == 404


def test_a_facilitators_clash_is_refused_with_the_clash_named():
    offered()
    dated(facilitators=(RUTH,))
    with pytest.raises(Refusal, match="clash") as refused:
        make_session("bystander-hour", Dated(at_hours(24.5), "en", "", 5, facilitators=(RUTH,)), MOMENT, "test")
    assert (refused.value.data["person"], refused.value.data["words"]) == ("Ruth Abebe", WORDS)


def test_of_two_officers_at_once_the_second_is_told():
    offered()
    session = dated()
    written = Dated(at_hours(25), "en", "Oak Hall 3", 2)
    change_session(session.pk, written, 0, MOMENT, "test")
    with pytest.raises(Refusal, match="changed-meanwhile"):
        change_session(session.pk, written, 0, MOMENT, "test")


OFFER = {
    "key": "allies", "title_en": "Allies", "title_es": "Personas aliadas", "summary_en": "How.", "summary_es": "Cómo.",
    "minutes": 90, "seats": 12, "languages": ["en", "es"], "audiences": ["faculty"], "is_offered": "on",
}  # fmt: skip
DATE = {
    "act": "save", "day": "2021-02-03", "begins": "10:00", "ends": "11:30", "language": "es", "place": "Elm Hall 12",
    "seats": 3, "facilitators": "ruth@aldermere.example",
}  # fmt: skip


def test_the_office_offers_a_training_sets_a_date_opens_it_and_puts_people_in():
    client = signed_in_as(MEI)
    assert client.post("/office/in-person/new/", OFFER).status_code == 302
    assert client.post("/office/in-person/allies/date/", DATE).status_code == 302
    session = TrainingSession.objects.get(offer=SessionOffer.objects.get(key="allies"))
    address = f"/office/in-person/dates/{session.pk}/"
    client.post(address, {"act": "put-in", "people": f"{INES}\nHUGO@aldermere.example"})
    client.post(address, {"act": "open"})
    page = read(MEI, address)
    assert "Wednesday 3 February 2021, 10:00 to 11:30, Eastern time" in page and "2 of 3 seats taken" in page
    assert seat(HUGO, session).state == "booked" and session.facilitators.get().person_id == RUTH


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"day": "2021-03-14", "begins": "02:30"}, "does not exist that day"),
        ({"ends": "10:00"}, "ends as it begins"),
        ({"facilitators": "nobody@nowhere.example"}, "Nobody on the roster has this number or address"),
        ({"seats": 0}, "Ensure this value"),
    ],
)
def test_a_date_that_cannot_be_is_told_beside_its_field(changed, said):
    offered()
    answer = signed_in_as(MEI).post("/office/in-person/bystander-hour/date/", DATE | changed)
    assert said in unescape(answer.content.decode()) and not TrainingSession.objects.exists()
