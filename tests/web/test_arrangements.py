"""Arranged by telephone: a room, a helper or paper; told, changed, called off, held (row A07)."""

from collections.abc import Mapping
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest

from tests.arranged import COURSE, arranged, printed
from tests.cast import HUGO, INES, MEI, RUTH
from tests.rooms import dated, offered
from tests.staff import MOMENT, complete, later, signed_in_as, stand_on
from upstander.core.in_person import Times
from upstander.core.requests import NO_COMPUTER
from upstander.models import Arrangement, Case, Completion, Notice, Standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university"), pytest.mark.row("A07")]


def standing() -> Standing:
    return Standing.objects.get(person_id=INES, programme_id="page-b")


def written(**changed: Any) -> dict[str, Any]:
    """What an officer writes into the form: tomorrow from ten to twelve, a room with a computer, with Ruth."""
    day = MOMENT.day + timedelta(days=1)
    return {
        "kind": "room", "course_key": COURSE, "language": "en", "day": day.isoformat(), "begins": "10:00",
        "ends": "12:00", "place": "Elm Hall 12", "facilitator": "ruth@aldermere.example", "needs": "A low desk",
        **changed,
    }  # fmt: skip


def plain(answer: Any) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def post(person_id: str, address: str, data: Mapping[str, Any]) -> str:
    answer = signed_in_as(person_id).post(address, data, follow=True)
    assert answer.status_code == 200, (address, answer.status_code)
    return plain(answer)


def read(person_id: str, address: str, language: str = "en") -> str:
    client = signed_in_as(person_id)
    client.cookies["upstander_language"] = language
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200, address
    return plain(answer)


def make(by: str = MEI, **changed: Any) -> str:
    return post(by, f"/office/people/{standing().pk}/arrange/", written(**changed))


def act(found: Arrangement, name: str, **more: Any) -> str:
    return post(MEI, f"/office/arrangements/{found.pk}/", {"act": name, **more})


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=f"arrangement-{kind}").values_list("person_id", flat=True))


@pytest.mark.parametrize(("language", "words"), [("en", "The office has arranged"), ("es", "La oficina le organizó")])
def test_a_call_becomes_a_time_and_a_place_that_the_person_sees(language, words):
    assert "It is arranged." in make()
    page = read(INES, "/my-training/", language)
    assert words in page and "Elm Hall 12" in page and "10:00" in page
    own = read(INES, f"/arrangements/{Arrangement.objects.get().pk}/", language)
    assert "Ruth" in own and "A low desk" in own
    assert told("made") == {INES, RUTH}


def test_the_helper_sees_whom_they_help_and_nobody_else_does():
    make()
    assert "Ines" in read(RUTH, "/helping/") and "A low desk" in read(RUTH, "/helping/")
    assert "You are asked to help nobody" in read(HUGO, "/helping/")


def test_an_arrangement_from_a_case_stands_beside_it_and_shows_what_was_asked():
    case = Case.objects.create(
        number="C-1", kind=NO_COMPUTER, person_id=INES, programme_id="page-b", cycle=standing().cycle, owner="officer",
        asked={"reach": "Call 555-0199", "when": "mornings"}, opened_at=MOMENT.at, opened_by=f"person:{INES}",
    )  # fmt: skip
    address = f"/office/people/{standing().pk}/arrange/?case={case.pk}"
    assert "Call 555-0199" in read(MEI, address)
    post(MEI, address, written())
    assert Arrangement.objects.get().case_id == case.pk
    assert Arrangement.objects.get().number in read(MEI, f"/office/cases/{case.pk}/")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"day": "", "begins": "", "ends": ""}, "Only papers by post need no time"),
        ({"begins": ""}, "Only papers by post need no time"),
        ({"place": " "}, "Say where it is."),
        ({"ends": "10:00"}, "It ends as it begins."),
        ({"day": "2021-01-19"}, "This time is past."),
        ({"ends": "23:30"}, "longer than twelve hours"),
        ({"facilitator": INES}, "Nobody helps themself"),
        ({"facilitator": "nobody@aldermere.example"}, "Nobody on the roster"),
        ({"day": "2021-03-14", "begins": "02:30", "ends": "04:00"}, "does not exist that day"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_kept(changed, words):
    assert words in make(**changed)
    assert not Arrangement.objects.exists() and not told("made")


def test_papers_by_post_need_no_time():
    make(kind="paper", day="", begins="", ends="", place="", facilitator="")
    assert "The office sends you the papers" in read(INES, "/my-training/")


def test_a_course_that_is_no_option_cannot_be_arranged():
    make(course_key="core")
    assert not Arrangement.objects.exists()


def test_the_same_course_is_arranged_once_at_a_time():
    make()
    assert f"already: {Arrangement.objects.get().number}" in make()


def test_clashes_of_person_helper_and_place_are_named():
    offered()
    times = Times(MOMENT.at + timedelta(days=1), MOMENT.at + timedelta(days=1, hours=2))
    dated(times=times, facilitators=(RUTH,), place="Oak Room")
    assert "Ruth Abebe is expected elsewhere at that time: “An hour for bystanders”" in make()
    arranged(facilitator="", course_key="option-a", place="Oak Hall")
    assert "Ines Okafor is expected elsewhere" in make(facilitator="")
    place = make(facilitator="", place="oak room", course_key="option-b", begins="11:00")
    assert "Ines Okafor is expected elsewhere" in place


def test_a_place_in_use_is_refused_unless_both_fit_in():
    offered()
    dated(times=Times(MOMENT.at + timedelta(days=1), MOMENT.at + timedelta(days=1, hours=2)), place="Elm Hall 12")
    assert "The place is taken at that time" in make()
    assert "It is arranged." in make(shares_place="on")


def test_of_two_officers_who_change_it_the_second_is_told():
    found = arranged()
    for words in ("The change is kept", "Somebody else has saved a change"):
        page = post(
            MEI, f"/office/arrangements/{found.pk}/", written(kind="paper", place="Oak Room", act="save", began_with=0)
        )
        assert words in page
    assert (Arrangement.objects.get().sequence, told("changed")) == (1, {INES, RUTH})


def test_a_helper_who_is_replaced_is_told_that_they_need_not_come():
    found = arranged()
    post(MEI, f"/office/arrangements/{found.pk}/", written(kind="paper", facilitator=HUGO, act="save", began_with=0))
    assert told("cancelled") == {RUTH} and HUGO in told("made")


def test_called_off_it_leaves_the_plan_and_the_calendar_takes_the_entry_away():
    found = arranged()
    address = f"/arrangements/{found.pk}/entry.ics"
    before = signed_in_as(INES).get(address).content.decode()
    assert "METHOD:PUBLISH" in before and "SEQUENCE:0" in before and "option" not in before.lower()
    assert "It is called off" in act(found, "call-off")
    after = signed_in_as(INES).get(address).content.decode()
    assert "METHOD:CANCEL" in after and "SEQUENCE:1" in after
    assert "arranged" not in read(INES, "/my-training/") and told("cancelled") == {INES, RUTH}


def test_i_cannot_come_frees_room_and_helper_and_asks_the_office_for_another_time():
    found = arranged()
    assert "finds another time with you" in post(INES, f"/arrangements/{found.pk}/", {})
    case, found = Case.objects.get(kind=NO_COMPUTER), Arrangement.objects.get()
    assert (found.state, found.ended_by, case.person_id, case.state) == ("cancelled", f"person:{INES}", INES, "open")
    assert told("cancelled") == {RUTH}
    assert "they cannot come" in read(MEI, f"/office/arrangements/{found.pk}/")
    assert "already" in post(INES, f"/arrangements/{found.pk}/", {})
    assert "It is arranged." in make()


def test_a_course_taken_online_in_the_room_is_linked_with_who_saw_it(monkeypatch):
    found = arranged(kind="room")
    stand_on(monkeypatch, later(days=1, hours=3))
    page = act(found, "held", witness=RUTH)
    assert "No course was finished" in page
    done = complete(INES, later(days=1, hours=3), COURSE)
    assert "The course is on record" in act(found, "held", witness=RUTH)
    found = Arrangement.objects.get()
    assert (found.state, found.witness_id, found.completion_id) == ("held", RUTH, done.pk)
    assert "Seen by Ruth" in read(MEI, f"/office/arrangements/{found.pk}/")
    assert "Seen by" not in read(INES, f"/arrangements/{found.pk}/")


def test_nothing_is_held_or_missed_before_it_began(monkeypatch):
    found = arranged(kind="room")
    assert "It has not begun yet." in act(found, "held", witness=RUTH)
    assert "It has not begun yet." in act(found, "missed")
    stand_on(monkeypatch, later(days=1, hours=3))
    assert "Name the person who was there" in act(found, "held", witness=INES)
    act(found, "missed")
    assert Arrangement.objects.get().state == "missed" and not Completion.objects.exists()


def test_nobody_arranges_for_themself():
    own = Standing.objects.get(person_id=MEI, programme_id="page-b")
    assert signed_in_as(MEI).get(f"/office/people/{own.pk}/arrange/").status_code == 404


def test_the_due_date_does_not_move_by_it():
    before = standing().due_on
    arranged(days=60)
    assert standing().due_on == before == date(2021, 2, 17)


def test_officer_and_helper_print_the_course_and_the_sheet_and_the_person_cannot(monkeypatch):
    found = arranged()
    printed(found)
    for name in ("sheet.pdf", "course.pdf"):
        for reader, folder in ((MEI, "office/arrangements"), (RUTH, "helping")):
            answer = signed_in_as(reader).get(f"/{folder}/{found.pk}/{name}")
            assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
        assert signed_in_as(INES).get(f"/helping/{found.pk}/{name}").status_code == 404
