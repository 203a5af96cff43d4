"""The demo's arrangements: a room that is planned, a sheet that two people keyed, and one that waits for its second."""

from datetime import time, timedelta

from django.conf import settings

from upstander.actions.arrangements import Arranged, For, make
from upstander.actions.paper import Read, form_of, key, print_sheet
from upstander.core.bank import Item
from upstander.core.days import Moment
from upstander.core.in_person import times_of
from upstander.core.outline import Outline
from upstander.core.paper import LETTERS, on_paper
from upstander.core.working_days import working_day_after
from upstander.delivery.catalogue import edition
from upstander.models import Arrangement, PaperSheet, Standing
from upstander.queries.programmes import all_published

BY = "demo"


def seed_arrangements(moment: Moment, course_key: str, helper: str, hands: tuple[str, str]) -> None:
    """Makes them once, for three people whom nobody plays; `hands` are the people who keyed the sheet."""
    if Arrangement.objects.exists():
        return
    offering = [rules.key for rules in all_published() if course_key in rules.course_keys]
    open_ones = Standing.objects.filter(state="open", programme_id__in=offering, person_id__gte="2")
    found = list(open_ones.filter(person__vanished_on=None).order_by("-person_id")[:3])
    if len(found) < 3:
        return
    first, *on_sheets = found
    day = working_day_after(moment.day, 4, settings.CLOSED_DAYS)
    planned = times_of(day, time(14), time(15, 30), settings.INSTITUTION_ZONE)
    _make(first, Arranged("room", course_key, "es", planned, "Oak Hall 3, computer 2", "", helper), moment)
    before = Moment.of(moment.at - timedelta(days=2), settings.INSTITUTION_ZONE)
    outline = edition(course_key, "en").outline
    for row, keyed_by in zip(on_sheets, (hands, hands[:1]), strict=True):
        on_it = _make(row, Arranged("paper", course_key, "en", None, "", "", helper), before)
        _keyed(on_it, outline, helper, keyed_by, before, moment)


def _make(row: Standing, arranged: Arranged, moment: Moment) -> Arrangement:
    return make(For(row.person_id, row.programme_id, row.cycle), arranged, moment, BY)


def _keyed(
    found: Arrangement, outline: Outline, witness: str, hands: tuple[str, ...], before: Moment, moment: Moment
) -> None:
    sheet = print_sheet(found.pk, outline, before, BY)
    read = Read(before.day, witness, _known(sheet, outline))
    for hand in hands:
        key(sheet.number, read, outline, moment, f"person:{hand}")


def _known(sheet: PaperSheet, outline: Outline) -> dict[str, str]:
    """The letters of somebody who knows every answer."""
    bank = on_paper(outline.assessment).bank
    return {one.item: _letters(bank[one.item], one.options) for one in form_of(sheet)}


def _letters(item: Item, options: tuple[str, ...]) -> str:
    ids = [part.id for part in (*item.pairs, *item.steps)] or [one.id for one in item.options if one.correct]
    letters = [LETTERS[options.index(one)] for one in ids]
    return "".join(letters if item.pairs or item.steps else sorted(letters))
