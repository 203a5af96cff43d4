"""Reading values out of a programme document: each wrong one becomes a problem with its place."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from upstander.core.conditions import VALUE_KINDS, AllOf, AnyOf, Condition, Not, Test

CATEGORIES = ("faculty", "staff", "postdoc", "graduate_student", "undergraduate", "affiliate")
LANGUAGES = ("en", "es")
SANE_YEARS = range(1990, 2200)


class Reader:
    """Reads values out of the document and collects a problem with its place for every one that is wrong."""

    def __init__(self) -> None:
        self.problems: list[dict[str, str]] = []

    def wrong(self, path: str, message: str) -> None:
        self.problems.append({"path": path, "message": message})

    def table(self, holder: Mapping, key: str, path: str, known: set[str] | None = None) -> Mapping:
        value = holder.get(key, {})
        if not isinstance(value, Mapping):
            self.wrong(f"{path}{key}", "must be a table")
            return {}
        if known is not None:
            self.unknown_keys(value, known, f"{path}{key}.")
        return value

    def tables(self, holder: Mapping, key: str, path: str) -> list[Mapping]:
        value = holder.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, Mapping) for entry in value):
            self.wrong(f"{path}{key}", f"must be a list of tables, [[{key}]]")
            return []
        return value

    def unknown_keys(self, holder: Mapping, known: set[str], path: str) -> None:
        for key in holder:
            if key not in known:
                self.wrong(f"{path}{key}", f"is not known here; known are {', '.join(sorted(known))}")

    def day(self, holder: Mapping, key: str, path: str, required: bool = True) -> date | None:
        value = holder.get(key)
        if value is None:
            if required:
                self.wrong(f"{path}{key}", "is missing; a date such as 2021-02-17 belongs here")
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            self.wrong(f"{path}{key}", f"must be a date such as 2021-02-17, without quotes, not {value!r}")
            return None
        if value.year not in SANE_YEARS:
            self.wrong(f"{path}{key}", f"the year {value.year:04d} cannot be meant")
            return None
        return value

    def whole(self, holder: Mapping, key: str, path: str, default: int | None, least: int = 0) -> int | None:
        value = holder.get(key, default)
        if value is default and key not in holder:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= 100_000:
            self.wrong(f"{path}{key}", f"must be a whole number from {least} on, not {value!r}")
            return default
        return value

    def flag(self, holder: Mapping, key: str, path: str) -> bool:
        value = holder.get(key, False)
        if not isinstance(value, bool):
            self.wrong(f"{path}{key}", f"must be true or false, not {value!r}")
        return value is True

    def name(self, holder: Mapping, key: str, path: str) -> str:
        value = holder.get(key)
        plain = isinstance(value, str) and value and value.replace("-", "").replace("_", "").isalnum()
        if not plain or not value.isascii():
            self.wrong(f"{path}{key}", "must be a short name in letters, digits and hyphens")
            return ""
        return value

    def words(self, holder: Mapping, key: str, path: str, required: bool = True) -> Mapping[str, str]:
        value = holder.get(key, {})
        if not isinstance(value, Mapping) or any(not isinstance(v, str) or not v.strip() for v in value.values()):
            self.wrong(f"{path}{key}", "must give a text in each language: en, es")
            return {}
        missing = [language for language in LANGUAGES if language not in value]
        if missing and (required or value):
            self.wrong(f"{path}{key}.{missing[0]}", "is missing")
        return value

    def names(self, holder: Mapping, key: str, path: str, allowed: tuple[str, ...] | None = None) -> tuple[str, ...]:
        value = holder.get(key, [])
        if not isinstance(value, list) or not value or not all(isinstance(v, str) and v for v in value):
            self.wrong(f"{path}{key}", "must be a list of words")
            return ()
        for word in value:
            if allowed and word not in allowed:
                self.wrong(f"{path}{key}", f"{word!r} is not one of {', '.join(allowed)}")
        return tuple(value)

    def unique(self, path: str, keys: list[str]) -> None:
        """No key twice; blanks have their own problem already."""
        for key in sorted({key for key in keys if key and keys.count(key) > 1}):
            self.wrong(path, f"{key!r} stands twice")

    def choice(self, holder: Mapping, key: str, path: str, allowed: tuple[str, ...]) -> str:
        value = holder.get(key)
        if value not in allowed:
            self.wrong(f"{path}{key}", f"must be one of {', '.join(allowed)}, not {value!r}")
            return allowed[0]
        return value

    # conditions

    def condition(self, value: Any, path: str) -> Condition:
        """A condition: a table whose keys must all hold; `all`, `any` and `not` combine others."""
        if not isinstance(value, Mapping) or not value:
            self.wrong(path, "must be a table of conditions, such as { category = ['staff'], paid = true }")
            return AllOf(())
        parts = tuple(self._part(key, wanted, f"{path}.{key}") for key, wanted in value.items())
        return parts[0] if len(parts) == 1 else AllOf(parts)

    def _part(self, key: str, wanted: Any, path: str) -> Condition:
        if key in {"all", "any"}:
            if not isinstance(wanted, list) or not wanted:
                self.wrong(path, "must be a list of conditions")
                return AllOf(())
            parts = tuple(self.condition(part, f"{path}[{place}]") for place, part in enumerate(wanted))
            return AllOf(parts) if key == "all" else AnyOf(parts)
        if key == "not":
            return Not(self.condition(wanted, path))
        if key not in VALUE_KINDS:
            self.wrong(path, f"is not a condition; known are {', '.join(sorted([*VALUE_KINDS, 'all', 'any', 'not']))}")
            return AllOf(())
        return Test(key, self._wanted(key, wanted, path))

    def _wanted(self, key: str, wanted: Any, path: str) -> Any:
        kind = VALUE_KINDS[key]
        if kind == "yes-no":
            if not isinstance(wanted, bool):
                self.wrong(path, f"must be true or false, not {wanted!r}")
            return wanted
        if kind == "whole-number":
            return self.whole({key: wanted}, key, path.removesuffix(key), 0)
        allowed = CATEGORIES if kind == "categories" else None
        holder = {key: [wanted] if isinstance(wanted, str) else wanted}
        return self.names(holder, key, path.removesuffix(key), allowed)
