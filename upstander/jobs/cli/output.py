"""How every verb speaks: results on stdout, everything else on stderr, a refusal as one sentence and exit status 1."""

import json
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Never, TypeVar

import typer
from rich.console import Console
from rich.progress import track

from upstander.core.errors import Refusal
from upstander.jobs.cli import sentences

Item = TypeVar("Item")
LINE_EVERY_SECONDS = 60


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no place in machine output")


def emit(thing: object) -> None:
    """Writes one JSON object on one line of stdout."""
    sys.stdout.write(json.dumps(thing, ensure_ascii=False, default=_plain) + "\n")


def show(text: str) -> None:
    """Writes a line of the result that a person reads to stdout."""
    sys.stdout.write(text + "\n")


def say(text: str) -> None:
    """Writes a line about the work itself to stderr."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def refused(refusal: Refusal, sentence: str = "") -> Never:
    """Says why not, by the given sentence or else by the refusal's own, and ends with status 1."""
    say(f"upstander: {sentence or sentences.sentence(refusal)}")
    raise typer.Exit(1)


def progress(things: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
    """Yields the things with a bar on a terminal, and with a line a minute elsewhere (both on stderr)."""
    if sys.stderr.isatty():
        yield from track(things, what, total=total, console=Console(stderr=True), transient=True)
        return
    said, count = time.monotonic(), 0
    for count, thing in enumerate(things, 1):
        yield thing
        if time.monotonic() - said >= LINE_EVERY_SECONDS:
            said = time.monotonic()
            say(f"{what}: {count}{f' of {total}' if total else ''}")
