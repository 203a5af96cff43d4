"""A sheet keyed by the second hand from several windows at once counts once, on both databases (row A07)."""

from functools import partial

import pytest

from tests.actions.test_submission_race import AT_ONCE, all_at_once, together
from tests.arranged import BY, COURSE, arranged, letters_of, printed
from tests.cast import INES, MOMENT, RUTH, TOMAS
from tests.staff import open_office
from upstander.actions.paper import MARKED, Read, key
from upstander.core.errors import Refusal
from upstander.delivery.catalogue import edition
from upstander.models import Arrangement, AuditLine, Certificate, Completion, CompletionScore, Notice, PaperKeying

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.row("A07")]


@pytest.fixture
def sheet():
    open_office()
    return printed(arranged(days=0.01))


def counted_once() -> None:
    for rows in (
        Completion.objects.filter(person_id=INES, source="paper"),
        CompletionScore.objects.all(),
        Certificate.objects.all(),
        Notice.objects.filter(person_id=INES, kind="confirmation"),
        AuditLine.objects.filter(verb="paper-marked"),
    ):
        assert rows.count() == 1, rows.model
    assert Arrangement.objects.get().completion == Completion.objects.get()


def test_the_second_hand_in_several_windows_at_once_counts_once(sheet):
    read, outline = Read(MOMENT.day, RUTH, letters_of(sheet)), edition(COURSE, "en").outline
    key(sheet.number, read, outline, MOMENT, BY)

    def again() -> str:
        try:
            return key(sheet.number, read, outline, MOMENT, f"person:{TOMAS}").outcome
        except Refusal as refusal:
            return refusal.code

    assert sorted(all_at_once(again)) == [MARKED] + ["sheet-marked"] * (AT_ONCE - 1)
    counted_once()


def test_both_hands_at_the_same_moment_count_once(sheet):
    read, outline = Read(MOMENT.day, RUTH, letters_of(sheet)), edition(COURSE, "en").outline
    hands = [partial(key, sheet.number, read, outline, MOMENT, by) for by in (BY, f"person:{TOMAS}")]
    outcomes = [getattr(said, "outcome", said) for said in together(hands)]
    assert outcomes.count(MARKED) == 1
    assert PaperKeying.objects.filter(sheet=sheet).count() == 2
    counted_once()


def test_a_crash_between_marking_and_recording_leaves_neither(sheet, monkeypatch):
    read, outline = Read(MOMENT.day, RUTH, letters_of(sheet)), edition(COURSE, "en").outline
    key(sheet.number, read, outline, MOMENT, BY)
    with monkeypatch.context() as broken:
        broken.setattr("upstander.actions.paper.decide_again", lambda *_: (_ for _ in ()).throw(RuntimeError("cut")))
        with pytest.raises(RuntimeError):
            key(sheet.number, read, outline, MOMENT, f"person:{TOMAS}")
    sheet.refresh_from_db()
    assert sheet.marked_at is None and sheet.keyings.count() == 1 and not Completion.objects.exists()
    assert key(sheet.number, read, outline, MOMENT, f"person:{TOMAS}").outcome == MARKED
    counted_once()
