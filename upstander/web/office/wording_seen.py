"""A letter as it would read: with the facts of today of whom the officer chose, or with facts that are made up."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from upstander.actions.bundles import Carried
from upstander.actions.sending import Subject
from upstander.core.days import Moment
from upstander.core.decision import SETTLED
from upstander.core.programme import Programme
from upstander.core.wording import tidy
from upstander.delivery.catalogue import card_of
from upstander.models import Notice, Person, Standing
from upstander.notices.letter import Writer
from upstander.notices.own_preview import NO_CODE, preview
from upstander.notices.registry import letters
from upstander.queries.doors.wording_people import OF_DUTY, About, about_for_officer, chosen_for_officer
from upstander.queries.naming import unit_names
from upstander.queries.standings import current
from upstander.queries.wording import faults
from upstander.web.office.wording_people import Found, found_as, scope_of
from upstander.web.office.wording_view import Desk, Sheet
from upstander.words.wording import fault_sentence

_card = lru_cache(maxsize=200)(card_of)
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Seen:
    """The letter as it would read: for whom, as plain text and as HTML, and what there is to say about it.

    `real` says that it has the facts of `reader`, else they are made up; `letter_on` is the day of their newest one.
    """

    subject: str = ""
    text: str = ""
    html: str = ""
    reader: Found | None = None
    real: bool = False
    of_duty: bool = False
    letter_on: date | None = None
    own: bool = True
    is_done: bool = False
    would_go: bool = True
    faults: tuple[str, ...] = ()


def seen_by(desk: Desk, sheet: Sheet, moment: Moment) -> Seen:
    """The letter in the words of the sheet, with the facts of the chosen person or made-up ones; nothing is written."""
    standing = chosen_for_officer(desk.roles, desk.place, sheet.standing) if sheet.standing is not None else None
    scope, kind = scope_of(desk, moment), desk.place.kind
    about = about_for_officer(kind, standing, scope) if standing else None
    writer = letters(_card)[kind]
    shown = preview(writer, sheet.subject, tidy(sheet.text), _subject(desk, standing, about, moment))
    written = shown.written
    is_done, would_go = _goes(writer, standing if about else None)
    return Seen(
        subject=written.subject if written else "",
        text=written.text if written else "",
        html=_inside(written.html) if written else "",
        reader=found_as(desk, standing) if standing else None,
        real=about is not None,
        of_duty=kind in OF_DUTY,
        letter_on=about.letter_on if about else None,
        own=shown.own,
        is_done=is_done,
        would_go=would_go,
        faults=tuple(fault_sentence(one) for one in faults(kind, sheet.subject, sheet.text)),
    )


def tries_with_own_facts(desk: Desk, moment: Moment) -> bool:
    """Whether a test would have facts of the officer who asks for it: of a duty of their own, and of nothing else."""
    if desk.place.kind not in OF_DUTY:
        return False
    mine = [rules for rules in desk.programmes if desk.place.programme in (None, rules.key)][:1]
    return Standing.objects.filter(current(mine, moment.day), person_id=desk.roles.person_id).exists()


def _goes(writer: Writer, standing: Standing | None) -> tuple[bool, bool]:
    """Whether the person is done with what the letter asks, and whether it could go as their duty stands."""
    if standing is None or writer.kind.key not in OF_DUTY:
        return False, True
    if not writer.kind.asks:
        return False, standing.state == "satisfied"
    return standing.state in SETTLED, standing.state in writer.kind.states


def _subject(desk: Desk, standing: Standing | None, about: About | None, moment: Moment) -> Subject:
    """Whom the letter is for and what it is about; where there is nothing real, somebody whom there is not."""
    rules = {one.key: one for one in desk.programmes}
    if standing is None or about is None:
        nobody = Person(preferred_name=gettext("Alex Example"))
        row = Notice(kind=desk.place.kind, person=nobody, programme_id=desk.place.programme)
        duty, person, carried = None, nobody, ()
    else:
        row, person = about.notice, standing.person
        duty = standing if desk.place.kind in OF_DUTY else None
        carried = tuple(_carried(row.kind, one, turn, rules[one.programme_id]) for one, turn in about.duties)
    units = unit_names(duty.reasons) if duty else {}
    its = rules.get(row.programme_id or "")
    return Subject(person, duty, its, desk.place.language, NO_CODE, moment, units, row, None, carried)


def _carried(kind: str, standing: Standing, turn: str, rules: Programme) -> Carried:
    """A duty as a letter of several tells of it; its row is not stored."""
    row = Notice(kind=kind, programme_id=rules.key, cycle=standing.cycle, dedupe_key=f"look:{turn}")
    return Carried(row, standing.person, standing, rules)


def _inside(html: str) -> str:
    """What stands between the body's tags, with its links as text that leads nowhere.

    It is made by our own templates, which escape what people have written.
    """
    _, _, rest = html.partition("<body>")
    return mark_safe(_LINK.sub(r'<span class="link">\1</span>', rest.partition("</body>")[0]))
