"""The load of the office by kind of case as a file: figures only, no case and no person."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from upstander.queries.case_load import KindLoad, load_by_kind
from upstander.queries.doors.cases import cases_for_officer
from upstander.queries.doors.officers import programmes_for_officer
from upstander.queries.roles import roles_of
from upstander.web.exports import csv_file, xlsx_file
from upstander.web.guard import signed_in
from upstander.words.requests import kind_word

KINDS = {"csv": csv_file, "xlsx": xlsx_file}


@signed_in
@require_safe
def load_file(request: HttpRequest, kind: str) -> HttpResponse:
    """One line a kind of case that the viewer handles."""
    if kind not in KINDS:
        raise Http404
    roles = roles_of(request.user)
    every = cases_for_officer(roles, [rules.key for rules in programmes_for_officer(roles)])
    header = [
        gettext("Kind"),
        gettext("Waiting"),
        gettext("The oldest since"),
        gettext("Promised, in working days"),
        gettext("Working days to the first answer, the middle one"),
        gettext("Kept in 90 days"),
        gettext("Missed in 90 days"),
    ]
    return KINDS[kind](
        f"cases-{request.moment.day}", header, _rows(load_by_kind(every, request.moment, settings.CLOSED_DAYS))
    )


def _rows(lines: list[KindLoad]) -> Iterator[list[str | float]]:
    for one in lines:
        cells = (one.open, one.oldest_on, one.promised_days, one.answer_days, one.kept, one.missed)
        yield [kind_word(one.kind), *(_cell(cell) for cell in cells)]


def _cell(value: date | float | None) -> str | float:
    """A figure stays one, so that a spreadsheet adds it up."""
    return value if isinstance(value, int | float) else str(value or "")
