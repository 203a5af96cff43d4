"""Controls made of other controls: a table, a table whose kind decides its fields, a list of tables, two languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from upstander.core.programme_reader import LANGUAGES
from upstander.web.office.workbench.controls import (
    GONE,
    WAS,
    Choices,
    Control,
    Posted,
    Unshown,
    Words,
    raw_of,
    read,
    value_of,
)


def part_of(name: str, key: str) -> str:
    return f"{name}-{key}" if name else key


@dataclass(frozen=True)
class Bilingual(Control):
    """The same text in every language; further languages in the document stay."""

    long: bool = False
    kind = "bilingual"

    def blank(self) -> Any:
        return dict.fromkeys(LANGUAGES, "")

    def fits(self, value: Any) -> bool:
        return isinstance(value, Mapping) and all(isinstance(text, str) and text == text.strip() and "\r" not in text
                                                  for text in value.values())  # fmt: skip

    def shown(self, value: Any) -> Any:
        return {language: str(value.get(language, "")) for language in LANGUAGES}

    def posted(self, posted: Posted, name: str) -> Any:
        return {language: posted.one(part_of(name, language)).strip() for language in LANGUAGES}

    def value(self, raw: Any, original: Any, name: str, posted: Posted) -> Any:
        whole = dict(original) if isinstance(original, Mapping) else {}
        for language, text in raw.items():
            whole.pop(language, None)
            if text:
                whole[language] = text
        return whole or GONE


@dataclass(frozen=True)
class Table(Control):
    """A table; keys that no control knows stay as they are."""

    parts: tuple[Control, ...] = ()
    kind = "table"

    def blank(self) -> Any:
        return {part.key: part.blank() for part in self.parts}

    def fits(self, value: Any) -> bool:
        return isinstance(value, Mapping)

    def shown(self, value: Any) -> Any:
        return {part.key: raw_of(part, value.get(part.key, GONE)) for part in self.parts}

    def posted(self, posted: Posted, name: str) -> Any:
        return {part.key: read(part, posted, part_of(name, part.key)) for part in self.parts}

    def value(self, raw: Any, original: Any, name: str, posted: Posted) -> Any:
        return filled(self.parts, raw, original, name, posted) or GONE


def filled(parts: tuple[Control, ...], raw: Mapping, original: Any, name: str, posted: Posted) -> dict:
    """The original table with what its controls say put in."""
    whole = dict(original) if isinstance(original, Mapping) else {}
    for part in parts:
        after = value_of(part, raw[part.key], whole.get(part.key, GONE), part_of(name, part.key), posted)
        if after is GONE:
            whole.pop(part.key, None)
        else:
            whole[part.key] = after
    return whole


@dataclass(frozen=True)
class Kinds(Table):
    """A table in which one key says the kind, and the kind which other keys belong to it.

    Raw: {"kind": …, "fields": {key: raw}}. A kind chosen in place of the one whose fields were filled in leads back to
    the form, with what both have in common kept.
    """

    kind_key: str = "kind"
    choices: Choices = ()
    by_kind: Mapping[str, tuple[Control, ...]] = None  # type: ignore[assignment]
    kind = "kinds"

    def blank(self) -> Any:
        return {"kind": "", "fields": {}}

    def fits(self, value: Any) -> bool:
        return isinstance(value, Mapping) and value.get(self.kind_key) in self.by_kind

    def shown(self, value: Any) -> Any:
        parts = self.by_kind[value[self.kind_key]]
        fields = {part.key: raw_of(part, value.get(part.key, GONE)) for part in parts}
        return {"kind": value[self.kind_key], "fields": fields}

    def posted(self, posted: Posted, name: str) -> Any:
        chosen, before = posted.one(part_of(name, self.kind_key)), posted.one(name + WAS)
        given = {p.key: (p.kind, read(p, posted, part_of(name, p.key))) for p in self.by_kind.get(before, ())}
        if chosen != before and chosen:
            posted.touched = part_of(name, self.kind_key)
        fields = {}
        for part in self.by_kind.get(chosen, ()):
            kind, raw = given.get(part.key, ("", None))
            fields[part.key] = raw if kind == part.kind and not isinstance(raw, Unshown) else part.blank()
            if chosen == before:
                fields[part.key] = raw
        return {"kind": chosen, "fields": fields}

    def value(self, raw: Any, original: Any, name: str, posted: Posted) -> Any:
        if not raw["kind"]:
            return original
        before = dict(original) if isinstance(original, Mapping) else {}
        if before.get(self.kind_key) != raw["kind"]:
            known = {part.key for parts in self.by_kind.values() for part in parts}
            before = {key: value for key, value in before.items() if key not in known}
        before[self.kind_key] = raw["kind"]
        return filled(self.by_kind.get(raw["kind"], ()), raw["fields"], before, name, posted)


@dataclass(frozen=True)
class Rows(Control):
    """A list of tables that grows, shrinks and moves; raw: [{"was": place in the document or "", "row": raw}]."""

    row: Table = None  # type: ignore[assignment]
    adds: Words = ""
    ordered: bool = False
    closed: bool = False
    kind = "rows"

    def blank(self) -> Any:
        return []

    def fits(self, value: Any) -> bool:
        return isinstance(value, list) and all(isinstance(entry, Mapping) for entry in value)

    def shown(self, value: Any) -> Any:
        return [{"was": str(place), "row": raw_of(self.row, entry)} for place, entry in enumerate(value)]

    def posted(self, posted: Posted, name: str) -> Any:
        rows = []
        for number in posted.many(name + "-row"):
            own = part_of(name, number)
            rows.append({"was": posted.one(own + WAS), "row": read(self.row, posted, own)})
        return self._acted(rows, posted, name)

    def _acted(self, rows: list, posted: Posted, name: str) -> list:
        act, place = posted.act, posted.act.place
        if act.name != name:
            return rows
        to = place
        if act.verb == "add":
            rows.append({"was": "", "row": self.row.blank()})
            to = len(rows) - 1
        elif act.verb == "remove" and 0 <= place < len(rows):
            rows.pop(place)
            to = min(place, len(rows) - 1)
        elif act.verb in {"up", "down"} and 0 <= place < len(rows):
            to = min(max(place + (1 if act.verb == "down" else -1), 0), len(rows) - 1)
            rows.insert(to, rows.pop(place))
        posted.touched = part_of(name, str(to)) if to >= 0 else name
        return rows

    def value(self, raw: Any, original: Any, name: str, posted: Posted) -> Any:
        entries = original if isinstance(original, list) else []
        made = []
        for number, row in enumerate(raw):
            was = int(row["was"]) if row["was"].isdecimal() and int(row["was"]) < len(entries) else None
            before = entries[was] if was is not None else GONE
            entry = value_of(self.row, row["row"], before, part_of(name, str(number)), posted)
            if entry is not GONE:
                made.append(entry)
        return made or GONE
