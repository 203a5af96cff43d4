"""An arrangement as the pages show it, and its entry in a calendar."""

from dataclasses import dataclass

from upstander.delivery import catalogue
from upstander.models import Arrangement
from upstander.web.people import language
from upstander.words.arrangements import (
    arrangement_kind_word,
    arrangement_looks_like,
    arrangement_state_word,
    arrangement_when,
)


@dataclass(frozen=True, slots=True)
class ArrangementView:
    """One arrangement in the reader's language."""

    row: Arrangement
    course: str
    kind: str
    when: str
    state: str
    like: str

    @property
    def helper(self) -> str:
        return self.row.facilitator.called if self.row.facilitator else ""


def arrangement_view(row: Arrangement) -> ArrangementView:
    return ArrangementView(
        row,
        catalogue.title_of(row.course_key, language()),
        arrangement_kind_word(row.kind),
        arrangement_when(row),
        arrangement_state_word(row.state),
        arrangement_looks_like(row.state),
    )
