"""Who may see or do what, as functions of facts about the viewer; everything not said here is "no"."""

from collections.abc import Iterable
from dataclasses import dataclass

#: The roles that a person can be granted; what a role reaches stands in its grant.
OFFICER = "officer"
DEPARTMENT = "department"
AUTHOR = "author"
CUSTODIAN = "custodian"
ANALYST = "analyst"
ROLES = (OFFICER, DEPARTMENT, AUTHOR, CUSTODIAN, ANALYST)


@dataclass(frozen=True, slots=True)
class Roles:
    """What one signed-in person is: themself, perhaps an officer, perhaps an administrator of units.

    `officer_of` and `custodian_of` are programme keys, `units` unit ids with the units below them already in; the
    `all_` flags stand for every programme and every unit there is or will be. An author writes courses, an analyst
    takes away the sealed answers of the survey, a custodian handles what is asked in confidence.
    """

    person_id: str | None = None
    officer_of: frozenset[str] = frozenset()
    all_programmes: bool = False
    units: frozenset[str] = frozenset()
    all_units: bool = False
    is_author: bool = False
    is_analyst: bool = False
    custodian_of: frozenset[str] = frozenset()
    all_custody: bool = False

    @property
    def is_custodian(self) -> bool:
        return self.all_custody or bool(self.custodian_of)

    @property
    def is_officer(self) -> bool:
        return self.all_programmes or bool(self.officer_of)

    @property
    def is_administrator(self) -> bool:
        return self.all_units or bool(self.units)


#: The roles of somebody who has not signed in, or has left.
NOBODY = Roles()


def may_see_own(roles: Roles, person_id: str) -> bool:
    """A person sees their own plan, answers, attempts and scores; nobody else does, whatever their role."""
    return roles.person_id is not None and roles.person_id == person_id


def may_run_programme(roles: Roles, programme: str) -> bool:
    """An officer of this programme, or of all, reads its figures and people and opens its sending."""
    return roles.all_programmes or programme in roles.officer_of


def may_word_letters(roles: Roles, programme: str | None) -> bool:
    """An officer of the programme words its letters; the words for all programmes, whoever runs every one."""
    return roles.all_programmes if programme is None else may_run_programme(roles, programme)


def may_start_programme(roles: Roles) -> bool:
    """A new programme has no officer yet: whoever runs all of them may start one."""
    return roles.all_programmes


def may_write_courses(roles: Roles) -> bool:
    """Authors, and whoever runs every programme, write, review and publish courses."""
    return roles.is_author or roles.all_programmes


def may_keep_confidence(roles: Roles, programme: str) -> bool:
    """Only a custodian of this programme, or of all, sees what was asked in confidence; running it is not enough."""
    return roles.all_custody or programme in roles.custodian_of


def may_run_sessions(roles: Roles) -> bool:
    """An officer of any programme offers trainings in person, sets their dates and puts people in (row A16)."""
    return roles.is_officer


def may_lead_session(roles: Roles, facilitators: Iterable[str]) -> bool:
    """Whoever leads a session, and officers, see the names of who has a seat in it and mark who was there."""
    return may_run_sessions(roles) or (roles.person_id is not None and roles.person_id in facilitators)


def may_take_survey_boxes(roles: Roles) -> bool:
    """Only an analyst takes the sealed answers of a survey away and brings its tables back."""
    return roles.is_analyst


def may_see_unit(roles: Roles, unit_id: str) -> bool:
    """An administrator of the unit, or of one above it, sees its people's status (row B18)."""
    return roles.all_units or unit_id in roles.units


def may_see_status(roles: Roles, unit_ids: Iterable[str]) -> bool:
    """A department sees the status of whoever holds an appointment in one of its units, and of nobody else."""
    return any(may_see_unit(roles, unit_id) for unit_id in unit_ids)


def programmes_run(roles: Roles, programmes: Iterable[str]) -> list[str]:
    """Of these programme keys those whose office pages the viewer may open, in the given order."""
    return [key for key in programmes if may_run_programme(roles, key)]


def may_open_course(asked_only: bool, is_asked: bool, has_completed: bool, has_asked: bool) -> bool:
    """Whoever a programme asks something of may open its courses, and whoever has completed one may return (row B16).

    Where it is `asked_only`, somebody of whom nothing is asked has to ask for it first (row B20).
    """
    return not asked_only or is_asked or has_completed or has_asked
