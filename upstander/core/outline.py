"""The order of a course: which page may be opened, where a reader goes on, when the assessment opens."""

from collections.abc import Set
from dataclasses import dataclass, field, replace

from upstander.core.bank import Assessment


@dataclass(frozen=True, slots=True)
class Outline:
    """One edition of a course without its words: pages as `section/page` in order, and what it takes to complete it.

    `sequence` is `in-order` (pages open one after the other until the course is completed) or `free`. `check` names
    what ends the course: `assessment` or `check`; both are drawn, marked and reviewed in the same way. `known` are the
    pages that count as read because an older edition, completed before, had them word for word.
    """

    key: str
    edition: str
    roles: tuple[str, ...]
    pages: tuple[str, ...]
    sequence: str = "in-order"
    check: str = "assessment"
    minutes: int = 0
    assessment: Assessment = field(default_factory=Assessment)
    known: frozenset[str] = frozenset()

    def narrowed(self, changed: Set[str]) -> "Outline":
        """The outline for somebody who knows an older edition: only the changed pages are read and asked about."""
        return replace(
            self, known=frozenset(self.pages) - frozenset(changed), assessment=self.assessment.about(changed)
        )

    @property
    def to_read(self) -> tuple[str, ...]:
        """The pages that have to be read, in order."""
        return tuple(page for page in self.pages if page not in self.known)

    def may_open(self, page: str, seen: Set[str], completed: bool) -> bool:
        """True where the page stands open: after completion every page does (row B16)."""
        if page not in self.pages:
            return False
        if completed or self.sequence == "free" or page in seen or page in self.known:
            return True
        return page == self.first_unseen(seen)

    def may_be_assessed(self, seen: Set[str], completed: bool) -> bool:
        """True once every page has been seen, and always after completion."""
        return completed or self.first_unseen(seen) is None

    def first_unseen(self, seen: Set[str]) -> str | None:
        return next((page for page in self.to_read if page not in seen), None)

    def resume_at(self, place: str, seen: Set[str], completed: bool) -> str:
        """The page on which the reader goes on: the place that was kept, or else the first page not yet seen."""
        if self.may_open(place, seen, completed):
            return place
        return self.first_unseen(seen) or (self.to_read or self.pages)[-1]

    def before(self, page: str) -> str | None:
        return next(reversed([one for one in self._way(page) if self.pages.index(one) < self.pages.index(page)]), None)

    def after(self, page: str) -> str | None:
        return next((one for one in self._way(page) if self.pages.index(one) > self.pages.index(page)), None)

    def _way(self, page: str) -> tuple[str, ...]:
        """The pages among which one goes on and back: those to be read, or all beside a page that is known."""
        return self.pages if page in self.known else self.to_read
