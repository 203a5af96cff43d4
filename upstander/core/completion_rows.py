"""Rows of a completions file: typed, never raising."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from upstander.core import roster_values as values
from upstander.core.roster import Problem
from upstander.core.roster_rows import Column

COLUMNS = ("person_id", "course_key", "completed_on", "role", "source", "score")
REQUIRED = ("person_id", "course_key", "completed_on", "role")
ROLES = ("employee", "student")
#: What `source` is where the file does not say.
SOURCE = "import"


@dataclass(frozen=True, slots=True)
class CompletionRow:
    """One completion; `key` is what makes it the same completion as another row."""

    line: int
    person_id: str
    course_key: str
    completed_on: str
    role: str
    source: str
    score: str

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        return self.person_id, self.course_key, self.completed_on, self.role, self.source


class CompletionParser:
    """Parses the rows of one file on one day."""

    def __init__(self, columns: Sequence[Column], day: date) -> None:
        self.columns = tuple(columns)
        self._readers = {
            "person_id": values.person_id,
            "course_key": values.identifier_of(60),
            "completed_on": values.past_date_until(day),
            "role": values.one_of(ROLES, "not-a-role"),
            "source": values.text_of(60),
            "score": values.identifier_of(20),
        }

    def row(self, line: int, cells: Sequence[str]) -> tuple[CompletionRow | None, list[Problem]]:
        """The completion, or what is wrong with the row."""
        if len(cells) != len(self.columns):
            counts = (("wanted", str(len(self.columns))), ("found", str(len(cells))))
            return None, [Problem("completions", line, "", "", "ragged", counts)]
        problems: list[Problem] = []
        got: dict[str, str] = {}
        for column in self.columns:
            text = cells[column.index].strip()
            if not column.ours or (not text and column.ours not in REQUIRED):
                continue
            value, code = self._readers[column.ours](text) if text else (None, "blank")
            if code:
                problems.append(Problem("completions", line, column.header, text, code))
            else:
                got[column.ours] = str(value)
        if problems:
            return None, problems
        return CompletionRow(line, **{"source": SOURCE, "score": "", **got}), []
