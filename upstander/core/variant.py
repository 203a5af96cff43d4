"""A regional variant of a language: other words for the same things, with the gender and agreement that they need.

Words of another gender take their neighbours along: the articles and adjectives that stand before them, the adjectives
that follow, and those after a copula. What goes beyond the neighbours (a pronoun, a second clause) is a whole phrase of
the table. Longest first, whole words, capitals kept; tags, placeholders and addresses are never touched.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: What may stand between two words of one expression: blanks, emphasis, quotation marks, tags.
GAP = r"(?:[\s*_«“\"]|</?[a-zA-Z][^>]*>)+"
_KEEP = r"<[^>]*>|%\(\w+\)[sd]|\{\{[^}]*\}\}|\{%[^%]*%\}|https?://\S+"
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that changes its gender: singular and plural, of the source and of the variant."""

    one: str
    many: str
    to_one: str
    to_many: str


class Variant:
    """Says a text in the variant; made once from its table (see `content/variants`)."""

    def __init__(self, table: Mapping) -> None:
        self._words = _lowered(table.get("words", {}))
        self._phrases = _lowered(table.get("phrases", {}))
        self._implied = {**self._phrases, **_lowered(table.get("implied", {}))}
        self._whole = dict(table.get("whole", {}))
        self._nouns = [Noun(*(row[key] for key in ("one", "many", "to_one", "to_many"))) for row in table["nouns"]]
        self._before = dict(table["before"])
        self._after = frozenset(table["after"])
        self._same = frozenset(table.get("unchanged", ()))
        self._endings = tuple(table["after_endings"])
        self._changed = {n.one: n.to_one for n in self._nouns} | {n.many: n.to_many for n in self._nouns}
        self._copula = _any(table["copulas"])
        self._passes = {
            False: (self._literal(self._phrases), self._group(), self._literal(self._words)),
            True: (self._literal(self._implied), self._group(), self._literal(self._words)),
        }

    def say(self, text: str, implied: bool = False) -> str:
        """The text in the variant; `implied` where the noun itself may be left out."""
        if implied and text in self._whole:
            return self._whole[text]
        literal, group, words = self._passes[implied]
        phrases = self._implied if implied else self._phrases
        text = literal.sub(lambda found: _swapped(found, phrases), text)
        text = group.sub(self._agreed, text)
        return words.sub(lambda found: _swapped(found, self._words), text)

    def unclear(self, text: str) -> list[str]:
        """Every place where a changed noun stands beside a word that no rule knows to agree or to stay."""
        noun = rf"{_any(self._changed)}(?!\w)"
        following = re.compile(rf"(?<!\w){noun}{GAP}(?:{self._copula}{GAP})?(?P<word>\w+)", re.IGNORECASE)
        leading = re.compile(rf"(?<!\w)(?P<word>\w+){GAP}{noun}", re.IGNORECASE)
        rest = self._literal(self._phrases).sub(" ", text)
        found = [match for match in following.finditer(rest) if not self._is_after(match["word"].lower())]
        found += [match for match in leading.finditer(rest) if match["word"].lower() not in self._before]
        return [match[0] for match in found if self._is_doubtful(match["word"].lower())]

    def _is_doubtful(self, word: str) -> bool:
        return word.endswith(("a", "as")) and word not in self._same

    def left(self, text: str) -> list[str]:
        """The words of the source that the variant says otherwise and that still stand in a text."""
        return [found[0] for found in re.finditer(rf"(?<!\w){_any([*self._words, *self._changed])}(?!\w)", text, re.I)]

    def _literal(self, table: Mapping[str, str]) -> re.Pattern:
        return re.compile(rf"(?P<keep>{_KEEP})|(?<!\w)(?P<hit>{_any(table)})(?!\w)", re.IGNORECASE)

    def _group(self) -> re.Pattern:
        endings = "|".join(self._endings)
        after = rf"(?:{_any(self._after)}|\w+(?:{endings})s?)(?!\w)"
        return re.compile(
            rf"(?P<keep>{_KEEP})|(?<!\w)(?P<before>(?:{_any(self._before)}{GAP})*)(?P<noun>{_any(self._changed)})(?!\w)"
            rf"(?P<after>(?:{GAP}(?:{self._copula}{GAP})?{after})*)",
            re.IGNORECASE,
        )

    def _agreed(self, found: re.Match) -> str:
        if found["keep"]:
            return found[0]
        before = re.sub(rf"(?<!\w){_any(self._before)}(?!\w)", self._one_before, found["before"], flags=re.IGNORECASE)
        after = _WORD.sub(self._one_after, found["after"])
        return before + _cased(found["noun"], self._changed[found["noun"].lower()]) + after

    def _one_before(self, found: re.Match) -> str:
        return _swap(found[0], self._before[_plain(found[0])])

    def _one_after(self, found: re.Match) -> str:
        word = found[0]
        if not self._is_after(word.lower()):
            return word
        return word[:-1] + "o" if word.endswith("a") else word[:-2] + "os"

    def _is_after(self, word: str) -> bool:
        one = word.removesuffix("s")
        return word in self._after or one in self._after or one.endswith(self._endings)


def _lowered(table: Mapping[str, str]) -> dict[str, str]:
    return {key.lower(): word for key, word in table.items()}


def _any(words: Iterable[str]) -> str:
    """One of these, the longest first, whatever stands between their words."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(GAP.join(re.escape(part) for part in word.split()) for word in ordered) + ")"


def _plain(text: str) -> str:
    return " ".join(re.split(GAP, text)).lower()


def _swapped(found: re.Match, table: Mapping[str, str]) -> str:
    return found["keep"] or _swap(found["hit"], table.get(_plain(found["hit"]), found["hit"]))


def _swap(old: str, new: str) -> str:
    """The new words for the old ones, word by word where they are as many, so that what stands between stays."""
    parts, words = re.split(f"({GAP})", old), new.split()
    if len(words) == len(parts[::2]):
        parts[::2] = [_cased(before, after) for before, after in zip(parts[::2], words, strict=True)]
        return "".join(parts)
    return _cased(parts[0], new)


def _cased(old: str, new: str) -> str:
    if len(old) > 1 and old.isupper():
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new
