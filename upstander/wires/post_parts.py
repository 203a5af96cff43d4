"""The parts of a message that came in: its headers, texts and files, whatever its sender made of them."""

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message
from html.parser import HTMLParser

from upstander.core.post import Attached

#: Nobody writes so many parts; what lies deeper or comes later is not looked at.
MOST_PARTS, DEEPEST = 200, 12
#: So much of a text is looked at.
MOST_TEXT = 200_000
_NOT_WRITTEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\u200b\u2028\u2029]")
#: Parts of a message that its program adds, and nobody attached.
_NO_FILES = frozenset(
    f"application/{kind}"
    for kind in (
        "pkcs7-signature", "x-pkcs7-signature", "pgp-signature", "pgp-encrypted", "pgp-keys", "pkcs7-mime",
        "x-pkcs7-mime",
    )
)  # fmt: skip
#: A picture within the text that is larger is no logo: somebody has put it there.
LEAST_PICTURE_BYTES = 40_000
_QUOTES = re.compile(r"gmail_quote|gmail_signature|yahoo_quoted|moz-cite-prefix|moz-signature|protonmail_quote", re.I)
#: Where Outlook begins the letter that is answered: what follows is its neighbour, not within it.
_LETTER_BELOW = re.compile(r"divRplyFwdMsg|appendonsend|mail-editor-reference-message|OutlookMessageHeader", re.I)
_LATIN = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1"})
_UNSURE = frozenset({"", "us-ascii", "ascii", "utf-8", "utf8", "unknown-8bit"})
_BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "ul", "ol", "table", "hr"})
_UNSEEN = frozenset({"style", "script", "head", "title"})
_VOID = frozenset(
    {"br", "hr", "img", "meta", "input", "link", "col", "wbr", "area", "base", "embed", "source", "track"}
)


def parts_of(message: Message, into_messages: bool = False) -> Iterator[Message]:
    """The message and its parts in their order; what lies in an enclosed message only where asked for."""
    ahead, seen = [(message, 0)], 0
    while ahead and seen < MOST_PARTS:
        part, depth = ahead.pop()
        seen += 1
        yield part
        inside = part.get_payload()
        if depth < DEEPEST and isinstance(inside, list) and (part.is_multipart() or into_messages):
            if part.get_content_maintype() == "message" and not into_messages:
                continue
            ahead.extend((one, depth + 1) for one in reversed(inside) if isinstance(one, Message))


def header(message: Message, name: str) -> str:
    """The first header of this name as text, on one line; empty where there is none or nobody can read it."""
    return next(iter(headers(message, name)), "")


def headers(message: Message, *names: str) -> list[str]:
    """Every header of these names as text, in the order of the names."""
    found = [(name.lower(), value) for name, value in message.raw_items()]
    return [_line(value) for name in names for key, value in found if key == name.lower()]


def _line(value: object) -> str:
    """A header as it came: bytes beyond ASCII, which none should hold, are taken for UTF-8."""
    raw = str(value).encode("utf-8", "surrogateescape")
    return clean(" ".join(raw.decode("utf-8", "replace").split()))


def clean(text: str) -> str:
    """The text without signs that no database keeps and no reader sees."""
    return _NOT_WRITTEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def text_of(part: Message) -> str:
    """The text of one part; what its charset doesn't know is replaced, a charset that nobody knows is read as UTF-8."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    return clean(_decoded(data[: 4 * MOST_TEXT], (part.get_content_charset() or "").lower()))[:MOST_TEXT]


def _decoded(data: bytes, charset: str) -> str:
    """The bytes as text. Windows programs call their own signs ASCII or Latin-1, or give them no name (WHATWG)."""
    if charset in _LATIN:
        return data.decode("windows-1252", "replace")
    if charset not in _UNSURE:
        with suppress(LookupError, ValueError):
            return data.decode(charset, "replace")
    try:
        return getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return data.decode("windows-1252", "replace") if charset in _UNSURE else data.decode("utf-8", "replace")


def written(message: Message, with_quotes: bool = False) -> str:
    """What its writer reads as the message: every text of it in its order, without what is attached.

    Of texts that say the same, the plain one, or else the words of the HTML: without what it quotes, unless
    `with_quotes`.
    """
    return "\n\n".join(_texts(message, _Looking(with_quotes)))[:MOST_TEXT]


@dataclass(slots=True)
class _Looking:
    """How the texts of a message are gathered; `left` is how many parts are still looked at."""

    with_quotes: bool
    left: int = MOST_PARTS
    found: int = 0


def _texts(part: Message, looking: _Looking, depth: int = 0, only: str = "") -> list[str]:
    looking.left -= 1
    inside, kind = part.get_payload(), part.get_content_type()
    if looking.left < 0 or depth > DEEPEST or looking.found > MOST_TEXT:
        return []
    if part.is_multipart() and isinstance(inside, list):
        if part.get_content_maintype() != "multipart":
            return []  # an enclosed message
        if kind == "multipart/alternative":
            wanted = (_within(inside, looking, depth, one) for one in ("text/plain", "text/html"))
            return next((found for found in wanted if found), [])
        return _within(inside, looking, depth, only)
    if kind not in {"text/plain", "text/html"} or only not in ("", kind) or _is_file(part):
        return []
    text = _unflowed(part) if kind == "text/plain" else words_of(text_of(part), looking.with_quotes)
    looking.found += len(text)
    return [text] if text.strip() else []


def _within(inside: list, looking: _Looking, depth: int, only: str) -> list[str]:
    parts = [one for one in inside if isinstance(one, Message)]
    return [text for one in parts for text in _texts(one, looking, depth + 1, only)]


def _unflowed(part: Message) -> str:
    """The text, with lines that a mail program broke by itself put together again (RFC 3676)."""
    text = text_of(part)
    if part.get_param("format") != "flowed":
        return text
    between = "" if part.get_param("delsp") == "yes" else " "
    return re.sub(r"^ (?=\S)", "", re.sub(r"(?<!^--)(?<=[^\n]) \n(?![>\n])", between, text, flags=re.M), flags=re.M)


def words_of(page: str, with_quotes: bool = False) -> str:
    """The words of an HTML text, a line for each block; no tag, no script, and what it quotes only if asked."""
    reader = _Words(with_quotes)
    reader.feed(page)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t\xa0]+", " ", "".join(reader.found))).strip()


class _Words(HTMLParser):
    """Collects the texts outside of quotes and of what nobody sees."""

    def __init__(self, with_quotes: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._hidden: list[str] = []
        self._with_quotes = with_quotes
        self._is_over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = "" if self._with_quotes else " ".join(value or "" for name, value in attrs if name in {"class", "id"})
        self._is_over = self._is_over or bool(_LETTER_BELOW.search(named))
        if self._is_over:
            return
        unseen = tag in _UNSEEN or (tag == "blockquote" and not self._with_quotes)
        if tag not in _VOID and (self._hidden or unseen or _QUOTES.search(named)):
            self._hidden.append(tag)
        elif tag in _BLOCKS and not self._hidden:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            while self._hidden and self._hidden.pop() != tag:
                pass
        elif tag in _BLOCKS and tag != "br" and not self._hidden:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden and not self._is_over:
            self.found.append(" ".join(data.split("\n")) if data.strip() else data.replace("\n", " "))


def files_of(message: Message, with_every_picture: bool = False) -> list[Attached]:
    """The files that somebody attached, a message that they enclosed too; signatures and what is sealed are none.

    Pictures within the text are logos, unless they are large or `with_every_picture`: then nothing else was said.
    """
    found = [(part, _data(part)) for part in parts_of(message) if _may_be_file(part)]
    least = 0 if with_every_picture else LEAST_PICTURE_BYTES
    return [
        Attached(_name(part) or _called(part), data)
        for part, data in found
        if _is_file(part) or (part.get_content_maintype() == "image" and len(data) > least)
    ]


def _may_be_file(part: Message) -> bool:
    return part.get_content_type() not in _NO_FILES and part.get_content_maintype() != "multipart"


def _data(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _is_file(part: Message) -> bool:
    """Whether somebody attached it; of an enclosed message that is so too, though it is no file that is kept."""
    if part.get_content_disposition() == "attachment":
        return True
    if part.get_content_maintype() == "message":
        return part.get_content_type() == "message/rfc822"
    return bool(_name(part)) and not part.get("Content-ID")


def _called(part: Message) -> str:
    """A name for what came without one."""
    return "message.eml" if part.get_content_maintype() == "message" else f"file.{part.get_content_subtype()[:20]}"


def _name(part: Message) -> str:
    """The file's name as its sender gave it, without any folder."""
    given = part.get_filename() or ""
    try:
        named = str(make_header(decode_header(given)))
    except (LookupError, ValueError):
        named = given
    return clean(re.split(r"[/\\]", named)[-1]).strip()[:160]
