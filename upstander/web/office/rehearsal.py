"""Rehearsing a programme in the browser: what a period would bring, before any of it happens."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions.rehearsal import Asked, asked
from upstander.actions.rehearsal_kept import UNDER_WAY, ask_for, is_broken_off
from upstander.core.errors import Refusal
from upstander.core.programme import Programme
from upstander.models import ProgrammeVersion, Rehearsal
from upstander.queries.doors.rehearsals import rehearsal_for_officer, versions_to_rehearse
from upstander.queries.rehearsing import roster_day, version_of
from upstander.queries.roles import roles_of
from upstander.web.exports import csv_file
from upstander.web.guard import signed_in
from upstander.web.office.rehearsal_form import RehearsalForm, share_words, version_words
from upstander.web.office.rehearsal_lists import (
    SHOWN,
    assigned_rows,
    contradicting,
    notice_rows,
    without_address,
)
from upstander.web.office.rehearsal_view import found
from upstander.web.people import in_words

#: Seconds after which the page of one under way looks again.
LOOK_AGAIN = 3
LISTS = {"without-address": without_address, "contradicting": contradicting}
FILES = {"assigned": assigned_rows, "messages": notice_rows}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, key: str) -> HttpResponse:
    """The days to rehearse, and what was rehearsed lately; POST lays a rehearsal down and leads to it."""
    roles = roles_of(request.user)
    versions = versions_to_rehearse(roles, key)
    initial = {"version": _usual(versions).number} if versions else {}
    asked_version = request.GET.get("version", "")
    if any(str(version.number) == asked_version for version in versions):
        initial["version"] = int(asked_version)
    form = RehearsalForm(request.POST or None, versions=versions, moment=request.moment, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = _ask(request, key, form.cleaned_data, f"person:{roles.person_id}")
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("office-rehearsal", key=key, rehearsal_id=made.pk)
    earlier = [(kept, _share(kept)) for kept in Rehearsal.objects.filter(programme_id=key)]
    context = {"section": "office", "key": key, "title": _title(versions, key), "form": form, "earlier": earlier}
    return render(request, "office/rehearsal_ask.html", {**context, "has_versions": bool(versions)})


def _ask(request: HttpRequest, key: str, said: dict, by: str) -> Rehearsal:
    rules = version_of(key, said["version"])
    return ask_for(rules, said["from_on"], said["to_on"], said["share"] / 100, request.moment, by)


@signed_in
@require_safe
def show(request: HttpRequest, key: str, rehearsal_id: UUID) -> HttpResponse:
    """How far it is, or what it found; with `print` as a plan on paper."""
    roles = roles_of(request.user)
    kept, versions = rehearsal_for_officer(roles, key, rehearsal_id), versions_to_rehearse(roles, key)
    under_way = kept.state in UNDER_WAY and not is_broken_off(kept, request.moment)
    version = next((version for version in versions if version.number == kept.version), None)
    since_on = roster_day()
    context = {
        "section": "office",
        "key": key,
        "title": _title(versions, key),
        "kept": kept,
        "rules_words": version_words(version) if version else "",
        "is_published": version is not None and version.published_at is not None,
        "share_words": _share(kept),
        "under_way": under_way,
        "look_again": LOOK_AGAIN if under_way else None,
        "percent": 100 * kept.done_people // max(kept.all_people, 1),
        "found": found(kept) if kept.state == "done" else None,
        "plan": "print" in request.GET,
        "roster_since": since_on if since_on and kept.from_on < since_on else None,
    }
    return render(request, "office/rehearsal.html", context)


@signed_in
@require_safe
def people(request: HttpRequest, key: str, rehearsal_id: UUID, which: str) -> HttpResponse:
    """Who has no address, or about whom decisions contradict each other; worked out now."""
    kept = rehearsal_for_officer(roles_of(request.user), key, rehearsal_id)
    if which not in LISTS:
        raise Http404
    what = _again(kept)
    lines = LISTS[which](what, request.moment)
    context = {
        "section": "office",
        "key": key,
        "kept": kept,
        "which": which,
        "title": in_words(what.rules.title),
        "lines": lines[:SHOWN],
        "count": len(lines),
    }
    return render(request, "office/rehearsal_people.html", context)


@signed_in
@require_safe
def people_file(request: HttpRequest, key: str, rehearsal_id: UUID, which: str) -> HttpResponse:
    """Who is assigned when, or every message that would go, as a CSV file; worked out while it is read."""
    kept = rehearsal_for_officer(roles_of(request.user), key, rehearsal_id)
    if which not in FILES:
        raise Http404
    head, rows = FILES[which](_again(kept), request.moment)
    return csv_file(f"{key}-{which}-{kept.from_on}-{kept.to_on}", head, rows)


def _again(kept: Rehearsal) -> Asked:
    """The same rehearsal, to be played once more; Http404 where its rules are gone."""
    try:
        rules = version_of(kept.programme_id, kept.version)
    except Refusal as refusal:
        raise Http404(refusal.code) from refusal
    hours_matter = settings.SMTP is not None or not settings.DEMO
    return asked(rules, kept.from_on, kept.to_on, kept.result.get("share", 0), hours_matter=hours_matter)


def _share(kept: Rehearsal) -> str:
    return share_words(round(kept.result.get("share", 0) * 100))


def _usual(versions: list[ProgrammeVersion]) -> ProgrammeVersion:
    """The published version, else the newest draft."""
    return next((version for version in versions if version.published_at), versions[0])


def _title(versions: list[ProgrammeVersion], key: str) -> str:
    """The programme's title from the newest version that can be read; else its key."""
    for version in sorted(versions, key=lambda version: version.published_at is None):
        rules = _rules(version)
        if rules:
            return in_words(rules.title)
    return key


def _rules(version: ProgrammeVersion) -> Programme | None:
    try:
        return version_of(version.programme_id, version.number)
    except Refusal:
        return None
