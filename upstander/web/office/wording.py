"""The letters of the office: whose words each goes with, in every language."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from upstander.core.wording_names import OF_NO_PROGRAMME, VOCABULARIES
from upstander.notices.registry import NOTICES, called
from upstander.queries.doors.officers import programmes_for_officer
from upstander.queries.roles import roles_of
from upstander.queries.wording import Standing, overview
from upstander.web.guard import signed_in
from upstander.web.office.workbench.desk import actor_names
from upstander.web.people import in_words
from upstander.words.wording import fault_sentence


@dataclass(frozen=True, slots=True)
class Cell:
    """One letter in one language."""

    language: str
    address: str
    standing: Standing
    by: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One letter; `mixed` where only some languages have the office's own words."""

    called: str
    cells: tuple[Cell, ...]
    mixed: bool


@signed_in
@require_safe
def overview_page(request: HttpRequest) -> HttpResponse:
    """Every letter by language, for one programme or for all of them."""
    roles = roles_of(request.user)
    programmes = programmes_for_officer(roles)
    programme = request.GET.get("programme", "")
    if programme and programme not in {one.key for one in programmes}:
        raise Http404
    context = {
        "section": "office",
        "lines": _lines(programme),
        "programme": programme,
        "title": next((in_words(one.title) for one in programmes if one.key == programme), ""),
        "choices": [("", gettext("All programmes")), *((one.key, in_words(one.title)) for one in programmes)],
        "languages_here": [(code, name) for code, name in settings.LANGUAGES],
    }
    return render(request, "office/wording.html", context)


def _lines(programme: str) -> list[Line]:
    apart = OF_NO_PROGRAMME if programme else frozenset()
    kinds = [notice.kind.key for notice in NOTICES if notice.kind.key in VOCABULARIES.keys() - apart]
    standings = overview(kinds, programme or None)
    names = actor_names([one.by for one in standings.values() if one.by])
    lines = []
    for kind in kinds:
        cells = tuple(_cell(kind, code, programme, standings[kind, code], names) for code, _ in settings.LANGUAGES)
        own = {cell.standing.own for cell in cells}
        lines.append(Line(called(kind), cells, len(own) > 1))
    return lines


def _cell(kind: str, code: str, programme: str, standing: Standing, names: dict[str, str]) -> Cell:
    address = reverse("office-letter", args=[kind, code]) + (f"?programme={programme}" if programme else "")
    told = tuple(fault_sentence(fault) for fault in standing.faults)
    return Cell(code, address, standing, names.get(standing.by, ""), told)
