"""What the command line says where a whole file is refused, and where a held roster is not released."""

_NOTHING = "; nothing was changed."
FILE_SENTENCES = {
    "file-missing": "{file} cannot be read: {because}.",
    "file-not-csv": "{file} is not a CSV file; export the sheet as CSV in UTF-8" + _NOTHING,
    "file-utf16": "{file} is in UTF-16; export it as CSV in UTF-8" + _NOTHING,
    "file-not-utf8": "{file} is not UTF-8: line {line} has the byte {byte} at its byte {column_bytes}, "
    "byte {offset_bytes} of the file (as Latin-1 it would read “{guess}”); export it in UTF-8" + _NOTHING,
    "file-nul": "{file} has a NUL byte in line {line}, byte {column_bytes}" + _NOTHING,
    "file-line-too-long": "{file}: line {line} has more than {limit_bytes} bytes" + _NOTHING,
    "file-quote-open": "{file}: a quotation mark opened in line {line} is never closed" + _NOTHING,
    "header-missing": "{file} is empty; it needs a header row" + _NOTHING,
    "header-missing-columns": "{file} has no column {missing}; its header has: {found}. "
    "A mapping file can rename columns" + _NOTHING,
    "header-other-separator": "{file} separates its columns by something else than commas" + _NOTHING,
    "header-unnamed": "{file}: column {column} of the header has no name" + _NOTHING,
    "header-duplicate": "{file} has the column {column} twice" + _NOTHING,
    "roster-empty": "{file} has a header and no rows" + _NOTHING,
    "roster-import-running": "another roster import is at work; try again when it is done.",
    "mapping-not-toml": "the mapping file is not TOML: {because}.",
    "mapping-invalid": "the mapping file is wrong at {place}; wanted: {wanted}.",
    "no-such-hold": "no held import has the number {hold_id}.",
    "released-by-requester": "{person_id} asked for this import; another officer must release it.",
    "hold-outdated": "another roster was applied since {hold_id} was held; import the newest file instead.",
    "hold-other-files": "these are not the files that are held as {hold_id}; name the hold alone to release it.",
    "hold-damaged": "the files kept for {hold_id} are gone or altered; import them again.",
    "folder-not-writable": "{folder} cannot be written to: {because}.",
    "too-many-people": "from 1 to {most} people can be made up.",
    "officer-not-proved": "this is not an officer with that password.",
}
