"""A CSV file from outside, read line by line with flat memory; what refuses a whole file is refused here.

Refusals carry the file's plain name and, where there is one, the line: `file-missing`, `file-not-csv`, `file-utf16`,
`file-not-utf8`, `file-nul`, `file-line-too-long`, `file-quote-open`, `header-missing`, `header-unnamed`,
`header-duplicate`.
"""

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from upstander.core.errors import Refusal

#: One line of a file may have this many bytes.
LINE_LIMIT_BYTES = 1_000_000
_BOM = b"\xef\xbb\xbf"


class CsvFile:
    """One CSV file, a context: its header at once, then its records; `digest` (SHA-256) once they are all read."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._hash = hashlib.sha256()
        self._text: list[str] = []
        self._line = 0
        try:
            self._file: BinaryIO = path.open("rb")
        except OSError as problem:
            raise Refusal("file-missing", {"file": str(path), "because": problem.strerror or ""}) from problem
        try:
            self._reader = csv.reader(self._lines(), strict=True)
            self.header = self._read_header()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> "CsvFile":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def _refuse(self, code: str, **data: object) -> Refusal:
        return Refusal(code, {"file": self.name, **data})

    def _lines(self) -> Iterator[str]:
        """Physical lines as text; a lone carriage return ends a line too."""
        offset = 0
        read, digest, kept = self._file.readline, self._hash.update, self._text.append
        while raw := read(LINE_LIMIT_BYTES + 1):
            digest(raw)
            size = len(raw)
            if not offset:
                self._check_start(raw)
                raw = raw.removeprefix(_BOM)
            if size > LINE_LIMIT_BYTES:
                raise self._refuse("file-line-too-long", line=self._line + 1, limit_bytes=LINE_LIMIT_BYTES)
            for piece in (raw,) if raw.find(b"\r", 0, -2) < 0 else raw.splitlines(keepends=True):
                self._line += 1
                if b"\0" in piece:
                    raise self._refuse("file-nul", line=self._line, column_bytes=piece.index(b"\0") + 1)
                try:
                    text = piece.decode()
                except UnicodeDecodeError as problem:
                    raise self._not_utf8(piece, problem, offset) from problem
                kept(text)
                yield text
            offset += size

    def _check_start(self, raw: bytes) -> None:
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise self._refuse("file-utf16")
        if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b")):
            raise self._refuse("file-not-csv")

    def _not_utf8(self, piece: bytes, problem: UnicodeDecodeError, offset: int) -> Refusal:
        return self._refuse(
            "file-not-utf8",
            line=self._line,
            column_bytes=problem.start + 1,
            byte=f"0x{piece[problem.start]:02X}",
            offset_bytes=offset + problem.start,
            guess=piece[max(0, problem.start - 12) : problem.start + 12].decode("latin-1").strip(),
        )

    def _read_header(self) -> list[str]:
        record = self._next_record()
        if record is None:
            raise self._refuse("header-missing")
        header = [cell.strip() for cell in record[1]]
        if len(header) == 1 and any(sign in header[0] for sign in ";\t|"):
            raise self._refuse("header-other-separator")
        for number, name in enumerate(header, 1):
            if not name:
                raise self._refuse("header-unnamed", column=number)
        folded = [name.casefold() for name in header]
        for name in header:
            if folded.count(name.casefold()) > 1:
                raise self._refuse("header-duplicate", column=name)
        return header

    def records(self) -> Iterator[tuple[int, list[str], bool]]:
        """Every further record: (line on which it begins, cells, whether its quotes are in order).

        Where they are not, the cells are the text split at its commas, so that what it speaks of can still be found.
        """
        while record := self._next_record():
            yield record

    def _next_record(self) -> tuple[int, list[str], bool] | None:
        while True:
            line = self._line + 1
            self._text.clear()
            try:
                cells = next(self._reader)
            except StopIteration:
                return None
            except csv.Error as problem:
                if "limit" in str(problem) or "end of data" in str(problem):
                    raise self._refuse("file-quote-open", line=line) from problem
                return line, "".join(self._text).split(","), False
            if cells:
                return line, cells, True
