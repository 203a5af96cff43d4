"""A part's form as it was posted: what it makes of the document, with nothing stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from upstander.web.office.workbench.controls import Act, Posted
from upstander.web.office.workbench.parts import BY_KEY, Part


@dataclass(slots=True)
class Filled:
    """What a reader has typed into a part's form, and what it makes of the document."""

    posted: Posted
    raw: dict[str, Any]
    values: dict[str, Any]

    @property
    def is_good(self) -> bool:
        return not self.posted.errors

    def changes(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """The values that differ from the document's; None takes a part out."""
        return {key: value for key, value in self.values.items() if not _same(value, document.get(key))}

    def over(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """The document as it would be if the form were saved."""
        return {key: value for key, value in {**document, **self.values}.items() if value is not None}


def filled_in(request: HttpRequest, part: Part, document: Mapping[str, Any]) -> Filled:
    """The form as it was posted."""
    posted = Posted({key: list(map(str, values)) for key, values in request.POST.lists()})
    posted.act = Act.read(posted.one("act"))
    raw = part.posted(document, posted)
    return Filled(posted, raw, part.values(document, raw, posted))


def part_or_404(key: str) -> Part:
    if key not in BY_KEY:
        raise Http404
    return BY_KEY[key]


def _same(one: Any, other: Any) -> bool:
    """The same value of the same kind: true is not 1, and the order of keys is nobody's business."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(_same(*pair) for pair in zip(one, other, strict=True))
    return type(one) is type(other) and one == other
