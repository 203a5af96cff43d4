"""The lock of the published editions: a file beside the courses that holds the digest of each.

Files that differ from their published edition are a fault until they have an edition of their own, and a new edition
says how its change weighs and what it changed.
"""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from upstander.actions.course_editions import files_in
from upstander.core.course_source import CHANGE_CLASSES, edition_digest, is_edition, manifest_of
from upstander.core.errors import Refusal
from upstander.delivery.native.loader import languages_of
from upstander.delivery.native.problems import Found
from upstander.delivery.native.toml import line_of, read_toml

LOCK = "editions.toml"
HEADING = """\
# Every published edition of every course, with the digest of its files. Written by `upstander course check --lock`.
# A line here is never changed: files that differ belong to a new edition.
"""
Lock = dict[str, dict[str, str]]


def read_lock(root: Path) -> Lock:
    """Course -> edition -> digest; nothing where the folder has no lock. Refuses `lock-unreadable` {file, problem}."""
    path = root / LOCK
    if not path.is_file():
        return {}
    try:
        return {key: dict(rows) for key, rows in tomllib.loads(path.read_text(encoding="utf-8")).items()}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, ValueError) as problem:
        raise Refusal("lock-unreadable", {"file": path.name, "problem": str(problem)}) from problem


def digest_of(folder: Path) -> str:
    """The digest of the course as it lies in this folder."""
    return edition_digest(manifest_of(files_in(folder)))


def check_edition(folder: Path, neutral: Mapping, found: Found) -> None:
    """The edition against the lock, and the class and the words of its change."""
    path, edition = folder / "course.toml", str(neutral.get("edition", ""))
    source = path.read_text(encoding="utf-8") if path.is_file() else ""
    line = line_of(source, "edition")
    if edition and not is_edition(edition):
        found.add("value-wrong", path, line, key="edition", expected="A-Z a-z 0-9 . _ -")
    change = neutral.get("change", {})
    weight = str(change.get("class", "")) if isinstance(change, Mapping) else ""
    if "change" in neutral and weight not in CHANGE_CLASSES:
        found.add("value-wrong", path, line_of(source, "[change]"), key="change.class",
                  expected=" | ".join(CHANGE_CLASSES))  # fmt: skip
    locked = read_lock(found.root).get(folder.name, {})
    if edition in locked:
        if not _is_same(folder, locked[edition]):
            found.add("edition-changed", path, line, edition=edition)
    elif locked and not weight:
        found.add("change-class-missing", path, line, edition=edition)
    if weight and edition not in locked:
        _check_words(folder, found)


def _is_same(folder: Path, digest: str) -> bool:
    try:
        return digest_of(folder) == digest
    except Refusal:  # a file that cannot be read is reported by itself
        return True


def _check_words(folder: Path, found: Found) -> None:
    """What changed is said in every language that the course has."""
    for lang in languages_of(found.root, folder.name):
        path = folder / lang / "course.toml"
        if not str(read_toml(path, Found(found.root)).get("change", "")).strip():
            found.add("change-words-missing", path, lang=lang)


def lock(root: Path, editions: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Adds the editions (course, edition) that the lock does not hold yet, as their files lie there; which they are."""
    rows = read_lock(root)
    added = [(key, edition) for key, edition in editions if edition not in rows.get(key, {})]
    for key, edition in added:
        rows.setdefault(key, {})[edition] = digest_of(root / key)
    if added:
        (root / LOCK).write_text(_written(rows), encoding="utf-8", newline="\n")
    return added


def _written(rows: Lock) -> str:
    tables = [
        "\n".join([f"\n[{key}]", *(f'"{edition}" = "{digest}"' for edition, digest in rows[key].items())])
        for key in sorted(rows)
    ]
    return HEADING + "\n".join(tables) + "\n"
