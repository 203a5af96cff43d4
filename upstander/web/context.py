"""What every template can read: the institution, its office and the offered languages."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def site(request: HttpRequest) -> dict:
    """The institution's words in the reader's language."""
    language = (get_language() or "en").split("-")[0]
    institution = settings.INSTITUTION
    office = institution["office"]
    return {
        "institution": institution,
        "office": {**office, **office.get(language, office["en"])},
        "languages": settings.LANGUAGES,
        "is_demo": settings.DEMO,
        "base_url": settings.BASE_URL,
    }
