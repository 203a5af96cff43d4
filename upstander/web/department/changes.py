"""What changed since the last official night, person by person."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upstander.actions.freshness import bring_up_to_date
from upstander.models import SnapshotRow, Standing
from upstander.queries import reports
from upstander.web.department.view import view_of
from upstander.web.guard import signed_in
from upstander.web.people import BY_NAME, name_of

PEOPLE_A_PAGE = 100
GONE_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Change:
    """One person's status that night ("" for a newcomer) and now ("" for somebody who left)."""

    name: str
    before: str
    now: str


@signed_in
@require_safe
def changes(request: HttpRequest, key: str) -> HttpResponse:
    """The difference between the two clocks."""
    view = view_of(request, key)
    bring_up_to_date(request.moment)
    snapshot = reports.latest_snapshot(request.moment.day)
    context = {"section": "department", "view": view, "snapshot": snapshot, "now_at": request.moment.at}
    if snapshot is not None:
        standings = view.standings
        changed = reports.changed_since(snapshot, standings).select_related("person").order_by(*BY_NAME)
        page = Paginator(changed, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
        gone = reports.gone_since(snapshot, key, view.cycle.key, view.department.units)
        left = gone.select_related("person").order_by(*BY_NAME)[:GONE_AT_MOST] if page.number == 1 else []
        context |= {"page": page, "changes": [*map(_changed, page), *map(_left, left)]}
    return render(request, "department/changes.html", context)


def _changed(standing: Standing) -> Change:
    return Change(name_of(standing), standing.before, standing.state)


def _left(row: SnapshotRow) -> Change:
    return Change(name_of(row), row.state, "")
