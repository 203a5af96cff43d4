"""Putting an edition of a course on record: the shipped ones when the program starts, others when they are published.

An edition is never changed: whatever differs is another edition.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import IntegrityError, transaction

from upstander.core.course_source import (
    CHANGE_CLASSES,
    TEXT_ENDINGS,
    change_of,
    changed_pages,
    edition_digest,
    is_course_key,
    is_edition,
    is_safe_path,
    manifest_of,
    neutral_of,
    plain_text,
)
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.models import AuditLine, CourseEdition, CourseText
from upstander.queries.course_editions import editions_of, files_of, known_texts, newest_editions, next_place

SHIPPED, AUTHORED = "shipped", "authored"
PROGRAM = "program"
#: Two processes that publish at once take the same place; the second one tries again with the next.
TRIES = 5


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a look at the shipped courses came to.

    `altered` are (key, edition) whose files are no longer those that were published; `waiting` are those that do not
    follow by themselves, because the institution has written an edition of its own.
    """

    added: tuple[CourseEdition, ...] = ()
    altered: tuple[tuple[str, str], ...] = ()
    waiting: tuple[tuple[str, str], ...] = ()


def files_in(folder: Path) -> dict[str, str]:
    """Path -> text of every text file of a course's folder. Refuses `edition-broken` for one that is not UTF-8."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix not in TEXT_ENDINGS or not path.is_file() or not is_safe_path(name):
            continue
        try:
            found[name] = plain_text(path.read_bytes())
        except UnicodeDecodeError as problem:
            raise Refusal("edition-broken", {"problems": [f"{name}: {problem}"]}) from problem
    return found


def record_shipped(root: Path, moment: Moment, adopt: Iterable[str] = ()) -> Recorded:
    """Puts every course of the folder on record whose edition is not there yet; what is on record stays as it is.

    A shipped edition does not replace one that the institution wrote itself, unless its key is in `adopt`.
    """
    newest = newest_editions()
    added, altered, waiting = [], [], []
    for folder in sorted(path.parent for path in root.glob("*/course.toml")):
        files = files_in(folder)
        key, edition = folder.name, str(neutral_of(files).get("edition", ""))
        last = newest.get(key)
        known = CourseEdition.objects.filter(course_key=key, edition=edition).first() if last else None
        if known is not None:
            if known.digest != edition_digest(manifest_of(files)):
                altered.append((key, edition))
        elif last is not None and last.origin == AUTHORED and key not in adopt:
            waiting.append((key, edition))
        else:
            added.append(_record_file(key, edition, files, moment))
    return Recorded(tuple(added), tuple(altered), tuple(waiting))


def _record_file(key: str, edition: str, files: Mapping[str, str], moment: Moment) -> CourseEdition:
    """One shipped edition; where another process was faster, its row. One without a class counts as material."""
    change, says = change_of(files)
    new = _New(key, edition, dict(files), SHIPPED, change, says, PROGRAM, "")
    try:
        return _write(new, moment)
    except Refusal as refusal:
        if refusal.code != "edition-exists":
            raise
        return CourseEdition.objects.get(course_key=key, edition=edition)


def publish(
    course_key: str,
    edition: str,
    files: Mapping[str, str],
    change: str,
    says: Mapping[str, str],
    by: str,
    reviewed_by: str,
    moment: Moment,
) -> CourseEdition:
    """Puts an edition that was written here on record; from now on it is the current one.

    `files` is path -> text within the course's folder, `says` the words for holders of older editions by language.
    Refusals: `edition-exists` {course, edition}; `edition-broken` {problems}; `no-change-class` {course, edition}
    where an older edition exists and the change has no class. The whole check of a course stands a floor above:
    `delivery.publishing.publish` runs it first, with the same arguments.
    """
    problems = _faults(course_key, edition, files)
    if problems:
        raise Refusal("edition-broken", {"problems": problems})
    if editions_of(course_key) and change not in CHANGE_CLASSES:
        raise Refusal("no-change-class", {"course": course_key, "edition": edition})
    return _write(_New(course_key, edition, dict(files), AUTHORED, change, dict(says), by, reviewed_by), moment)


def _faults(key: str, edition: str, files: Mapping[str, str]) -> list[str]:
    """What makes these files unfit to be kept at all."""
    faults = [f"{path}: not a path of a course" for path in sorted(files) if not is_safe_path(path)]
    if not is_course_key(key):
        faults.append(f"{key}: not a key of a course")
    if not is_edition(edition):
        faults.append(f"{edition}: not a name of an edition")
    neutral = neutral_of(files)
    faults += [
        f"course.toml: {name} is {neutral.get(name)!r}, not {expected!r}"
        for name, expected in (("key", key), ("edition", edition))
        if neutral.get(name) != expected
    ]
    return faults


@dataclass(frozen=True, slots=True)
class _New:
    """An edition before it is on record."""

    key: str
    edition: str
    files: dict[str, str]
    origin: str
    change: str
    says: dict[str, str]
    by: str
    reviewed_by: str


def _write(new: _New, moment: Moment) -> CourseEdition:
    for left in range(TRIES, 0, -1):
        try:
            with transaction.atomic():
                return _write_once(new, moment)
        except IntegrityError:
            if left == 1:
                raise
    raise AssertionError  # the loop returns or raises


def _write_once(new: _New, moment: Moment) -> CourseEdition:
    earlier = editions_of(new.key)
    if any(row.edition == new.edition for row in earlier):
        raise Refusal("edition-exists", {"course": new.key, "edition": new.edition})
    manifest = manifest_of(new.files)
    missing = set(manifest.values()) - known_texts(manifest.values())
    texts = {manifest[path]: text for path, text in new.files.items() if manifest[path] in missing}
    CourseText.objects.bulk_create(
        [CourseText(digest=digest, text=text) for digest, text in sorted(texts.items())], ignore_conflicts=True
    )
    row = CourseEdition.objects.create(
        course_key=new.key,
        edition=new.edition,
        place=next_place(new.key),
        origin=new.origin,
        digest=edition_digest(manifest),
        manifest=manifest,
        change=(new.change or "material") if earlier else "",
        says=new.says if earlier else {},
        pages=list(changed_pages(files_of(earlier[-1]), new.files)) if earlier else [],
        published_at=moment.at,
        published_by=new.by,
        reviewed_by=new.reviewed_by,
    )
    AuditLine.objects.create(
        at=moment.at,
        actor=new.by,
        verb="course-edition-published",
        subject=f"course:{new.key}",
        data={"edition": new.edition, "change": row.change, "digest": row.digest, "reviewed_by": new.reviewed_by},
    )
    return row
