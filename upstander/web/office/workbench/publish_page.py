"""Publishing a draft: what will happen, in numbers; the wait for a second officer; the release."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions.publishing import Outcome, publish, release, withdraw_request
from upstander.core.errors import Refusal
from upstander.models import Person, ProgrammeVersion
from upstander.queries.doors.versions import version_for_officer
from upstander.queries.preview import Progress
from upstander.queries.roles import roles_of
from upstander.web.guard import signed_in
from upstander.web.office.workbench.desk import Desk, by_of, desk_of, revision_of
from upstander.web.office.workbench.people_effect import effect_context, stored_kinds
from upstander.web.office.workbench.problems import problems_of, told
from upstander.web.office.workbench.refusals import refusal_sentence
from upstander.web.office.workbench.working_out import Worked, forget, how_far, worked_out


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def publish_page(request: HttpRequest, version_id: int) -> HttpResponse:
    """The effect before the act; POST publishes, or asks for a second officer where the change is large."""
    desk = desk_of(request, version_id)
    if desk.version.requested_at:
        return redirect("office-draft-release", version_id=version_id)
    if request.method != "POST":
        return _publish_shown(request, desk)
    revision, by, moment = revision_of(request), by_of(request), request.moment

    def work(progress: Progress) -> dict[str, Any]:
        return _told(publish(version_id, revision, moment, by, progress))

    return _begun(request, desk, work)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def release_page(request: HttpRequest, version_id: int) -> HttpResponse:
    """A version that waits: who asked, when, and what it does; another officer releases it."""
    desk = desk_of(request, version_id)
    if not desk.version.requested_at:
        return redirect("office-draft-publish", version_id=version_id)
    if request.method != "POST":
        return _release_shown(request, desk)
    by, moment = by_of(request), request.moment
    if request.POST.get("act") == "withdraw":
        try:
            withdraw_request(version_id, moment, by)
        except Refusal as refusal:
            return _release_shown(request, desk, refusal_sentence(refusal))
        messages.success(request, gettext("The request is withdrawn. The draft stays as it is."))
        return redirect("office-draft", version_id=version_id)

    def work(progress: Progress) -> dict[str, Any]:
        return _told(release(version_id, moment, by, progress))

    return _begun(request, desk, work)


@signed_in
@require_safe
def publishing(request: HttpRequest, version_id: int) -> HttpResponse:
    """How far publishing is; leads on when it is done."""
    version = version_for_officer(roles_of(request.user), version_id)
    worked = how_far(_key(version))
    if worked is None or not worked.is_running:
        return _ended(request, version, worked)
    context = {"section": "office", "version": version, "worked": worked}
    template = "office/workbench/progress.html" if request.htmx else "office/workbench/publishing.html"
    return render(request, template, context)


def _begun(request: HttpRequest, desk: Desk, work: Any) -> HttpResponse:
    key = _key(desk.version)
    worked = how_far(key)
    if worked is None or not worked.is_running:
        forget(key)
        people = Person.objects.filter(vanished_on=None).count()
        worked = worked_out(key, people, work)
    if worked.is_running:
        return redirect("office-draft-publishing", version_id=desk.version.pk)
    return _ended(request, desk.version, worked)


def _ended(request: HttpRequest, version: ProgrammeVersion, worked: Worked | None) -> HttpResponse:
    version.refresh_from_db()
    if version.published_at:
        changes = worked.result["changes"] if worked and worked.is_done else 0
        if worked:
            said = gettext("Version %(number)d is published. %(changes)d statuses changed by it.")
            messages.success(request, said % {"number": version.number, "changes": changes})
        forget(_key(version))
        return _sent_on(request, "office-versions", key=version.programme_id)
    forget(_key(version))
    if worked and worked.refusal:
        messages.error(request, refusal_sentence(Refusal(*worked.refusal)))
    elif worked and worked.state == "failed":
        messages.error(request, gettext("This did not work. Nothing was published; try again."))
    name = "office-draft-release" if version.requested_at else "office-draft-publish"
    return _sent_on(request, name, version_id=version.pk)


def _sent_on(request: HttpRequest, name: str, **parts: Any) -> HttpResponse:
    """A redirect of the whole page, also for the fragment that asks how far it is."""
    answer = redirect(name, **parts)
    if not request.htmx:
        return answer
    leading = HttpResponse(status=204)
    leading["HX-Redirect"] = answer.url
    return leading


def _told(outcome: Outcome) -> dict[str, Any]:
    return {"held": outcome.held, "changes": outcome.changes}


def _key(version: ProgrammeVersion) -> str:
    return f"publish:{version.pk}:{version.revision}"


def _publish_shown(request: HttpRequest, desk: Desk) -> HttpResponse:
    context = {
        **desk.context(),
        **(effect_context(desk, request.moment) if desk.view.can_be_published else {}),
        "problems": problems_of(desk.view),
        "warnings": told(desk.view.warnings),
    }
    return render(request, "office/workbench/publish.html", context)


def _release_shown(request: HttpRequest, desk: Desk, refused: str = "") -> HttpResponse:
    own = desk.version.requested_by == by_of(request)
    context = {
        **desk.context(),
        **effect_context(desk, request.moment),
        "own": own,
        "stored": stored_kinds(desk.version.effect),
        "refused": refused,
    }
    return render(request, "office/workbench/release.html", context)
