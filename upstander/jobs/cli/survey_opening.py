"""The verbs `survey keys` and `survey open`: what the analyst does elsewhere, without any database (B19)."""

import csv
import json
import secrets
from base64 import b64decode
from collections.abc import Iterable
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from upstander.actions.survey_keeping import FORMAT, TABLES_FORMAT
from upstander.core.errors import Refusal
from upstander.core.survey import LANGUAGES, NO_ANSWER, Survey, decoded, read_survey
from upstander.core.survey_tables import release_of
from upstander.jobs.cli import output
from upstander.wires.sealing import fingerprint, make_pair, private_from, public_of, public_text, unseal, write_private
from upstander.words.survey import figures_of


def keys(
    out: Annotated[Path, typer.Option(help="A folder for the two files.")] = Path("."),
) -> None:
    """Make the analysing office's pair of keys; the private one never goes near the site. Example: upstander survey keys --out usb-stick"""  # noqa: E501
    private_file, public_file = out / "survey-private.key", out / "survey-public.key"
    for file in (private_file, public_file):
        if file.exists():
            raise Refusal("file-stands", {"file": str(file)})
    out.mkdir(parents=True, exist_ok=True)
    private, public = make_pair()
    write_private(private_file, private)
    public_file.write_text(public_text(public), encoding="ascii")
    output.show(f"private key (keep it, and a copy, away from the site): {private_file}")
    output.show(f"public key (bring it to the site with `upstander survey load-key`): {public_file}")


def open_(
    file: Annotated[list[Path], typer.Argument(help="Exports of one survey and cycle.")],
    key: Annotated[list[Path], typer.Option(help="The private key; several where it changed.")],
    out: Annotated[Path, typer.Option(help="A folder for the tables; must be empty or not exist.")],
    as_json: Annotated[bool, typer.Option("--json", help="Machine output on stdout.")] = False,
) -> None:
    """Open exports where no database is, and write suppressed tables, never an answer. Example: upstander survey open answers.json --key survey-private.key --out tables"""  # noqa: E501
    exports = [_export(one) for one in file]
    if len({(one["name"], json.dumps(one["files"], sort_keys=True)) for one in exports}) > 1:
        raise Refusal("exports-differ")
    if len({one["number"] for one in exports}) < len(exports):
        raise Refusal("exports-differ")
    if out.exists() and any(out.iterdir()):
        raise Refusal("file-stands", {"file": str(out)})
    survey, problems = read_survey(exports[0]["files"])
    if problems:
        raise Refusal("survey-broken", {"survey": survey.key, "problems": len(problems)})
    name = exports[0]["name"]
    records, unopened = _opened(survey, name, [box for one in exports for box in one["boxes"]], key)
    tables = {
        "format": TABLES_FORMAT,
        "name": name,
        "exports": sorted(one["number"] for one in exports),
        "unopened": unopened,
        **release_of(survey, records).as_json(),
    }
    _write(survey, tables, out)
    if as_json:
        output.emit({"survey": name, "people": tables["people"], "unopened": unopened, "tables": len(tables["tables"])})
    else:
        output.show(f"{name}: {tables['people']} people, {len(tables['tables'])} tables in {out}; {unopened} unopened")


def _export(file: Path) -> dict[str, Any]:
    """An export as it was made: the digest fits its boxes."""
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
        boxes = [(one["key"], b64decode(one["box"], validate=True)) for one in read["boxes"]]
        fits = sha256(b"".join(sorted(box for _, box in boxes))).hexdigest() == read["digest"]
        if read["format"] != FORMAT or not fits:
            raise ValueError
        return {"name": str(read["name"]), "number": int(read["number"]), "files": dict(read["files"]), "boxes": boxes}
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise Refusal("export-unreadable", {"file": str(file)}) from problem


def _opened(
    survey: Survey, name: str, boxes: list[tuple[str, bytes]], files: Iterable[Path]
) -> tuple[list[dict[str, str]], int]:
    """The records in a new random order, and how many boxes no key opens."""
    private = {fingerprint(public_of(key)): key for key in map(private_from, files)}
    records = []
    for print_, box in boxes:
        opened = unseal(private[print_], box, name) if print_ in private else None
        record = decoded(survey, opened) if opened is not None else None
        if record is not None:
            records.append(record)
    secrets.SystemRandom().shuffle(records)
    return records, len(boxes) - len(records)


def _write(survey: Survey, tables: dict, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / "tables.json").write_text(json.dumps(tables, indent=1), encoding="utf-8")
    (out / "tables.csv").write_text(_csv(survey, tables), encoding="utf-8")
    style = (Path(settings.PACKAGE) / "web" / "static" / "survey.css").read_text(encoding="utf-8")
    for lang in LANGUAGES:
        with override(lang):
            figures = figures_of(survey, tables, lang)
            title = survey.words[lang]["title"]
            context = {"title": title, "figures": figures, "people": tables["people"], "k": tables["k"], "style": style}
            (out / f"tables.{lang}.html").write_text(
                render_to_string("office/survey_file.html", context), encoding="utf-8"
            )


def _csv(survey: Survey, tables: dict) -> str:
    """One line a cell; a withheld one has no number, 5 and 95 read "or less" and "or more"."""
    written = StringIO()
    lines = csv.writer(written)
    lines.writerow(["question", "by", "groups", "people", "answer", "percent", "mean"])
    for table in tables["tables"]:
        for column in table["columns"]:
            for answer, share in column["shares"].items():
                said = "no answer" if answer == NO_ANSWER else answer
                mean = "" if column["mean"] is None else column["mean"]
                groups = " & ".join(column["groups"])
                by = " & ".join(table["by"])
                lines.writerow(
                    [table["question"], by, groups, column["base"], said, "" if share is None else share, mean]
                )
    return written.getvalue()
