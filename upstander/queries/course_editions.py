"""Editions of courses as they were published: which there are, what they consist of, what changed between them."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.db.models import Max, OuterRef, Subquery

from upstander.core.course_source import changed_pages
from upstander.core.errors import Refusal
from upstander.models import CourseEdition, CourseText


def editions_of(key: str) -> list[CourseEdition]:
    """Every edition of the course, the first one first."""
    return list(CourseEdition.objects.filter(course_key=key).order_by("place"))


def newest_editions() -> dict[str, CourseEdition]:
    """Course key -> its current edition, which is the newest; one query."""
    last = CourseEdition.objects.filter(course_key=OuterRef("course_key")).order_by("-place").values("place")[:1]
    return {row.course_key: row for row in CourseEdition.objects.filter(place=Subquery(last))}


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


@lru_cache(maxsize=256)
def _pages_between(key: str, older: str, older_digest: str, newer: str, newer_digest: str) -> tuple[str, ...]:
    old, new = edition_of(key, older), edition_of(key, newer)
    return changed_pages(files_of(old), files_of(new))


def pages_between(key: str, older: str, newer: str) -> tuple[str, ...] | None:
    """The pages that somebody who knows the older edition has not read as they stand in the newer one.

    None where one of the two was never recorded here, so that nothing can be said.
    """
    rows = {row.edition: row for row in CourseEdition.objects.filter(course_key=key, edition__in=(older, newer))}
    if older not in rows or newer not in rows:
        return None
    return _pages_between(key, older, rows[older].digest, newer, rows[newer].digest)
