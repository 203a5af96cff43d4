"""Stylesheets and scripts that are always fetched together, as one file each: fewer requests at the first visit.

A bundle is made of its parts whenever the static files are collected; there is nothing to build by hand.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.storage import Storage

#: Bundle -> its parts in their order.
BUNDLES = {
    "site.css": ("upstander.css", "parts.css"),
    "lesson.css": ("player.css", "reading.css", "explainer.css"),
    "lesson.js": ("htmx.min.js", "queue.js", "listen.js", "seat.js", "explainer.js"),
}
#: Scripts that must stand as they are; each of the others gets a scope of its own.
_WHOLE = frozenset({"htmx.min.js"})


def parts_of(name: str) -> tuple[str, ...]:
    """The files that a page names for this bundle: the bundle, or where files are served as they lie, its parts."""
    return BUNDLES[name] if settings.DEBUG else (name,)


def joined(name: str) -> str:
    """The text of a bundle."""
    return "\n".join(_text(part) for part in BUNDLES[name])


def _text(part: str) -> str:
    with open(finders.find(part), encoding="utf-8") as file:
        text = file.read()
    return f"(() => {{\n{text}}})();" if part.endswith(".js") and part not in _WHOLE else text


class Joined(Storage):
    """The bundles as files that can be read, and nothing else."""

    def _open(self, name: str, mode: str = "rb") -> ContentFile:
        return ContentFile(joined(name).encode(), name)

    def path(self, name: str) -> str:
        return name

    def exists(self, name: str) -> bool:
        return name in BUNDLES

    def get_modified_time(self, name: str) -> datetime:
        return datetime.now(UTC)


class Bundles(finders.BaseFinder):
    """Adds the bundles to the static files that are collected."""

    def check(self, **kwargs: Any) -> list:
        return []

    def find(self, path: str, **kwargs: Any) -> list:
        """None lies on a disk: see `parts_of`."""
        return []

    def list(self, ignore_patterns: list | None) -> Iterator[tuple[str, Storage]]:
        storage = Joined()
        yield from ((name, storage) for name in BUNDLES)
