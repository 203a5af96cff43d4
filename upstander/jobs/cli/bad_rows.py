"""The bad rows of an import: shown as they come, kept on disk for machine output, so that a million cost no memory."""

import json
import sys
from collections.abc import Mapping
from tempfile import TemporaryFile

from upstander.core.roster import Problem
from upstander.jobs.cli import output
from upstander.words.roster import what_is_wrong, what_would_be_right

SHOWN_CHARACTERS = 80


class BadRows:
    """A context that takes problems one by one; `names` gives the file's name for each kind of file."""

    def __init__(self, names: Mapping[str, str], as_json: bool) -> None:
        self._names = names
        self._as_json = as_json
        self._kept = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed by __exit__
        self.count = 0

    def __enter__(self) -> "BadRows":
        return self

    def __exit__(self, *_: object) -> None:
        self._kept.close()

    def take(self, problem: Problem) -> None:
        self.count += 1
        if self._as_json:
            self._kept.write(("," if self.count > 1 else "") + json.dumps(self._line(problem), ensure_ascii=False))
        else:
            output.say(self._sentence(problem))

    def _line(self, problem: Problem) -> dict:
        return {
            "file": self._names[problem.file],
            "line": problem.line,
            "column": problem.column,
            "value": problem.value[:1000],
            "problem": problem.code,
            "says": what_is_wrong(problem),
            "expected": what_would_be_right(problem),
        }

    def _sentence(self, problem: Problem) -> str:
        place = f"{self._names[problem.file]}, line {problem.line}"
        if problem.column:
            place += f", column {problem.column}"
        value = problem.value.replace("\n", " ")[:SHOWN_CHARACTERS]
        shown = f" “{value}”" if value else ""
        return f"{place}:{shown} {what_is_wrong(problem)}. Right would be: {what_would_be_right(problem)}."

    def emit(self, report: dict) -> None:
        """Writes the report with all bad rows in it as one JSON object on one line of stdout."""
        text = json.dumps(report, ensure_ascii=False)
        sys.stdout.write(text[:-1] + (", " if report else "") + '"bad_rows": [')
        self._kept.seek(0)
        while block := self._kept.read(1 << 16):
            sys.stdout.write(block)
        sys.stdout.write("]}\n")
