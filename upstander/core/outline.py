"""The order of a course: which page may be opened, where a reader goes on, when the assessment opens."""

from collections.abc import Set
from dataclasses import dataclass, field

from upstander.core.bank import Assessment


@dataclass(frozen=True, slots=True)
class Outline:
    """One edition of a course without its words: pages as `section/page` in order, and what it takes to complete it.

    `sequence` is `in-order` (pages open one after the other until the course is completed) or `free`. `check` names
    what ends the course: `assessment` or `check`; both are drawn, marked and reviewed in the same way.
    """

    key: str
    edition: str
    roles: tuple[str, ...]
    pages: tuple[str, ...]
    sequence: str = "in-order"
    check: str = "assessment"
    minutes: int = 0
    assessment: Assessment = field(default_factory=Assessment)

    def may_open(self, page: str, seen: Set[str], completed: bool) -> bool:
        """True where the page stands open: after completion every page does (row B16)."""
        if page not in self.pages:
            return False
        if completed or self.sequence == "free" or page in seen:
            return True
        return page == self.first_unseen(seen)

    def may_be_assessed(self, seen: Set[str], completed: bool) -> bool:
        """True once every page has been seen, and always after completion."""
        return completed or self.first_unseen(seen) is None

    def first_unseen(self, seen: Set[str]) -> str | None:
        return next((page for page in self.pages if page not in seen), None)

    def resume_at(self, place: str, seen: Set[str], completed: bool) -> str:
        """The page on which the reader goes on: the place that was kept, or else the first page not yet seen."""
        if self.may_open(place, seen, completed):
            return place
        return self.first_unseen(seen) or self.pages[-1]

    def before(self, page: str) -> str | None:
        at = self.pages.index(page)
        return self.pages[at - 1] if at else None

    def after(self, page: str) -> str | None:
        at = self.pages.index(page) + 1
        return self.pages[at] if at < len(self.pages) else None
