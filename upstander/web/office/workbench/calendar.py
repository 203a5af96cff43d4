"""The days on which reminders go, on a calendar around an example of a due day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from upstander.web.guard import signed_in
from upstander.web.office.workbench.desk import desk_of
from upstander.web.office.workbench.part_forms import filled_in, part_or_404
from upstander.web.office.workbench.parts_rules import entries as entries_of

FARTHEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Entry:
    """One day on the line."""

    day: date
    words: str
    is_due: bool
    reminds: bool


def calendar_of(document: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The due day taken as an example (the first group's, else a month from today) and the days around it."""
    due_on = next((g["due_on"] for g in entries_of(document, "groups") if type(g.get("due_on")) is date), None)
    due_on = due_on or today + timedelta(days=30)
    table = document.get("reminders")
    table = table if isinstance(table, Mapping) else {}
    offsets = {-days for days in _days(table, "days_before_due")} | set(_days(table, "days_after_due"))
    found = [
        Entry(due_on + timedelta(days=offset), _words(offset), offset == 0, offset in offsets)
        for offset in sorted(offsets | {0})
    ]
    return {"due_on": due_on, "entries": found}


def _days(table: Mapping[str, Any], key: str) -> list[int]:
    held = table.get(key)
    return [d for d in held if type(d) is int and 0 <= d <= FARTHEST_DAYS] if isinstance(held, list) else []


def _words(offset: int) -> str:
    if offset == 0:
        return gettext("a reminder on the day itself")
    if offset < 0:
        return ngettext("a reminder, %(n)d day before", "a reminder, %(n)d days before", -offset) % {"n": -offset}
    return ngettext("a reminder, %(n)d day after", "a reminder, %(n)d days after", offset) % {"n": offset}


@signed_in
@require_POST
def calendar(request: HttpRequest, version_id: int) -> HttpResponse:
    """The line for what stands in the form."""
    desk = desk_of(request, version_id)
    values = filled_in(request, part_or_404("reminders"), desk.view.document).values
    context = calendar_of({**desk.view.document, **values}, request.moment.day)
    return render(request, "office/workbench/calendar.html", context)
