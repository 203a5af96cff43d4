"""Two officers who decide the same case at once, or an officer while its person takes it back: one of them has."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from tests.actions.test_submission_race import AT_ONCE, together
from tests.cast import AMARA, HUGO, INES, MEI, MOMENT, NOOR, PRIYA, RUTH, SOFIA
from tests.staff import open_office, signed_in_as
from upstander.actions.adjustments import Planned, record
from upstander.actions.cases import Wanted, move, open_case
from upstander.actions.course_access import grant_access
from upstander.actions.grants import give
from upstander.core.errors import Refusal
from upstander.core.requests import OFFICER, PERSON
from upstander.models import AdjustmentRecord, Case, CaseEntry, CourseAccess, Notice, Standing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
OFFICE, MINE = f"person:{MEI}", f"person:{INES}"
LATER = date(2021, 3, 1)
#: What ends a request of Ines's while the office has its page open.
ENDS = [("decline", OFFICER, OFFICE), ("settle", OFFICER, OFFICE), ("withdraw", PERSON, MINE)]


@pytest.fixture
def case() -> Case:
    """More time, asked for by Ines; two officers of page-b."""
    open_office()
    give(AMARA, "officer", MOMENT, "test", programme="page-b")
    wanted = Wanted("page-b", "2020-21", "officer", {"to_on": LATER.isoformat()}, kind="extension")
    return open_case(INES, wanted, MOMENT, MINE)


def grants(case: Case, by: str = OFFICE) -> AdjustmentRecord:
    return record(Planned("extension", INES, "page-b", "2020-21", to_on=LATER), "Field work.", MOMENT, by, case)


@pytest.mark.row("B17")
@pytest.mark.parametrize(("name", "role", "by"), ENDS)
def test_what_was_decided_or_taken_back_meanwhile_is_not_granted(case, name, role, by):
    ended = move(case.pk, name, role, MOMENT, by, "Said.")
    with pytest.raises(Refusal, match="move-not-open"):
        grants(case)  # as it was read before
    case.refresh_from_db()
    assert case.state == ended.state and not AdjustmentRecord.objects.exists()
    assert not CaseEntry.objects.filter(case=case, move__in=("adjusted", "granted")).exists()


@pytest.mark.row("B20")
@pytest.mark.parametrize(("name", "role", "by"), [ENDS[0], ("withdraw", PERSON, f"person:{NOOR}")])
def test_courses_are_not_opened_from_a_request_that_is_over(case, name, role, by):
    case = open_case(
        NOOR, Wanted("page-b", "2020-21", "officer", {}, kind="voluntary-access"), MOMENT, f"person:{NOOR}"
    )
    move(case.pk, name, role, MOMENT, by, "Said.")
    with pytest.raises(Refusal, match="move-not-open"):
        grant_access(case, MOMENT, OFFICE)
    assert not CourseAccess.objects.exists()


def officers(*acts: Callable) -> list[str]:
    """Two officers' browsers that do these at the same moment; where each was led, "" where it stayed."""
    clients = [signed_in_as(person_id) for person_id in (MEI, AMARA)]
    answers = together([partial(act, client) for act, client in zip(acts, clients, strict=True)])
    return [getattr(answer, "url", "") for answer in answers]


def declining(case: Case) -> Callable:
    return lambda client: client.post(f"/office/cases/{case.pk}/", {"move": "decline", "text": "No."})


def granting(case: Case) -> Callable:
    standing = Standing.objects.get(person_id=INES, programme_id="page-b")
    address = f"/office/people/{standing.pk}/adjust/?kind=extension&case={case.pk}"
    given = {"to_on": LATER.isoformat(), "reason": "Field work.", "act": "record"}
    return lambda client: client.post(address, given)


@pytest.mark.row("B17")
def test_several_officers_who_grant_it_at_once_grant_it_once(case):
    led = officers(granting(case), granting(case))
    assert sorted(led) == [""] * (AT_ONCE - 1) + [f"/office/cases/{case.pk}/"]
    assert AdjustmentRecord.objects.count() == 1
    assert Notice.objects.filter(person_id=INES, kind="extension-granted").count() == 1
    assert CaseEntry.objects.filter(case=case, move="granted").count() == 1


@pytest.mark.row("B17")
def test_of_one_who_grants_and_one_who_declines_at_once_one_has_decided(case):
    officers(granting(case), declining(case))
    case.refresh_from_db()
    granted = AdjustmentRecord.objects.count()
    assert (case.state, granted) in {("settled", 1), ("declined", 0)}
    decided = CaseEntry.objects.filter(case=case, move__in=("granted", "adjusted", "decline"))
    assert decided.count() == 1


@pytest.mark.parametrize("person_id", [SOFIA, INES, RUTH, HUGO], ids=["custodian", "asker", "unit", "other-programme"])
def test_whoever_is_no_officer_of_its_programme_decides_nothing(case, person_id):
    client = signed_in_as(person_id)
    assert declining(case)(client).status_code == granting(case)(client).status_code == 404
    case.refresh_from_db()
    assert case.state == "open" and not AdjustmentRecord.objects.exists()


@pytest.mark.parametrize("act", ["adjust", "arrange"])
@pytest.mark.parametrize(("whose", "programme"), [(PRIYA, "page-b"), (INES, "page-a")], ids=["person", "programme"])
def test_nothing_is_decided_about_somebody_from_a_case_about_another_duty(case, act, whose, programme):
    give(MEI, "officer", MOMENT, "test", programme="page-a")
    standing = Standing.objects.get(person_id=whose, programme_id=programme)
    address = f"/office/people/{standing.pk}/{act}/?kind=extension&case={case.pk}"
    assert signed_in_as(MEI).get(address.partition("?")[0]).status_code == 200
    assert signed_in_as(MEI).get(address).status_code == signed_in_as(MEI).post(address).status_code == 404
