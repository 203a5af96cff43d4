"""How far long work is: rewritten in place on a terminal, a line a minute elsewhere (both on stderr)."""

import sys
import time

from upstander.jobs.cli.output import LINE_EVERY_SECONDS, say

REWRITTEN_EVERY_SECONDS = 0.5


class Ticking:
    """A context that is told `(what, count)` as often as one likes and speaks now and then."""

    def __init__(self) -> None:
        self._on_terminal = sys.stderr.isatty()
        self._every = REWRITTEN_EVERY_SECONDS if self._on_terminal else LINE_EVERY_SECONDS
        self._said_at = time.monotonic()
        self._stands = False

    def __enter__(self) -> "Ticking":
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def step(self, what: str, count: int) -> None:
        """Says `count what` if enough time has passed."""
        if time.monotonic() - self._said_at < self._every:
            return
        self._said_at = time.monotonic()
        if self._on_terminal:
            sys.stderr.write(f"\r\x1b[K{count:,} {what} …")
            sys.stderr.flush()
            self._stands = True
        else:
            say(f"{count} {what}")

    def clear(self) -> None:
        """Takes the line away, so that something else can be said."""
        if self._stands:
            sys.stderr.write("\r\x1b[K")
            self._stands = False
