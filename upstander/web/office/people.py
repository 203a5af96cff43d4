"""The people of a programme: filtered, searched, sorted, paged, and as a file."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions.freshness import bring_up_to_date
from upstander.core.decision import STATES
from upstander.core.programme import Programme
from upstander.models import Standing, Unit
from upstander.queries import reports
from upstander.queries.doors.officers import programme_for_officer
from upstander.queries.roles import roles_of, with_units_below
from upstander.web import kept_search
from upstander.web.guard import signed_in
from upstander.web.people import PEOPLE_A_PAGE, PagedStandings, PeopleTable, group_titles, in_words, name_of
from upstander.web.people_files import download
from upstander.words.figures import missing_word
from upstander.words.states import state_word


class OfficeTable(PeopleTable):
    """The list with the person's number; the name leads to the person's page."""

    person_id = tables.Column(verbose_name=_("Person ID"))

    class Meta(PeopleTable.Meta):
        sequence = ("name", "person_id", "state", "group", "due_on", "reminded_at")

    def render_name(self, record: Standing) -> str:
        return format_html('<a href="{}">{}</a>', reverse("office-person", args=[record.pk]), name_of(record))


class OfficeFilter(django_filters.FilterSet):
    """By state, group and unit (with the units below it), and by the fact an undecided person waits for."""

    state = django_filters.ChoiceFilter(label=_("Status"), empty_label=_("Everybody"))
    group = django_filters.ChoiceFilter(label=_("Group"), empty_label=_("Every group"))
    unit = django_filters.CharFilter(label=_("Unit"), method="in_unit")
    missing = django_filters.CharFilter(method="waiting_for")

    class Meta:
        model = Standing
        fields: list[str] = []

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unknown_unit = False
        self.filters["state"].extra["choices"] = [(state, state_word(state)) for state in STATES]
        self.filters["group"].extra["choices"] = list(group_titles(programme).items())

    def in_unit(self, standings: QuerySet[Standing], name: str, value: str) -> QuerySet[Standing]:
        text = value.strip()
        units = set(Unit.objects.filter(name__iexact=text).values_list("id", flat=True))
        units |= set(Unit.objects.filter(pk=text).values_list("id", flat=True))
        self.unknown_unit = not units
        return standings.filter(unit_id__in=with_units_below(units))

    def waiting_for(self, standings: QuerySet[Standing], name: str, value: str) -> QuerySet[Standing]:
        return reports.missing(standings, value)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, key: str) -> HttpResponse:
    """The list; a search is posted and kept in the session, so that no name stands in an address."""
    rules = programme_for_officer(roles_of(request.user), key)
    if request.method == "POST":
        kept_search.keep(request, _page(key))
        chosen = QueryDict(mutable=True)
        chosen.update({name: request.POST[name] for name in ("state", "group", "unit") if request.POST.get(name)})
        return redirect(f"{reverse('office-people', args=[key])}?{chosen.urlencode()}")
    waiting = bring_up_to_date(request.moment)
    chosen = _chosen(request, rules)
    table = OfficeTable(PagedStandings(chosen.qs), programme=rules)
    tables.RequestConfig(request, paginate={"per_page": PEOPLE_A_PAGE, "silent": True}).configure(table)
    missing = request.GET.get("missing", "")
    return render(
        request,
        "office/people.html",
        {
            "section": "office",
            "rules": rules,
            "title": in_words(rules.title),
            "chosen": chosen,
            "table": table,
            "count": table.paginator.count,
            "search": kept_search.kept(request, _page(key)),
            "missing": missing_word(missing) if missing else "",
            "units": Unit.objects.order_by("name").values_list("name", flat=True)[:500],
            "waiting": waiting,
            "asked": request.GET.urlencode(),
        },
    )


@signed_in
@require_safe
def people_file(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """The same people as a CSV or XLSX file."""
    rules = programme_for_officer(roles_of(request.user), key)
    bring_up_to_date(request.moment)
    return download(kind, key, _chosen(request, rules).qs, rules, request.moment.day)


def _page(key: str) -> str:
    return f"office:{key}"


def _chosen(request: HttpRequest, rules: Programme) -> OfficeFilter:
    cycle = rules.cycle_on(request.moment.day).key
    standings = reports.in_units(rules.key, cycle, None)
    search = kept_search.kept(request, _page(rules.key))
    if search:
        standings = standings.filter(kept_search.of_person(search, of_office=True))
    return OfficeFilter(request.GET or {}, queryset=standings, request=request, programme=rules)
