"""The catalogues of texts: every `django.po` under `words/locale` becomes the `.mo` that Django reads.

A variant of a language has compiled catalogues of its own in a folder beside (`words/locale-es-PR`), made from the same
texts by `upstander.words.variant`.
"""

import os
from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from upstander.words.variant import SPANISH, TABLES, variant

LOCALE = Path(__file__).resolve().parent.parent / "words" / "locale"


def compile_catalogues() -> int:
    """Writes the `.mo` of every `.po` whose texts are newer, as written and in each variant; returns how many."""
    written = 0
    for source in sorted(LOCALE.glob("*/*/LC_MESSAGES/*.po")):
        written += _compiled(source, source.with_suffix(".mo"), source.stat().st_mtime, lambda catalogue: None)
        for name in filter(None, SPANISH.values()):
            if source.parent.parent.name == name.split("-")[0]:
                table = (TABLES / f"{name}.toml").stat().st_mtime
                target = LOCALE.with_name(f"locale-{name}") / source.relative_to(LOCALE).with_suffix(".mo")
                newest = max(source.stat().st_mtime, table)
                written += _compiled(source, target, newest, lambda catalogue, name=name: _vary(catalogue, name))
    return written


def _compiled(source: Path, target: Path, newest: float, change: Callable[[Catalog], None]) -> int:
    if target.exists() and target.stat().st_mtime >= newest:
        return 0
    with source.open("rb") as texts:
        catalogue = read_po(texts, locale=source.parent.parent.name, domain=source.stem)
    change(catalogue)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(f".mo.{os.getpid()}")  # two first starts at once do not meet
    with fresh.open("wb") as machine:
        write_mo(machine, catalogue)
    fresh.replace(target)
    return 1


def _vary(catalogue: Catalog, name: str) -> None:
    said = variant(name)
    for message in catalogue:
        if not message.id:
            continue
        if isinstance(message.string, str):
            message.string = said.say(message.string, implied=True)
        else:
            message.string = tuple(said.say(text, implied=True) for text in message.string)
