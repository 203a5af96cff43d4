"""The department's page: its units' people only, two clocks, filters, files (row B18)."""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import DARIO, INES, KENJI, SOFIA, TOMAS
from tests.staff import MOMENT, PRIYA, RUTH, complete, content_of, later, signed_in_as, stand_on
from upstander.actions import snapshot
from upstander.actions.grants import give
from upstander.actions.standing import decide_again
from upstander.models import Appointment, Notice, Person, Programme, Standing, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.row("B18"), pytest.mark.usefixtures("university")]
PAGE = "/department/page-b/"


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def read_csv(response) -> list[dict]:
    content = content_of(response).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_the_entrance_leads_to_the_first_programme():
    assert signed_in_as(RUTH).get("/department/").url == "/department/page-a/"


def test_the_headline_says_how_many_of_the_unit_have_finished():
    complete(INES)
    assert "Department of Music: 1 of 2 have finished" in text_of(signed_in_as(RUTH).get(PAGE))


def test_a_department_sees_its_own_people_and_nobody_else():
    page = text_of(signed_in_as(RUTH).get(PAGE + "?status="))
    assert "Okafor, Ines" in page and "Abebe, Ruth" in page
    assert "Villalobos" not in page and "Raman" not in page


def test_a_person_whom_another_unit_answers_for_is_counted_there():
    page = text_of(signed_in_as(RUTH).get(PAGE + "?status="))
    assert "Marín" not in page
    assert "1 more person holds an appointment here and is counted in another unit." in page


def test_both_clocks_stand_side_by_side_each_with_its_moment(monkeypatch):
    snapshot.take(MOMENT)
    complete(INES)
    stand_on(monkeypatch, later(hours=3))
    page = text_of(signed_in_as(RUTH).get(PAGE))
    assert "Official, 10:00" in page and "Now, 13:00" in page
    assert "Official figures of 20 January 2021, 10:00." in page
    assert '<th scope="row">Finished</th><td class="num">0</td><td class="num"><strong>1</strong></td>' in page


def test_what_changed_since_the_night_is_shown_by_person():
    snapshot.take(MOMENT)
    complete(INES)
    Appointment.objects.filter(person_id=RUTH).update(unit_id="history")
    decide_again([RUTH], MOMENT, "roster")
    page = text_of(signed_in_as(RUTH).get(PAGE + "changes/"))
    assert "Okafor, Ines" in page and "Done" in page
    assert "Abebe, Ruth" in page and "no longer counted here" in page


def test_nothing_changed_is_said_in_so_many_words():
    snapshot.take(MOMENT)
    assert "Nothing has changed since." in text_of(signed_in_as(RUTH).get(PAGE + "changes/"))


def test_units_below_are_included_and_one_may_be_chosen():
    give(RUTH, "department", MOMENT, "test", unit="arts")
    client = signed_in_as(RUTH)
    whole = text_of(client.get(PAGE + "?status="))
    assert "School of Arts" in whole and "Raman, Priya" in whole
    one = text_of(client.get(PAGE + "?status=&unit=history"))
    assert "Department of History:" in one and "Raman, Priya" in one and "Okafor" not in one


@pytest.mark.parametrize("unit", ["biology", "arts", "no-such-unit"])
def test_a_unit_that_is_not_theirs_does_not_exist(unit):
    client = signed_in_as(RUTH)
    for page in (PAGE, PAGE + "changes/", PAGE + "remind/", PAGE + "people.csv", PAGE + "people.xlsx"):
        assert client.get(f"{page}?unit=music&unit={unit}").status_code == 404


def test_the_list_can_be_filtered_by_status():
    complete(INES)
    client = signed_in_as(RUTH)
    finished = text_of(client.get(PAGE + "?status=finished"))
    assert "Okafor, Ines" in finished and "Abebe, Ruth</td>" not in finished
    unfinished = text_of(client.get(PAGE))
    assert "Okafor" not in unfinished and "Abebe, Ruth</td>" in unfinished


def test_a_search_by_name_never_stands_in_the_address():
    client = signed_in_as(RUTH)
    answer = client.post(PAGE, {"search": "Okafor", "status": ""})
    assert "Okafor" not in answer.url
    page = text_of(client.get(answer.url))
    assert "Okafor, Ines" in page and "Abebe, Ruth</td>" not in page


def test_a_legal_first_name_cannot_be_found_out_by_searching():
    Person.objects.filter(pk=INES).update(preferred_name="Nes")
    client = signed_in_as(RUTH)
    assert "Okafor, Nes" in text_of(client.get(PAGE))
    page = text_of(client.get(client.post(PAGE, {"search": "Ines", "status": ""}).url))
    assert "Okafor" not in page


def test_an_undecided_person_is_named_with_the_missing_fact():
    give(RUTH, "department", MOMENT, "test", unit="history")
    assert "Needs a fact: paid or unpaid?" in text_of(signed_in_as(RUTH).get(PAGE))
    assert Standing.objects.get(person_id=KENJI, programme_id="page-b").state == "undecided"


def test_leave_is_a_status_without_its_kind():
    page = text_of(signed_in_as(PRIYA).get(PAGE))
    assert Standing.objects.get(person_id=TOMAS, programme_id="page-b").state == "deferred"
    assert "Villalobos Peña, Tomás" in page
    assert "parental" not in page.lower()


def test_the_csv_file_holds_the_people_of_the_list():
    rows = read_csv(signed_in_as(RUTH).get(PAGE + "people.csv?status="))
    assert [(row["Person ID"], row["Name"], row["Unit"], row["Status"], row["Due"]) for row in rows] == [
        (RUTH, "Abebe, Ruth", "Department of Music", "Open", "2021-02-17"),
        (INES, "Okafor, Ines", "Department of Music", "Open", "2021-02-17"),
    ]


def test_the_xlsx_file_holds_the_same_as_text():
    answer = signed_in_as(RUTH).get(PAGE + "people.xlsx?status=")
    book = openpyxl.load_workbook(io.BytesIO(content_of(answer)))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert cells[0][:2] == ["Person ID", "Name"]
    assert [row[0] for row in cells[1:]] == [RUTH, INES]


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1"])
def test_a_name_that_looks_like_a_formula_stays_text(name):
    Person.objects.filter(pk=INES).update(legal_last_name=name)
    client = signed_in_as(RUTH)
    names = [row["Name"] for row in read_csv(client.get(PAGE + "people.csv?status="))]
    assert f"'{name}, Ines" in names
    answer = client.get(PAGE + "people.xlsx?status=")
    sheet = openpyxl.load_workbook(io.BytesIO(content_of(answer))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_another_kind_of_file_does_not_exist():
    assert signed_in_as(RUTH).get(PAGE + "people.pdf").status_code == 404


def test_the_files_hold_nothing_about_the_route():
    complete(INES, course="option-c")
    header = list(read_csv(signed_in_as(RUTH).get(PAGE + "people.csv?status="))[0])
    assert header == ["Person ID", "Name", "Unit", "Status", "Group", "Due", "Last reminded"]
    page = text_of(signed_in_as(RUTH).get(PAGE + "?status="))
    assert "option-c" not in page


def test_the_page_speaks_spanish():
    client = signed_in_as(RUTH)
    client.cookies["upstander_language"] = "es"
    page = text_of(client.get(PAGE))
    assert "han terminado" in page
    assert "have finished" not in page


def test_the_number_of_queries_does_not_grow_with_the_people():
    client = signed_in_as(RUTH)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(PAGE + "?status=").status_code == 200
        return len(found)

    queries()
    few = queries()
    for number in range(25):
        person = Person.objects.create(id=f"2000{number:04}", legal_last_name=f"Person {number}")
        Appointment.objects.create(id=f"b{number}", person=person, unit_id="music", category="staff", paid=True)
        Unit.objects.create(id=f"music-{number}", parent_id="music", name=f"Music {number}")
        Standing.objects.create(
            person=person, programme_id="page-b", cycle="2020-21", state="open", group="all-schools",
            opens_on=MOMENT.day, due_on=later(days=20).day, unit_id="music",
            decided_on=MOMENT.day, decided_at=MOMENT.at,
        )  # fmt: skip
    assert queries() == few


def test_reminding_shows_its_effect_before_the_act():
    Programme.objects.filter(pk="page-b").update(sending_opened_at=MOMENT.at)
    client = signed_in_as(RUTH)
    assert "2 people would get a reminder" in text_of(client.get(PAGE + "remind/"))
    assert not Notice.objects.filter(kind="reminder").exists()
    client.post(PAGE + "remind/")
    assert set(Notice.objects.filter(kind="reminder").values_list("person_id", flat=True)) == {INES, RUTH}


def test_nobody_is_reminded_twice_within_three_days(monkeypatch):
    Programme.objects.filter(pk="page-b").update(sending_opened_at=MOMENT.at)
    client = signed_in_as(RUTH)
    client.post(PAGE + "remind/")
    Notice.objects.filter(kind="reminder").update(state="sent", sent_at=MOMENT.at)
    stand_on(monkeypatch, later(days=2))
    client.post(PAGE + "remind/")
    assert Notice.objects.filter(kind="reminder").count() == 2
    stand_on(monkeypatch, later(days=4))
    client.post(PAGE + "remind/")
    assert Notice.objects.filter(kind="reminder").count() == 4


def test_nobody_is_reminded_while_sending_is_closed():
    client = signed_in_as(RUTH)
    client.post(PAGE + "remind/")
    assert not Notice.objects.exists()


def test_only_those_who_can_act_are_reminded():
    Programme.objects.filter(pk="page-b").update(sending_opened_at=MOMENT.at)
    give(RUTH, "department", MOMENT, "test", unit="univ")
    complete(INES)
    signed_in_as(RUTH).post(PAGE + "remind/")
    reminded = set(Notice.objects.filter(kind="reminder").values_list("person_id", flat=True))
    assert RUTH in reminded
    assert not reminded & {INES, TOMAS, KENJI, SOFIA, DARIO}
