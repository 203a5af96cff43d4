"""The updates of an option in a programme file: what a new edition asks of those who completed an older one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from upstander.core.programme_reader import Reader
from upstander.core.requirement import Update

UPDATE_KEYS = {"edition", "older", "since_on", "days"}
#: The longest name of an edition.
LONGEST = 40


def read_updates(reader: Reader, option: Mapping, path: str) -> tuple[Update, ...]:
    """The [[options.updates]] of an option, in the order of the days from which on they ask."""
    found = []
    for place, entry in enumerate(reader.tables(option, "updates", path)):
        at = f"{path}updates[{place}]."
        update = _update(reader, entry, at)
        if update:
            found.append(update)
            _check_withdrawal(reader, option, update, at)
    reader.unique(f"{path}updates", [update.edition for update in found])
    return tuple(sorted(found, key=lambda update: update.since_on))


def _update(reader: Reader, entry: Mapping, path: str) -> Update | None:
    reader.unknown_keys(entry, UPDATE_KEYS, path)
    edition, older = entry.get("edition"), entry.get("older")
    if not isinstance(edition, str) or not edition or not is_edition(edition):
        reader.wrong(f"{path}edition", 'is missing: the name of the new edition, such as "2027.1"')
    if not isinstance(older, list) or not older or not all(is_edition(name) for name in older):
        reader.wrong(f"{path}older", 'must be a list of editions, such as ["2026.2"]; "" is a completion without one')
        older = []
    elif edition in older:
        reader.wrong(f"{path}older", "holds the new edition itself")
    since_on = reader.day(entry, "since_on", path)
    days = reader.whole(entry, "days", path, None, 1)
    if "days" not in entry:
        reader.wrong(f"{path}days", "is missing: how many days people have to read what changed")
    if not isinstance(edition, str) or since_on is None or days is None:
        return None
    return Update(edition, tuple(older), since_on, days)


def _check_withdrawal(reader: Reader, option: Mapping, update: Update, path: str) -> None:
    """Of those who took an option that is withdrawn nothing more is asked."""
    withdrawn_on = option.get("withdrawn_on")
    if type(withdrawn_on) is date and update.since_on >= withdrawn_on:
        reader.wrong(f"{path}since_on", "is not before the day on which the option is withdrawn")


def is_edition(value: Any) -> bool:
    """Whether this may be the name of an edition; blank stands for a completion without one."""
    return isinstance(value, str) and len(value) <= LONGEST and value.isprintable() and value.strip() == value
