"""Cells of a roster: text in, a typed value or a permanent problem code out; nothing here ever raises.

A value is what stands in the stored document: text, whole number, true/false, or a date as ISO text. A reader takes the
cell without surrounding blanks, never empty, and gives `(value, "")` or `(None, code)`.
"""

import re
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

CATEGORIES = ("faculty", "staff", "postdoc", "graduate_student", "undergraduate", "affiliate")
YES = frozenset({"yes", "true", "1", "y"})
NO = frozenset({"no", "false", "0", "n"})
FIRST_YEAR, LAST_YEAR = 1900, 2199
#: The first characters with which a spreadsheet takes a cell for a formula.
FORMULA_STARTS = ("=", "+", "-", "@")

Reader = Callable[[str], tuple[object, str]]
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\\x00-\x20\x7f]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*[^\W_]")
_CODE = re.compile(r"[a-z][a-z0-9_-]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Rules:
    """What the outside world knows: the day, the units on file, the languages and time zones that exist."""

    day: date
    unit_ids: Set[str] = field(default_factory=frozenset)
    languages: Set[str] = field(default_factory=frozenset)
    zones: Set[str] = field(default_factory=frozenset)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take this cell for a formula."""
    return text.startswith(FORMULA_STARTS)


def is_person_id(text: str) -> bool:
    """Whether this is exactly eight ASCII digits."""
    return len(text) == 8 and text.isascii() and text.isdigit()


def person_id(text: str) -> tuple[object, str]:
    return (text, "") if is_person_id(text) else (None, "formula" if is_formula(text) else "not-8-digits")


def text_of(limit: int) -> Reader:
    """A reader of free text: kept as it is (a formula too), at most `limit` characters, no control characters."""

    def read(text: str) -> tuple[object, str]:
        if not text.isprintable() and _has_control(text):
            return None, "control-character"
        return (text, "") if len(text) <= limit else (None, "too-long")

    return read


def _has_control(text: str) -> bool:
    """Signs outside the printable ones (joiners of many scripts) are fine; control characters are not."""
    return any(ord(sign) < 32 or 127 <= ord(sign) < 160 or sign in "\u2028\u2029" for sign in text)


def identifier_of(limit: int) -> Reader:
    """A reader of an id: printable, no formula, at most `limit` characters."""
    plain = text_of(limit)

    def read(text: str) -> tuple[object, str]:
        return (None, "formula") if text.startswith(FORMULA_STARTS) else plain(text)

    return read


def code_of(limit: int) -> Reader:
    """A reader of a code in small ASCII letters, digits, `_` and `-`."""

    def read(text: str) -> tuple[object, str]:
        return (text, "") if len(text) <= limit and _CODE.fullmatch(text) else (None, "not-a-code")

    return read


def one_of(allowed: tuple[str, ...], code: str) -> Reader:
    members = frozenset(allowed)

    def read(text: str) -> tuple[object, str]:
        return (text, "") if text in members else (None, code)

    return read


@lru_cache(maxsize=65536)
def iso_date(text: str) -> tuple[object, str]:
    """A day as YYYY-MM-DD between the years 1900 and 2199, kept as text."""
    if not _DATE.fullmatch(text) or not text.isascii():
        return None, "formula" if is_formula(text) else "not-a-date"
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None, "no-such-day" if text[:4] != "0000" else "year-out-of-range"
    return (text, "") if FIRST_YEAR <= day.year <= LAST_YEAR else (None, "year-out-of-range")


def past_date_until(day: date) -> Reader:
    """A reader of a day that is not after `day`."""
    last = day.isoformat()

    def read(text: str) -> tuple[object, str]:
        value, code = iso_date(text)
        return (None, "in-the-future") if not code and text > last else (value, code)

    return read


def yes_no(text: str) -> tuple[object, str]:
    lowered = text.lower()
    if lowered in YES:
        return True, ""
    return (False, "") if lowered in NO else (None, "not-yes-or-no")


def student_year(text: str) -> tuple[object, str]:
    """A whole number from 1 to 15."""
    known = text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 15
    return (int(text), "") if known else (None, "not-a-student-year")


def email(text: str) -> tuple[object, str]:
    """An address a message can be sent to: one @, a host with a dot, nothing that could end a header."""
    if text.startswith(FORMULA_STARTS):
        return None, "formula"
    local = text.partition("@")[0]
    dotted = local.startswith(".") or local.endswith(".") or ".." in text
    good = len(text) <= 254 and not dotted and text.isprintable() and _EMAIL.fullmatch(text)
    return (text, "") if good else (None, "not-an-email")


def language_in(known: Set[str]) -> Reader:
    """A reader of a language tag whose first part is a known language; `es_MX` is kept as `es-MX`."""

    def read(text: str) -> tuple[object, str]:
        first, _, rest = text.replace("_", "-").partition("-")
        if len(text) > 10 or not _LANGUAGE.fullmatch(text) or first.lower() not in known:
            return None, "unknown-language"
        return f"{first.lower()}-{rest}" if rest else first.lower(), ""

    return read


def member_of(known: Set[str], code: str) -> Reader:
    def read(text: str) -> tuple[object, str]:
        return (text, "") if text in known else (None, "formula" if is_formula(text) else code)

    return read
