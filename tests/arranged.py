"""Arrangements for the tests: Ines on paper with Ruth's help, and letters as somebody who knows it would write them."""

from datetime import date, timedelta
from typing import Any

from tests.cast import INES, MEI, MOMENT, RUTH
from upstander.actions.arrangements import Arranged, For, make
from upstander.actions.paper import form_of, print_sheet
from upstander.core.bank import Item
from upstander.core.days import Moment
from upstander.core.in_person import Times
from upstander.core.paper import LETTERS, on_paper
from upstander.delivery.catalogue import edition
from upstander.models import Arrangement, PaperSheet, Standing

COURSE = "option-c"
BY = f"person:{MEI}"


def arranged(moment: Moment = MOMENT, days: float = 1, **changed: Any) -> Arrangement:
    """What the office has arranged for Ines: in so many days for two hours, on paper, with Ruth."""
    starts_at = moment.at + timedelta(days=days)
    values = {
        "kind": "paper", "course_key": COURSE, "language": "en", "place": "Elm Hall 12", "facilitator": RUTH,
        "times": Times(starts_at, starts_at + timedelta(hours=2)),
    }  # fmt: skip
    standing = Standing.objects.get(person_id=INES, programme_id="page-b")
    return make(For(INES, "page-b", standing.cycle), Arranged(**{**values, **changed}), moment, BY)


def again(found: Arrangement, **changed: Any) -> Arranged:
    """What is arranged now, with these values changed."""
    times = Times(found.starts_at, found.ends_at) if found.starts_at else None
    values = {
        "kind": found.kind, "course_key": found.course_key, "language": found.language, "place": found.place,
        "needs": found.needs, "facilitator": found.facilitator_id or "", "times": times,
    }  # fmt: skip
    return Arranged(**{**values, **changed})


def printed(found: Arrangement, moment: Moment = MOMENT) -> PaperSheet:
    """The sheet of an arrangement."""
    return print_sheet(found.pk, edition(found.course_key, "en").outline, moment, BY)


def right_letters(item: Item, options: tuple[str, ...]) -> str:
    """What somebody who knows it writes."""
    ids = [part.id for part in (*item.pairs, *item.steps)] or [one.id for one in item.options if one.correct]
    letters = [LETTERS[options.index(one)] for one in ids]
    return "".join(letters if item.pairs or item.steps else sorted(letters))


def letters_of(sheet: PaperSheet, right: int | None = None) -> dict[str, str]:
    """Letters by item, of which the first so many (all) are right and the others empty."""
    bank = on_paper(edition(sheet.arrangement.course_key, "en", sheet.edition).outline.assessment).bank
    form = form_of(sheet)
    known = form if right is None else form[:right]
    return {one.item: right_letters(bank[one.item], one.options) for one in known}


def answers(sheet: PaperSheet, right: int | None = None, on: date | None = None) -> dict[str, str]:
    """The fields of the page on which a sheet is keyed."""
    numbers = {one.item: number for number, one in enumerate(form_of(sheet), 1)}
    fields = {f"q{numbers[item]}": letters for item, letters in letters_of(sheet, right).items()}
    return {"on": (on or MOMENT.day + timedelta(days=1)).isoformat(), "witness": RUTH, **fields}


def arranged_belongings() -> dict[str, Any]:
    """An arrangement of Ines with a sheet that waits and one that is marked: what their addresses need."""
    found = arranged(days=9)
    waiting = printed(found)
    marked = PaperSheet.objects.create(
        number="2222-2222-2222", arrangement=found, edition=waiting.edition, language="en", form=waiting.form,
        printed_at=MOMENT.at, printed_by=BY, taken_on=MOMENT.day, marked_at=MOMENT.at, passed=False,
    )  # fmt: skip
    kept = {"on": MOMENT.day.isoformat(), "witness": RUTH}
    marked.keyings.create(answers=kept, keyed_at=MOMENT.at, keyed_by=BY)
    return {"arrangement_id": found.pk, "sheet": waiting.number, "marked_sheet": marked.number}
