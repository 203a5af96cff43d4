"""How large a request says it is, before anything of it is read."""

from django.http import HttpRequest
from django.utils.translation import gettext

#: What a form is larger than its file.
AROUND_BYTES = 20_000


def too_large(request: HttpRequest, limit: int) -> bool:
    """True where the request says that it is longer than a file of `limit` bytes can make it."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return not said.isdecimal() or int(said) > limit + AROUND_BYTES


def size_of(limit: int) -> str:
    """A limit in words: "5 MB" or "200 KB"."""
    if limit >= 1_000_000:
        return gettext("%(number)s MB") % {"number": limit // 1_000_000}
    return gettext("%(number)s KB") % {"number": limit // 1000}
