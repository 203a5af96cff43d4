"""What the pages of the office's own words share: the letter in hand, who may write it, and its preview."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from upstander.actions.sending import Subject
from upstander.core.access import Roles, may_word_letters
from upstander.core.decision import SETTLED
from upstander.core.programme import Programme
from upstander.core.wording import TEXT_LONGEST, Fault, tidy
from upstander.core.wording_names import VOCABULARIES
from upstander.delivery.catalogue import card_of
from upstander.models import Notice, Person, Standing
from upstander.notices.own_preview import NO_CODE, preview
from upstander.notices.registry import called, letters
from upstander.queries import reports
from upstander.queries.doors.officers import programmes_for_officer, standing_for_officer
from upstander.queries.doors.wording import place_for_officer
from upstander.queries.naming import unit_names
from upstander.queries.roles import roles_of
from upstander.queries.wording import Place, faults
from upstander.web import kept_search
from upstander.web.people import in_words, name_of, status_word
from upstander.words.wording import condition_says, fault_sentence, name_says

FOUND_AT_ONCE = 8
_card = lru_cache(maxsize=200)(card_of)


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


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody at whom the letter can be looked: the standing's number, their name, number and status."""

    standing: int
    name: str
    person_id: str
    status: str
    title: str


@dataclass(frozen=True, slots=True)
class Seen:
    """The letter as it would read: for whom, as plain text and as HTML, and what there is to say about it."""

    subject: str = ""
    text: str = ""
    html: str = ""
    reader: Found | None = None
    own: bool = True
    would_go: bool = True
    faults: tuple[str, ...] = field(default=())


def people_found(desk: Desk, search: str, day: Any) -> list[Found]:
    """The first people of the officer's programmes whom the words of a search find."""
    found: list[Found] = []
    for rules in desk.programmes if search else ():
        if desk.place.programme in (None, rules.key) and len(found) < FOUND_AT_ONCE:
            among = reports.in_units(rules.key, rules.cycle_on(day).key, None).filter(person__vanished_on=None)
            named = among.filter(kept_search.of_person(search, of_office=True)).select_related("person")
            ordered = named.order_by("person__legal_last_name", "person_id")
            found += [_found(one, in_words(rules.title)) for one in ordered[: FOUND_AT_ONCE - len(found)]]
    return found


def _found(standing: Standing, title: str) -> Found:
    return Found(
        standing.pk, name_of(standing), standing.person_id, status_word(standing.state, standing.reasons), title
    )


def seen_by(request: HttpRequest, desk: Desk, sheet: Sheet) -> Seen:
    """The letter in the words of the sheet, with the facts of the chosen person or made-up ones."""
    standing = _standing(desk, sheet.standing)
    writer = letters(_card)[desk.place.kind]
    shown = preview(writer, sheet.subject, tidy(sheet.text), _about(request, desk, standing))
    told = tuple(fault_sentence(one) for one in faults(desk.place.kind, sheet.subject, sheet.text))
    if shown.written is None:
        return Seen(own=False, faults=told)
    title = next((in_words(one.title) for one in desk.programmes if standing and one.key == standing.programme_id), "")
    return Seen(
        subject=shown.written.subject,
        text=shown.written.text,
        html=_inside(shown.written.html),
        reader=_found(standing, title) if standing else None,
        own=shown.own,
        would_go=not (standing and writer.kind.of_duty and writer.kind.asks and standing.state in SETTLED),
        faults=told,
    )


def _standing(desk: Desk, number: int | None) -> Standing | None:
    if number is None:
        return None
    standing = standing_for_officer(desk.roles, number)
    if desk.place.programme not in (None, standing.programme_id) or standing.person.vanished_on is not None:
        raise Http404
    return standing


def _about(request: HttpRequest, desk: Desk, standing: Standing | None) -> Subject:
    programme = standing.programme_id if standing else desk.place.programme
    rules = next((one for one in desk.programmes if one.key == programme), None)
    person = standing.person if standing else Person(preferred_name=gettext("Alex Example"))
    notice = Notice(kind=desk.place.kind, person=person, programme_id=programme)
    units = unit_names(standing.reasons) if standing else {}
    return Subject(person, standing, rules, desk.place.language, NO_CODE, request.moment, units, notice)


def _inside(html: str) -> str:
    """What stands between the body's tags: made by our own templates, which escape what people have written."""
    _, _, rest = html.partition("<body>")
    return mark_safe(rest.partition("</body>")[0])


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
