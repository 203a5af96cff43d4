"""Whom to call, as lines for paper."""

from django.conf import settings
from django.utils.translation import gettext, override


def contact_lines(lang: str) -> list[dict[str, str]]:
    """Whom to call, in one language: the office, in confidence, in danger."""
    institution = settings.INSTITUTION
    office = {**institution["office"], **institution["office"].get(lang, institution["office"]["en"])}
    words = institution.get("words", {})
    confidential = {**words.get("en", {}), **words.get(lang, {})}.get("confidential_line", "")
    with override(lang):
        lines = [
            (office["name"], f"{office['phone']} ({office['hours']}), {office['email']}"),
            (gettext("To talk in confidence"), confidential),
            (gettext("In danger now"), institution.get("emergency_number", "")),
        ]
    return [{"label": label, "text": text} for label, text in lines if text]
