"""What a programme file says of requests: more time, trainings from elsewhere, and courses that nobody must take."""

from collections.abc import Mapping

from upstander.core.elsewhere import SOURCES, ElsewhereLimits
from upstander.core.programme import ExtensionLimits, OpenTo
from upstander.core.programme_reader import Reader


def read_cases(reader: Reader, document: Mapping) -> tuple[ExtensionLimits, ElsewhereLimits]:
    """`[cases.extension]` and `[cases.equivalency]`."""
    cases = reader.table(document, "cases", "", {"extension", "equivalency"})
    return _extension(reader, cases), _elsewhere(reader, cases)


def _extension(reader: Reader, cases: Mapping) -> ExtensionLimits:
    path = "cases.extension."
    table = reader.table(cases, "extension", "cases.", {"automatic_days", "most_days"})
    automatic = reader.whole(table, "automatic_days", path, 0) or 0
    most = reader.whole(table, "most_days", path, None, 1)
    if most is not None and automatic > most:
        reader.wrong(f"{path}automatic_days", "is more than most_days")
    return ExtensionLimits(automatic, most)


def _elsewhere(reader: Reader, cases: Mapping) -> ElsewhereLimits:
    path = "cases.equivalency."
    table = reader.table(cases, "equivalency", "cases.", {"sources", "within_cycle", "minutes"})
    sources = reader.names(table, "sources", path, SOURCES) if "sources" in table else ()
    minutes = reader.whole(table, "minutes", path, 0, 1) or 0
    return ElsewhereLimits(sources, _flag(reader, table, "within_cycle", path), minutes)


def read_access(reader: Reader, document: Mapping) -> OpenTo:
    """`[access]`: who may open the courses of which nothing is asked."""
    table = reader.table(document, "access", "", {"courses", "automatic"})
    courses = reader.choice(table, "courses", "access.", ("everybody", "asked")) if "courses" in table else "everybody"
    automatic = _flag(reader, table, "automatic", "access.")
    if automatic and courses != "asked":
        reader.wrong("access.automatic", "needs courses = 'asked': where everybody may, nobody has to ask")
    return OpenTo(courses == "asked", automatic)


def _flag(reader: Reader, table: Mapping, key: str, path: str) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        reader.wrong(f"{path}{key}", "must be true or false")
    return value is True
