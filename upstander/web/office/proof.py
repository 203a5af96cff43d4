"""Proof of the record: the nightly rechecks and seals, and the alarms that an officer has to see (row C03)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from upstander.actions.recheck import mark_seen
from upstander.actions.seals import fault_seen
from upstander.core.access import Roles, may_run_programme
from upstander.models import Recheck, Seal
from upstander.queries.programmes import all_published
from upstander.queries.proof import alarm, last_walk, newest_rechecks, newest_seals
from upstander.queries.roles import roles_of
from upstander.web.guard import signed_in
from upstander.web.people import in_words
from upstander.words.proof import columns_words, fault_sentence


@dataclass(frozen=True, slots=True)
class Otherwise:
    """One standing that came out otherwise: `standing` is its number where the viewer may open it."""

    title: str
    standing: int | None
    columns: str


@dataclass(frozen=True, slots=True)
class Checked:
    """One recheck, with those of its differences that the viewer may see."""

    recheck: Recheck
    differences: list[Otherwise]
    elsewhere: int


@dataclass(frozen=True, slots=True)
class Night:
    """One seal and how many rows it added."""

    seal: Seal
    rows: int


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def proof(request: HttpRequest) -> HttpResponse:
    """Seals, rechecks and the last walk; POST says that an alarm was seen."""
    roles = roles_of(request.user)
    if not roles.is_officer:
        raise Http404
    if request.method == "POST":
        _seen(request, by=f"person:{roles.person_id}")
        return redirect("office-proof")
    titles = {rules.key: in_words(rules.title) for rules in all_published()}
    walk = last_walk()
    return render(
        request,
        "office/proof.html",
        {
            "section": "office",
            "alarm": alarm(),
            "rechecks": [_checked(recheck, roles, titles) for recheck in newest_rechecks()],
            "nights": [Night(seal, sum(part["rows"] for part in seal.reached.values())) for seal in newest_seals()],
            "walk": walk,
            "faults": [fault_sentence(_night(fault), fault["table"], fault["kind"]) for fault in walk.faults]
            if walk
            else [],
        },
    )


def _night(fault: dict[str, Any]) -> date | None:
    return date.fromisoformat(fault["day"]) if fault["day"] else None


def _seen(request: HttpRequest, by: str) -> None:
    asked = request.POST.get("recheck", "")
    if asked.isdigit():
        mark_seen(int(asked), request.moment, by)
    elif request.POST.get("walk"):
        fault_seen(request.moment, by)
    messages.success(request, gettext("Marked as seen. The record keeps what was found."))


def _checked(recheck: Recheck, roles: Roles, titles: dict[str, str]) -> Checked:
    own = [one for one in recheck.differences if may_run_programme(roles, one["programme"])]
    shown = [
        Otherwise(titles.get(one["programme"], one["programme"]), one["standing"], columns_words(one["columns"]))
        for one in own
    ]
    return Checked(recheck, shown, recheck.differing - len(own))
