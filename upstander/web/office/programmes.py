"""Programmes as their officers see them: the figures, who is undecided, and the published document."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upstander.actions.freshness import bring_up_to_date
from upstander.core.access import may_start_programme
from upstander.core.figures import Figures, figures
from upstander.core.programme import Programme as Rules
from upstander.models import Programme, ProgrammeVersion
from upstander.queries import reports
from upstander.queries.doors.confidence import without_custodian
from upstander.queries.doors.officers import programme_for_officer, programmes_for_officer
from upstander.queries.roles import roles_of
from upstander.web.figures import Clocks, clocks
from upstander.web.guard import signed_in
from upstander.web.office.workbench.versions_page import unpublished_lines
from upstander.web.people import in_words
from upstander.words.figures import missing_word


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One training group's figures by both clocks, with its window where the group has one."""

    key: str
    title: str
    opens_on: date | None
    due_on: date | None
    now: Figures
    night: Figures | None


@signed_in
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The programmes that this officer runs, each with where it stands."""
    day = request.moment.day
    runs = programmes_for_officer(roles_of(request.user))
    waiting = bring_up_to_date(request.moment)
    rows = []
    for rules in runs:
        cycle = rules.cycle_on(day)
        counts = reports.live(reports.in_units(rules.key, cycle.key, None))
        rows.append({"rules": rules, "title": in_words(rules.title), "cycle": cycle, "now": _total(counts)})
    context = {"section": "office", "rows": rows, "waiting": waiting, "now_at": request.moment.at}
    context |= {"unpublished": unpublished_lines(request), "may_start": may_start_programme(roles_of(request.user))}
    titles = {row["rules"].key: row["title"] for row in rows}
    context["without_custodian"] = [titles[key] for key in without_custodian(titles)]
    return render(request, "office/index.html", context)


@signed_in
@require_safe
def programme(request: HttpRequest, key: str) -> HttpResponse:
    """One programme: both clocks, its groups, the missing facts, its sending and its published version."""
    rules = programme_for_officer(roles_of(request.user), key)
    waiting = bring_up_to_date(request.moment)
    cycle = rules.cycle_on(request.moment.day)
    both = clocks(key, cycle.key, None, request.moment, waiting)
    missing = reports.missing_facts(reports.in_units(key, cycle.key, None))
    return render(
        request,
        "office/programme.html",
        {
            "section": "office",
            "rules": rules,
            "title": in_words(rules.title),
            "cycle": cycle,
            "clocks": both,
            "groups": _groups(rules, both),
            "missing": [(code, missing_word(code), people) for code, people in missing.items()],
            "record": Programme.objects.get(pk=key),
            "version": _version(rules),
        },
    )


@signed_in
@require_safe
def document(request: HttpRequest, key: str) -> HttpResponse:
    """The published version as it stands in its file."""
    rules = programme_for_officer(roles_of(request.user), key)
    context = {"section": "office", "rules": rules, "title": in_words(rules.title), "version": _version(rules)}
    return render(request, "office/document.html", context)


@signed_in
@require_safe
def document_file(request: HttpRequest, key: str) -> HttpResponse:
    """The same document as a file; importing it gives the same programme back."""
    rules = programme_for_officer(roles_of(request.user), key)
    response = HttpResponse(_version(rules).document, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}-{rules.version}.toml"'
    return response


def _version(rules: Rules) -> ProgrammeVersion:
    version = ProgrammeVersion.objects.filter(programme_id=rules.key, number=rules.version).first()
    if version is None:
        raise Http404
    return version


def _total(counts: reports.Counts) -> Figures:
    return figures(reports.by_state(counts))


def _groups(rules: Rules, both: Clocks) -> list[GroupRow]:
    def of(counts: reports.Counts, key: str) -> Figures:
        return figures({state: people for (state, group), people in counts.items() if group == key})

    return [
        GroupRow(
            group.key,
            in_words(group.title),
            group.window.opens_on if group.window else None,
            group.window.due_on if group.window else None,
            of(both.counts_now, group.key),
            of(both.counts_night, group.key) if both.snapshot else None,
        )
        for group in rules.groups
    ]
