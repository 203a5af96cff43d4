"""Search over texts: whatever the accents and capitals, every word found, the found words marked (row B16).

One rule for the help pages and for the courses: a word is found where some word begins with it, or with its singular.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from unicodedata import combining, normalize

#: What somebody types is read no further than this.
LONGEST = 100
#: Words of an excerpt before the first word found, and in all.
_BEFORE, _EXCERPT = 8, 34
_WORD = re.compile(r"\w+")
#: The ranks: every word in the title, in the titles and headings together, somewhere on the page.
TITLE, HEADING, TEXT = range(3)


def plain(text: str) -> str:
    """Text as it is compared: without accents and without capitals."""
    return "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))


def words_of(typed: str) -> list[str]:
    """The words looked for; a word of one letter says nothing, a number does."""
    return [word for word in _WORD.findall(plain(typed)) if len(word) > 1 or word.isdigit()]


def is_found(word: str, among: Iterable[str]) -> bool:
    """Whether some word begins with this one, or with its singular."""
    return any(other.startswith(_beginnings(word)) for other in among)


def alike(word: str, groups: Iterable[Collection[str]]) -> tuple[str, ...]:
    """The word, and with it those of every group in which it, or its singular, stands (plain words, all of them)."""
    known = (group for group in groups if not set(_beginnings(word)).isdisjoint(group))
    return tuple(dict.fromkeys([word, *(other for group in known for other in group)]))


def _beginnings(word: str) -> tuple[str, ...]:
    """The word and its singular: `duties` is found by `duty` no less than `forms` by `form`."""
    if len(word) > 4 and word.endswith("ies"):
        return word, word[:-3] + "y"
    if len(word) > 5 and word.endswith("es"):
        return word, word[:-2]
    return (word, word[:-1]) if len(word) > 4 and word.endswith("s") else (word,)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a page with the anchor that leads to it; `afterwards` is shown only once the course is completed."""

    anchor: str
    text: str
    is_heading: bool = False
    afterwards: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One page as it is searched."""

    ref: str
    title: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page with every word: its rank, where on it, and the excerpt as (text, is a word found)."""

    ref: str
    rank: int
    passage: Passage
    excerpt: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class _Indexed:
    place: Place
    title: frozenset[str]
    passages: tuple[tuple[Passage, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Index:
    """The pages of one edition in one language, read once."""

    pages: tuple[_Indexed, ...] = field(default=())

    @classmethod
    def of(cls, places: Iterable[Place]) -> "Index":
        return cls(tuple(_indexed(place) for place in places))

    def find(self, typed: str, completed: bool = False) -> list[Found]:
        """The pages on which every word stands: by title, then heading, then text, and then as they are read."""
        words = list(dict.fromkeys(words_of(typed[:LONGEST])))
        hits = [hit for page in self.pages if words and (hit := _hit(page, words, completed))]
        return sorted(hits, key=lambda hit: hit.rank)


def _indexed(place: Place) -> _Indexed:
    passages = tuple((passage, frozenset(words_of(passage.text))) for passage in place.passages)
    return _Indexed(place, frozenset(words_of(place.title)), passages)


def _hit(page: _Indexed, words: Sequence[str], completed: bool) -> Found | None:
    shown = [(passage, known) for passage, known in page.passages if completed or not passage.afterwards]
    headings = page.title.union(*(known for passage, known in shown if passage.is_heading))
    everything = headings.union(*(known for _, known in shown))
    if not all(is_found(word, everything) for word in words):
        return None
    rank = next(
        (rank for rank, among in ((TITLE, page.title), (HEADING, headings)) if all(is_found(w, among) for w in words)),
        TEXT,
    )
    passage = _best([one for one in shown if one[0].text], words)
    return Found(page.place.ref, rank, passage, excerpt(passage.text, words))


def _best(shown: Sequence[tuple[Passage, frozenset[str]]], words: Sequence[str]) -> Passage:
    """The first passage with the most of the words, running text before a heading."""
    if not shown:
        return Passage("", "")

    def worth(one: tuple[Passage, frozenset[str]]) -> tuple[int, bool]:
        return sum(is_found(word, one[1]) for word in words), not one[0].is_heading

    return max(shown, key=worth)[0]


def excerpt(text: str, words: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """So much of the text as shows the first word found in its sentence, in pieces of which some are words found."""
    pieces = text.split()
    marked = [any(is_found(word, words_of(piece)) for word in words) for piece in pieces]
    first = marked.index(True) if True in marked else 0
    start = max(0, min(first - _BEFORE, len(pieces) - _EXCERPT))
    end = min(len(pieces), start + _EXCERPT)
    shown: list[tuple[str, bool]] = [("… ", False)] if start else []
    for piece, is_marked in zip(pieces[start:end], marked[start:end], strict=True):
        shown += _around(piece) if is_marked else [(piece, False)]
        shown.append((" ", False))
    return _joined([*shown[:-1], *([(" …", False)] if end < len(pieces) else [])])


def _around(piece: str) -> list[tuple[str, bool]]:
    """A word found, without the quotes and stops about it."""
    inner = re.match(r"^(\W*)(.*?)(\W*)$", piece)
    before, word, after = inner.groups() if inner else ("", piece, "")
    return [(text, is_word) for text, is_word in ((before, False), (word, True), (after, False)) if text]


def _joined(pieces: Iterable[tuple[str, bool]]) -> tuple[tuple[str, bool], ...]:
    joined: list[tuple[str, bool]] = []
    for text, is_marked in pieces:
        if joined and joined[-1][1] == is_marked:
            joined[-1] = (joined[-1][0] + text, is_marked)
        else:
            joined.append((text, is_marked))
    return tuple(joined)
