"""The parts of a message that came in: its headers, texts and files, whatever its sender made of them."""

import re
from collections.abc import Iterator
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
_NO_FILES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_QUOTES = re.compile(r"gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|divRplyFwdMsg|appendonsend", re.I)
_BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "ul", "ol", "table", "hr"})
_UNSEEN = frozenset({"style", "script", "head", "title", "blockquote"})
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
    try:
        text = data[: 4 * MOST_TEXT].decode(part.get_content_charset() or "utf-8", "replace")
    except (LookupError, ValueError):
        text = data[: 4 * MOST_TEXT].decode("utf-8", "replace")
    return clean(text)[:MOST_TEXT]


def written(message: Message) -> str:
    """What its writer reads as the message: the plain text, or else the words of the HTML, without what is attached."""
    shown = [part for part in parts_of(message) if part.get_content_disposition() != "attachment"]
    plain = next((part for part in shown if part.get_content_type() == "text/plain"), None)
    text = text_of(plain) if plain is not None else ""
    if text.strip():
        return _unflowed(text) if plain is not None and plain.get_param("format") == "flowed" else text
    page = next((part for part in shown if part.get_content_type() == "text/html"), None)
    return words_of(text_of(page)) if page is not None else ""


def _unflowed(text: str) -> str:
    """Lines that a mail program broke by itself, put together again (RFC 3676)."""
    return re.sub(r"(?<!^--)(?<=\S) \n(?![>\n])", " ", text, flags=re.M)


def words_of(page: str) -> str:
    """The words of an HTML text, a line for each block; nothing of what it quotes, no tag, no script."""
    reader = _Words()
    reader.feed(page)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t\xa0]+", " ", "".join(reader.found))).strip()


class _Words(HTMLParser):
    """Collects the texts outside of quotes and of what nobody sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = " ".join(value or "" for name, value in attrs if name in {"class", "id"})
        if tag not in _VOID and (self._hidden or tag in _UNSEEN or _QUOTES.search(named)):
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
        if not self._hidden:
            self.found.append(" ".join(data.split("\n")) if data.strip() else data.replace("\n", " "))


def files_of(message: Message) -> list[Attached]:
    """The files that somebody attached; pictures within the text, signatures and enclosed messages are none."""
    return [
        Attached(_name(part), part.get_payload(decode=True) or b"")
        for part in parts_of(message)
        if not part.is_multipart() and part.get_content_type() not in _NO_FILES and _is_file(part)
    ]


def _is_file(part: Message) -> bool:
    if part.get_content_maintype() == "message":
        return False
    if part.get_content_disposition() == "attachment":
        return True
    return bool(_name(part)) and not part.get("Content-ID")


def _name(part: Message) -> str:
    """The file's name as its sender gave it, without any folder."""
    given = part.get_filename() or ""
    try:
        named = str(make_header(decode_header(given)))
    except (LookupError, ValueError):
        named = given
    return clean(re.split(r"[/\\]", named)[-1]).strip()[:160]
