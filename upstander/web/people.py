"""Lists of people by standing, shared by the office and departments: columns, filters, and the rows of a file."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import django_tables2 as tables
from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_tables2.data import TableQuerysetData
from django_tables2.utils import OrderByTuple

from upstander.core.figures import LINES, NOT_ASKED
from upstander.core.programme import Programme
from upstander.models import Person, Standing
from upstander.queries.reports import in_order_of
from upstander.words.dates import short_date
from upstander.words.figures import line_word, undecided_word
from upstander.words.names import listed_name
from upstander.words.states import state_word

PEOPLE_A_PAGE = 30
#: A date in a cell stays on one line.
UNBROKEN = {"td": {"class": "unbroken"}}
NOT_FINISHED = "not-finished"
BY_NAME = ("person__legal_last_name", "person__legal_first_name", "person_id")


def language() -> str:
    return (get_language() or "en").split("-")[0]


def in_words(words: dict[str, str]) -> str:
    """The entry in the reader's language, else the English one."""
    return words.get(language()) or words.get("en", "")


def status_word(state: str, reasons: Iterable[dict]) -> str:
    """The word for a status in a list; an undecided one names the missing fact."""
    return undecided_word(reasons) if state == "undecided" else state_word(state)


def group_titles(programme: Programme) -> dict[str, str]:
    return {group.key: in_words(group.title) for group in programme.groups}


def by_line(standings: QuerySet[Standing], line: str) -> QuerySet[Standing]:
    """The standings of one line of the figures, of all who have not finished, or of everybody in the audience."""
    if line == NOT_FINISHED:
        return standings.filter(state__in=[state for key in LINES if key != "finished" for state in LINES[key]])
    if line == "not-asked":
        return standings.filter(state__in=NOT_ASKED)
    if line in LINES:
        return standings.filter(state__in=LINES[line])
    return standings.exclude(state="not-required")


def line_choices(lines: dict[str, int]) -> list[tuple[str, str]]:
    """Choices of a status filter, each with how many people stand there."""
    open_ones = sum(count for line, count in lines.items() if line not in {"finished", "not-asked"})
    pairs = [(NOT_FINISHED, open_ones), *((line, count) for line, count in lines.items() if count)]
    return [(line, f"{line_word(line)} ({count})") for line, count in pairs]


class PagedStandings(TableQuerysetData):
    """A list of standings that sorts and pages by ids alone, and reads people and reminders for one page only."""

    def __init__(self, data: QuerySet[Standing]) -> None:
        super().__init__(data)
        self._pages: dict[tuple[int | None, int | None], list[Standing]] = {}

    def __getitem__(self, key: slice) -> list[Standing]:
        place = (key.start, key.stop)
        if place not in self._pages:
            self._pages[place] = in_order_of(list(self.data.values_list("pk", flat=True)[key]))
        return self._pages[place]

    def order_by(self, aliases: OrderByTuple) -> None:
        self._pages.clear()
        super().order_by(aliases)


class PeopleTable(tables.Table):
    """Name, status, group, due date and last reminder; nothing about the route by which a duty is met."""

    name = tables.Column(verbose_name=_("Name"), empty_values=(), order_by=BY_NAME)
    state = tables.Column(verbose_name=_("Status"))
    group = tables.Column(verbose_name=_("Group"), default="–")
    due_on = tables.Column(verbose_name=_("Due"), default=_("not set"), attrs=UNBROKEN)
    reminded_at = tables.Column(verbose_name=_("Last reminded"), default=_("none"), attrs=UNBROKEN, orderable=False)

    class Meta:
        model = Standing
        fields: list[str] = []
        sequence = ("name", "state", "group", "due_on", "reminded_at")
        order_by = "name"

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        self._titles = group_titles(programme)
        super().__init__(*args, **kwargs)

    def render_name(self, record: Standing) -> str:
        return name_of(record)

    def render_state(self, record: Standing) -> str:
        return render_to_string(
            "parts/status.html", {"state": record.state, "word": status_word(record.state, record.reasons)}
        )

    def render_group(self, value: str) -> str:
        return self._titles.get(value, value)

    def render_due_on(self, value: date) -> str:
        return short_date(value, language())

    def render_reminded_at(self, value: datetime) -> str:
        return short_date(value.astimezone(ZoneInfo(settings.INSTITUTION_ZONE)).date(), language())


def name_of(standing: Standing) -> str:
    return name_of_person(standing.person)


def name_of_person(person: Person) -> str:
    return listed_name(person.preferred_name, person.legal_first_name, person.legal_last_name, person.pk)
