"""Seals: every night the record is sealed, and whatever was changed in it afterwards is found by night and table."""

import pytest
from django.db import connection

from tests.cast import HUGO, INES, MEI
from tests.chronicle import adjust, end, retract
from tests.staff import complete, later, open_office
from upstander.actions import seals
from upstander.core.errors import Refusal
from upstander.models import (
    AdjustmentRecord,
    Attempt,
    AuditLine,
    Completion,
    CompletionScore,
    CourseStart,
    Enrolment,
    Notice,
    ProgrammeVersion,
    RosterRecord,
    Seal,
    StandingChange,
    UnitRecord,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.row("C03")]
FIRST, SECOND, THIRD = later(hours=10), later(days=1, hours=10), later(days=2, hours=10)


@pytest.fixture
def nights():
    """Three nights with something of every kind added between them."""
    open_office()
    complete(INES)
    seals.seal(FIRST)
    done = complete(HUGO, later(days=1))
    waiver = adjust(MEI, "waiver", later(days=1), from_on=later(days=1).day)
    CourseStart.objects.create(
        person_id=HUGO, course_key="option-b", started_on=later(days=1).day, recorded_at=later(days=1).at
    )
    seals.seal(SECOND)
    retract(done, later(days=2))
    end(waiver, later(days=2))
    seals.seal(THIRD)


def found():
    return [(fault.day, fault.table, fault.kind) for fault in seals.verify(later(days=3)).faults]


def first_found():
    return found()[0]


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def test_an_untouched_record_is_whole(nights):
    verified = seals.verify(later(days=3))
    assert (verified.seals, verified.faults) == (3, ())


def test_a_night_is_sealed_once(nights):
    again = seals.seal(THIRD)
    assert (again.is_new, again.seal.digest) == (False, Seal.objects.get(day=THIRD.day).digest)
    with pytest.raises(Refusal) as refused:
        seals.seal(SECOND)
    assert refused.value.code == "newer-seal"


def test_every_seal_carries_the_one_before(nights):
    first, second, third = Seal.objects.order_by("day")
    assert (first.previous, second.previous, third.previous) == ("", first.digest, second.digest)


@pytest.mark.parametrize(
    ("model", "change", "table", "night"),
    [
        (RosterRecord, {"present": False}, "roster", FIRST),
        (UnitRecord, {"document": {}}, "units", FIRST),
        (StandingChange, {"after_state": "waived"}, "standings", FIRST),
        (Completion, {"completed_on": later(days=-9).day}, "completions", FIRST),
        (AdjustmentRecord, {"to_on": later(days=99).day}, "adjustments", SECOND),
        (AdjustmentRecord, {"ended_at": later(days=9).at}, "adjustments-ended", THIRD),
        (CourseStart, {"course_key": "option-c"}, "starts", SECOND),
        (ProgrammeVersion, {"document": "key = 'another'"}, "versions", FIRST),
        (AuditLine, {"verb": "nothing"}, "audit", FIRST),
    ],
)
def test_an_edited_row_is_found_by_its_night_and_table(nights, model, change, table, night):
    row = model.objects.order_by("pk").first()
    model.objects.filter(pk=row.pk).update(**change)
    if model is Completion:
        night = FIRST if row.person_id == INES else SECOND
    assert first_found() == (night.day, table, "altered")


@pytest.mark.parametrize("model", [StandingChange, RosterRecord, AuditLine])
def test_a_deleted_row_is_found(nights, model):
    model.objects.order_by("pk")[0].delete()
    assert first_found()[::2] == (FIRST.day, "missing")


def test_a_deleted_completion_is_found_as_missing(nights):
    Completion.objects.filter(person_id=INES).delete()
    assert first_found() == (FIRST.day, "completions", "missing")


def test_a_row_put_among_the_old_ones_is_found(nights):
    row = StandingChange.objects.order_by("pk").first()
    row.pk = -1
    row.save(force_insert=True)
    assert first_found() == (FIRST.day, "standings", "added")


def test_a_completion_put_under_an_old_night_is_found(nights):
    done = Completion.objects.get(person_id=INES)
    done.pk, done.course_key = None, "option-e"
    done.save(force_insert=True)
    assert first_found() == (FIRST.day, "completions", "added")


@pytest.mark.parametrize("sealed", [False, True])
def test_a_row_that_claims_to_be_old_is_found_before_and_after_the_next_seal(nights, sealed):
    complete(INES, later(days=-3), course="option-e")
    if sealed:
        seals.seal(later(days=3))
    faults = {(table, kind) for _, table, kind in found()}
    assert faults == {("completions", "backdated")}


def test_a_retraction_taken_out_again_is_found(nights):
    Completion.objects.filter(person_id=HUGO).update(retracted_at=None)
    assert first_found() == (THIRD.day, "completions-retracted", "altered")


def test_a_forged_seal_is_found(nights):
    seal = Seal.objects.get(day=SECOND.day)
    seal.reached["standings"]["rows"] -= 1
    seal.save()
    assert first_found() == (SECOND.day, "seals", "altered")


def test_a_seal_taken_out_is_found(nights):
    Seal.objects.get(day=SECOND.day).delete()
    assert first_found() == (THIRD.day, "seals", "missing")


def test_a_row_changed_by_sql_is_found_too(nights):
    table = connection.ops.quote_name(StandingChange._meta.db_table)
    sql(f"UPDATE {table} SET after_state = 'satisfied' WHERE person_id = %s", MEI)
    assert first_found()[1:] == ("standings", "altered")


def test_purging_what_may_be_purged_breaks_no_seal(nights):
    done = Completion.objects.get(person_id=INES)
    CompletionScore.objects.create(completion=done, score="88")
    enrolment = Enrolment.objects.create(
        person_id=INES, course_key="option-a", edition="1", started_at=FIRST.at, started_on=FIRST.day
    )
    Attempt.objects.create(enrolment=enrolment, number=1, form=[], language="en", started_at=FIRST.at)
    seals.seal(later(days=3))
    for model in (Attempt, Enrolment, CompletionScore, Notice):
        model.objects.all().delete()
    AuditLine.objects.all().update(actor="")
    AuditLine.objects.filter(subject__startswith="person:").update(subject="person:erased")
    AdjustmentRecord.objects.update(recorded_by="", case=None)
    assert found() == []


def test_what_a_long_import_writes_after_the_seal_belongs_to_the_next_night(nights):
    begun = later(days=2, hours=9)
    complete(INES, begun, course="option-d")
    sealed = seals.seal(later(days=3))
    assert sealed.seal.reached["completions"]["rows"] == 1
    assert found() == []


def test_a_run_that_was_cut_short_leaves_nothing_uncovered(nights):
    complete(INES, later(days=3), course="option-d")
    Completion.objects.filter(sealed_on=None).update(sealed_on=later(days=3).day)
    sealed = seals.seal(later(days=4))
    assert sealed.seal.reached["completions"]["rows"] == 1
    assert found() == []


def test_the_audit_says_every_seal_and_every_walk(nights):
    AuditLine.objects.filter(verb="nothing").delete()
    seals.verify(later(days=3))
    lines = AuditLine.objects.filter(subject="history").order_by("pk").values_list("verb", flat=True)
    assert list(lines) == ["history-sealed"] * 3 + ["history-verified"]


def test_the_nightly_seal_reads_only_what_is_new(nights, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        sealed = seals.seal(later(days=3))
    assert sealed.rows <= 3
