"""Arranged by telephone: a room, a helper or paper, keyed by two hands, on record as any completion (row A07)."""

from collections.abc import Mapping
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from tests.cast import HUGO, INES, MEI, PRIYA, RUTH, TOMAS
from tests.staff import MOMENT, complete, later, signed_in_as, stand_on
from upstander.actions.grants import give
from upstander.actions.paper import form_of
from upstander.core.bank import Item
from upstander.core.paper import LETTERS, on_paper
from upstander.delivery.catalogue import edition
from upstander.models import (
    Arrangement,
    Case,
    Certificate,
    Completion,
    CompletionScore,
    Notice,
    PaperSheet,
    Person,
    Standing,
)  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university"), pytest.mark.row("A07")]

COURSE = "option-c"


@pytest.fixture(autouse=True)
def _second_officer(university):
    give(TOMAS, "officer", MOMENT, "test", programme="page-b")


def standing(person_id: str = INES) -> Standing:
    return Standing.objects.get(person_id=person_id, programme_id="page-b")


def written(**changed: Any) -> dict[str, Any]:
    """What an officer writes into the form: tomorrow from ten to twelve, on paper, with Ruth."""
    day = MOMENT.day + timedelta(days=1)
    return {
        "kind": "paper", "course_key": COURSE, "language": "en", "day": day.isoformat(), "begins": "10:00",
        "ends": "12:00", "place": "Elm Hall 12", "facilitator": RUTH, "needs": "A chair with arms", **changed,
    }  # fmt: skip


def post(person_id: str, address: str, data: Mapping[str, Any]) -> str:
    answer = signed_in_as(person_id).post(address, data, follow=True)
    assert answer.status_code == 200, (address, answer.status_code)
    return " ".join(unescape(answer.content.decode()).split())


def read(person_id: str, address: str, language: str = "en") -> str:
    client = signed_in_as(person_id)
    client.cookies["upstander_language"] = language
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200, address
    return " ".join(unescape(answer.content.decode()).split())


def arrange(by: str = MEI, **changed: Any) -> Arrangement:
    post(by, f"/office/people/{standing().pk}/arrange/", written(**changed))
    return Arrangement.objects.latest("made_at")


def printed(found: Arrangement) -> PaperSheet:
    post(MEI, f"/office/arrangements/{found.pk}/", {"act": "print"})
    return found.sheets.get(marked_at=None)


def right_letters(item: Item, options: tuple[str, ...]) -> str:
    """What somebody who knows it writes."""
    if item.pairs:
        return "".join(LETTERS[options.index(pair.id)] for pair in item.pairs)
    if item.steps:
        return "".join(LETTERS[options.index(step.id)] for step in item.steps)
    return "".join(LETTERS[options.index(one.id)] for one in item.options if one.correct)


def answers(sheet: PaperSheet, right: int | None = None, on: Any = None) -> dict[str, str]:
    """The fields of a sheet of which so many questions (all) are answered rightly and the others left out."""
    bank = on_paper(edition(COURSE, "en", sheet.edition).outline.assessment).bank
    form = form_of(sheet)
    letters = {
        f"q{number}": right_letters(bank[one.item], one.options)
        for number, one in enumerate(form, 1)
        if right is None or number <= right
    }
    return {"on": (on or MOMENT.day + timedelta(days=1)).isoformat(), "witness": RUTH, **letters}


def keyed(by: str, sheet: PaperSheet, fields: Mapping[str, str]) -> str:
    return post(by, f"/office/paper/{sheet.number}/", fields)


def on_the_day(monkeypatch, days: int = 1) -> None:
    stand_on(monkeypatch, later(days=days, hours=4))


def test_from_the_call_to_the_certificate(monkeypatch):
    found = arrange()
    page = read(INES, "/my-training/")
    assert "The office has arranged" in page and "Elm Hall 12" in page
    sheet = printed(found)
    on_the_day(monkeypatch)
    assert "a colleague keys the same sheet" in keyed(MEI, sheet, answers(sheet))
    assert not Completion.objects.exists()
    assert "Passed. The course is on record" in keyed(TOMAS, sheet, answers(sheet))
    done, found = Completion.objects.get(), Arrangement.objects.get()
    assert (done.person_id, done.course_key, done.completed_on, done.edition, done.role, done.source) == (
        INES, COURSE, MOMENT.day + timedelta(days=1), sheet.edition, "employee", "paper",
    )  # fmt: skip
    assert (found.state, found.witness_id, found.completion_id) == ("held", RUTH, done.pk)
    assert (standing().state, standing().satisfied_ref) == ("satisfied", str(done.pk))
    assert Notice.objects.filter(kind="confirmation", person_id=INES).count() == 1
    code = Certificate.objects.get(completion=done).code
    assert signed_in_as(INES).get(f"/certificate/{code}.pdf").status_code in (200, 404)
