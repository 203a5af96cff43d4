"""The doors of the office and of departments: the only way to a programme, a person or a unit for these viewers.

What a viewer may not see does not exist for them: every "no" here is Http404.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404

from upstander.core.access import Roles, may_run_programme, may_see_unit, programmes_run
from upstander.core.errors import Refusal
from upstander.core.programme import Programme
from upstander.models import Standing, Unit
from upstander.queries.programmes import all_published, published
from upstander.queries.roles import with_units_below


def _published(key: str) -> Programme:
    try:
        return published(key)
    except Refusal as refusal:
        raise Http404(refusal.code) from refusal


def programmes_for_officer(roles: Roles) -> list[Programme]:
    """The published programmes that the viewer runs; Http404 for somebody who is no officer."""
    if not roles.is_officer:
        raise Http404
    every = {programme.key: programme for programme in all_published()}
    return [every[key] for key in programmes_run(roles, every)]


def programme_for_officer(roles: Roles, key: str) -> Programme:
    """The published programme, if the viewer runs it."""
    if not may_run_programme(roles, key):
        raise Http404
    return _published(key)


def standing_for_officer(roles: Roles, standing_id: int) -> Standing:
    """The standing with its person, if the viewer runs its programme.

    Pages about a person go by a standing's number, so that no address carries a person's own.
    """
    standing = Standing.objects.select_related("person").filter(pk=standing_id).first()
    if standing is None or not may_run_programme(roles, standing.programme_id):
        raise Http404
    return standing


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """One unit of the viewer in the tree: `depth` counts from their topmost units, `chosen` says it was picked."""

    unit: Unit
    depth: int
    chosen: bool

    @property
    def step(self) -> int:
        """How far a list sets the unit in; a list stops at three steps."""
        return min(self.depth, 3)


@dataclass(frozen=True, slots=True)
class Department:
    """The units a viewer looks at: `units` None means the whole institution; `tops` the topmost of those in view."""

    units: frozenset[str] | None
    tops: tuple[Unit, ...]
    choices: tuple[UnitChoice, ...]


def programmes_for_administrator(roles: Roles) -> list[Programme]:
    """Every published programme; Http404 for somebody who administers no unit."""
    if not roles.is_administrator:
        raise Http404
    return all_published()


def programme_for_administrator(roles: Roles, key: str) -> Programme:
    if not roles.is_administrator:
        raise Http404
    return _published(key)


def department_for_administrator(roles: Roles, asked: Iterable[str] = ()) -> Department:
    """The units in view: those asked for with the units below them, or else all of the viewer's.

    A unit that is not the viewer's is Http404, among others that are too.
    """
    if not roles.is_administrator:
        raise Http404
    chosen = frozenset(asked)
    if not all(may_see_unit(roles, unit_id) for unit_id in chosen):
        raise Http404
    own = _own(roles)
    if not chosen <= own.keys():
        raise Http404
    in_view = with_units_below(set(chosen)) if chosen else frozenset(own)
    tops = tuple(unit for unit in own.values() if unit.pk in in_view and unit.parent_id not in in_view)
    everything = roles.all_units and not chosen
    return Department(None if everything else in_view, tops, tuple(_tree(own, chosen)))


def _own(roles: Roles) -> dict[str, Unit]:
    units = Unit.objects.order_by("name", "id")
    if not roles.all_units:
        units = units.filter(pk__in=roles.units)
    return {unit.pk: unit for unit in units}


def _tree(own: dict[str, Unit], chosen: frozenset[str]) -> list[UnitChoice]:
    below: dict[str | None, list[Unit]] = {}
    for unit in own.values():
        below.setdefault(unit.parent_id if unit.parent_id in own else None, []).append(unit)
    found: list[UnitChoice] = []
    ahead = [(unit, 0) for unit in reversed(below.get(None, []))]
    while ahead:
        unit, depth = ahead.pop()
        found.append(UnitChoice(unit, depth, unit.pk in chosen))
        ahead.extend((child, depth + 1) for child in reversed(below.get(unit.pk, [])))
    return found
