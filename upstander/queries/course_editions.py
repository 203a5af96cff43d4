"""Editions of courses as they were published: which there are, what they consist of, what changed between them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Max, OuterRef, Subquery

from upstander.core.course_source import changed_pages, questions_of
from upstander.core.errors import Refusal
from upstander.models import CourseEdition, CourseText
from upstander.queries.in_force import InForce

#: (course, digest, edition, row id) -> the row.
_SEEN: dict[tuple[str, str, str, int], CourseEdition] = {}


def editions_of(key: str) -> list[CourseEdition]:
    """Every edition of the course, the first one first."""
    return list(CourseEdition.objects.filter(course_key=key).order_by("place"))


def newest_editions() -> dict[str, CourseEdition]:
    """Course key -> its current edition, which is the newest; one query."""
    last = CourseEdition.objects.filter(course_key=OuterRef("course_key")).order_by("-place").values("place")[:1]
    return {row.course_key: row for row in CourseEdition.objects.filter(place=Subquery(last))}


def editions_in_force(now: InForce) -> dict[str, CourseEdition]:
    """The current editions for their texts: what they consist of never changes, so each is read once in a process."""
    unseen = {row for row in now.editions if row not in _SEEN}
    if unseen:
        rows = CourseEdition.objects.in_bulk([row[3] for row in unseen])
        _SEEN.update({row: rows[row[3]] for row in unseen if row[3] in rows})
    return {row[0]: _SEEN[row] for row in now.editions if row in _SEEN}


def edition_of(key: str, edition: str) -> CourseEdition:
    """One edition of the course; "" is the current one. Refuses `no-such-edition` {course, edition}."""
    rows = CourseEdition.objects.filter(course_key=key)
    found = rows.filter(edition=edition).first() if edition else rows.last()
    if found is None:
        raise Refusal("no-such-edition", {"course": key, "edition": edition})
    return found


def recorded(key: str, edition: str) -> CourseEdition | None:
    """One edition of the course by its name, or None where it was never on record here."""
    return CourseEdition.objects.filter(course_key=key, edition=edition).first()


def files_of(edition: CourseEdition) -> dict[str, str]:
    """Path -> text of every file of the edition."""
    return _texts(edition.manifest)


def _texts(manifest: Mapping[str, str]) -> dict[str, str]:
    texts = CourseText.objects.in_bulk(set(manifest.values()))
    return {path: texts[digest].text for path, digest in manifest.items()}


def next_place(key: str) -> int:
    """The place that the next edition of the course takes."""
    return (CourseEdition.objects.filter(course_key=key).aggregate(last=Max("place"))["last"] or 0) + 1


def known_texts(digests: Iterable[str]) -> set[str]:
    """Which of these texts are kept already."""
    return set(CourseText.objects.filter(pk__in=set(digests)).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Difference:
    """What somebody who read an older edition has not read: pages in order, and the questions that stand on them."""

    pages: tuple[str, ...] = ()
    questions: frozenset[str] = frozenset()


def difference(key: str, older: str, newer: str) -> Difference | None:
    """What the newer edition changed for somebody who knows the older one; worked out once.

    None where one of the two was never on record here, so that nothing can be said.
    """
    rows = {row.edition: row for row in CourseEdition.objects.filter(course_key=key, edition__in=(older, newer))}
    if older not in rows or newer not in rows:
        return None
    return _difference(key, (older, rows[older].digest), (newer, rows[newer].digest))


@lru_cache(maxsize=256)
def _difference(key: str, older: tuple[str, str], newer: tuple[str, str]) -> Difference:
    """By names and digests, so that what is kept here stays true."""
    old, new = files_of(edition_of(key, older[0])), files_of(edition_of(key, newer[0]))
    pages = changed_pages(old, new)
    asked = [questions_of(files).get(page, frozenset()) for files in (old, new) for page in pages]
    return Difference(pages, frozenset().union(*asked))


def editions_between(key: str, older: str, newer: str) -> list[CourseEdition]:
    """The editions that came after the older one, up to the newer one; none where either is not on record."""
    rows = editions_of(key)
    places = {row.edition: row.place for row in rows}
    if older not in places or newer not in places:
        return []
    return [row for row in rows if places[older] < row.place <= places[newer]]
