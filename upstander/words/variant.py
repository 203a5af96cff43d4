"""The Spanish that the institution asked for: neutral, or the variant of Puerto Rico (`spanish = "pr"` in its file)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from upstander.core.variant import Variant

TABLES = Path(__file__).resolve().parent.parent / "content" / "variants"
#: What an institution may ask for in its file -> the table that says it.
SPANISH = {"neutral": "", "pr": "es-PR"}


@cache
def variant(name: str) -> Variant:
    """The variant of this name, as `es-PR`."""
    return Variant(tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8")))


def variant_of(institution: Mapping, lang: str) -> str:
    """The name of the variant in which the institution wants texts of this language, or nothing."""
    return SPANISH[institution.get("spanish", "neutral")] if lang == "es" else ""


def say(text: str, name: str) -> str:
    """The text in the variant of this name; as it is where there is no name."""
    return variant(name).say(text) if name else text
