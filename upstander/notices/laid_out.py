"""A letter laid out once for everybody to whom it says the same; name and code are each reader's own, put in last.

Among ten thousand reminders of a day there are a few dozen different texts. Kept are those that say nothing but the
duty, and by all the words that they were made of, so that nobody gets a line that is not theirs.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

#: The words that differ between readers who are told the same.
OWN = ("called", "code", "check")
#: So many texts are kept, then all are forgotten.
MOST = 500
#: What stands for a reader's own word; nobody who is named here can guess it.
_TOKEN = secrets.token_hex(12)
_MARK = re.compile(f"{_TOKEN}({'|'.join(OWN)})x")
_PLAIN = (str, SafeString, int, bool, date, type(None))


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A letter with marks for its reader's own words: the text in lines, those without a mark broken already."""

    lines: tuple[str, ...]
    html: str

    def to(self, words: Mapping[str, Any], broken: Callable[[str], str]) -> tuple[str, str]:
        """The text and the HTML for this reader."""
        text = [broken(_put_in(line, words)) if _TOKEN in line else line for line in self.lines]
        return "\n".join(text) + "\n", _put_in(self.html, {name: escape(words[name]) for name in OWN})


_kept: dict[object, LaidOut] = {}


def laid_out(
    folder: str, words: Mapping[str, Any], in_html: Mapping[str, Any], broken: Callable[[str], str]
) -> LaidOut:
    """The letter of this folder in these words (`in_html` replace some there); runs in the letter's language."""
    shared = {**words, **{name: f"{_TOKEN}{name}x" for name in OWN}}
    try:
        key = _key((folder, shared, in_html))
    except TypeError:
        return _lay_out(folder, shared, in_html, broken)
    made = _kept.get(key)
    if made is None:
        made = _lay_out(folder, shared, in_html, broken)
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = made
    return made


def _lay_out(
    folder: str, words: Mapping[str, Any], in_html: Mapping[str, Any], broken: Callable[[str], str]
) -> LaidOut:
    text = render_to_string(f"{folder}/text.txt", dict(words))
    lines = re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in text.strip().splitlines())).split("\n")
    html = render_to_string(f"{folder}/body.html", {**words, **in_html})
    return LaidOut(tuple(line if _TOKEN in line else broken(line) for line in lines), html.strip() + "\n")


def _put_in(text: str, words: Mapping[str, Any]) -> str:
    return _MARK.sub(lambda found: str(words[found[1]]), text)


def _key(value: Any) -> object:
    """The value as something to compare by; TypeError for anything that may change, or say more than it is."""
    if type(value) in _PLAIN:
        return type(value), value
    if isinstance(value, Mapping):
        return "words", tuple((name, _key(value[name])) for name in sorted(value))
    if isinstance(value, list | tuple):
        return "list", tuple(_key(one) for one in value)
    raise TypeError(f"no word of a letter: {type(value).__name__}")
