"""The door of the office's own words: whose letters an officer may look at, and whose they may write."""

from django.conf import settings
from django.http import Http404

from upstander.core.access import Roles, may_word_letters
from upstander.core.wording_names import OF_NO_PROGRAMME, VOCABULARIES
from upstander.models import NoticeText
from upstander.queries.doors.officers import programme_for_officer
from upstander.queries.wording import Place, texts_of


def place_for_officer(roles: Roles, kind: str, language: str, programme: str = "") -> Place:
    """The letter, if the viewer runs its programme; the words for all programmes are shown to every officer."""
    if not roles.is_officer or kind not in VOCABULARIES or language not in dict(settings.LANGUAGES):
        raise Http404
    if programme and kind in OF_NO_PROGRAMME:
        raise Http404
    if programme:
        programme_for_officer(roles, programme)
    return Place(kind, language, programme or None)


def place_to_write(roles: Roles, place: Place) -> Place:
    """The same, if the viewer may write it; else Http404."""
    if not may_word_letters(roles, place.programme):
        raise Http404
    return place


def text_for_officer(place: Place, number: str) -> NoticeText | None:
    """One number of the words of this letter; Http404 for one that there is not, None where none is asked for."""
    if not number:
        return None
    found = texts_of(place).filter(number=number).first() if number.isdecimal() and len(number) < 6 else None
    if found is None:
        raise Http404
    return found
