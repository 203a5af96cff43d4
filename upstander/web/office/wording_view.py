"""What the pages of the office's own words share: the letter in hand, who may write it, and what may stand in it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from upstander.core.access import Roles, may_word_letters
from upstander.core.programme import Programme
from upstander.core.wording import TEXT_LONGEST, Fault
from upstander.core.wording_names import VOCABULARIES
from upstander.notices.registry import called
from upstander.queries.doors.officers import programmes_for_officer
from upstander.queries.doors.wording import place_for_officer
from upstander.queries.roles import roles_of
from upstander.queries.wording import Place
from upstander.web import kept_search
from upstander.web.people import in_words
from upstander.words.wording import condition_says, fault_sentence, name_says


@dataclass(frozen=True, slots=True)
class Desk:
    """One letter on the desk of an officer: whose words, for which programme, and who looks."""

    roles: Roles
    place: Place
    programmes: tuple[Programme, ...]

    @property
    def may_write(self) -> bool:
        return may_word_letters(self.roles, self.place.programme)

    @property
    def called(self) -> str:
        return called(self.place.kind)

    @property
    def title(self) -> str:
        return next((in_words(one.title) for one in self.programmes if one.key == self.place.programme), "")

    def address(self, standing: int | None = None, language: str = "") -> str:
        """The page of this letter, in this or another language, with the same person to look at."""
        page = reverse("office-letter", args=[self.place.kind, language or self.place.language])
        asked = {"programme": self.place.programme, "standing": standing}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{page}?{query}" if query else page


def desk_of(request: HttpRequest, kind: str, lang: str) -> Desk:
    """The letter, if the reader may look at it; else Http404."""
    roles = roles_of(request.user)
    place = place_for_officer(roles, kind, lang, request.GET.get("programme", ""))
    return Desk(roles, place, tuple(programmes_for_officer(roles)))


@dataclass
class Sheet:
    """What is written, and at whom it is being looked: `seen` is the newest number that its writer saw."""

    subject: str
    text: str
    seen: int
    standing: int | None = None
    search: str = ""
    typed: bool = False

    @classmethod
    def of(cls, post: QueryDict) -> "Sheet":
        subject, text = post.get("subject", ""), post.get("text", "").replace("\r\n", "\n")
        chosen = _number(post.get("standing", ""))
        search = post.get("search", "").strip()[: kept_search.LENGTH]
        return cls(subject[:400], text[: 3 * TEXT_LONGEST], _number(post.get("seen", "")) or 0, chosen, search, True)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def names_of(kind: str) -> list[tuple[str, str]]:
    """Each name that the letter may use, in braces, and what it says."""
    return [("{" + name + "}", name_says(name)) for name in VOCABULARIES[kind].placeholders]


def conditions_of(kind: str) -> list[tuple[str, str]]:
    """Each condition with which a paragraph may begin, and for whom it stands then."""
    vocabulary = VOCABULARIES[kind]
    return [("{" + name + "}", condition_says(name)) for name in sorted(vocabulary.conditions)]


def by_place(found: list[Fault]) -> dict[str, list[str]]:
    """The sentences of faults beside the box that they are about."""
    return {where: [fault_sentence(one) for one in found if one.where == where] for where in ("subject", "text")}
