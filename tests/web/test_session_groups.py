"""Sessions for a group: made from a request, people put in by list or unit, rooms, what calling off does (row A16)."""

from html import unescape

import pytest

from tests.cast import AMARA, HUGO, INES, MEI, RUTH
from tests.rooms import at_hours, dated, offered
from tests.staff import MOMENT, later, signed_in_as, stand_on
from upstander.actions.attendance import close_roster, mark_attendance
from upstander.actions.in_person import Dated, change_session, make_session
from upstander.actions.session_seats import book, put_in
from upstander.core.errors import Refusal
from upstander.models import Appointment, Case, Notice, SessionSeat, TrainingSession

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university"), pytest.mark.row("A16")]
DATE = {
    "act": "save", "day": "2021-02-03", "begins": "10:00", "ends": "11:30", "language": "es", "place": "Elm Hall 12",
    "seats": 12, "closed_group": "on", "facilitators": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _moment(monkeypatch):
    stand_on(monkeypatch, MOMENT)


def said(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def asked() -> Case:
    """A request of Ines for a session of her group."""
    return Case.objects.create(
        number="G-1", kind="in-person", person_id=INES, programme_id="page-b", cycle="2020-21", owner="officer",
        asked={"audience": "The choir", "size": "about 12", "topic": "Speaking up", "place": "Oak Hall 3"},
        opened_at=MOMENT.at, opened_by=f"person:{INES}", language="es",
    )  # fmt: skip


def test_a_request_becomes_a_closed_date_of_the_size_that_was_asked_for():
    offered()
    case, client = asked(), signed_in_as(MEI)
    assert "Make a session from this request" in said(client.get(f"/office/cases/{case.pk}/"))
    page = said(client.get(f"/office/in-person/requests/{case.pk}/"))
    assert "The choir" in page and "An hour for bystanders" in page
    address = f"/office/in-person/bystander-hour/date/?case={case.pk}"
    form = said(client.get(address))
    assert 'value="12"' in form and 'value="Oak Hall 3"' in form and "checked" in form and "Speaking up" in form
    client.post(address, DATE)
    made = TrainingSession.objects.get()
    assert made.case_id == case.pk and made.closed_group and made.seats == 12
    assert f"/office/in-person/dates/{made.pk}/" in said(client.get(f"/office/cases/{case.pk}/"))


def test_a_training_can_be_written_for_the_group_and_is_not_in_the_catalogue():
    case, client = asked(), signed_in_as(MEI)
    address = f"/office/in-person/new/?case={case.pk}"
    assert 'name="is_offered" id="id_is_offered" checked' not in said(client.get(address))
    offer = {
        "key": "choir", "title_en": "Choir", "title_es": "Coro", "summary_en": "How.", "summary_es": "Cómo.",
        "minutes": 90, "seats": 12, "languages": ["es"],
    }  # fmt: skip
    answer = client.post(address, offer)
    assert answer.url == f"/office/in-person/choir/date/?case={case.pk}"


@pytest.mark.parametrize("kind", ["wrong-fact", "extension"])
def test_a_request_for_something_else_makes_no_session(kind):
    offered()
    case = asked()
    Case.objects.filter(pk=case.pk).update(kind=kind)
    assert signed_in_as(MEI).get(f"/office/in-person/requests/{case.pk}/").status_code == 404
    assert signed_in_as(MEI).get(f"/office/in-person/bystander-hour/date/?case={case.pk}").status_code == 404


def test_an_officer_of_another_programme_cannot_take_the_request():
    offered()
    case = asked()
    assert signed_in_as(HUGO).get(f"/office/in-person/requests/{case.pk}/").status_code == 404


def test_a_pasted_list_gives_seats_and_tells_each_line_that_it_could_not_take():
    offered()
    session = dated(seats=5, facilitators=(RUTH,))
    lines = f"{INES}\nHUGO@aldermere.example, Hugo\nnobody@nowhere.example\n\n{RUTH}\n{INES}"
    answer = signed_in_as(MEI).post(f"/office/in-person/dates/{session.pk}/", {"act": "put-in", "people": lines})
    page = said(answer)
    assert set(SessionSeat.objects.values_list("person_id", flat=True)) == {INES, HUGO}
    assert "2 people have a seat." in page and "2 lines were not taken" in page
    assert "Nobody on the roster has this number or address: nobody@nowhere.example" in page
    assert "needs no seat" in page and f"nobody@nowhere.example {RUTH}</textarea>" in page


def test_a_full_session_refuses_the_lines_that_find_no_seat():
    offered()
    session = dated(seats=1)
    page = said(
        signed_in_as(MEI).post(f"/office/in-person/dates/{session.pk}/", {"act": "put-in", "people": f"{INES}\n{HUGO}"})
    )
    assert "1 person has a seat." in page and "No seat is left" in page


def test_everybody_of_a_unit_is_put_in():
    offered()
    session = dated(seats=50)
    unit = Appointment.objects.get(person_id=INES).unit_id
    signed_in_as(MEI).post(f"/office/in-person/dates/{session.pk}/", {"act": "put-in", "unit": unit, "people": ""})
    seated = set(SessionSeat.objects.values_list("person_id", flat=True))
    assert INES in seated and seated <= set(Appointment.objects.values_list("person_id", flat=True))
    assert Notice.objects.filter(kind="session-seat").count() == len(seated)


def test_nobody_named_is_told_beside_the_box():
    offered()
    session = dated()
    page = said(signed_in_as(MEI).post(f"/office/in-person/dates/{session.pk}/", {"act": "put-in", "people": " "}))
    assert "Name somebody, or choose a unit." in page


def test_two_sessions_do_not_share_a_place_at_one_time_however_it_is_written():
    offered()
    dated()
    with pytest.raises(Refusal, match="room-clash"):
        make_session("bystander-hour", Dated(at_hours(24.5), "en", " ELM  hall 12 ", 5), MOMENT, "test")
    later_one = make_session("bystander-hour", Dated(at_hours(25), "en", "Elm Hall 12", 5), MOMENT, "test")
    with pytest.raises(Refusal, match="room-clash"):
        change_session(later_one.pk, Dated(at_hours(24.5), "en", "Elm Hall 12", 5), 0, MOMENT, "test")
    make_session("bystander-hour", Dated(at_hours(24.5), "en", "", 5), MOMENT, "test")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "There is another session in this place"), ("es", "otra sesión")]
)
def test_the_office_reads_which_session_has_the_room(language, words):
    offered()
    make_session("bystander-hour", Dated(at_hours(24), "en", "Elm Hall 12", 5), MOMENT, "test")
    there = TrainingSession.objects.get()
    client = signed_in_as(MEI)
    client.cookies["upstander_language"] = language
    when = {"day": f"{there.starts_at:%Y-%m-%d}", "begins": "00:00", "ends": "23:59"}
    answer = client.post("/office/in-person/bystander-hour/date/", DATE | when, headers={"accept-language": language})
    assert words in said(answer) and TrainingSession.objects.count() == 1


def test_before_a_session_is_called_off_the_office_reads_who_gets_a_letter():
    offered()
    session = dated(seats=1)
    book(session.pk, INES, MOMENT, f"person:{INES}")
    book(session.pk, AMARA, MOMENT, f"person:{AMARA}")
    page = said(signed_in_as(MEI).get(f"/office/in-person/dates/{session.pk}/"))
    assert "2 people get a letter that it is called off" in page and "Ines Okafor" in page
    signed_in_as(MEI).post(f"/office/in-person/dates/{session.pk}/", {"act": "call-off"})
    assert Notice.objects.filter(kind="session-cancelled").count() == 2


def test_calling_a_draft_off_writes_to_nobody_and_says_so():
    offered()
    session = dated(is_open=False)
    put_in(session.pk, INES, MOMENT, "test")
    assert "nobody gets a letter" in said(signed_in_as(MEI).get(f"/office/in-person/dates/{session.pk}/"))


def test_the_desk_tells_seats_left_and_afterwards_how_many_came():
    offered()
    session = dated()
    for person_id in (INES, HUGO):
        book(session.pk, person_id, MOMENT, "test")
    assert "2 of 2 seats taken · Full" in said(signed_in_as(MEI).get("/office/in-person/"))
    over = later(days=1, hours=2)
    mark_attendance(SessionSeat.objects.get(person_id=INES).pk, True, over, "test")
    close_roster(session.pk, over, "test")
    assert "1 of 2 came (50 %)" in said(signed_in_as(MEI).get("/office/in-person/"))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_roster_goes_out_as_a_file_and_runs_no_formula(kind):
    offered()
    session = dated()
    book(session.pk, INES, MOMENT, "test")
    answer = signed_in_as(MEI).get(f"/office/in-person/dates/{session.pk}/roster.{kind}")
    body = b"".join(answer.streaming_content)
    for close in answer._resource_closers:
        close()
    assert answer.status_code == 200 and f".{kind}" in answer["Content-Disposition"]
    assert kind == "xlsx" or (INES.encode() in body and b"Has a seat" in body)
    assert signed_in_as(MEI).get(f"/office/in-person/dates/{session.pk}/roster.pdf").status_code == 404


def test_the_picture_of_the_room_leads_to_the_session_and_holds_no_code(monkeypatch):
    offered()
    session = dated(facilitators=(RUTH,))
    stand_on(monkeypatch, later(days=1))
    page = signed_in_as(RUTH).get(f"/in-person/{session.pk}/code/").content.decode()
    stand_on(monkeypatch, later(days=1, hours=1))
    again = signed_in_as(RUTH).get(f"/in-person/{session.pk}/code/").content.decode()
    drawn = [text[text.index("<svg") : text.index("</svg>")] for text in (page, again)]
    assert drawn[0] == drawn[1] and len(drawn[0]) > 500
