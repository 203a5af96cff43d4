"""A file that came with what was asked in confidence, for its custodians."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from upstander.core.requests import OFFICER
from upstander.queries.doors.case_files import file_for_custodian
from upstander.queries.roles import roles_of
from upstander.web.case_upload import as_download, taken_back
from upstander.web.guard import signed_in


@signed_in
@require_safe
def file(request: HttpRequest, case_id: UUID, file_id: UUID) -> HttpResponseBase:
    """The download."""
    roles = roles_of(request.user)
    return as_download(request, file_for_custodian(roles, case_id, file_id), f"person:{roles.person_id}")


@signed_in
@require_POST
def remove(request: HttpRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    """Takes away a file that should not have been sent, while nothing is decided."""
    roles = roles_of(request.user)
    taken_back(request, file_for_custodian(roles, case_id, file_id), OFFICER, f"person:{roles.person_id}")
    return redirect("confidence-case", case_id=case_id)
