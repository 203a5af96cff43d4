"""A problem of a draft as it is told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """One problem: its part, its place, the sentence, and the sentence's language where it is not the page's."""

    part: str
    path: str
    text: str
    lang: str = ""
