"""Completions from elsewhere: earlier years, other systems (row A14); a repeated row changes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from django.db import connection, transaction

from upstander.actions import standing
from upstander.core.completion_rows import COLUMNS, REQUIRED, CompletionParser, CompletionRow
from upstander.core.days import Moment
from upstander.core.roster import Problem
from upstander.core.roster_mapping import Names, columns_of
from upstander.models import AuditLine, Completion, CompletionScore, Person
from upstander.wires.csv_file import CsvFile

ROWS_IN_A_TRANSACTION = 1_000


@dataclass
class CompletionsReport:
    """What a completions file held: `new` rows were added (or would be), `known` ones stood on record already."""

    applied: bool = False
    rows: int = 0
    new: int = 0
    known: int = 0
    bad: int = 0
    unknown_columns: list[str] = field(default_factory=list)

    def as_json(self) -> dict:
        return dict(vars(self))


def import_completions(
    path: Path,
    moment: Moment,
    dry_run: bool = False,
    bad: Callable[[Problem], None] = lambda problem: None,
    source_name: str = "",
) -> CompletionsReport:
    """Imports completions; a bad row is told and left out, the others apply and decide their people again.

    The file is read whole and checked before the first row is written: a fault of header or encoding refuses it all,
    with the codes of `wires.csv_file`. Scores go to the learner's own record only.
    """
    report = CompletionsReport()
    digest = ""
    for good, problems, file in _batches(path, moment.day, report):
        for problem in problems:
            bad(problem)
        report.rows += len(good) + len({problem.line for problem in problems})
        report.bad += len({problem.line for problem in problems})
        fresh = len(_not_on_record(good))
        report.new += fresh
        report.known += len(good) - fresh
        digest = file.digest
    if dry_run:
        return report
    report.new = sum(_write(good, moment, digest) for good, _, _ in _batches(path, moment.day, CompletionsReport()))
    report.known = report.rows - report.bad - report.new
    report.applied = True
    AuditLine.objects.create(
        at=moment.at,
        actor=source_name or "command-line",
        verb="import-completions",
        subject=f"completions:{digest[:16]}",
        data={"new": report.new, "bad": report.bad},
    )
    return report


def _batches(
    path: Path, day: date, report: CompletionsReport
) -> Iterator[tuple[list[CompletionRow], list[Problem], CsvFile]]:
    """Batches of the file's good rows, with the problems met among them."""
    with CsvFile(path) as file:
        columns = columns_of(file.header, Names(), COLUMNS, REQUIRED, file.name)
        report.unknown_columns = [column.header for column in columns if not column.ours]
        parser = CompletionParser(columns, day)
        records = (record for record in file.records() if any(record[1]))
        while batch := list(islice(records, ROWS_IN_A_TRANSACTION)):
            yield *_checked(parser, batch), file


def _checked(
    parser: CompletionParser, batch: list[tuple[int, list[str], bool]]
) -> tuple[list[CompletionRow], list[Problem]]:
    good: list[CompletionRow] = []
    problems: list[Problem] = []
    for line, cells, in_order in batch:
        row, faults = parser.row(line, cells) if in_order else (None, [_stray(line)])
        problems += faults
        good += [row] if row else []
    known = set(Person.objects.filter(id__in={row.person_id for row in good}).values_list("id", flat=True))
    header = next(column.header for column in parser.columns if column.ours == "person_id")
    problems += [
        Problem("completions", row.line, header, row.person_id, "unknown-person")
        for row in good
        if row.person_id not in known
    ]
    problems.sort(key=lambda problem: problem.line)
    return [row for row in good if row.person_id in known], problems


def _stray(line: int) -> Problem:
    return Problem("completions", line, "", "", "stray-quote")


def _not_on_record(rows: list[CompletionRow]) -> list[CompletionRow]:
    """The rows that say something new, each once."""
    stored = Completion.objects.filter(person_id__in={row.person_id for row in rows}).values_list(
        "person_id", "course_key", "completed_on", "role", "source"
    )
    seen = {(person, course, on.isoformat(), role, source) for person, course, on, role, source in stored}
    fresh = []
    for row in rows:
        if row.key not in seen:
            seen.add(row.key)
            fresh.append(row)
    return fresh


@transaction.atomic
def _write(rows: list[CompletionRow], moment: Moment, digest: str) -> int:
    ids = sorted({row.person_id for row in rows})
    if connection.vendor != "sqlite":
        list(Person.objects.select_for_update().filter(id__in=ids).order_by("id").values_list("id"))
    made = [
        (
            Completion(
                person_id=row.person_id,
                course_key=row.course_key,
                completed_on=date.fromisoformat(row.completed_on),
                role=row.role,
                source=row.source,
                recorded_at=moment.at,
            ),
            row.score,
        )
        for row in _not_on_record(rows)
    ]
    if not made:
        return 0
    Completion.objects.bulk_create([completion for completion, _ in made], batch_size=500)
    CompletionScore.objects.bulk_create(
        [CompletionScore(completion=completion, score=score) for completion, score in made if score], batch_size=500
    )
    people = sorted({completion.person_id for completion, _ in made})
    standing.decide_again(people, moment, "completion", f"import:{digest[:16]}")
    return len(made)
