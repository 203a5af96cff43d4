"""Files that belong to a case: looked into before they are kept, outside the web root, removed when their time is over.

A file is whole before there is a row of it: written under a passing name, looked into, synced, given its random name.
What a transaction that failed or a case that was deleted leaves behind is swept at night.
"""

import os
import re
import secrets
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.db import transaction

from upstander.actions.cases import write_down
from upstander.actions.locks import lock_person
from upstander.core.days import Moment, plus_months_clamped
from upstander.core.errors import Refusal
from upstander.core.requests import PERSON, UNSETTLED
from upstander.models import Case, CaseFile
from upstander.queries.programmes import all_published
from upstander.wires.file_look import LARGEST_BYTES, Looked, look_into

MOST_FILES = 5
LONGEST_NAME = 120
#: How long a file without a row may be on its way, in seconds.
ARRIVING_SECONDS = 86_400
_ARRIVING = ".arriving-"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that was looked into and stands in its place, and of which no row tells yet."""

    name: str
    stored: str
    looked: Looked


def folder() -> Path:
    return Path(settings.DATA_DIR) / "evidence"


def place_of(file: CaseFile) -> Path:
    """Where the file lies."""
    return folder() / file.stored


def arrive(name: str, data: bytes | Iterable[bytes]) -> Arrived:
    """Takes a file in, in pieces, and looks into it; call it outside a transaction, for it takes its time.

    Refusals, each with `name`: file-size {limit_mb}, file-kind {kinds}, file-damaged, file-active {holds}.
    """
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder(), prefix=_ARRIVING, delete=False) as made:
        arriving = Path(made.name)
        try:
            _write(made, [data] if isinstance(data, bytes) else data)
            looked = look_into(arriving)
            stored = f"{secrets.token_hex(20)}{looked.ending}"
            _sync(arriving)
            os.replace(arriving, folder() / stored)
        except Refusal as refusal:
            raise Refusal(refusal.code, {**refusal.data, "name": safe_name(name, "")}) from refusal
        finally:
            with suppress(FileNotFoundError):
                arriving.unlink()
    _sync(folder())
    return Arrived(safe_name(name, looked.ending), stored, looked)


def _write(made, chunks: Iterable[bytes]) -> None:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > LARGEST_BYTES:
            raise Refusal("file-size", {"limit_mb": LARGEST_BYTES // 1_000_000})
        made.write(chunk)
    made.flush()


def _sync(place: Path) -> None:
    opened = os.open(place, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def safe_name(name: str, ending: str) -> str:
    """A name without folders, control characters and quotes, with the ending that its content has."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(
        " " if sign in "\r\n\t" else sign
        for sign in unicodedata.normalize("NFC", last)
        if sign in "\r\n\t" or unicodedata.category(sign)[0] != "C"
    )
    stem = plain.rpartition(".")[0] if ending and "." in plain else plain
    stem = re.sub(r"[\"'<>:|?*;%]+", " ", stem)
    stem = " ".join(stem.split()).strip(". ")[:LONGEST_NAME].strip()
    return (stem or "file") + ending


def keep_file(case: Case, name: str, data: bytes | Iterable[bytes], moment: Moment, by: str) -> CaseFile:
    """Looks into a file and keeps it with a case; the same file twice is kept once. Refusals: `arrive`, `attach`."""
    return attach(case, [arrive(name, data)], moment, by)[0]


@transaction.atomic
def attach(case: Case, arrived: Iterable[Arrived], moment: Moment, by: str) -> list[CaseFile]:
    """Keeps files that have arrived with a case, all of them or none.

    Refusals: files-not-here once the case is over, file-too-many {most}.
    """
    lock_person(case.person_id)
    if not Case.objects.filter(pk=case.pk, state__in=UNSETTLED).exists():
        raise Refusal("files-not-here")
    kept = []
    for one in arrived:
        there = CaseFile.objects.filter(case=case, removed_at=None)
        same = there.filter(digest=one.looked.digest).first()
        if same is None and there.count() >= MOST_FILES:
            raise Refusal("file-too-many", {"most": MOST_FILES})
        kept.append(same or _row(case, one, moment, by))
    return kept


def _row(case: Case, one: Arrived, moment: Moment, by: str) -> CaseFile:
    file = CaseFile.objects.create(
        case=case,
        name=one.name,
        media_type=one.looked.media_type,
        size_bytes=one.looked.size_bytes,
        digest=one.looked.digest,
        stored=one.stored,
        added_at=moment.at,
        added_by=by,
    )
    write_down(case, "case-file-added", moment, by)
    return file


@transaction.atomic
def remove_file(file: CaseFile, moment: Moment, by: str) -> None:
    """Takes a file away; that it was there stays on record. Once it is gone this changes nothing."""
    if not CaseFile.objects.filter(pk=file.pk, removed_at=None).update(removed_at=moment.at):
        return
    write_down(file.case, "case-file-removed", moment, by)
    transaction.on_commit(lambda: place_of(file).unlink(missing_ok=True))


def may_take_back(file: CaseFile, role: str, by: str) -> bool:
    """Whether somebody may take the file away: until its case is settled, the person what they sent, the office any."""
    if file.case.state not in UNSETTLED or file.removed_at is not None:
        return False
    mine = by == f"person:{file.case.person_id}"
    return mine and file.added_by == by if role == PERSON else not mine


@transaction.atomic
def take_back(file: CaseFile, role: str, moment: Moment, by: str) -> None:
    """Takes a file of an open case away. Refuses file-stays where `may_take_back` says no."""
    lock_person(file.case.person_id)
    file.refresh_from_db()
    if not may_take_back(file, role, by):
        raise Refusal("file-stays", {"case": str(file.case_id)})
    remove_file(file, moment, by)


def drop(arrived: Iterable[Arrived]) -> None:
    """Throws away files that have arrived and are not wanted after all."""
    for one in arrived:
        (folder() / one.stored).unlink(missing_ok=True)


def remove_outlived(moment: Moment, by: str) -> int:
    """Takes away the files of cases settled longer ago than their programme keeps its records; how many."""
    removed = 0
    for rules in all_published():
        if rules.keep_years is None:
            continue
        before: date = plus_months_clamped(moment.day, -12 * rules.keep_years)
        settled = {"case__programme": rules.key, "case__settled_at__date__lt": before, "removed_at": None}
        over = CaseFile.objects.filter(**settled).exclude(case__state__in=UNSETTLED).select_related("case")
        for file in over:
            remove_file(file, moment, by)
            removed += 1
    return removed


def sweep(moment: Moment) -> int:
    """Deletes what lies in the folder without a row, once it can no longer be on its way; how many files."""
    if not folder().is_dir():
        return 0
    known = set(CaseFile.objects.filter(removed_at=None).values_list("stored", flat=True))
    old = moment.at.timestamp() - ARRIVING_SECONDS
    swept = 0
    for place in folder().iterdir():
        if place.name not in known and place.stat().st_mtime < old:
            place.unlink(missing_ok=True)
            swept += 1
    return swept
