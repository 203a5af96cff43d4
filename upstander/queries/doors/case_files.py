"""The doors of files that belong to cases: as those of the cases themselves, and Http404 for what was removed."""

from uuid import UUID

from django.http import Http404

from upstander.core.access import Roles
from upstander.models import Case, CaseFile, Person
from upstander.queries.doors.cases import case_for_officer, case_for_person
from upstander.queries.doors.confidence import case_for_custodian


def file_for_person(viewer: Person, case_id: UUID, file_id: UUID) -> CaseFile:
    """A file of the viewer's own case."""
    return _of(case_for_person(viewer, case_id), file_id)


def file_for_officer(roles: Roles, case_id: UUID, file_id: UUID) -> CaseFile:
    """A file of a case that the viewer handles."""
    return _of(case_for_officer(roles, case_id), file_id)


def file_for_custodian(roles: Roles, case_id: UUID, file_id: UUID) -> CaseFile:
    """A file of a case that the viewer holds in confidence."""
    return _of(case_for_custodian(roles, case_id), file_id)


def _of(case: Case, file_id: UUID) -> CaseFile:
    file = CaseFile.objects.select_related("case").filter(case=case, pk=file_id, removed_at=None).first()
    if file is None:
        raise Http404
    return file
