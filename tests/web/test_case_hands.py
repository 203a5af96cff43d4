"""Who of the office has a case: taking, handing over, laying down, and the queue by hands and language."""

from html import unescape
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.cast import HUGO, INES, MEI, MOMENT, PRIYA, RUTH
from tests.staff import content_of, later, signed_in_as
from upstander.actions.cases import Wanted, move, open_case
from upstander.actions.grants import give
from upstander.core.requests import OFFICER
from upstander.models import Case, CaseEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


@pytest.fixture
def case() -> Case:
    give(RUTH, "officer", MOMENT, "test", programme="page-b")
    wanted = Wanted("page-b", "2020-21", "officer", {"note": "The film has no captions."}, kind="accessibility")
    wanted = Wanted(wanted.programme, wanted.cycle, wanted.owner, wanted.asked, language="es", kind=wanted.kind)
    return open_case(INES, wanted, MOMENT, f"person:{INES}")


def hands(case: Case, by: str, to: str):
    return signed_in_as(by).post(f"/office/cases/{case.pk}/hands/", {"to": to}, follow=True)


def queue(who: str, query: str) -> str:
    return text_of(signed_in_as(who).get(f"/office/cases/?{query}"))


def test_taken_it_is_mine_and_handed_over_it_is_theirs(case):
    assert case.number in queue(MEI, "hands=nobody") and case.number not in queue(MEI, "hands=mine")
    assert "You have taken this case." in text_of(hands(case, MEI, MEI))
    assert case.number in queue(MEI, "hands=mine") and case.number not in queue(MEI, "hands=nobody")
    hands(case, MEI, RUTH)
    assert case.number in queue(RUTH, "hands=mine") and case.number not in queue(MEI, "hands=mine")
    assert case.number in queue(MEI, f"hands={RUTH}")
    hands(case, MEI, "")
    assert case.number in queue(MEI, "hands=nobody")


def test_while_an_officer_is_away_another_takes_over_what_they_have(case):
    hands(case, MEI, MEI)
    hands(case, RUTH, RUTH)
    assert case.number in queue(RUTH, "hands=mine")


def test_the_person_reads_nothing_of_it(case):
    hands(case, MEI, MEI)
    assert CaseEntry.objects.filter(case=case, move="take", for_person=False).count() == 1
    shown = text_of(signed_in_as(INES).get(f"/cases/{case.pk}/"))
    assert "Mei" not in shown and "handed" not in shown


@pytest.mark.parametrize("to", [HUGO, PRIYA, INES])
def test_it_goes_into_the_hands_of_officers_of_its_programme_only_and_never_of_its_person(case, to):
    give(INES, "officer", MOMENT, "test", programme="page-b")
    assert hands(case, MEI, to).status_code == 404
    assert not CaseEntry.objects.filter(case=case, move="take").exists()


def test_a_settled_case_is_taken_by_nobody(case):
    move(case.pk, "settle", OFFICER, MOMENT, f"person:{MEI}")
    assert "can no longer be done here" in text_of(hands(case, MEI, MEI))


def test_the_queue_is_filtered_by_the_language_of_the_person(case):
    assert case.number in queue(MEI, "language=es") and case.number not in queue(MEI, "language=en")


def test_the_load_by_kind_is_a_file_of_figures_without_a_name(case):
    move(case.pk, "reply", OFFICER, later(days=1), f"person:{MEI}", "On it.")
    answer = signed_in_as(MEI).get("/office/cases/load.csv")
    told = b"".join(answer.streaming_content).decode()
    assert "A barrier,1,2021-01-20,2,1,1,0" in told.replace("1.0", "1") and "Ines" not in told
    sheet = load_workbook(BytesIO(content_of(signed_in_as(MEI).get("/office/cases/load.xlsx")))).active
    assert [cell.value for cell in sheet[2]][:3] == ["A barrier", 1, "2021-01-20"], "a spreadsheet adds figures up"
    assert signed_in_as(INES).get("/office/cases/load.csv").status_code == 404
