"""What proves the record, and what speaks against it, in words."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import get_language, gettext, gettext_noop

from upstander.words.dates import plain_date

_COLUMNS = {
    "cycle": gettext_noop("the period"),
    "state": gettext_noop("the status"),
    "group": gettext_noop("the group"),
    "opens_on": gettext_noop("the day of opening"),
    "due_on": gettext_noop("the due date"),
    "satisfied_by": gettext_noop("what settles it"),
    "reasons": gettext_noop("the reasons"),
    "next_change_on": gettext_noop("the next day of change"),
}
_TABLES = {
    "roster": gettext_noop("what the roster said of people"),
    "units": gettext_noop("what the roster said of units"),
    "standings": gettext_noop("changes of status"),
    "completions": gettext_noop("completions"),
    "completions-retracted": gettext_noop("completions taken back"),
    "adjustments": gettext_noop("decisions of the office"),
    "adjustments-ended": gettext_noop("decisions of the office that were ended"),
    "starts": gettext_noop("courses begun"),
    "versions": gettext_noop("published rules"),
    "audit": gettext_noop("the audit"),
    "seals": gettext_noop("the seals themselves"),
}
_FAULTS = {
    "altered": gettext_noop("%(night)s, %(table)s: something was changed afterwards."),
    "missing": gettext_noop("%(night)s, %(table)s: something is missing."),
    "added": gettext_noop("%(night)s, %(table)s: something was put in afterwards."),
    "backdated": gettext_noop("%(night)s, %(table)s: something was put in later under an older date."),
}


def columns_words(columns: Iterable[str]) -> str:
    """What of a standing came out otherwise, as a list."""
    return ", ".join(gettext(_COLUMNS[name]) for name in columns if name in _COLUMNS)


def fault_sentence(night: date | None, table: str, kind: str) -> str:
    """In which night and where the record is not what was sealed."""
    said = plain_date(night, get_language() or "en") if night else gettext("Since the last seal")
    return gettext(_FAULTS[kind]) % {"night": said, "table": gettext(_TABLES[table])}
