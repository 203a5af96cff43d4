"""A file that came with what was asked in confidence, for its custodians."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from upstander.queries.doors.case_files import file_for_custodian
from upstander.queries.roles import roles_of
from upstander.web.case_upload import as_download
from upstander.web.guard import signed_in


@signed_in
@require_safe
def file(request: HttpRequest, case_id: UUID, file_id: UUID) -> HttpResponseBase:
    """The download."""
    roles = roles_of(request.user)
    return as_download(request, file_for_custodian(roles, case_id, file_id), f"person:{roles.person_id}")
