"""The catalogues of texts: every `django.po` under `words/locale` becomes the `.mo` that Django reads."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "words" / "locale"


def compile_catalogues() -> int:
    """Writes the `.mo` beside every `.po` whose texts are newer; returns how many were written."""
    written = 0
    for source in sorted(LOCALE.glob("*/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as texts:
            catalogue = read_po(texts, locale=source.parent.parent.name, domain=source.stem)
        fresh = target.with_suffix(f".mo.{os.getpid()}")  # two first starts at once do not meet
        with fresh.open("wb") as machine:
            write_mo(machine, catalogue)
        fresh.replace(target)
        written += 1
    return written
