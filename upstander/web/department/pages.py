"""The department's page: how many have finished, whether that is on course, and who is still to do it (row B18)."""

from urllib.parse import urlencode

import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions.freshness import bring_up_to_date
from upstander.models import Standing
from upstander.queries import reports
from upstander.queries.doors.officers import programmes_for_administrator
from upstander.queries.roles import roles_of
from upstander.web import kept_search
from upstander.web.department.chart import course_chart
from upstander.web.department.view import View, view_of
from upstander.web.figures import Clocks, clocks
from upstander.web.guard import signed_in
from upstander.web.people import (
    NOT_FINISHED,
    PEOPLE_A_PAGE,
    PagedStandings,
    PeopleTable,
    by_line,
    in_words,
    line_choices,
)
from upstander.web.people_files import download

SEARCH = "department"
INFORMED_UP_TO = 5_000


@signed_in
@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """Straight to the first programme; the page says so where none is published."""
    programmes = programmes_for_administrator(roles_of(request.user))
    if not programmes:
        return render(request, "department/empty.html", {"section": "department"})
    return redirect("department-programme", key=programmes[0].key)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def department(request: HttpRequest, key: str) -> HttpResponse:
    """The viewer's units in one programme; a search is posted and kept in the session."""
    view = view_of(request, key)
    if request.method == "POST":
        return _searched(request, key)
    waiting = bring_up_to_date(request.moment)
    both = clocks(key, view.cycle.key, view.department.units, request.moment, waiting)
    status = request.GET.get("status", NOT_FINISHED)
    table = PeopleTable(PagedStandings(_listed(request, view, status)), programme=view.rules)
    tables.RequestConfig(request, paginate={"per_page": PEOPLE_A_PAGE, "silent": True}).configure(table)
    programmes = programmes_for_administrator(roles_of(request.user))
    return render(
        request,
        "department/department.html",
        {
            "section": "department",
            "view": view,
            "clocks": both,
            "chart": course_chart(view, both),
            "table": table,
            "count": table.paginator.count,
            "status": status,
            "file_query": urlencode([*(("unit", unit) for unit in view.asked), ("status", status)]),
            "statuses": line_choices(_lines(both)),
            "search": kept_search.kept(request, SEARCH),
            "programmes": [(other, in_words(other.title)) for other in programmes],
            "informed": _informed(view, both),
            "to_remind": both.now.lines["open"] + both.now.lines["late"],
            "not_finished": both.now.asked - both.now.finished,
        },
    )


@signed_in
@require_safe
def people_file(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """The people of the list as a CSV or XLSX file, live."""
    view = view_of(request, key)
    bring_up_to_date(request.moment)
    listed = _listed(request, view, request.GET.get("status", NOT_FINISHED))
    return download(kind, key, listed, view.rules, request.moment.day)


def _searched(request: HttpRequest, key: str) -> HttpResponse:
    kept_search.keep(request, SEARCH)
    chosen = QueryDict(mutable=True)
    chosen.setlist("unit", request.GET.getlist("unit"))
    chosen["status"] = request.POST.get("status", "")
    return redirect(f"{reverse('department-programme', args=[key])}?{chosen.urlencode()}#people")


def _listed(request: HttpRequest, view: View, status: str) -> QuerySet[Standing]:
    standings = by_line(view.standings, status)
    search = kept_search.kept(request, SEARCH)
    if search:
        standings = standings.filter(kept_search.of_person(search, of_office=False))
    return standings


def _lines(both: Clocks) -> dict[str, int]:
    return {**both.now.lines, "not-asked": both.now.not_asked}


def _informed(view: View, both: Clocks) -> int:
    """How many are counted elsewhere; a matter of departments, left out where the units are most of an institution."""
    units = view.department.units
    if units is None or both.now.asked > INFORMED_UP_TO:
        return 0
    return reports.informed_in_units(view.rules.key, view.cycle.key, units, view.moment.day)
