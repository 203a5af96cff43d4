"""A list of people as a file: the same facts as on the page, one row a person, read in pieces."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext

from upstander.core.decision import STATES
from upstander.core.programme import Programme
from upstander.models import Standing, Unit
from upstander.queries.reports import with_last_reminder
from upstander.web.exports import csv_file, xlsx_file
from upstander.web.people import BY_NAME, group_titles
from upstander.words.names import listed_name
from upstander.words.states import state_word

KINDS = {"csv": csv_file, "xlsx": xlsx_file}
_COLUMNS = (
    "person_id",
    "person__preferred_name",
    "person__legal_first_name",
    "person__legal_last_name",
    "unit_id",
    "state",
    "group",
    "due_on",
    "reminded_at",
)


def _header() -> tuple[str, ...]:
    return (
        gettext("Person ID"),
        gettext("Name"),
        gettext("Unit"),
        gettext("Status"),
        gettext("Group"),
        gettext("Due"),
        gettext("Last reminded"),
    )


def _rows(standings: QuerySet[Standing], programme: Programme) -> Iterator[tuple[str, ...]]:
    titles = group_titles(programme)
    words = {state: state_word(state) for state in STATES}
    units = dict(Unit.objects.order_by().values_list("id", "name"))
    zone = ZoneInfo(settings.INSTITUTION_ZONE)
    found = with_last_reminder(standings).order_by(*BY_NAME).values_list(*_COLUMNS)

    def read() -> Iterator[tuple[str, ...]]:
        for person_id, preferred, first, last, unit, state, group, due_on, reminded_at in found.iterator(5_000):
            yield (
                person_id,
                listed_name(preferred, first, last, person_id),
                units.get(unit, ""),
                words[state],
                titles.get(group, group or ""),
                due_on.isoformat() if due_on else "",
                reminded_at.astimezone(zone).date().isoformat() if reminded_at else "",
            )

    return read()


def download(kind: str, name: str, standings: QuerySet[Standing], programme: Programme, day: date) -> HttpResponse:
    """The people as a `csv` or `xlsx` file. Any other kind is Http404.

    The words are looked up here, in the reader's language, before the stream begins.
    """
    if kind not in KINDS:
        raise Http404
    return KINDS[kind](f"{name}-{day.isoformat()}", _header(), _rows(standings, programme))
