"""The technical facts of a report that something does not work, and what of an address may go along."""

import re
from collections.abc import Mapping

#: Each fact with the most signs that it may have, in the order in which it is shown (row B21).
FACTS: Mapping[str, int] = {
    "page": 200,
    "time": 60,
    "error": 12,
    "browser": 60,
    "system": 60,
    "window": 60,
    "zoom": 60,
    "language": 60,
    "connection": 120,
    "checks": 600,
}
#: Parts of an address that name something everybody may know: a course, its page, a programme, a kind of request.
_OPEN = frozenset({"course", "section", "page", "key", "kind", "lang"})
_LEFT_OUT = "…"
_ADDRESS = re.compile(r"/(?:[a-z0-9_.-]*|…)(?:/(?:[a-z0-9_.-]+|…))*/?")
_SECRET = re.compile(r"\d{6}|[0-9a-f]{12}|[A-Za-z0-9]{24}|[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}")
_NUMBER = re.compile(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}")


def page_by_route(route: str, parts: Mapping[str, object]) -> str:
    """The address of a page by its route: whatever names a person, opens something or counts is left out."""
    if not re.fullmatch(r"[\w/<>:.-]*", route):
        return page_by_path(f"/{re.match(r'[a-z-]*', route.lstrip('^'))[0]}/{_LEFT_OUT}")
    named = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: _part(part[1], parts), f"/{route}")
    return page_by_path(re.sub(rf"{_LEFT_OUT}[^/]*{_LEFT_OUT}|{_LEFT_OUT}[^/]+", _LEFT_OUT, named))


def _part(name: str, parts: Mapping[str, object]) -> str:
    return str(parts.get(name, _LEFT_OUT)) if name in _OPEN else _LEFT_OUT


def page_by_path(path: str) -> str:
    """An address without its query and without every part that looks like a number, a name by id or a token."""
    parts = path.split("?")[0].split("#")[0][: FACTS["page"]].split("/")
    shown = "/".join(_LEFT_OUT if _SECRET.search(part) else part.lower() for part in parts)
    return shown if _ADDRESS.fullmatch(shown) else ""


def facts_kept(given: Mapping[str, str]) -> dict[str, str]:
    """The facts that somebody lets go along, each no longer than it may be; the address is looked through again."""
    kept = {name: " ".join(given.get(name, "").split())[:longest] for name, longest in FACTS.items()}
    kept["page"] = page_by_path(kept["page"])
    kept["error"] = error_number(kept["error"])
    return {name: value for name, value in kept.items() if value}


def error_number(text: str) -> str:
    """The number that an error page showed, or nothing where it can be none."""
    return text if _NUMBER.fullmatch(text) else ""
