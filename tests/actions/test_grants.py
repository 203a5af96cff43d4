"""Giving a role and taking it back."""

import pytest

from tests.cast import INES, RUTH
from tests.staff import MOMENT, later, open_office
from upstander.actions.grants import end, give
from upstander.core.errors import Refusal
from upstander.models import Account, AuditLine, Person, RoleGrant
from upstander.queries.roles import roles_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office():
    open_office()


def roles(person_id):
    return roles_of(Account.objects.get(person_id=person_id))


def test_a_grant_opens_a_programme_and_leaves_a_line_in_the_audit():
    assert give(INES, "officer", MOMENT, "cli:test", programme="page-b")
    assert roles(INES).officer_of == {"page-b"}
    line = AuditLine.objects.get(verb="grant-role", subject=f"person:{INES}")
    assert (line.actor, line.data) == ("cli:test", {"role": "officer", "reach": "page-b"})


def test_the_same_grant_again_changes_nothing():
    give(INES, "officer", MOMENT, "cli:test")
    assert not give(INES, "officer", later(hours=1), "cli:test")
    assert RoleGrant.objects.filter(person_id=INES).count() == 1


def test_a_grant_that_has_ended_opens_nothing_and_stays_on_record():
    give(INES, "department", MOMENT, "cli:test", unit="arts")
    assert end(INES, "department", later(days=1), "cli:test", unit="arts")
    assert not roles(INES).is_administrator
    assert RoleGrant.objects.get(person_id=INES).ended_at == later(days=1).at


def test_a_department_grant_reaches_the_units_below():
    give(INES, "department", MOMENT, "cli:test", unit="arts")
    assert roles(INES).units == {"arts", "music", "history"}


def test_the_units_file_makes_an_administrator():
    assert roles(RUTH).units == {"music"}


def test_somebody_who_left_the_roster_has_no_role():
    Person.objects.filter(pk=RUTH).update(vanished_on=MOMENT.day)
    assert roles(RUTH).person_id is None
    assert not roles(RUTH).is_administrator


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"person_id": "99999999", "role": "officer"}, "no-such-person"),
        ({"person_id": INES, "role": "queen"}, "no-such-role"),
        ({"person_id": INES, "role": "officer", "programme": "none"}, "no-such-programme"),
        ({"person_id": INES, "role": "department", "unit": "none"}, "no-such-unit"),
        ({"person_id": INES, "role": "officer", "unit": "arts"}, "role-reaches-otherwise"),
        ({"person_id": INES, "role": "department", "programme": "page-b"}, "role-reaches-otherwise"),
        ({"person_id": INES, "role": "author", "programme": "page-b"}, "role-reaches-otherwise"),
        ({"person_id": INES, "role": "custodian", "unit": "arts"}, "role-reaches-otherwise"),
    ],
)
def test_a_grant_that_means_nothing_is_refused(arguments, code):
    with pytest.raises(Refusal) as refused:
        give(moment=MOMENT, by="cli:test", **arguments)
    assert refused.value.code == code
