"""What goes into an import of a roster, and what it tells."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from upstander.core.roster import Problem
from upstander.models import RosterImport


@dataclass(frozen=True)
class Files:
    """The files of one import."""

    people: Path
    units: Path | None = None
    mapping: Path | None = None


@dataclass
class Report:
    """What an import found and did; `as_json` is what the verb prints, without the list of bad rows."""

    applied: bool = False
    held: int | None = None
    because: list[dict] = field(default_factory=list)
    people: dict[str, int] = field(default_factory=dict)
    who: dict[str, list] = field(default_factory=dict)
    bad_cells: int = 0
    bad_people: int = 0
    kept_on_roster: int = 0
    unknown_columns: list[str] = field(default_factory=list)
    units: dict[str, int] = field(default_factory=dict)
    duties: dict[str, dict] = field(default_factory=dict)

    def as_json(self) -> dict:
        return dict(vars(self))


@dataclass(frozen=True)
class Listener:
    """Whom to tell while it goes on: each bad cell in order, the whole report before writing, and how far it is."""

    bad: Callable[[Problem], None] = lambda problem: None
    preview: Callable[[Report], None] = lambda report: None
    step: Callable[[str, int], None] = lambda what, count: None


@dataclass(frozen=True)
class Order:
    """How to go about an import: `release` is the held import whose brake an officer has taken off."""

    dry_run: bool = False
    requested_by: str = ""
    release: RosterImport | None = None
    released_by: str = ""


AS_USUAL = Order()
SILENT = Listener()
