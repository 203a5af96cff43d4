"""Rows of people.csv: one row into typed values, the rows of one person into one document, each problem's place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from upstander.core import roster_values as values
from upstander.core.facts import LEAVE_KINDS
from upstander.core.roster import Problem
from upstander.core.roster_values import Reader, Rules

PERSON = (
    "person_id", "legal_first_name", "legal_last_name", "preferred_name", "email", "birth_date",
    "preferred_language", "time_zone", "onboarded_on", "onboarded_as",
)  # fmt: skip
LEAVE = ("leave_kind", "leave_from", "leave_to")
APPOINTMENT = (
    "appointment_id", "category", "title", "unit_id", "paid", "benefits_eligible", "student_year", "graduates_on",
    "supervisor_id", "supervises", "confidential_role", "starts_on", "ends_on", "work_state", "work_country",
)  # fmt: skip
COLUMNS = (*PERSON, *APPOINTMENT, *LEAVE)
REQUIRED = ("person_id", "email", "appointment_id", "category", "unit_id")


def readers(rules: Rules) -> dict[str, Reader]:
    """The reader of every known column of people.csv under these rules."""
    name, short, past = values.text_of(100), values.text_of(40), values.past_date_until(rules.day)
    day, yes = values.iso_date, values.yes_no
    return {
        "person_id": values.person_id,
        "legal_first_name": name,
        "legal_last_name": name,
        "preferred_name": name,
        "email": values.email,
        "birth_date": past,
        "preferred_language": values.language_in(rules.languages),
        "time_zone": values.member_of(rules.zones, "unknown-zone"),
        "onboarded_on": day,
        "onboarded_as": values.code_of(40),
        "appointment_id": values.identifier_of(60),
        "category": values.one_of(values.CATEGORIES, "unknown-category"),
        "title": values.text_of(200),
        "unit_id": values.member_of(rules.unit_ids, "unknown-unit"),
        "paid": yes,
        "benefits_eligible": yes,
        "student_year": values.student_year,
        "graduates_on": day,
        "supervisor_id": values.person_id,
        "supervises": yes,
        "confidential_role": yes,
        "starts_on": day,
        "ends_on": day,
        "work_state": short,
        "work_country": short,
        "leave_kind": values.one_of(LEAVE_KINDS, "unknown-leave-kind"),
        "leave_from": day,
        "leave_to": day,
    }


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file: its place and name in the header, our name for it ("" for one unknown to us)."""

    index: int
    header: str
    ours: str
    renamed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One row, typed: blanks are left out; `leave` is None where the row has none."""

    line: int
    person: dict
    appointment: dict
    leave: dict | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """All rows of one person made one: a document, or the problems that keep it from being applied."""

    person_id: str
    document: dict | None
    problems: tuple[Problem, ...] = ()


#: Columns with a value of its own for nearly every row: not worth remembering.
_VARIED = frozenset({"person_id", "email", "appointment_id", ""})
_REMEMBERED = 20_000
_PART = dict.fromkeys(PERSON, 0) | dict.fromkeys(APPOINTMENT, 1) | dict.fromkeys(LEAVE, 2)
_EXTRA = 3


class _Cells(dict):
    """What a column makes of each cell: cell as in the file -> (value, code), or None for a blank one; remembered."""

    def __init__(self, column: Column, read: Reader) -> None:
        super().__init__()
        self._read, self._renamed = read, column.renamed
        self._room = 0 if column.ours in _VARIED else _REMEMBERED

    def __missing__(self, cell: str) -> tuple[object, str] | None:
        text = cell.strip()
        text = self._renamed.get(text, text)
        found = self._read(text) if text else None
        if len(self) < self._room:
            self[cell] = found
        return found


class RowParser:
    """Parses the rows of one file; made once a file, from its columns and the rules of the day."""

    def __init__(self, columns: Sequence[Column], rules: Rules) -> None:
        reading = readers(rules)
        self.columns = tuple(columns)
        self.headers = {column.ours: column.header for column in columns if column.ours}
        self._plan = tuple(
            (
                column.ours or column.header,
                _Cells(column, reading.get(column.ours, _as_it_is)),
                _PART.get(column.ours, _EXTRA),
                column.header,
            )
            for column in columns
        )

    def row(self, line: int, cells: Sequence[str]) -> Row:
        """One row into typed values; never raises, whatever the cells hold."""
        if len(cells) != len(self.columns):
            return Row(line, {}, {}, None, (self._ragged(line, cells),))
        problems: list[Problem] = []
        parts: tuple[dict, dict, dict, dict] = ({}, {}, {}, {})
        for cell, (name, reading, part, header) in zip(cells, self._plan, strict=True):
            if not cell:
                continue
            found = reading[cell]
            if found is None:
                continue
            value, code = found
            if code:
                problems.append(Problem("people", line, header, cell.strip(), code))
            else:
                parts[part][name] = value
        person, appointment, leave, extra = parts
        if extra:
            appointment["extra"] = extra
        problems += self._contradictions(line, parts, {problem.column for problem in problems})
        return Row(line, person, appointment, _leave_of(leave), tuple(problems))

    def _ragged(self, line: int, cells: Sequence[str]) -> Problem:
        counts = (("wanted", str(len(self.columns))), ("found", str(len(cells))))
        return Problem("people", line, "", "", "ragged", counts)

    def _contradictions(self, line: int, parts: tuple[dict, dict, dict, dict], faulty: set[str]) -> list[Problem]:
        """What must hold between the cells of one row; a cell that is wrong by itself is told only once."""
        person, appointment, leave, _ = parts
        found = []
        for column in REQUIRED:
            if column not in person and column not in appointment:
                found.append((column, "", "blank", ""))
        starts_on, ends_on = appointment.get("starts_on"), appointment.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            found.append(("ends_on", ends_on, "ends-before-start", starts_on))
        if leave:
            found += _leave_contradictions(leave)
        problems = []
        for column, value, code, since in found:
            header = self.headers.get(column, column)
            if header not in faulty:
                data = (("starts_on" if column == "ends_on" else "leave_from", since),) if since else ()
                problems.append(Problem("people", line, header, value, code, data))
        return problems

    def person(self, rows: Sequence[tuple[int, Sequence[str]]]) -> Person:
        """All rows of one person into one document.

        Columns about the person must agree over the rows, else all of them are bad; a row that repeats an appointment
        with another leave adds that leave.
        """
        parsed = [self.row(line, cells) for line, cells in rows]
        problems = [problem for row in parsed for problem in row.problems]
        if not problems and len(parsed) > 1:
            problems = self._disagreements(parsed)
        person_id = next((row.person["person_id"] for row in parsed if "person_id" in row.person), "")
        if problems:
            return Person(person_id, None, tuple(problems))
        appointments, problems = self._appointments(parsed)
        if problems:
            return Person(person_id, None, tuple(problems))
        return Person(person_id, {"person": parsed[0].person, "appointments": appointments})

    def _disagreements(self, rows: Sequence[Row]) -> list[Problem]:
        first = rows[0].person
        if all(row.person == first for row in rows):
            return []
        problems = []
        for name in PERSON:
            seen = {row.person.get(name) for row in rows}
            if len(seen) > 1:
                shown = " / ".join(sorted(str(value or "—") for value in seen))
                problems += [
                    Problem(
                        "people", row.line, self.headers[name], str(row.person.get(name) or ""),
                        "disagrees", (("values", shown[:300]),),
                    )
                    for row in rows
                ]  # fmt: skip
        return problems

    def _appointments(self, rows: Sequence[Row]) -> tuple[list[dict], list[Problem]]:
        """The appointments of one person in the order of their ids, their leaves in the order of their days."""
        if len(rows) == 1 and rows[0].leave is None:
            return [rows[0].appointment], []
        found: dict[str, dict] = {}
        leaves: dict[str, list] = {}
        problems: list[Problem] = []
        for row in rows:
            key = row.appointment["appointment_id"]
            earlier = found.setdefault(key, row.appointment)
            problems += self._repeats(row, earlier, leaves.get(key))
            leaves.setdefault(key, []).append(row.leave)
        for key, appointment in found.items():
            kept = [leave for leave in leaves[key] if leave]
            if kept and not problems:
                appointment["leaves"] = sorted(kept, key=lambda leave: (leave["from_on"], leave["kind"]))
        return [found[key] for key in sorted(found)], problems

    def _repeats(self, row: Row, earlier: dict, leaves: list | None) -> list[Problem]:
        key = row.appointment["appointment_id"]
        if leaves is None:
            return []
        if row.leave in leaves:
            return [Problem("people", row.line, self.headers["appointment_id"], key, "repeats-appointment")]
        different = [name for name in APPOINTMENT if row.appointment.get(name) != earlier.get(name)]
        return [
            Problem(
                "people", row.line, self.headers[name], str(row.appointment.get(name, "")),
                "appointment-disagrees", (("value", str(earlier.get(name, ""))[:100]), ("appointment_id", key)),
            )
            for name in different
        ]  # fmt: skip


def _as_it_is(text: str) -> tuple[object, str]:
    return text, ""


def _leave_contradictions(leave: dict) -> list[tuple[str, str, str, str]]:
    leave_from, leave_to = leave.get("leave_from"), leave.get("leave_to")
    found = [] if "leave_kind" in leave else [("leave_kind", "", "leave-without-kind", "")]
    if not leave_from:
        found.append(("leave_from", "", "leave-without-start", ""))
    elif leave_to and leave_to < leave_from:
        found.append(("leave_to", leave_to, "leave-ends-before-start", leave_from))
    return found


def _leave_of(leave: dict) -> dict | None:
    if "leave_kind" not in leave or "leave_from" not in leave:
        return None
    made = {"kind": leave["leave_kind"], "from_on": leave["leave_from"]}
    if "leave_to" in leave:
        made["to_on"] = leave["leave_to"]
    return made
