"""Marks that stand in a decision for a person's own ids, and how the ids are put back, in values and in JSON text.

A mark is a text that no roster holds (two characters of private use around a number); among themselves marks sort as
their numbers do. The number is the place of the person's own value in a list.
"""

import re
from collections.abc import Sequence
from json.encoder import encode_basestring_ascii
from operator import itemgetter
from typing import Any

OPENS, CLOSES = "\ue000", "\ue001"
_MARK = re.compile(f"{OPENS}([0-9]+){CLOSES}")
_MARK_IN_JSON = re.compile(r"\\ue000([0-9]+)\\ue001")


def mark(place: int) -> str:
    """The mark of the value at this place of a person's own values."""
    return f"{OPENS}{place:04d}{CLOSES}"


def is_marked(value: Any) -> bool:
    """Whether a mark stands anywhere in a JSON value."""
    if isinstance(value, str):
        return OPENS in value
    if isinstance(value, dict):
        return any(is_marked(part) for part in value.values())
    return isinstance(value, list | tuple) and any(is_marked(part) for part in value)


def put_back(value: Any, own: Sequence[str]) -> Any:
    """The JSON value with the person's own values in the place of their marks."""
    if isinstance(value, str):
        return _MARK.sub(lambda found: own[int(found[1])], value) if OPENS in value else value
    if isinstance(value, dict):
        return {name: put_back(part, own) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(put_back(part, own) for part in value)
    return value


def in_json(value: str) -> str:
    """A text as it stands between the quotes of a JSON string."""
    return encode_basestring_ascii(value)[1:-1]


class Filling:
    """A JSON text with gaps; called with values, each as it has to stand in the text (`in_json`), it gives the text."""

    __slots__ = ("chosen", "pattern")

    def __init__(self, text: str) -> None:
        places = tuple(int(place) for place in _MARK_IN_JSON.findall(text))
        parts = _MARK_IN_JSON.split(text)[::2]
        self.pattern = "%s".join(part.replace("%", "%%") for part in parts) if places else text
        self.chosen = itemgetter(*places) if places else None

    def __call__(self, values: Sequence[str]) -> str:
        return self.pattern % self.chosen(values) if self.chosen else self.pattern
