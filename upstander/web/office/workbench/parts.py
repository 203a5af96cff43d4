"""The parts of a programme as the office edits them: each a card on the draft's page and a form of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from upstander.web.office.workbench import (
    parts_cases,
    parts_cycle,
    parts_examples,
    parts_notices,
    parts_people,
    parts_rules,
    parts_updates,
)
from upstander.web.office.workbench.controls import GONE, Control, Posted, Words, raw_of, read, value_of
from upstander.web.office.workbench.drawing import Drawn, Pen


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its key, its title, and its controls, which may offer what the document itself names."""

    key: str
    title: Words
    controls: Callable[[Mapping], tuple[Control, ...]]
    keys: tuple[str, ...] = ()

    @property
    def top_keys(self) -> tuple[str, ...]:
        """The document's own keys that it edits."""
        return self.keys or (self.key,)

    def shown(self, document: Mapping) -> dict[str, Any]:
        return {control.key: raw_of(control, document.get(control.key, GONE)) for control in self.controls(document)}

    def posted(self, document: Mapping, posted: Posted) -> dict[str, Any]:
        return {control.key: read(control, posted, control.key) for control in self.controls(document)}

    def values(self, document: Mapping, raw: Mapping[str, Any], posted: Posted) -> dict[str, Any]:
        """The values of the part's keys as the form has them; None for a key that is taken out."""
        found = {}
        for control in self.controls(document):
            value = value_of(control, raw[control.key], document.get(control.key, GONE), control.key, posted)
            found[control.key] = None if value is GONE else value
        return parts_rules.with_digests(found) if self.key == "legal" else found

    def drawn(self, document: Mapping, raw: Mapping[str, Any], pen: Pen) -> list[Drawn]:
        return [pen.draw(control, raw[control.key], control.key) for control in self.controls(document)]


PARTS = (
    Part("basics", _("Title and summary"), parts_rules.basics, ("title", "summary")),
    Part("cycle", _("Cycle and recurrence"), parts_cycle.cycle, ("cycle", "recurrence")),
    Part("audience", _("Audience"), parts_people.audience),
    Part("groups", _("Groups"), parts_people.groups),
    Part("window", _("Window"), parts_rules.window),
    Part("requirement", _("What has to be done"), parts_rules.requirement),
    Part("options", _("Courses"), parts_rules.options),
    Part("equivalencies", _("Courses that count as others"), parts_rules.equivalencies),
    Part("counts", _("What counts"), parts_rules.counts),
    Part("endings", _("Appointments that end"), parts_people.endings),
    Part("exemptions", _("Exemptions"), parts_people.exemptions),
    Part("leave", _("Leave"), parts_people.leave),
    Part("recommendations", _("Recommendations"), parts_people.recommendations),
    Part("reminders", _("Reminders"), parts_rules.reminders),
    Part("notices", _("Notice and escalation"), parts_notices.notices),
    Part("cases", _("Requests"), parts_cases.cases),
    Part("access", _("Whoever need not take it"), parts_cases.access),
    Part("office", _("Whom people reach"), parts_rules.office),
    Part("legal", _("Legal presets"), parts_rules.legal),
    Part("records", _("Records"), parts_rules.records),
    Part("survey", _("Survey"), parts_updates.survey),
    Part("examples", _("Examples"), parts_examples.examples),
)
BY_KEY = {part.key: part for part in PARTS}


def part_of_path(path: str) -> str:
    """The key of the part to which a problem's path belongs; empty where it is the whole document's."""
    top = path.split(".")[0].split("[")[0]
    return next((part.key for part in PARTS if top in part.top_keys), "")


def name_of_path(path: str) -> str:
    """The name of the control to which a problem's path belongs: `groups[1].due_on` is `groups-1-due_on`."""
    return path.replace("[", "-").replace("].", "-").replace("]", "").replace(".", "-")
