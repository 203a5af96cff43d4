"""The controls of a form over a programme document: each shows a value as text and reads it back, losing nothing.

A control has a `blank`, turns a value of the document into its `raw` (strings, lists and tables of strings, as a
browser sends them), reads the raw from what was posted, and turns it back. What it cannot show stands as TOML
(`Unshown`). Where nothing was changed the document's own value comes back, whatever its form.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import tomlkit
from django.utils.translation import gettext

#: No value: the key is absent from the document.
GONE: Any = type("Gone", (), {"__repr__": lambda self: "GONE"})()
TOML = "--toml"
WAS = "-was"

Words = Any  # a text, or a lazy translation of one
Choices = Sequence[tuple[str, Words]]


@dataclass(frozen=True, slots=True)
class Unshown:
    """A value that its control cannot show, as the TOML that says it."""

    text: str


@dataclass(frozen=True, slots=True)
class Act:
    """What a button of the form asked for besides saving: add, remove, up or down, on which list and where."""

    verb: str = ""
    name: str = ""
    place: int = -1

    @classmethod
    def read(cls, text: str) -> "Act":
        verb, _, rest = text.partition(":")
        name, _, place = rest.partition(":")
        return cls(verb, name, int(place) if place.isdecimal() else -1)


@dataclass(slots=True)
class Posted:
    """What the browser sent, and what is wrong with it, by the name of the control."""

    data: Mapping[str, list[str]]
    act: Act = Act()
    errors: dict[str, str] = field(default_factory=dict)
    touched: str = ""

    def one(self, name: str) -> str:
        return (self.data.get(name) or [""])[-1].replace("\r\n", "\n")

    def many(self, name: str) -> list[str]:
        return list(self.data.get(name) or [])


@dataclass(frozen=True)
class Control:
    """One line of text; the others build on it. `key` is its place in the table that holds it."""

    key: str
    label: Words
    hint: Words = ""
    wide: bool = False
    kind = "text"

    def blank(self) -> Any:
        return ""

    def fits(self, value: Any) -> bool:
        return isinstance(value, str) and "\n" not in value and value == value.strip() and value != ""

    def shown(self, value: Any) -> Any:
        return str(value)

    def posted(self, posted: Posted, name: str) -> Any:
        return posted.one(name).strip()

    def value(self, raw: Any, original: Any, name: str, posted: Posted) -> Any:
        return raw if raw else GONE


def raw_of(control: Control, value: Any) -> Any:
    """What the control shows of a value of the document."""
    if value is GONE:
        return control.blank()
    return control.shown(value) if control.fits(value) else Unshown(toml_of(value))


def read(control: Control, posted: Posted, name: str) -> Any:
    """What was posted for the control, in the shape of `raw_of`."""
    return Unshown(posted.one(name + TOML)) if name + TOML in posted.data else control.posted(posted, name)


def value_of(control: Control, raw: Any, original: Any, name: str, posted: Posted) -> Any:
    """The document's value for what was posted; the original itself where nothing was changed."""
    if raw == raw_of(control, original):
        return original
    if not isinstance(raw, Unshown):
        return control.value(raw, original, name, posted)
    try:
        return from_toml(raw.text) if raw.text.strip() else GONE
    except ValueError as problem:
        posted.errors[name] = gettext("This is not TOML: %(problem)s") % {"problem": problem}
        return original


def toml_of(value: Any) -> str:
    """A value as TOML in one line, as it could stand behind a key."""
    if isinstance(value, Mapping):
        pairs = [f"{tomlkit.key(key).as_string()} = {toml_of(part)}" for key, part in value.items()]
        return "{ " + ", ".join(pairs) + " }" if pairs else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(toml_of(part) for part in value) + "]"
    return tomlkit.item(value).as_string()


def from_toml(text: str) -> Any:
    """The value that a TOML text says, behind a key. Raises ValueError where it says none, or more than one."""
    try:
        found = tomllib.loads("value = " + text.strip())
    except RecursionError as problem:
        raise ValueError(gettext("one value belongs here")) from problem
    if set(found) != {"value"}:
        raise ValueError(gettext("one value belongs here"))
    return found["value"]


class Lines(Control):
    """A text of several lines."""

    kind = "lines"

    def fits(self, value: Any) -> bool:
        return isinstance(value, str) and value == value.strip() and value != ""


class Fixed(Control):
    """Shown, not to be changed."""

    kind = "fixed"

    def fits(self, value: Any) -> bool:
        return True

    def posted(self, posted: Posted, name: str) -> Any:
        return posted.one(name)

    def value(self, raw: Any, original: Any, name: str, posted: Posted) -> Any:
        return original


@dataclass(frozen=True)
class Whole(Control):
    """A whole number; `also` are words that may stand in its place, such as "all"."""

    also: tuple[str, ...] = ()
    kind = "whole"

    def fits(self, value: Any) -> bool:
        return (isinstance(value, int) and not isinstance(value, bool)) or value in self.also

    def value(self, raw: Any, original: Any, name: str, posted: Posted) -> Any:
        if not raw:
            return GONE
        if raw in self.also:
            return raw
        if raw.isascii() and raw.isdecimal() and len(raw) < 7:
            return int(raw)
        posted.errors[name] = gettext("A whole number belongs here, such as 14.")
        return original


class Day(Control):
    """A civil date, written 2027-02-17."""

    kind = "day"

    def fits(self, value: Any) -> bool:
        return isinstance(value, date) and not isinstance(value, datetime)

    def shown(self, value: Any) -> Any:
        return value.isoformat()

    def value(self, raw: Any, original: Any, name: str, posted: Posted) -> Any:
        if not raw:
            return GONE
        try:
            return date.fromisoformat(raw)
        except ValueError:
            posted.errors[name] = gettext("A date belongs here, such as 2027-02-17.")
            return original


class DayOrNone(Day):
    """A date, or the word none for "there must be no date"."""

    kind = "day-or-none"

    def fits(self, value: Any) -> bool:
        return value == "none" or super().fits(value)

    def shown(self, value: Any) -> Any:
        return value if value == "none" else super().shown(value)

    def value(self, raw: Any, original: Any, name: str, posted: Posted) -> Any:
        return "none" if raw == "none" else super().value(raw, original, name, posted)


class Flag(Control):
    """Yes, no, or nothing said."""

    kind = "flag"

    def fits(self, value: Any) -> bool:
        return isinstance(value, bool)

    def shown(self, value: Any) -> Any:
        return "yes" if value else "no"

    def value(self, raw: Any, original: Any, name: str, posted: Posted) -> Any:
        return {"yes": True, "no": False}.get(raw, GONE)


@dataclass(frozen=True)
class Choice(Control):
    """One of a few; a value that is not among them stays and is shown beside them."""

    choices: Choices | Callable[[], Choices] = ()
    kind = "choice"

    def offered(self) -> Choices:
        return self.choices() if callable(self.choices) else self.choices


@dataclass(frozen=True)
class Many(Choice):
    """Any of a few, ticked; what is not among them stays and is shown beside them."""

    kind = "many"

    def blank(self) -> Any:
        return []

    def fits(self, value: Any) -> bool:
        every = isinstance(value, list) and value and all(isinstance(part, str) and part for part in value)
        return bool(every) and len(set(value)) == len(value)

    def shown(self, value: Any) -> Any:
        order = {word: place for place, (word, _) in enumerate(self.offered())}
        return sorted(value, key=lambda word: order.get(word, len(order)))

    def posted(self, posted: Posted, name: str) -> Any:
        return posted.many(name)

    def value(self, raw: Any, original: Any, name: str, posted: Posted) -> Any:
        return list(raw) if raw else GONE


class Names(Control):
    """A list of words, with commas between them."""

    kind = "names"

    def fits(self, value: Any) -> bool:
        return isinstance(value, list) and bool(value) and all(
            isinstance(part, str) and part and part == part.strip() and "," not in part and "\n" not in part
            for part in value
        )  # fmt: skip

    def shown(self, value: Any) -> Any:
        return ", ".join(value)

    def value(self, raw: Any, original: Any, name: str, posted: Posted) -> Any:
        return [part.strip() for part in raw.split(",") if part.strip()] or GONE


class Numbers(Control):
    """A list of whole numbers, with commas between them."""

    kind = "numbers"

    def fits(self, value: Any) -> bool:
        return isinstance(value, list) and bool(value) and all(type(part) is int and part >= 0 for part in value)

    def shown(self, value: Any) -> Any:
        return ", ".join(map(str, value))

    def value(self, raw: Any, original: Any, name: str, posted: Posted) -> Any:
        parts = [part.strip() for part in raw.split(",") if part.strip()]
        if all(part.isascii() and part.isdecimal() and len(part) < 7 for part in parts):
            return [int(part) for part in parts] or GONE
        posted.errors[name] = gettext("Whole numbers with commas between them belong here, such as 14, 3.")
        return original


class Toml(Control):
    """A value of any shape as TOML, for what lies deeper than the form goes."""

    kind = "toml"

    def fits(self, value: Any) -> bool:
        return False

    def posted(self, posted: Posted, name: str) -> Any:
        text = posted.one(name)
        return Unshown(text) if text.strip() else ""
