"""What an officer does with a case beside answering it: its files, opening courses, who takes it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upstander.actions.case_hands import hand_over, take
from upstander.actions.course_access import end_access, grant_access
from upstander.core.errors import Refusal
from upstander.core.requests import OFFICER, VOLUNTARY_ACCESS
from upstander.queries.case_hands import hands_for
from upstander.queries.course_access import access_now
from upstander.queries.doors.case_files import file_for_officer
from upstander.queries.doors.cases import case_for_officer
from upstander.queries.programmes import published
from upstander.queries.roles import roles_of
from upstander.web.case_upload import as_download, taken_back
from upstander.web.guard import signed_in
from upstander.web.people import in_words
from upstander.words.request_refusals import refusal_words


@signed_in
@require_safe
def file(request: HttpRequest, case_id: UUID, file_id: UUID) -> HttpResponseBase:
    """The download of a file of a case that the viewer handles."""
    roles = roles_of(request.user)
    return as_download(request, file_for_officer(roles, case_id, file_id), f"person:{roles.person_id}")


@signed_in
@require_POST
def remove_file(request: HttpRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    """Takes away a file that should not have been sent, while nothing is decided."""
    roles = roles_of(request.user)
    taken_back(request, file_for_officer(roles, case_id, file_id), OFFICER, f"person:{roles.person_id}")
    return redirect("office-case", case_id=case_id)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def access(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Opens the courses to whoever asked for them, or closes them again; first what it means."""
    roles = roles_of(request.user)
    case, by = case_for_officer(roles, case_id), f"person:{roles.person_id}"
    if case.kind != VOLUNTARY_ACCESS:
        raise Http404
    there = access_now(case.person_id, case.programme_id)
    if request.method == "POST":
        try:
            if request.POST.get("act") == "end" and there:
                end_access(there, request.moment, by)
                messages.success(request, gettext("Ended. What the person has completed stays open to them."))
            else:
                grant_access(case, request.moment, by)
                messages.success(request, gettext("Granted. The courses are open to the person now."))
        except Refusal as refusal:
            messages.error(request, refusal_words(refusal))
        return redirect("office-case", case_id=case_id)
    title = in_words(published(case.programme_id).title)
    context = {"section": "office", "case": case, "who": case.person, "title": title, "there": there}
    return render(request, "office/case_access.html", context)


@signed_in
@require_POST
def hands(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Takes a case, lays it down, or hands it to another officer of its programme."""
    roles = roles_of(request.user)
    case, by = case_for_officer(roles, case_id), f"person:{roles.person_id}"
    chosen = request.POST.get("to", "")
    try:
        if chosen == roles.person_id:
            take(case.pk, request.moment, by)
            messages.success(request, gettext("You have taken this case."))
        elif chosen in {person.pk for person in hands_for(case)} or not chosen:
            hand_over(case.pk, chosen, request.moment, by)
            messages.success(request, gettext("Handed over.") if chosen else gettext("Laid down, for anybody to take."))
        else:
            raise Http404
    except Refusal as refusal:
        messages.error(request, refusal_words(refusal))
    return redirect("office-case", case_id=case_id)
