"""A control with its raw as what the template draws: names, ids, labels, choices, errors, and what lies inside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from upstander.core.programme_reader import LANGUAGES
from upstander.web.office.workbench.conditions import DEEPEST, FACT_WORDS, FACTS, JOINS, Conditions
from upstander.web.office.workbench.controls import TOML, WAS, Choice, Control, Flag, Many, Unshown, Whole
from upstander.web.office.workbench.problem_told import Told
from upstander.web.office.workbench.tables import Bilingual, Kinds, Rows, Table, part_of
from upstander.web.people import language


@dataclass(slots=True)
class Drawn:
    """One control on the page."""

    kind: str
    name: str
    label: str = ""
    hint: str = ""
    value: Any = ""
    choices: list[tuple[str, str, bool]] = field(default_factory=list)
    parts: list["Drawn"] = field(default_factory=list)
    error: str = ""
    problems: list[Told] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"id-{self.name}"

    @property
    def described(self) -> str:
        """The ids of what a screen reader reads with the control."""
        said = [("hint", self.hint), ("error", self.error), ("problems", self.problems)]
        return " ".join(f"{self.id}-{part}" for part, text in said if text)

    @property
    def has_error(self) -> bool:
        return bool(self.error or self.problems) or any(part.has_error for part in self.parts)


@dataclass(frozen=True, slots=True)
class Pen:
    """What is said beside the controls: errors by name, problems of the document by name, and what was touched."""

    errors: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, list[Told]] = field(default_factory=dict)
    touched: str = ""

    def draw(self, control: Control, raw: Any, name: str) -> Drawn:
        """The control by that name."""
        drawn = Drawn(control.kind, name, str(control.label), str(control.hint), raw)
        drawn.error, drawn.problems = self.errors.get(name, ""), list(self.problems.get(name, ()))
        drawn.extra["wide"] = control.wide
        if isinstance(raw, Unshown) or control.kind == "toml":
            drawn.kind, drawn.value = "toml", raw.text if isinstance(raw, Unshown) else ""
            drawn.extra["sent_as"] = name + TOML
            return drawn
        for kind, fill in _FILLED:
            if isinstance(control, kind):
                fill(self, drawn, control, raw)
                break
        return drawn

    def parts(self, controls: tuple[Control, ...], raw: Mapping, name: str) -> list[Drawn]:
        return [self.draw(part, raw[part.key], part_of(name, part.key)) for part in controls]


def _bilingual(pen: Pen, drawn: Drawn, control: Bilingual, raw: Mapping) -> None:
    own = {"en": gettext("English"), "es": gettext("Spanish")}
    drawn.extra["long"] = control.long
    for lang in LANGUAGES:
        name = part_of(drawn.name, lang)
        line = Drawn("lines" if control.long else "text", name, own[lang], value=raw[lang])
        line.extra["lang"], line.problems = lang, list(pen.problems.get(name, ()))
        drawn.parts.append(line)


def _choice(pen: Pen, drawn: Drawn, control: Choice, raw: Any) -> None:
    chosen = raw if isinstance(raw, list) else [raw]
    offered = [(value, str(word)) for value, word in control.offered()]
    known = {value for value, _ in offered}
    offered += [(value, value) for value in chosen if value and value not in known]
    drawn.choices = [(value, word, value in chosen) for value, word in offered]


def _flag(pen: Pen, drawn: Drawn, control: Flag, raw: str) -> None:
    said = [("", gettext("nothing said")), ("yes", gettext("Yes")), ("no", gettext("No"))]
    drawn.choices = [(value, word, value == raw) for value, word in said]


def _kinds(pen: Pen, drawn: Drawn, control: Kinds, raw: Mapping) -> None:
    drawn.choices = [(value, str(word), value == raw["kind"]) for value, word in control.choices]
    drawn.extra |= {"sent_as": part_of(drawn.name, control.kind_key), "was": drawn.name + WAS, "filled": raw["kind"]}
    drawn.parts = pen.parts(control.by_kind.get(raw["kind"], ()), raw["fields"], drawn.name)


def _table(pen: Pen, drawn: Drawn, control: Table, raw: Mapping) -> None:
    drawn.parts = pen.parts(control.parts, raw, drawn.name)


def _rows(pen: Pen, drawn: Drawn, control: Rows, raw: list) -> None:
    drawn.extra |= {"adds": str(control.adds), "ordered": control.ordered, "closed": control.closed}
    for number, row in enumerate(raw):
        name = part_of(drawn.name, str(number))
        line = pen.draw(control.row, row["row"], name)
        touched = pen.touched == name or pen.touched.startswith(f"{name}-")
        line.extra |= {
            "was": row["was"], "sent_as": name + WAS, "number": number, "first": number == 0,
            "last": number == len(raw) - 1, "title": title_of(line), "touched": pen.touched == name,
            "open": touched or not control.closed or line.has_error or not row["was"],
        }  # fmt: skip
        drawn.parts.append(line)


#: What a closed row is known by, the best first.
KNOWN_BY = ("title", "name", "course", "course_key", "preset", "key", "category", "kind")


def title_of(row: Drawn) -> str:
    """By what a closed row is known: what somebody wrote or chose in its most telling control."""
    telling = {part.name.removeprefix(f"{row.name}-"): part for part in row.parts}
    said = (_said(telling[key]) for key in KNOWN_BY if key in telling)
    return next((words for words in said if words), "")


def _said(part: Drawn) -> str:
    if part.kind == "bilingual":
        own = [line for line in part.parts if line.extra["lang"] == language()]
        return next((str(line.value) for line in [*own, *part.parts] if line.value), "")
    if part.choices:
        return next((word for value, word, chosen in part.choices if chosen and value), "")
    return part.value if isinstance(part.value, str) else ""


def _conditions(pen: Pen, drawn: Drawn, control: Conditions, raw: Mapping) -> None:
    _builder(pen, drawn, raw, 0)


def _builder(pen: Pen, drawn: Drawn, raw: Mapping, depth: int) -> None:
    drawn.choices = [(join, str(word), join == raw["join"]) for join, word in JOINS.items()]
    drawn.extra["deep"] = depth
    drawn.extra["new"] = [(fact, str(word)) for fact, word in FACT_WORDS.items()]
    drawn.extra["grouping"] = depth < DEEPEST
    for number, item in enumerate(raw["items"]):
        name = part_of(drawn.name, str(number))
        line = Drawn("item", name)
        line.extra |= {"number": number, "touched": pen.touched == name}
        if "fact" in item:
            line.extra["fact"] = item["fact"]
            line.parts = [pen.draw(FACTS[item["fact"]], item["raw"], part_of(name, "value"))]
        elif "group" in item:
            group = Drawn("conditions", part_of(name, "group"), gettext("Group of conditions"))
            _builder(pen, group, item["group"], depth + 1)
            line.extra["fact"], line.parts = "group", [group]
        else:
            own = part_of(name, "deeper")
            deeper = Drawn("deeper", own, gettext("Nested further, as text"), value=item["deeper"])
            deeper.error = pen.errors.get(own, "")
            line.extra["fact"], line.parts = "deeper", [deeper]
        drawn.parts.append(line)


def _whole(pen: Pen, drawn: Drawn, control: Whole, raw: str) -> None:
    drawn.extra["digits_only"] = not control.also


_FILLED = (
    (Bilingual, _bilingual), (Many, _choice), (Choice, _choice), (Flag, _flag), (Kinds, _kinds), (Table, _table),
    (Rows, _rows), (Conditions, _conditions), (Whole, _whole),
)  # fmt: skip
