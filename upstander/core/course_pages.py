"""A section's Markdown file cut into its pages, and put together again: every other byte stays as it was."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from upstander.core.errors import Refusal

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_TITLE = re.compile(r"^##[ \t]+(?P<title>.*?)\s*(?:\{#(?P<id>[^}]*)\})?[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")


@dataclass(frozen=True, slots=True)
class PageText:
    """One page as it stands in its file: its whole text with the heading, and the line (1 on) at which it begins."""

    id: str
    title: str
    text: str
    line: int

    @property
    def body(self) -> str:
        """What stands below the heading, without blank lines around it."""
        return self.text.partition("\n")[2].strip("\n")


def split(source: str) -> tuple[str, list[PageText]]:
    """What stands before the first page, and the pages; their texts put together are the source again."""
    head, pages, fenced = "", [], False
    for number, line in enumerate(re.findall(r"[^\n]*\n|[^\n]+", source), 1):
        fenced ^= bool(_FENCE.match(line))
        found = None if fenced else _TITLE.match(line.rstrip("\n"))
        if found:
            pages.append(PageText(found["id"] or "", found["title"], line, number))
        elif pages:
            last = pages[-1]
            pages[-1] = PageText(last.id, last.title, last.text + line, last.line)
        else:
            head += line
    return head, pages


def page_of(source: str, page: str) -> PageText | None:
    return next((one for one in split(source)[1] if one.id == page), None)


def written(title: str, page: str, body: str) -> str:
    """A page as text, with one blank line after the heading and one at the end."""
    bare = body.replace("\r\n", "\n").strip("\n")
    return f"## {' '.join(title.split())} {{#{page}}}\n\n{bare}\n\n" if bare else f"## {title.strip()} {{#{page}}}\n\n"


def with_page(source: str, page: str, title: str, body: str, order: Sequence[str] = ()) -> str:
    """The source with that page rewritten; where it lacks it, added in the place that `order` (page ids) gives it.

    Refuses `course-page-holds-page` where the text would begin another page.
    """
    if len(split(written(title, page, body))[1]) != 1:
        raise Refusal("course-page-holds-page", {"page": page})
    head, pages = split(source)
    old = next((one for one in pages if one.id == page), None)
    if old is not None and (old.title, old.body) == (title.strip(), body.replace("\r\n", "\n").strip("\n")):
        return source
    new = PageText(page, title, written(title, page, body), 0)
    if old is not None:
        return _joined(head, [new if one.id == page else one for one in pages])
    before = list(order[: order.index(page)]) if page in order else [one.id for one in pages]
    place = max((at for at, one in enumerate(pages, 1) if one.id in before), default=0)
    return _joined(head, [*pages[:place], new, *pages[place:]])


def without_page(source: str, page: str) -> str:
    head, pages = split(source)
    return _joined(head, [one for one in pages if one.id != page])


def moved(source: str, page: str, step: int) -> str:
    """The source with that page so many places further on (negative: further ahead)."""
    head, pages = split(source)
    at = next((at for at, one in enumerate(pages) if one.id == page), None)
    if at is None:
        return source
    one = pages.pop(at)
    pages.insert(max(0, min(len(pages), at + step)), one)
    return _joined(head, pages)


def _joined(head: str, pages: Sequence[PageText]) -> str:
    """Pages one after the other, a blank line between them, one line end after the last."""
    texts = [one.text.rstrip("\n") + "\n\n" for one in pages]
    return (head + "".join(texts)).rstrip("\n") + "\n" if texts else head


def mark_of(text: str | None) -> str:
    """A short mark of a text as somebody saw it, by which a change in between is noticed."""
    return sha256((text or "").encode()).hexdigest()[:16]
