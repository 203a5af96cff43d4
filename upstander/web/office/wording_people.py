"""With whose facts a letter can be looked at: whom a search finds, and the newest who have such a letter."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from upstander.core.days import Moment
from upstander.models import Standing
from upstander.queries import reports
from upstander.queries.doors.wording_people import (
    OF_DUTY,
    chosen_for_officer,
    people_for_officer,
    scope_for_officer,
)
from upstander.queries.wording_things import Scope
from upstander.web import kept_search
from upstander.web.office.wording_view import Desk
from upstander.web.people import in_words, language, name_of, status_word
from upstander.words.dates import plain_date

FOUND_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody at whom the letter can be looked: the standing's number, their name and number, and what they have."""

    standing: int
    name: str
    person_id: str
    status: str
    letter: str = ""
    title: str = ""


def scope_of(desk: Desk, moment: Moment) -> Scope:
    """From where the facts of this letter may come."""
    return scope_for_officer(desk.roles, desk.place, desk.programmes, moment)


def people_found(desk: Desk, search: str, day: date) -> list[Found]:
    """The first people of the officer's programmes whom the words of a search find, nobody twice for one letter."""
    found: dict[tuple[str, str], Found] = {}
    for rules in desk.programmes if search else ():
        if desk.place.programme in (None, rules.key) and len(found) < FOUND_AT_ONCE:
            among = reports.in_units(rules.key, rules.cycle_on(day).key, None).filter(person__vanished_on=None)
            named = among.filter(kept_search.of_person(search, of_office=True)).select_related("person")
            for one in named.order_by("person__legal_last_name", "person_id")[:FOUND_AT_ONCE]:
                place = one.person_id, rules.key if desk.place.kind in OF_DUTY else ""
                found.setdefault(place, found_as(desk, one))
    return list(found.values())[:FOUND_AT_ONCE]


def people_newest(desk: Desk, moment: Moment) -> list[Found]:
    """The newest of whom the officer may see that they have such a letter, or would get one now."""
    offers = people_for_officer(desk.place.kind, scope_of(desk, moment))
    return [found_as(desk, one.standing, _letter_words(one.letter_on)) for one in offers]


def with_chosen(desk: Desk, offered: list[Found], chosen: int | None) -> list[Found]:
    """The people to choose from, whoever is chosen among them."""
    if chosen is None or chosen in {one.standing for one in offered}:
        return offered
    return [found_as(desk, chosen_for_officer(desk.roles, desk.place, chosen)), *offered]


def _letter_words(on: date | None) -> str:
    if on is None:
        return gettext("no letter yet")
    return gettext("letter of %(day)s") % {"day": plain_date(on, language())}


def found_as(desk: Desk, standing: Standing, letter: str = "") -> Found:
    """The person of the standing; their status, and for words for all its programme, where the letter is about it."""
    if desk.place.kind not in OF_DUTY:
        return Found(standing.pk, name_of(standing), standing.person_id, "", letter)
    title = next((in_words(one.title) for one in desk.programmes if one.key == standing.programme_id), "")
    status = status_word(standing.state, standing.reasons)
    shown = "" if desk.place.programme else title
    return Found(standing.pk, name_of(standing), standing.person_id, status, letter, shown)
