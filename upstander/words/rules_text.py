"""Texts that a programme carries itself, in the active language."""

from collections.abc import Mapping

from django.utils.translation import get_language


def in_active(texts: Mapping[str, str]) -> str:
    """The text in the active language, else in English, else in any that there is."""
    lang = (get_language() or "en").split("-")[0]
    return texts.get(lang) or texts.get("en") or next(iter(texts.values()), "")
