"""Lists as running text, each language by its own rules: in Spanish y before i is e, o before o is u."""

import re
from collections.abc import Sequence

from django.utils.translation import get_language

_WORDS = {"en": {"and": "and", "or": "or"}, "es": {"and": "y", "or": "o"}}
#: Spanish: y becomes e before the sound i (not before hie-, hia-, hio-), o becomes u before the sound o.
_SOUND_I = re.compile(r"\W*h?[ií](?![aeo])", re.IGNORECASE)
_SOUND_O = re.compile(r"\W*(h?[oó]|8|11(?!\d))", re.IGNORECASE)


def and_list(things: Sequence[str]) -> str:
    """All of them, in the active language; by semicolons where one of several holds a comma itself."""
    return _listed(things, "and")


def or_list(things: Sequence[str]) -> str:
    """Any of them, in the active language; by semicolons where one of several holds a comma itself."""
    return _listed(things, "or")


def _listed(things: Sequence[str], kind: str) -> str:
    if len(things) < 2:
        return "".join(things)
    lang = (get_language() or "en").split("-")[0]
    word = _joining(_WORDS.get(lang, _WORDS["en"])[kind], things[-1], lang)
    crowded = any("," in thing or ";" in thing for thing in things)
    if not crowded:
        return f"{', '.join(things[:-1])} {word} {things[-1]}"
    if len(things) == 2:
        return f"{things[0]}, {word} {things[1]}"
    return f"{'; '.join(things[:-1])}; {word} {things[-1]}"


def _joining(word: str, following: str, lang: str) -> str:
    if lang != "es":
        return word
    if word == "y" and _SOUND_I.match(following):
        return "e"
    return "u" if word == "o" and _SOUND_O.match(following) else word
