"""Tables as files: CSV as a stream, XLSX through a file on disk; both flat in memory, neither runs a formula."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence

import xlsxwriter
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

#: A spreadsheet takes a cell that begins so for a formula, or drops the character.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LINES_AT_ONCE = 1_000
_SHEET_ROWS = 1_000_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cells = Sequence[str | float]


def harmless(cell: str | float) -> str:
    """The text so that no spreadsheet runs it: an apostrophe goes before whatever could begin a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv_text(header: Cells, rows: Iterable[Cells]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    held = ["\ufeff", writer.writerow(header)]
    for row in rows:
        held.append(writer.writerow([harmless(cell) for cell in row]))
        if len(held) >= _LINES_AT_ONCE:
            yield "".join(held)
            held.clear()
    yield "".join(held)


def csv_file(name: str, header: Cells, rows: Iterable[Cells]) -> HttpResponse:
    """A UTF-8 CSV download with a header row, streamed."""
    response = StreamingHttpResponse(_csv_text(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_file(name: str, header: Cells, rows: Iterable[Cells]) -> HttpResponse:
    """An XLSX download; figures are figures, all else is text, and a further sheet begins after a million rows."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    sheet, line = None, _SHEET_ROWS
    for row in rows:
        if line >= _SHEET_ROWS:
            sheet, line = _sheet(book, header), 1
        for place, cell in enumerate(row):
            if isinstance(cell, int | float):
                sheet.write_number(line, place, cell)
            else:
                sheet.write_string(line, place, harmless(cell))
        line += 1
    if sheet is None:
        _sheet(book, header)
    book.close()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def _sheet(book: xlsxwriter.Workbook, header: Cells) -> xlsxwriter.worksheet.Worksheet:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(header) - 1, 22)
    bold = book.add_format({"bold": True})
    for place, cell in enumerate(header):
        sheet.write_string(0, place, str(cell), bold)
    return sheet
