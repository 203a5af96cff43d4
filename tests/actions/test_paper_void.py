"""Of two printings of one arrangement one counts, whoever changes and keys at the same moment (row A07)."""

from uuid import UUID

import pytest

from tests.actions.test_submission_race import together
from tests.arranged import BY, COURSE, again, arranged, letters_of, printed
from tests.cast import INES, MEI, MOMENT, RUTH, TOMAS
from tests.staff import open_office
from upstander.actions.arrangements import change
from upstander.actions.paper import FIRST, IN_FORCE, MARKED, Read, key, put_in_force
from upstander.core.errors import Refusal
from upstander.delivery.catalogue import edition
from upstander.models import Arrangement, AuditLine, Completion, PaperKeying, PaperSheet

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.row("A07")]
OTHER_HAND = f"person:{TOMAS}"


@pytest.fixture
def sheet():
    open_office()
    return printed(arranged(days=0.01))


def to_spanish(arrangement_id: UUID, kind: str = "paper") -> Arrangement:
    found = Arrangement.objects.get(pk=arrangement_id)
    return change(found.pk, again(found, language="es", kind=kind), found.sequence, MOMENT, BY)


def keyed(sheet: PaperSheet, by: str) -> str:
    """What became of it, or why it was refused."""
    read = Read(MOMENT.day, RUTH, letters_of(sheet))
    try:
        return key(sheet.number, read, edition(COURSE, sheet.language).outline, MOMENT, by).outcome
    except Refusal as refusal:
        return refusal.code


def refused(act, *given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*given)
    return refusal.value.code


def test_a_change_of_language_and_a_keying_at_the_same_moment_do_not_both_hold(sheet):
    outcomes = set(together([lambda: keyed(sheet, BY), lambda: to_spanish(sheet.arrangement_id).language]))
    changed = Arrangement.objects.get().language == "es"
    assert PaperKeying.objects.exists() != changed
    assert outcomes <= ({"es", "sheet-void", "changed-meanwhile"} if changed else {FIRST, "being-keyed"})


def test_an_older_sheet_comes_back_or_the_newer_is_keyed_and_never_both(sheet):
    newer = printed(to_spanish(sheet.arrangement_id))
    outcomes = set(together([lambda: keyed(newer, BY), lambda: put_in_force(sheet.number, RUTH, MOMENT, BY).language]))
    came_back = Arrangement.objects.get().language == "en"
    assert newer.keyings.exists() != came_back
    assert outcomes <= ({"en", "sheet-void"} if came_back else {FIRST, "being-keyed"})


def test_after_a_change_of_language_the_older_sheet_is_void_and_the_newer_has_a_number_of_its_own(sheet):
    changed = to_spanish(sheet.arrangement_id)
    assert keyed(sheet, BY) == "sheet-void"
    newer = printed(changed)
    assert (newer.language, newer.number != sheet.number) == ("es", True)
    assert {row["item"] for row in newer.form} != {row["item"] for row in sheet.form}
    assert [keyed(newer, by) for by in (BY, OTHER_HAND)] == [FIRST, MARKED]
    assert keyed(sheet, BY) == "sheet-void" and Completion.objects.count() == 1


def test_a_sheet_is_void_once_the_arrangement_is_not_on_paper_any_more(sheet):
    to_spanish(sheet.arrangement_id, kind="room")
    assert keyed(sheet, BY) == "sheet-void" and not PaperKeying.objects.exists()


def test_a_language_that_comes_back_brings_its_own_sheet_back_and_no_new_number(sheet):
    spanish = printed(to_spanish(sheet.arrangement_id))
    found = Arrangement.objects.get()
    back = change(found.pk, again(found, language="en"), found.sequence, MOMENT, BY)
    assert printed(back).number == sheet.number and keyed(spanish, BY) == "sheet-void"
    assert PaperSheet.objects.count() == 2


def test_the_sheet_that_was_really_answered_counts_again_by_an_officer_and_a_witness(sheet):
    newer = printed(to_spanish(sheet.arrangement_id))
    for _ in range(2):  # pressed twice it is on record once
        put_in_force(sheet.number, RUTH, MOMENT, BY)
    line = AuditLine.objects.get(verb=IN_FORCE)
    assert (line.actor, line.subject, line.data) == (
        BY, f"paper-sheet:{sheet.number}", {"witness": f"person:{RUTH}"},
    )  # fmt: skip
    assert keyed(newer, BY) == "sheet-void"
    assert [keyed(sheet, by) for by in (BY, OTHER_HAND)] == [FIRST, MARKED]
    assert Completion.objects.get().person_id == INES


@pytest.mark.parametrize(
    ("witness", "by", "code"),
    [
        (INES, BY, "no-such-witness"),
        ("nobody", BY, "no-such-witness"),
        (MEI, BY, "witness-other"),
        (RUTH, f"person:{INES}", "not-yourself"),
    ],
)
def test_nobody_brings_a_sheet_back_without_somebody_else_who_saw_it(sheet, witness, by, code):
    to_spanish(sheet.arrangement_id)
    assert refused(put_in_force, sheet.number, witness, MOMENT, by) == code
    assert Arrangement.objects.get().language == "es" and not AuditLine.objects.filter(verb=IN_FORCE).exists()


def test_what_one_hand_has_keyed_is_the_sheet_that_counts(sheet):
    keyed(sheet, BY)
    assert refused(to_spanish, sheet.arrangement_id) == "being-keyed"
    assert Arrangement.objects.get().language == "en"


def test_an_older_sheet_does_not_come_back_after_another_was_passed(sheet):
    newer = printed(to_spanish(sheet.arrangement_id))
    for by in (BY, OTHER_HAND):
        keyed(newer, by)
    assert refused(put_in_force, sheet.number, RUTH, MOMENT, BY) == "no-sheet"
    assert refused(put_in_force, newer.number, RUTH, MOMENT, BY) == "sheet-marked"
