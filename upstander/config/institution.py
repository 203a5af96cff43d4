"""The institution's own words, from its file."""

import tomllib
from pathlib import Path

from upstander.config.env import SettingRefused
from upstander.words.variant import SPANISH

#: What no page or message can do without; the Spanish words may be absent, then the English ones stand.
NEEDED = ("name", "office.phone", "office.email", "office.en.name", "office.en.hours")


def institution(path: Path) -> dict:
    """The file's tables; stops the start on one that cannot be read or lacks what every page needs."""
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise SettingRefused(f"the institution file {path} cannot be read: {problem}") from problem
    missing = [name for name in NEEDED if not isinstance(_at(read, name), str)]
    if missing:
        raise SettingRefused(f"the institution file {path} does not say {', '.join(missing)}.")
    if read.get("spanish", "neutral") not in SPANISH:
        raise SettingRefused(
            f"the institution file {path} asks for a Spanish that we do not have: one of {', '.join(SPANISH)}."
        )
    for name in ("quick_exit", "directory"):
        _outside(path, name, read.get(name, ""))
    return read


def _outside(path: Path, name: str, address: object) -> None:
    """An address of another site is a whole one, by https; without one, a default stands."""
    if address and not (isinstance(address, str) and address.startswith("https://")):
        raise SettingRefused(f"the institution file {path} gives no https:// address for {name}.")


def _at(tables: dict, name: str) -> object:
    found: object = tables
    for word in name.split("."):
        found = found.get(word) if isinstance(found, dict) else None
    return found
