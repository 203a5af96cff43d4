"""The panel beside a form: how the roster would stand under the draft as it is typed, and some of its people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import tomlkit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from upstander.core.days import Moment
from upstander.core.decision import STATES
from upstander.core.errors import Refusal
from upstander.core.programme import Programme
from upstander.core.programme_file import parse_programme
from upstander.queries.drafts import problems_in
from upstander.queries.preview import preview
from upstander.web.guard import signed_in
from upstander.web.office.workbench.desk import desk_of
from upstander.web.office.workbench.problems import Told, told
from upstander.web.people import group_titles


@dataclass(frozen=True, slots=True)
class Person:
    """One of the sample: a name, the state and what goes with it."""

    name: str
    state: str
    group: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Count:
    """The figures of the panel; `problem` says in what place a document is no programme yet."""

    lines: list[tuple[str, int, int]] = field(default_factory=list)
    groups: list[tuple[str, int]] = field(default_factory=list)
    sample: list[Person] = field(default_factory=list)
    exact: bool = True
    of_people: int = 0
    looked_at: int = 0
    asked: int = 0
    matches: str = "some"
    problems: list[Told] = field(default_factory=list)


def count_rules(rules: Programme, moment: Moment) -> Count:
    """The roster under these rules on the moment's day."""
    found = preview(rules, moment)
    titles = group_titles(rules)
    states = [state for state in STATES if found.people_by_state.get(state)]
    return Count(
        lines=[(state, found.people_by_state[state], found.margins.get(state, 0)) for state in states],
        groups=[(titles.get(key, key), people) for key, people in found.people_by_group.items()],
        sample=[
            Person(name, decision.state, titles.get(decision.group or "", ""), decision.due_on)
            for _, name, decision in found.sample
        ],
        exact=found.exact,
        of_people=found.of_people,
        looked_at=found.looked_at,
        asked=sum(n for state, n in found.people_by_state.items() if state not in {"not-required", "exempt"}),
        matches=found.matches,
    )


def count_document(document: Mapping[str, Any], moment: Moment) -> Count:
    """The same for a document that may not be a programme yet."""
    try:
        rules = parse_programme(tomlkit.dumps(document))
    except Refusal as refusal:
        return Count(problems=told(problems_in(refusal)))
    return count_rules(rules, moment)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def count(request: HttpRequest, version_id: int) -> HttpResponse:
    """The draft as it is stored; a page of its own, and a fragment where the panel asks for it."""
    desk = desk_of(request, version_id)
    counted = count_document(desk.view.document, request.moment)
    return drawn(request, desk.context(), counted)


def drawn(request: HttpRequest, context: Mapping[str, Any], counted: Count) -> HttpResponse:
    template = "office/workbench/count.html" if request.htmx else "office/workbench/count_page.html"
    return render(request, template, {**context, "count": counted})
