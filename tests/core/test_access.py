"""Who may see or do what, as functions of facts."""

import pytest

from upstander.core.access import (
    NOBODY,
    Roles,
    may_run_programme,
    may_see_own,
    may_see_status,
    may_see_unit,
    programmes_run,
)

LEARNER = Roles(person_id="10000001")
OFFICER_OF_B = Roles(person_id="10000012", officer_of=frozenset({"page-b"}))
OFFICER_OF_ALL = Roles(person_id="10000012", all_programmes=True)
OF_MUSIC = Roles(person_id="10000011", units=frozenset({"music"}))
OF_EVERY_UNIT = Roles(person_id="10000011", all_units=True)
EVERYBODY = (NOBODY, LEARNER, OFFICER_OF_B, OFFICER_OF_ALL, OF_MUSIC, OF_EVERY_UNIT)


def test_a_person_sees_their_own_record():
    assert may_see_own(LEARNER, "10000001")


@pytest.mark.parametrize("roles", [NOBODY, OFFICER_OF_B, OFFICER_OF_ALL, OF_MUSIC, OF_EVERY_UNIT])
def test_nobody_else_sees_what_belongs_to_a_learner_whatever_their_role(roles):
    assert not may_see_own(roles, "10000001")


def test_an_officer_runs_the_programmes_of_their_grant_only():
    assert may_run_programme(OFFICER_OF_B, "page-b")
    assert not may_run_programme(OFFICER_OF_B, "page-a")
    assert programmes_run(OFFICER_OF_B, ["page-a", "page-b"]) == ["page-b"]


def test_an_officer_of_all_runs_every_programme_there_will_be():
    assert may_run_programme(OFFICER_OF_ALL, "not-yet-thought-of")


@pytest.mark.parametrize("roles", [NOBODY, LEARNER, OF_MUSIC, OF_EVERY_UNIT])
def test_nobody_but_an_officer_runs_a_programme(roles):
    assert not roles.is_officer
    assert not may_run_programme(roles, "page-b")


@pytest.mark.row("B18")
def test_a_department_sees_its_own_units_only():
    assert may_see_unit(OF_MUSIC, "music")
    assert not may_see_unit(OF_MUSIC, "history")
    assert may_see_status(OF_MUSIC, ["history", "music"])
    assert not may_see_status(OF_MUSIC, ["history"])


@pytest.mark.parametrize("roles", [NOBODY, LEARNER, OFFICER_OF_B, OFFICER_OF_ALL])
def test_an_office_role_opens_no_department(roles):
    assert not roles.is_administrator
    assert not may_see_unit(roles, "music")
