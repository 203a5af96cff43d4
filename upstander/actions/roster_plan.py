"""Working out what a roster file would do to each person, before anything is written."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from upstander.actions.roster_staging import Staging, split
from upstander.core.replay import changed_columns
from upstander.core.roster import Problem, with_ended
from upstander.core.roster_mapping import Names, columns_of
from upstander.core.roster_rows import COLUMNS, REQUIRED, Column, RowParser
from upstander.core.roster_values import Rules, is_person_id
from upstander.models import Appointment, Person, RosterRecord
from upstander.wires.csv_file import CsvFile

#: Changed whenever the same rows would come to mean something else.
PARSER_VERSION = "1"
PEOPLE_AT_ONCE = 500
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_ID = re.compile(r"(?<![0-9])[0-9]{8}(?![0-9])")
Known = tuple[str, str, date | None]


@dataclass(frozen=True)
class PeopleFile:
    """What the people file turned out to be once every row was staged."""

    columns: tuple[Column, ...]
    digest: str
    name: str

    @property
    def unknown_columns(self) -> list[str]:
        return [column.header for column in self.columns if not column.ours]


Step = Callable[[str, int], None]


def stage_people(staging: Staging, path: Path, names: Names, step: Step) -> PeopleFile:
    """Reads the whole file into the scratch table; a fault of header or encoding refuses it here."""
    with CsvFile(path) as file:
        columns = tuple(columns_of(file.header, names, COLUMNS, REQUIRED, file.name))
        staged = _whole_rows(staging, file, columns)
        count = 0
        while batch := list(islice(staged, 5000)):
            staging.stage(batch)
            count += len(batch)
            step("rows read", count)
        return PeopleFile(columns, file.digest, file.name)


def _whole_rows(
    staging: Staging, file: CsvFile, columns: tuple[Column, ...]
) -> Iterator[tuple[str, int, str, list[str]]]:
    """(person_id, line, appointment_id, cells) of the rows that can be read as one; the others are put aside."""
    by_name = {column.ours: column for column in columns}
    person, appointment = by_name["person_id"], by_name["appointment_id"]
    for line, cells, in_order in file.records():
        if in_order and len(cells) == len(columns):
            person_id = _cell(person, cells)
            if is_person_id(person_id):
                yield person_id, line, _cell(appointment, cells), cells
                continue
        if any(cells):
            person_id = _cell(person, cells)
            staging.stage_stray(line, in_order, person_id if is_person_id(person_id) else "", cells)


def _cell(column: Column, cells: list[str]) -> str:
    text = cells[column.index].strip() if column.index < len(cells) else ""
    return column.renamed.get(text, text) if column.renamed else text


class Planner:
    """Fills the scratch table `plan` with one line for everybody whom the file changes, and `bad` with its faults."""

    def __init__(self, staging: Staging, file: PeopleFile, rules: Rules, context: str, step: Step) -> None:
        self.staging = staging
        self.parser = RowParser(file.columns, rules)
        self._day = rules.day
        self._step, self._compared = step, 0
        layout = json.dumps([PARSER_VERSION, context, [(c.header, c.ours, dict(c.renamed)) for c in file.columns]])
        self._context = blake2b(layout.encode(), digest_size=16).digest()
        self._pending: list[tuple[str, dict, str, Known | None]] = []
        self._moves: list[tuple[str, str, str]] = []
        self._some_blocked = False
        self._some_on_record = False
        self.unchanged = 0
        self.people_before = 0
        self.unplaced_rows = 0
        self.kept_on_roster = 0

    def run(self) -> None:
        """Plans the whole file; writes nothing outside the scratch tables."""
        self._some_on_record = Appointment.objects.exists()
        self._strays()
        self._contested()
        self._some_blocked = bool(self.staging.one("SELECT COUNT(*) FROM blocked"))
        self._walk()
        self._flush()
        self._settle_vanished()
        self._settle_moves()

    def _strays(self) -> None:
        """Rows that cannot be read as one, or have no person_id: found by what else they hold, where possible."""
        strays = self.staging.strays()
        while batch := list(islice(strays, 200)):
            owners = self._owners({cell.strip() for *_, cells in batch for cell in cells})
            for line, in_order, person_id, cells in batch:
                if in_order:
                    self.staging.report(self.parser.row(line, cells).problems)
                else:
                    self.staging.report([Problem("people", line, "", "", "stray-quote")])
                meant = {owners[cell.strip()] for cell in cells if cell.strip() in owners} | ({person_id} - {""})
                self.staging.block(meant)
                self.staging.protect(_ID.findall(" ".join(cells)))
                self.unplaced_rows += not meant

    def _owners(self, cells: set[str]) -> dict[str, str]:
        """Appointment ids and e-mail addresses among the cells that belong to somebody on record."""
        if not self._some_on_record:
            return {}
        found = dict(Person.objects.filter(email__in=cells).exclude(email="").values_list("email", "id"))
        return found | dict(Appointment.objects.filter(id__in=cells).values_list("id", "person_id"))

    def _contested(self) -> None:
        header = self.parser.headers["appointment_id"]
        for person_id, other, line, appointment_id in self.staging.contested():
            self.staging.block([person_id])
            shared = (("other", other),)
            self.staging.report([Problem("people", line, header, appointment_id, "appointment-of-two", shared)])

    def _walk(self) -> None:
        """Goes through the staged people and the people on record side by side, both in the order of their ids."""
        on_record = iter(
            Person.objects.order_by("id").values_list("id", "roster_digest", "vanished_on").iterator(chunk_size=5000)
        )
        known = next(on_record, None)
        for person_id, rows in self.staging.people():
            while known and known[0] < person_id:
                self._missing(known)
                known = next(on_record, None)
            same = known if known and known[0] == person_id else None
            self._met(person_id, rows, same)
            if same:
                self.people_before += same[2] is None
                known = next(on_record, None)
        while known:
            self._missing(known)
            known = next(on_record, None)

    def _missing(self, known: Known) -> None:
        if known[2] is None:
            self.people_before += 1
            self.staging.plan([(known[0], "disappear", "", "", "")])

    def _met(self, person_id: str, rows: list[tuple[int, str]], known: Known | None) -> None:
        digest = self._digest(rows)
        blocked = self._some_blocked and self.staging.holds("blocked", person_id)
        if known and known[1] == digest and known[2] is None and not blocked:
            self.unchanged += 1
            return
        person = self.parser.person([(line, split(cells)) for line, cells in rows])
        for _, cells in rows:
            if "\n" in cells:
                self.staging.protect(_ID.findall(cells))
        if person.problems:
            self.staging.report(person.problems)
            self.staging.block([person_id])
        elif not blocked and person.document:
            self._pending.append((person_id, person.document, digest, known))
            if len(self._pending) >= PEOPLE_AT_ONCE:
                self._flush()

    def _digest(self, rows: list[tuple[int, str]]) -> str:
        made = blake2b(self._context, digest_size=16)
        for _, cells in rows:
            made.update(cells.encode())
            made.update(b"\n\x1f")
        return made.hexdigest()

    def _flush(self) -> None:
        """Compares the parsed people of one batch with what is on record of them."""
        pending, self._pending = self._pending, []
        last = last_documents([person_id for person_id, _, _, known in pending if known])
        self._note_moves(pending)
        elsewhere = self._elsewhere(pending, last)
        plans = []
        for person_id, told, digest, known in pending:
            before = last.get(person_id)
            document = with_ended(before, told, self._day, elsewhere)
            kind, note = "appear", ""
            if known and known[2] is not None:
                kind = "return"
            elif known and before == document:
                kind = "touch"
                self.unchanged += 1
            elif known:
                kind, note = "change", json.dumps(changed_columns(before, document))
            text = "" if kind == "touch" else _as_json(document)
            plans.append((person_id, kind, digest, text, note))
        self.staging.plan(plans)
        self._compared += len(plans)
        self._step("people compared", self._compared)

    def _elsewhere(self, pending: list, last: dict[str, dict]) -> frozenset[str]:
        """Appointments that these people's new rows leave out and that the file names under other people."""
        named = {row["appointment_id"] for _, told, *_ in pending for row in told["appointments"]}
        held = {row["appointment_id"]: person for person, doc in last.items() for row in doc["appointments"]}
        left_out = held.keys() - named
        if not left_out:
            return frozenset()
        self.staging.db.execute("CREATE INDEX IF NOT EXISTS staged_by_appointment ON staged (appointment_id)")
        asked = "SELECT COUNT(*) FROM staged WHERE appointment_id=? AND person_id<>?"
        return frozenset(key for key in left_out if self.staging.one(asked, key, held[key]))

    def _note_moves(self, pending: list[tuple[str, dict, str, Known | None]]) -> None:
        """Remembers appointments that are another person's on record."""
        if not self._some_on_record:
            return
        wanted = {row["appointment_id"]: person_id for person_id, doc, *_ in pending for row in doc["appointments"]}
        held = Appointment.objects.filter(id__in=wanted).values_list("id", "person_id")
        self._moves += [(key, holder, wanted[key]) for key, holder in held if holder != wanted[key]]

    def _settle_vanished(self) -> None:
        """Nobody is taken for vanished whom a bad row may mean; a row that may mean anybody spares everybody."""
        run = self.staging.db.execute
        spared = "" if self.unplaced_rows else " AND person_id IN (SELECT person_id FROM protected)"
        self.kept_on_roster = run(f"DELETE FROM plan WHERE kind='disappear'{spared}").rowcount

    def _settle_moves(self) -> None:
        """An appointment passes to another person only together with its holder's own change."""
        moves = self._moves
        while moves:
            stuck = [move for move in moves if self._stays(move[1])]
            for key, holder, receiver in stuck:
                self._spoil(key, holder, receiver)
            if not stuck:
                break
            moves = [move for move in moves if move not in stuck]
        for _, holder, receiver in moves:
            self.staging.db.execute("UPDATE plan SET linked=1 WHERE person_id IN (?,?)", (holder, receiver))

    def _stays(self, holder: str) -> bool:
        if self.staging.holds("blocked", holder):
            return True
        return not self.staging.holds("plan", holder) and Person.objects.filter(id=holder, vanished_on=None).exists()

    def _spoil(self, key: str, holder: str, receiver: str) -> None:
        line = self.staging.one("SELECT MIN(line) FROM staged WHERE person_id=? AND appointment_id=?", receiver, key)
        header = self.parser.headers["appointment_id"]
        self.staging.report([Problem("people", line, header, key, "appointment-held", (("holder", holder),))])
        self.staging.block([receiver])
        self.staging.db.execute("DELETE FROM plan WHERE person_id=?", (receiver,))


def last_documents(person_ids: Iterable[str]) -> dict[str, dict]:
    """The latest roster document of each of these people."""
    ids = list(person_ids)
    if not ids:
        return {}
    rows = RosterRecord.objects.filter(person_id__in=ids).order_by("known_at", "id")
    return dict(rows.values_list("person_id", "document"))
