"""What a department page looks at: the viewer's units, one programme, its cycle on the day."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext

from upstander.core.days import Moment
from upstander.core.programme import Cycle, Programme
from upstander.models import Standing
from upstander.queries import reports
from upstander.queries.doors.officers import Department, department_for_administrator, programme_for_administrator
from upstander.queries.roles import roles_of
from upstander.web.people import in_words

SEVERAL = 3


@dataclass(frozen=True, slots=True)
class View:
    """One department, programme and cycle, and the moment of looking."""

    department: Department
    rules: Programme
    cycle: Cycle
    moment: Moment
    asked: tuple[str, ...]
    by: str

    @property
    def title(self) -> str:
        return in_words(self.rules.title)

    @property
    def name(self) -> str:
        """The department as a headline calls it: its unit's name, or a few names, or how many units."""
        if self.department.units is None and len(self.department.tops) != 1:
            return gettext("All units")
        names = [unit.name for unit in self.department.tops]
        if len(names) < SEVERAL:
            return (
                gettext("%(one)s and %(other)s") % dict(zip(("one", "other"), names, strict=True))
                if names[1:]
                else names[0]
            )
        return ngettext("%(count)d unit", "%(count)d units", len(names)) % {"count": len(names)}

    @property
    def standings(self) -> QuerySet[Standing]:
        return reports.in_units(self.rules.key, self.cycle.key, self.department.units)

    @property
    def units_query(self) -> str:
        """The chosen units as they stand in an address; empty for all of the viewer's."""
        return urlencode([("unit", unit) for unit in self.asked])


def view_of(request: HttpRequest, key: str) -> View:
    """The view that the request asks for; a programme or unit that is not the viewer's to see is Http404."""
    roles = roles_of(request.user)
    rules = programme_for_administrator(roles, key)
    asked = tuple(dict.fromkeys(request.GET.getlist("unit")))
    department = department_for_administrator(roles, asked)
    cycle = rules.cycle_on(request.moment.day)
    return View(department, rules, cycle, request.moment, asked, f"person:{roles.person_id}")
