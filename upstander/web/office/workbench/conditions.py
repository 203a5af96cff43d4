"""Conditions as rows of a form: facts joined by all, any, none or not all, with groups one level deep.

Raw: {"join": …, "items": [item…]}, where an item is {"fact": key, "raw": …}, {"group": {"join", "items"}} or
{"deeper": TOML} for what is nested further. The document's own form of a condition stays while nothing is changed.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from upstander.core.conditions import VALUE_KINDS
from upstander.core.programme_reader import CATEGORIES
from upstander.web.office.workbench.controls import (
    GONE,
    Choices,
    Control,
    Flag,
    Many,
    Names,
    Posted,
    Whole,
    from_toml,
    raw_of,
    read,
    toml_of,
    value_of,
)
from upstander.web.office.workbench.tables import part_of
from upstander.words.names import category_word

JOINS = {
    "all": _("All of these hold"),
    "any": _("At least one of these holds"),
    "none": _("None of these holds"),
    "not-all": _("Not all of these hold"),
}
FACT_WORDS = {
    "category": _("Category is one of"),
    "paid": _("Is paid"),
    "benefits_eligible": _("Is eligible for benefits"),
    "supervises": _("Supervises somebody"),
    "confidential_role": _("Has a confidential role"),
    "student_year_at_least": _("Year of study is at least"),
    "area": _("Area is one of"),
    "unit_within": _("Belongs to one of these units, or to one below"),
    "graduates_within_days": _("Graduates within so many days"),
    "work_state": _("Works in one of these states"),
    "work_country": _("Works in one of these countries"),
}
HINTS = {
    "area": _("The areas of your units file, with commas between them: school, central."),
    "unit_within": _("The ids of units as your units file has them, with commas between them."),
    "work_state": _("As your roster has them, with commas between them."),
    "work_country": _("As your roster has them, with commas between them."),
}
#: Longer than any condition that a person reads; what is posted beyond it is not looked at.
DEEPEST = 1


def categories() -> Choices:
    """The categories of appointments, in words."""
    return [(category, category_word(category)) for category in CATEGORIES]


def _control(key: str, kind: str) -> Control:
    label = FACT_WORDS.get(key, key)
    if kind == "categories":
        return Many(key, label, choices=categories)
    if kind == "yes-no":
        return Flag(key, label)
    return (Whole if kind == "whole-number" else Names)(key, label, HINTS.get(key, ""))


#: The control of every fact that a condition may ask for.
FACTS = {key: _control(key, kind) for key, kind in VALUE_KINDS.items()}


def pieces(value: Mapping) -> tuple[str, list[Mapping]]:
    """A condition as what joins its parts, and the parts."""
    if len(value) != 1:
        return "all", [{key: wanted} for key, wanted in value.items()]
    ((key, wanted),) = value.items()
    if key in {"all", "any"} and _conditions(wanted):
        return key, wanted
    if key == "not" and isinstance(wanted, Mapping) and wanted:
        join, parts = pieces(wanted)
        if join == "any" or len(parts) == 1:
            return "none", parts if join in {"any", "all"} else [wanted]
        if join == "all":
            return "not-all", parts
        return "none", [wanted]
    return "all", [dict(value)]


def _conditions(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(part, Mapping) and part for part in value)


def joined(join: str, parts: list[Mapping]) -> Mapping:
    """The condition of parts joined; the opposite of `pieces`."""
    if join == "any":
        return parts[0] if len(parts) == 1 else {"any": parts}
    if join == "none":
        return {"not": joined("any", parts)}
    if join == "not-all":
        return {"not": joined("all", parts)}
    keys = [key for part in parts for key in part]
    if len(parts) > 1 and len(set(keys)) < len(keys):
        return {"all": parts}
    return {key: wanted for part in parts for key, wanted in part.items()}


class Conditions(Control):
    """The condition builder."""

    kind = "conditions"

    def blank(self) -> Any:
        return {"join": "all", "items": []}

    def fits(self, value: Any) -> bool:
        return isinstance(value, Mapping) and bool(value)

    def shown(self, value: Any) -> Any:
        return _shown(value, 0)

    def posted(self, posted: Posted, name: str) -> Any:
        return _posted(posted, name, 0)

    def value(self, raw: Any, original: Any, name: str, posted: Posted) -> Any:
        parts = _values(raw, name, posted)
        return joined(raw["join"], parts) if parts else GONE


def _shown(value: Mapping, depth: int) -> dict:
    join, parts = pieces(value)
    return {"join": join, "items": [_item(part, depth) for part in parts]}


def _item(part: Mapping, depth: int) -> dict:
    key = next(iter(part))
    if len(part) == 1 and key in FACTS:
        wanted = [part[key]] if isinstance(part[key], str) else part[key]
        if FACTS[key].fits(wanted):
            return {"fact": key, "raw": raw_of(FACTS[key], wanted)}
    group = depth < DEEPEST and _shown(part, depth + 1)
    if group and not (len(part) == 1 and key not in {"all", "any", "not"}):
        return {"group": group}
    return {"deeper": toml_of(part)}


def _posted(posted: Posted, name: str, depth: int) -> dict:
    join = posted.one(part_of(name, "join"))
    items = []
    for number in posted.many(name + "-item"):
        own = part_of(name, number)
        fact = posted.one(part_of(own, "fact"))
        if fact in FACTS:
            items.append({"fact": fact, "raw": read(FACTS[fact], posted, part_of(own, "value"))})
        elif fact == "group" and depth < DEEPEST:
            items.append({"group": _posted(posted, part_of(own, "group"), depth + 1)})
        else:
            items.append({"deeper": posted.one(part_of(own, "deeper")).strip()})
    raw = {"join": join if join in JOINS else "all", "items": items}
    _act(raw, posted, name, depth)
    return raw


def _act(raw: dict, posted: Posted, name: str, depth: int) -> None:
    act, items = posted.act, raw["items"]
    if act.name != name:
        return
    if act.verb == "remove" and 0 <= act.place < len(items):
        items.pop(act.place)
        posted.touched = part_of(name, str(len(items) - 1)) if items else name
    elif act.verb == "add":
        fact = posted.one(part_of(name, "new"))
        if fact in FACTS:
            items.append({"fact": fact, "raw": FACTS[fact].blank()})
        elif fact == "group" and depth < DEEPEST:
            items.append({"group": {"join": "any", "items": []}})
        posted.touched = part_of(name, str(len(items) - 1))


def _values(raw: Mapping, name: str, posted: Posted) -> list[Mapping]:
    made = []
    for number, item in enumerate(raw["items"]):
        own = part_of(name, str(number))
        if "fact" in item:
            control = FACTS[item["fact"]]
            value = value_of(control, item["raw"], GONE, part_of(own, "value"), posted)
            if value is not GONE:
                made.append({item["fact"]: value})
            elif part_of(own, "value") not in posted.errors:
                posted.errors[part_of(own, "value")] = gettext("Say what this is to be, or remove the line.")
        elif "group" in item:
            parts = _values(item["group"], part_of(own, "group"), posted)
            if parts:
                made.append(joined(item["group"]["join"], parts))
        else:
            made += _deeper(item["deeper"], part_of(own, "deeper"), posted)
    return made


def _deeper(text: str, name: str, posted: Posted) -> list[Mapping]:
    if not text:
        return []
    try:
        found = from_toml(text)
    except ValueError as problem:
        posted.errors[name] = gettext("This is not TOML: %(problem)s") % {"problem": problem}
        return []
    if isinstance(found, Mapping) and found:
        return [found]
    posted.errors[name] = gettext("A condition belongs here, such as { paid = true }.")
    return []
