"""Courses of which nothing is asked: the page that says so, asking, granting, ending (rows B16, B20)."""

from html import unescape

import pytest

from tests.cast import AMARA, HUGO, INES, LIN, MEI, MOMENT, NOOR
from tests.staff import PROGRAMMES, complete, signed_in_as
from upstander.actions.course_access import grant_access
from upstander.actions.programmes import import_programme
from upstander.core.errors import Refusal
from upstander.models import Case, CourseAccess, Notice, Standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]

COURSE = "/learn/option-a/"


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def changed(old: str, new: str) -> None:
    text = (PROGRAMMES / "page-b.toml").read_text(encoding="utf-8").replace("version = 1", "version = 2", 1)
    import_programme(text.replace(old, new, 1), MOMENT, "test")


def asks(person_id: str = NOOR):
    return signed_in_as(person_id).post("/ask/voluntary-access/", {"programme": "page-b", "note": ""})


@pytest.mark.row("B20")
@pytest.mark.parametrize(("lang", "says"), [("en", "You need not take this"), ("es", "No tiene que hacer esto")])
def test_who_need_not_take_it_gets_a_page_with_one_button(lang, says):
    client = signed_in_as(NOOR)
    client.cookies["upstander_language"] = lang
    answer = client.get(COURSE)
    assert answer.status_code == 403 and says in text_of(answer)
    assert text_of(answer).count('class="button filled"') == 1


@pytest.mark.row("B20")
@pytest.mark.parametrize("person_id", [INES, AMARA, MEI])
def test_whoever_is_asked_or_exempt_or_scheduled_opens_it_as_ever(person_id):
    assert signed_in_as(person_id).get(COURSE).status_code == 200


@pytest.mark.row("B20")
def test_no_page_of_the_course_and_no_act_in_it_is_open_before():
    client = signed_in_as(LIN)
    assert client.post(COURSE).status_code == 403
    for address in ("print/", "search/?q=a", "assessment/", "welcome/start/"):
        assert client.get(COURSE + address).status_code == 403


@pytest.mark.row("B16")
def test_whoever_has_completed_one_of_its_courses_may_always_return():
    complete(NOOR, course="option-b")
    assert signed_in_as(NOOR).get(COURSE).status_code == 200


@pytest.mark.row("B20")
def test_where_the_programme_lets_everybody_in_nobody_asks():
    changed('courses = "asked"', 'courses = "everybody"')
    assert signed_in_as(NOOR).get(COURSE).status_code == 200
    assert "There is no course now" in text_of(signed_in_as(NOOR).get("/ask/voluntary-access/"))


@pytest.mark.row("B20")
def test_asking_is_one_press_the_office_grants_it_and_nothing_follows_from_it():
    answer = asks()
    case = Case.objects.get(kind="voluntary-access")
    assert answer.url == f"/cases/{case.pk}/" and not case.rests_reminders
    assert case.number in text_of(signed_in_as(NOOR).get(COURSE))
    assert signed_in_as(NOOR).get(COURSE).status_code == 403
    address = f"/office/cases/{case.pk}/access/"
    assert "Nothing is asked of this person" in text_of(signed_in_as(MEI).get(address))
    signed_in_as(MEI).post(address, {"act": "grant"})
    case.refresh_from_db()
    assert case.state == "settled" and signed_in_as(NOOR).get(COURSE).status_code == 200
    assert Standing.objects.get(person_id=NOOR, programme_id="page-b").state == "not-required"
    assert not Notice.objects.filter(person_id=NOOR, kind="reminder").exists()


@pytest.mark.row("B20")
def test_where_asking_is_enough_it_is_open_at_once():
    changed('courses = "asked"', 'courses = "asked"\nautomatic = true')
    asks()
    assert Case.objects.get(kind="voluntary-access").state == "settled"
    assert signed_in_as(NOOR).get(COURSE).status_code == 200


@pytest.mark.row("B20")
def test_ended_it_closes_and_the_record_of_it_stays():
    asks()
    case = Case.objects.get(kind="voluntary-access")
    grant_access(case, MOMENT, f"person:{MEI}")
    signed_in_as(MEI).post(f"/office/cases/{case.pk}/access/", {"act": "end"})
    assert signed_in_as(NOOR).get(COURSE).status_code == 403
    assert CourseAccess.objects.get().ended_by == f"person:{MEI}"


def test_nobody_grants_it_to_themself_and_an_officer_of_another_programme_does_not_find_it():
    asks()
    case = Case.objects.get(kind="voluntary-access")
    with pytest.raises(Refusal, match="not-yourself"):
        grant_access(case, MOMENT, f"person:{NOOR}")
    assert signed_in_as(HUGO).get(f"/office/cases/{case.pk}/access/").status_code == 404


def test_what_is_asked_of_somebody_cannot_be_asked_for():
    assert "There is no course now" in text_of(asks(INES))
    assert not Case.objects.exists()


def test_a_request_in_the_course_costs_one_further_query(django_assert_max_num_queries):
    client = signed_in_as(INES)
    client.get(COURSE)
    with django_assert_max_num_queries(40) as asked:
        client.get(COURSE)
    assert sum("course_access" in one["sql"] or "courseaccess" in one["sql"] for one in asked.captured_queries) == 1
