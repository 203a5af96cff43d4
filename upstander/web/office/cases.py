"""The office's queue of cases: overdue answers first, filtered, with load and ageing above it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import django_tables2 as tables
from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from upstander.actions.cases import look_again
from upstander.core.requests import OWNERS, STATES, UNSETTLED
from upstander.models import AuditLine, Case, Person
from upstander.queries.case_hands import with_hands
from upstander.queries.case_load import load_by_kind
from upstander.queries.cases import AGES, OF_OFFICE, languages_asked, load_of, of_age, overdue, queue
from upstander.queries.doors.cases import cases_for_officer
from upstander.queries.doors.officers import programmes_for_officer
from upstander.queries.roles import roles_of
from upstander.web.case_view import is_overdue
from upstander.web.guard import signed_in
from upstander.web.people import UNBROKEN, in_words, language, name_of_person
from upstander.words.dates import short_date
from upstander.words.requests import case_state_word, fact_of_other, kind_word, looks_like, owner_word

CASES_A_PAGE = 30
#: Values of the filter by state beside the states themselves.
UNSETTLED_ONES, OVERDUE = "unsettled", "overdue"
#: Values of the filter by hands beside the numbers of the officers.
MINE, NOBODYS = "mine", "nobody"


class CaseTable(tables.Table):
    """One line a case; the order is the queue's, overdue ones first."""

    number = tables.Column(verbose_name=_("Case"), attrs=UNBROKEN)
    person = tables.Column(verbose_name=_("Person"), empty_values=())
    about = tables.Column(verbose_name=_("About"), empty_values=())
    owner = tables.Column(verbose_name=_("Kept by"))
    state = tables.Column(verbose_name=_("Status"))
    opened_at = tables.Column(verbose_name=_("Sent"), attrs=UNBROKEN)
    answer_by_on = tables.Column(verbose_name=_("Answer by"), empty_values=(), attrs=UNBROKEN)

    class Meta:
        model = Case
        fields: list[str] = []
        orderable = False
        sequence = ("number", "person", "about", "owner", "state", "opened_at", "answer_by_on")
        empty_text = _("No case matches. Change or clear the filters.")

    def __init__(self, *args: Any, titles: dict[str, str], day: date, **kwargs: Any) -> None:
        self._titles, self._day = titles, day
        super().__init__(*args, **kwargs)

    def render_number(self, record: Case) -> str:
        return format_html('<a href="{}">{}</a>', reverse("office-case", args=[record.pk]), record.number)

    def render_person(self, record: Case) -> str:
        return name_of_person(record.person)

    def render_about(self, record: Case) -> str:
        fact = record.asked.get("fact", "")
        title = self._titles.get(record.programme_id, record.programme_id)
        about = fact_of_other(fact) if fact else kind_word(record.kind)
        return format_html('<div>{}<br><span class="soft small">{}</span></div>', about, title)

    def render_owner(self, value: str) -> str:
        return owner_word(value)

    def render_state(self, record: Case) -> str:
        late = is_overdue(record, self._day)
        word = gettext("Answer overdue") if late else case_state_word(record.state)
        like = "overdue" if late else looks_like(record.state)
        return render_to_string("parts/status.html", {"state": like, "word": word})

    def render_opened_at(self, value: datetime) -> str:
        return short_date(value.astimezone(ZoneInfo(settings.INSTITUTION_ZONE)).date(), language())

    def render_answer_by_on(self, record: Case) -> str:
        waits = record.state == "open" and record.answer_by_on
        return short_date(record.answer_by_on, language()) if waits else "–"


@dataclass(frozen=True, slots=True)
class Age:
    """One step of ageing: its place in the address, its words, and how many wait so long."""

    step: int
    words: str
    number: int


@signed_in
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The queue of the viewer's programmes; their own cases are not in it."""
    roles = roles_of(request.user)
    titles = {rules.key: in_words(rules.title) for rules in programmes_for_officer(roles)}
    look_again(request.moment)
    every = with_hands(cases_for_officer(roles, list(titles)))
    load = load_of(every, request.moment.day, request.moment.at)
    chosen = _chosen(request, every)
    table = CaseTable(queue(chosen, request.moment.day), titles=titles, day=request.moment.day)
    tables.RequestConfig(request, paginate={"per_page": CASES_A_PAGE, "silent": True}).configure(table)
    AuditLine.objects.create(
        at=request.moment.at, actor=f"person:{roles.person_id}", verb="cases-listed", subject="cases"
    )
    context = {
        "section": "office",
        "table": table,
        "count": table.paginator.count,
        "load": load,
        "kinds": [(kind_word(one.kind), one) for one in load_by_kind(every, request.moment, settings.CLOSED_DAYS)],
        "asked_for": languages_asked(every),
        "ages": [Age(step, words, load.ages[step]) for step, words in enumerate(_age_words())],
        "filters": _filters(request, titles, _officers(every, request.user.person_id)),
        "asked": request.GET,
    }
    return render(request, "office/cases.html", context)


def _age_words() -> list[str]:
    first, second, third = AGES
    return [
        gettext("up to %(to)s days") % {"to": first},
        gettext("%(from)s to %(to)s days") % {"from": first + 1, "to": second},
        gettext("%(from)s to %(to)s days") % {"from": second + 1, "to": third},
        gettext("more than %(to)s days") % {"to": third},
    ]


def _chosen(request: HttpRequest, cases: QuerySet[Case]) -> QuerySet[Case]:
    """What the filters leave; without any choice of state, what is unsettled."""
    asked = request.GET
    state = asked.get("state", UNSETTLED_ONES)
    if state == OVERDUE:
        cases = cases.filter(overdue(request.moment.day))
    elif state in STATES:
        cases = cases.filter(state=state)
    elif state == UNSETTLED_ONES:
        cases = cases.filter(state__in=UNSETTLED)
    for name, column in (("owner", "owner"), ("kind", "kind"), ("programme", "programme_id")):
        if asked.get(name):
            cases = cases.filter(**{column: asked[name]})
    hands = asked.get("hands", "")
    if hands == MINE:
        cases = cases.filter(taken_by=f"person:{request.user.person_id}")
    elif hands == NOBODYS:
        cases = cases.filter(Q(taken_by=None) | Q(taken_by=""))
    elif hands.isascii() and hands.isdigit():
        cases = cases.filter(taken_by=f"person:{hands}")
    if asked.get("language") in dict(settings.LANGUAGES):
        cases = cases.filter(language=asked["language"])
    age = asked.get("age", "")
    return of_age(cases, int(age), request.moment.at) if age.isascii() and age.isdigit() else cases


def _officers(cases: QuerySet[Case], but: str) -> list[tuple[str, str]]:
    """The other officers who have a case that is unsettled, by number and name."""
    taken = cases.filter(state__in=UNSETTLED).order_by().values_list("taken_by", flat=True).distinct()
    ids = {actor.removeprefix("person:") for actor in taken if actor} - {but}
    return [(person.pk, person.called) for person in Person.objects.filter(pk__in=ids).order_by("pk")]


def _filters(request: HttpRequest, titles: dict[str, str], officers: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """The choices above the list: name, label, and each value with its words and whether it is chosen."""
    states = [(UNSETTLED_ONES, gettext("Unsettled")), (OVERDUE, gettext("Answer overdue"))]
    every = ("", gettext("All"))
    rows = [
        ("state", gettext("Status"), [*states, *((s, case_state_word(s)) for s in STATES), ("all", every[1])]),
        ("owner", gettext("Kept by"), [every, *((owner, owner_word(owner)) for owner in OWNERS)]),
        ("kind", gettext("Kind"), [every, *((kind, kind_word(kind)) for kind in OF_OFFICE)]),
        ("age", gettext("Waiting"), [every, *((str(step), words) for step, words in enumerate(_age_words()))]),
        ("hands", gettext("In the hands of"), [every, (MINE, gettext("me")), (NOBODYS, gettext("nobody")), *officers]),
        ("language", gettext("Reads"), [every, *((code, gettext(name)) for code, name in settings.LANGUAGES)]),
        ("programme", gettext("Programme"), [every, *titles.items()]),
    ]
    return [
        {"name": name, "label": label, "choices": choices, "value": request.GET.get(name, "")}
        for name, label, choices in rows
        if len(choices) > 2
    ]
