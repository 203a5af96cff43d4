"""Rows of the two pages proved by HTTP, on completions imported from a file."""

from html import unescape

import pytest

from tests.cast import INES, MEI, MOMENT
from tests.staff import signed_in_as
from upstander.actions.completions_import import import_completions
from upstander.models import Standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]


def imported(folder, *rows: str) -> None:
    file = folder / "completions.csv"
    file.write_text("\n".join(["person_id,course_key,completed_on,role,source,score", *rows, ""]), encoding="utf-8")
    import_completions(file, MOMENT)


def duty(key: str) -> str:
    page = unescape(signed_in_as(INES).get("/my-training/").content.decode())
    return page.split(f'id="{key}"')[1].split("</article>")[0]


@pytest.mark.row("B08")
def test_an_earlier_training_does_not_count_and_is_named_with_the_ground(tmp_path):
    imported(tmp_path, f"{INES},option-a,2018-10-05,employee,elsewhere,", f"{INES},core-2018,2018-10-05,employee,x,")
    shown = duty("page-b")
    assert "Open</span>" in shown
    assert "on 5 October 2018. It does not count, because this period begins on 1 September 2020." in shown
    assert "“core-2018” on 5 October 2018. It is not one of the courses that count here." in shown


@pytest.mark.row("A12")
def test_what_was_taken_as_a_student_is_still_asked_of_an_employee(tmp_path):
    imported(tmp_path, f"{INES},core,2020-07-20,student,elsewhere,")
    shown = duty("page-a")
    assert "Overdue</span>" in shown
    assert "as a student. It does not count here" in shown


@pytest.mark.row("B17")
def test_an_extension_stands_in_the_persons_plan_and_in_the_offices_list():
    standing = Standing.objects.get(person_id=INES, programme_id="page-b")
    given = {"to_on": "2021-03-31", "reason": "Asked for more time.", "act": "record"}
    signed_in_as(MEI).post(f"/office/people/{standing.pk}/adjust/?kind=extension", given)
    shown = duty("page-b")
    assert "Wednesday 31 March 2021" in shown
    assert "The office has moved your due date from 17 February 2021 to 31 March 2021." in shown
    assert "31 Mar 2021" in signed_in_as(MEI).get("/office/programmes/page-b/people/?state=open").content.decode()
