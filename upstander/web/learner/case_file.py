"""A file of one's own request, and adding one to it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from upstander.actions.case_files import attach, drop
from upstander.core.errors import Refusal
from upstander.core.requests import PERSON, UNSETTLED, kind_of
from upstander.queries.doors.case_files import file_for_person
from upstander.queries.doors.cases import case_for_person
from upstander.queries.doors.learner import person_of
from upstander.web.case_upload import arrived_files, as_download, is_too_long, taken_back
from upstander.web.guard import signed_in
from upstander.words.request_refusals import refusal_words


@signed_in
@require_safe
def file(request: HttpRequest, case_id: UUID, file_id: UUID) -> HttpResponseBase:
    """The download of a file that belongs to the reader's own request."""
    person = person_of(request.user)
    return as_download(request, file_for_person(person, case_id, file_id), f"person:{person.pk}")


@signed_in
@require_POST
def remove(request: HttpRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    """Takes back a file that the reader sent, while nothing is decided."""
    person = person_of(request.user)
    taken_back(request, file_for_person(person, case_id, file_id), PERSON, f"person:{person.pk}")
    return redirect("case", case_id=case_id)


@csrf_exempt
def add_files(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Adds files to an open request; how long the request is, is looked at before anything of it is read."""
    return _add_files(request, case_id)


@signed_in
@require_POST
def _add_files(request: HttpRequest, case_id: UUID) -> HttpResponse:
    case_for_person(person_of(request.user), case_id)
    if is_too_long(request):
        messages.error(request, gettext("The files together are too large. Nothing of it was taken."))
        return redirect("case", case_id=case_id)
    return _added(request, case_id)


@csrf_protect
def _added(request: HttpRequest, case_id: UUID) -> HttpResponse:
    person, arrived = person_of(request.user), []
    case = case_for_person(person, case_id)
    try:
        if case.state not in UNSETTLED or not kind_of(case.kind).files:
            raise Refusal("files-not-here")
        arrived = arrived_files(request.FILES.getlist("files"))
        attach(case, arrived, request.moment, f"person:{person.pk}")
    except Refusal as refusal:
        drop(arrived)
        messages.error(request, refusal_words(refusal))
    else:
        messages.success(request, gettext("Added. The office can open it now."))
    return redirect("case", case_id=case_id)
