"""The office's own words of a letter: plain text with placeholders in braces, and everything that may be amiss in it.

A paragraph may begin with a condition, `{only after the due date}`: it stands in the letter only then. A paragraph (or
one point of a list) in which a placeholder has nothing to say is left out. HTML is made by the program, never written.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urlsplit

SUBJECT_LONGEST, TEXT_LONGEST = 120, 6_000
#: What a letter never tells, however it is asked for (see docs/reference/notices.md).
UNTOLD = frozenset({"score", "scores", "points", "percent", "result", "answers", "attempts", "leave", "birth date"})
#: Shapes of what a placeholder says: words in a sentence, the address of a page, or lines of their own.
WORDS, LINK, LINES = "words", "link", "lines"
_BRACES = re.compile(r"\{([^{}\n]*)\}")
_CONDITION = re.compile(r"\s*\{([^{}\n]*)\}\s*")
_POINT = re.compile(r"\s*(?:[-*•]|(\d{1,3})[.)])\s+(.*)")
#: An address of a page as a mail program would make a link of it: with a scheme, with "www.", or a bare domain.
ADDRESS = re.compile(
    r"(?<![\w@.-])(?:[a-z][a-z0-9+.-]*:/{1,}\S+|www\.\S+"
    r"|(?:[\w-]+\.)+(?:[a-z]{2}|com|org|net|edu|gov|mil|info|biz|app|dev|link|page|site|online|top|xyz|click|"
    r"college|university|support|help|center|live|shop|zip|mov)\b(?:[/:?#]\S*)?)",
    re.IGNORECASE,
)
MAIL = re.compile(r"[\w.+%-]+@(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
_CLOSING = ".,;:!?)»”’\"'>]"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A name in braces; `shape` is what it says, `always` whether it has something to say in every letter."""

    name: str
    shape: str = WORDS
    always: bool = True


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the words of one kind may name, and the placeholder that they cannot do without ("" where there is none).

    `apart` are situations in which only a text that speaks of them is used: situation -> the names that speak of it.
    """

    placeholders: Mapping[str, Placeholder]
    conditions: frozenset[str] = frozenset()
    needs: str = ""
    apart: Mapping[str, frozenset[str]] | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is amiss: its code, `where` ("subject" or "text"), and what it is about."""

    code: str
    where: str
    what: str = ""
    like: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some lines, and under which conditions they stand in the letter."""

    lines: tuple[str, ...]
    conditions: tuple[str, ...] = ()


def tidy(text: str) -> str:
    """Line ends, spaces at their ends and characters that nobody sees, made even."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    text = "".join(char for char in text if char in "\n\t" or char.isprintable())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def name_of(written: str) -> str:
    """A placeholder's name, however its letters, spaces and underscores were typed."""
    return " ".join(written.replace("_", " ").lower().split())


def names_in(text: str) -> list[str]:
    """The names of every placeholder and condition in the text, in their order."""
    return [name_of(found.group(1)) for found in _BRACES.finditer(text)]


def paragraphs(text: str) -> list[Paragraph]:
    """The text in paragraphs, each with its conditions taken off."""
    found = []
    for part in re.split(r"\n\s*\n", tidy(text)):
        rest, conditions = part, []
        while (begins := _CONDITION.match(rest)) and name_of(begins.group(1)).startswith("only "):
            conditions.append(name_of(begins.group(1)))
            rest = rest[begins.end() :]
        lines = tuple(line for line in rest.split("\n") if line.strip())
        if lines:
            found.append(Paragraph(lines, tuple(conditions)))
    return found


def point_of(line: str) -> tuple[str, str] | None:
    """A line of a list as its number ("" for a dash) and its words; None for any other line."""
    found = _POINT.fullmatch(line)
    return (found.group(1) or "", found.group(2)) if found else None


def addresses_in(text: str) -> Iterator[tuple[int, int]]:
    """Where the addresses of pages stand in the text; those of people's mail are none."""
    mails = [found.span() for found in MAIL.finditer(text)]
    for found in ADDRESS.finditer(text):
        start, end = found.span()
        if not any(first <= start and end <= last for first, last in mails):
            yield start, end - (len(found.group()) - len(found.group().rstrip(_CLOSING)))


def is_of_site(address: str, site: str) -> bool:
    """Whether the address leads to this site and to nowhere else, whatever it looks like."""
    if "\\" in address or "{" in address:
        return False
    try:
        there, here = urlsplit(address), urlsplit(site)
        return "@" not in there.netloc and (there.scheme, there.netloc) == (here.scheme, here.netloc)
    except ValueError:
        return False


def faults_of(subject: str, text: str, vocabulary: Vocabulary, site: str) -> list[Fault]:
    """Everything that keeps these words from being used, at once; `site` is the address of this one."""
    return [*_of_subject(subject, vocabulary, site), *_of_text(tidy(text), vocabulary, site)]


def _of_subject(subject: str, vocabulary: Vocabulary, site: str) -> Iterator[Fault]:
    if not subject.strip():
        yield Fault("empty", "subject")
    if len(subject) > SUBJECT_LONGEST:
        yield Fault("too-long", "subject", str(len(subject)))
    for name in dict.fromkeys(names_in(subject)):
        placeholder = vocabulary.placeholders.get(name)
        if placeholder and placeholder.shape != WORDS:
            yield Fault("not-in-subject", "subject", name)
        elif name in vocabulary.conditions:
            yield Fault("condition-in-subject", "subject", name)
    yield from _of_both(subject, "subject", vocabulary, site)


def _of_text(text: str, vocabulary: Vocabulary, site: str) -> Iterator[Fault]:
    if not text:
        yield Fault("empty", "text")
    if len(text) > TEXT_LONGEST:
        yield Fault("too-long", "text", str(len(text)))
    parts = paragraphs(text)
    inside = dict.fromkeys(name for part in parts for name in names_in("\n".join(part.lines)))
    for name in inside:
        if name in vocabulary.conditions:
            yield Fault("condition-not-first", "text", name)
    yield from _of_both(text, "text", vocabulary, site)
    if vocabulary.needs and text:
        yield from _of_need(text, parts, vocabulary)


def _of_need(text: str, parts: list[Paragraph], vocabulary: Vocabulary) -> Iterator[Fault]:
    needed = vocabulary.needs
    if needed not in names_in(text):
        yield Fault("link-missing", "text", needed)
    elif not any(_stays(line, needed, vocabulary) for part in parts if not part.conditions for line in _pieces(part)):
        yield Fault("link-may-fall-away", "text", needed)


def _pieces(part: Paragraph) -> list[str]:
    """What falls away as one: a point of a list, or the other lines of a paragraph together."""
    points = [line for line in part.lines if point_of(line)]
    rest = [line for line in part.lines if not point_of(line)]
    return [*points, *(["\n".join(rest)] if rest else [])]


def _stays(piece: str, needed: str, vocabulary: Vocabulary) -> bool:
    names = names_in(piece)
    known = [vocabulary.placeholders[name] for name in names if name in vocabulary.placeholders]
    return needed in names and all(placeholder.always for placeholder in known)


def _of_both(text: str, where: str, vocabulary: Vocabulary, site: str) -> Iterator[Fault]:
    known = [*vocabulary.placeholders, *vocabulary.conditions]
    for written in dict.fromkeys(found.group(1) for found in _BRACES.finditer(text)):
        name = name_of(written)
        if name in UNTOLD and name not in known:
            yield Fault("never-told", where, written)
        elif name not in known:
            yield Fault("unknown-name", where, written, next(iter(get_close_matches(name, known, 1, 0.5)), ""))
    if re.search(r"[{}]", _BRACES.sub("", text)):
        yield Fault("brace", where)
    for start, end in addresses_in(text):
        if not is_of_site(text[start:end], site):
            yield Fault("outside-address", where, text[start:end])
