"""Why a file was not taken, as a sentence that says what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

from upstander.core.errors import Refusal


def _active(data: Mapping[str, Any]) -> str:
    by_what = {
        "script": gettext("“%(name)s” holds something that runs. Print it to a new PDF, or send a picture of it."),
        "files": gettext("“%(name)s” holds further files. Send each one by itself."),
        "password": gettext("“%(name)s” is locked with a password. Send it without one, or send a picture of it."),
        "size": gettext("“%(name)s” is too much to be looked through. Send a smaller picture or fewer pages."),
    }
    other = gettext("“%(name)s” opens or sends something by itself. Print it to a new PDF, or send a picture of it.")
    return by_what.get(data["holds"], other)


def file_refusal_words(refusal: Refusal) -> str:
    """The sentence for a file that is not taken, in the active language; KeyError for other refusals."""
    data = refusal.data
    if refusal.code == "file-too-many":
        most = data["most"]
        return ngettext(
            "There is room for %(most)s file here. Leave some out.",
            "There is room for %(most)s files here. Leave some out.",
            most,
        ) % {"most": most}
    if refusal.code == "file-active":
        return _active(data) % data
    said = {
        "file-kind": gettext("“%(name)s” is none of the kinds that we can open. Send a PDF, a PNG or a JPEG picture."),
        "file-size": gettext("“%(name)s” is larger than %(limit_mb)s MB. Send a smaller one."),
        "file-stays": gettext("This file stays: the request is decided, or somebody else has sent it."),
        "file-damaged": gettext("“%(name)s” could not be opened. Save it anew, or send a picture of it."),
    }
    return said[refusal.code] % data
