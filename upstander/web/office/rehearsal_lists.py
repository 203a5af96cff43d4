"""Who stands behind a rehearsal's figures: worked out again when somebody asks, never kept."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.utils.translation import gettext

from upstander.actions.rehearsal import Asked, others_told, play_all
from upstander.core.days import Moment
from upstander.core.rehearsal_figures import assignments, conflicts
from upstander.core.rehearsal_player import Played
from upstander.models import Person, Standing, Unit
from upstander.notices.registry import called as kind_word
from upstander.queries.programmes import in_force
from upstander.queries.rehearsing import adjusted, suppressed_people, unreachable
from upstander.web.people import group_titles, in_words
from upstander.words.history import why_not_sent
from upstander.words.names import listed_name
from upstander.words.requests import adjustment_kind_word

Cells = tuple[str, ...]
AT_ONCE = 500
#: A list on a page ends here; it says how many there are.
SHOWN = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a list, the number of a standing of theirs for the link (None: none yet), and what is said."""

    name: str
    standing_id: int | None
    said: str = ""


def without_address(what: Asked, moment: Moment) -> list[Line]:
    """Who would be written to and has no address that works, by name."""
    played = play_all(what, moment, unreachable())
    ids = [one.player.facts.person_id for one in played if one.nowhere_on is not None]
    failing = suppressed_people(ids) if ids else set()
    came_back = why_not_sent("suppressed-address")
    return _lines(what, [(person_id, came_back if person_id in failing else "") for person_id in ids])


def contradicting(what: Asked, moment: Moment) -> list[Line]:
    """About whom officers have recorded what cannot all be so, by name, with what it is."""
    found = []
    for one in play_all(what, moment, adjusted(what.rules.key)):
        found += [(said["person_id"], _contradiction(said["facts"])) for said in conflicts(one, what.shown)]
    return _lines(what, found)


def _contradiction(facts: Mapping) -> str:
    kinds = ", ".join(adjustment_kind_word(kind) for kind in facts["kinds"])
    return gettext("Contradict each other: %(kinds)s") % {"kinds": kinds}


def _lines(what: Asked, said: list[tuple[str, str]]) -> list[Line]:
    names = _names([person_id for person_id, _ in said])
    ids = list(names)
    standings = Standing.objects.filter(programme_id=what.rules.key, person_id__in=ids).order_by("decided_at")
    numbers = dict(standings.values_list("person_id", "pk"))
    lines = [Line(names.get(person_id, person_id), numbers.get(person_id), text) for person_id, text in said]
    return sorted(lines, key=lambda line: (line.name, line.said))


def assigned_rows(what: Asked, moment: Moment) -> tuple[Cells, Iterator[Cells]]:
    """The head and the rows of the file of who is assigned when."""
    head = (gettext("Person ID"), gettext("Name"), gettext("Unit"), gettext("Group"), gettext("From"), gettext("Due"))
    titles, units = group_titles(what.rules), _units()

    def rows() -> Iterator[Cells]:
        for some in _in_parts(play_all(what, moment)):
            names = _names([one.player.facts.person_id for one in some])
            for one in some:
                for found in assignments(one, what.shown):
                    yield (
                        found.person_id,
                        names[found.person_id],
                        units.get(found.unit, found.unit),
                        titles.get(found.group, found.group or ""),
                        found.on.isoformat(),
                        found.due_on.isoformat() if found.due_on else "",
                    )

    return head, rows()


def notice_rows(what: Asked, moment: Moment) -> tuple[Cells, Iterator[Cells]]:
    """The head and the rows of the file of every message that would go."""
    head = (gettext("Day"), gettext("Message"), gettext("Person ID"), gettext("Name"), gettext("Goes together with"))
    titles = {rules.key: in_words(rules.title) for rules in in_force()}

    def row(day: date, kind: str, person_id: str, name: str, beside: Iterable[str]) -> Cells:
        return day.isoformat(), kind_word(kind), person_id, name, ", ".join(titles.get(key, key) for key in beside)

    others = others_told(what, moment)

    def rows() -> Iterator[Cells]:
        for some in _in_parts(others.passing(play_all(what, moment))):
            names = _names([one.player.facts.person_id for one in some if one.posts])
            for one in some:
                person_id = one.player.facts.person_id
                for post in one.posts:
                    if not post.stopped:
                        yield row(post.day, post.kind, person_id, names[person_id], post.beside)
        letters = others.letters()
        names = _names(sorted({letter.reader for letter in letters}))
        for letter in letters:
            yield row(letter.day, letter.kind, letter.reader, names[letter.reader], letter.beside)

    return head, rows()


def _in_parts(played: Iterable[Played]) -> Iterator[list[Played]]:
    following = iter(played)
    while some := list(islice(following, AT_ONCE)):
        yield some


def _names(ids: list[str]) -> dict[str, str]:
    columns = ("id", "preferred_name", "legal_first_name", "legal_last_name")
    found: dict[str, str] = {}
    for start in range(0, len(ids), AT_ONCE):
        people = Person.objects.filter(pk__in=ids[start : start + AT_ONCE]).order_by()
        found |= {key: listed_name(*names, key) for key, *names in people.values_list(*columns)}
    return found


def _units() -> dict[str, str]:
    return dict(Unit.objects.order_by().values_list("id", "name"))
