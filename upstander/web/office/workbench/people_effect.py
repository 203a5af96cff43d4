"""What a draft does to people against the published version: counts first, names behind a click."""

from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from upstander.actions.publishing import too_much
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.people_difference import KINDS, PeopleDifference
from upstander.core.programme import Programme
from upstander.core.programme_difference import new_rounds
from upstander.models import Person
from upstander.queries.preview import Progress, difference
from upstander.queries.programmes import published
from upstander.web.guard import signed_in
from upstander.web.office.workbench.desk import Desk, desk_of, has_published
from upstander.web.office.workbench.working_out import Worked, worked_out
from upstander.words.names import listed_name


@dataclass(frozen=True, slots=True)
class ListedChange:
    """One person's change with the name."""

    name: str
    from_state: str
    to_state: str
    from_due_on: date | None
    to_due_on: date | None


@dataclass(frozen=True, slots=True)
class KindOfChange:
    """One kind of change: how many people, and the first of them by name."""

    key: str
    sentence: str
    people: int
    listed: list[ListedChange] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Effect:
    """The whole effect as of one day, as the pages show it; `coming` is the first day of a cycle that is added."""

    day: date
    coming: bool
    people: int
    duties_before: int
    duties_after: int
    kinds: list[KindOfChange]
    states: list[tuple[str, str, int]]
    percent: float
    will_wait: bool

    @property
    def changes_nobody(self) -> bool:
        return not self.kinds and not self.states


def kind_sentence(kind: str, people: int) -> str:
    """How many people change in this way."""
    sentences = {
        "gains": ngettext("%(n)d person gains the duty.", "%(n)d people gain the duty.", people),
        "loses": ngettext("%(n)d person loses the duty.", "%(n)d people lose the duty.", people),
        "later": ngettext("%(n)d person’s due date moves later.", "%(n)d people’s due dates move later.", people),
        "earlier": ngettext("%(n)d person’s due date moves earlier.", "%(n)d people’s due dates move earlier.", people),
        "date-set": ngettext("%(n)d person gets a due date.", "%(n)d people get a due date.", people),
        "date-gone": ngettext("%(n)d person’s due date goes.", "%(n)d people’s due dates go.", people),
        "regrouped": ngettext("%(n)d person changes group.", "%(n)d people change group.", people),
        "new-round": ngettext("%(n)d person enters a new cycle.", "%(n)d people enter a new cycle.", people),
    }
    return sentences.get(kind, f"{kind}: %(n)d") % {"n": people}


def published_rules(key: str) -> Programme | None:
    """The rules in force; None for a programme that has none yet."""
    try:
        return published(key)
    except Refusal:
        return None


def effect_worked_out(desk: Desk, moment: Moment) -> Worked:
    """The difference in people, as far as it is worked out; `result` is one today and one for each cycle added."""
    old, new = published_rules(desk.version.programme_id), desk.view.rules
    people = Person.objects.filter(vanished_on=None).count()
    key = f"effect:{desk.version.pk}:{desk.version.digest[:16]}:{old.version if old else 0}:{moment.day}:{people}"
    if people <= SMALL:
        return Worked("done", people, people, _differences(old, new, moment))
    return worked_out(key, people, lambda progress: _differences(old, new, moment, progress))


def _differences(
    old: Programme | None, new: Programme, moment: Moment, progress: Progress | None = None
) -> list[PeopleDifference]:
    days = [moment.day, *new_rounds(old, new, moment.day)]
    return [difference(old, new, Moment(moment.at, day), progress) for day in days]


#: So few people are worked out anew at every look: the facts may have changed.
SMALL = 2_000


def effect_of_people(found: PeopleDifference, today: date) -> Effect:
    """The difference with names and sentences."""
    listed = {change.person_id for changes in found.listed.values() for change in changes}
    columns = ("pk", "preferred_name", "legal_first_name", "legal_last_name")
    rows = Person.objects.filter(pk__in=listed).values_list(*columns)
    names = {pk: listed_name(preferred, first, last, pk) for pk, preferred, first, last in rows}
    kinds = []
    for kind in KINDS:
        if found.counts[kind]:
            changes = [
                ListedChange(names.get(c.person_id, ""), c.from_state, c.to_state, c.from_due_on, c.to_due_on)
                for c in found.listed[kind]
            ]
            people = found.counts[kind]
            kinds.append(KindOfChange(kind, kind_sentence(kind, people), people, changes))
    states = [(before, after, people) for (before, after), people in sorted(found.states.items())]
    percent = 100 * found.duties_changed / found.duties if found.duties else 0.0
    return Effect(
        found.day,
        found.day != today,
        found.people,
        found.duties_before,
        found.duties_after,
        kinds,
        states,
        round(percent, 1),
        bool(too_much(found.duties, found.duties_changed)),
    )


def stored_kinds(effect: dict) -> list[tuple[date | None, list[str]]]:
    """The counts that are kept with a version that waits, as sentences: today's, then those of each cycle added."""
    parts = [effect.get("today", {}), *effect.get("coming", [])]
    found = []
    for place, part in enumerate(parts):
        said = [kind_sentence(kind, part[kind]) for kind in KINDS if part.get(kind)]
        day = date.fromisoformat(part["day"]) if place and "day" in part else None
        found.append((day, said or [gettext("Nobody’s duty changes.")]))
    return found


@signed_in
@require_safe
def people_effect(request: HttpRequest, version_id: int) -> HttpResponse:
    """The effect on people as a fragment that asks again while it is being worked out."""
    desk = desk_of(request, version_id)
    context = {**desk.context(), **effect_context(desk, request.moment)}
    template = "office/workbench/effect.html" if request.htmx else "office/workbench/effect_page.html"
    return render(request, template, context)


def effect_context(desk: Desk, moment: Moment) -> dict[str, object]:
    """What the fragment needs."""
    if desk.view.rules is None:
        return {"effects": [], "worked": None, "will_wait": False}
    worked = effect_worked_out(desk, moment)
    effects = [effect_of_people(found, moment.day) for found in worked.result] if worked.is_done else []
    waits = has_published(desk.version.programme_id) and any(effect.will_wait for effect in effects)
    percent = max((effect.percent for effect in effects), default=0)
    return {"worked": worked, "effects": effects, "will_wait": waits, "percent": percent}
