"""Officers' decisions about one duty: foreseen, recorded with a reason, refused where they contradict, ended later."""

from datetime import date
from uuid import uuid4

import pytest

from tests.cast import AMARA, INES, LIN, MEI, MOMENT, SOFIA, install
from tests.staff import PROGRAMMES, complete, later
from upstander.actions.adjustments import Planned, end, preview, preview_end, record
from upstander.actions.programmes import import_programme
from upstander.core.errors import Refusal
from upstander.models import AdjustmentRecord, AuditLine, Case, CaseEntry, Standing, StandingChange

OFFICE = f"person:{MEI}"


@pytest.fixture(autouse=True)
def university(db):
    install()
    import_programme((PROGRAMMES / "page-b.toml").read_text(encoding="utf-8"), MOMENT, "test")


def planned(kind: str, person_id: str = INES, **days) -> Planned:
    return Planned(kind, person_id, "page-b", "2020-21", **days)


def extension(to_on: date = date(2021, 3, 1), person_id: str = INES) -> Planned:
    return planned("extension", person_id, to_on=to_on)


def standing(person_id: str = INES) -> Standing:
    return Standing.objects.get(person_id=person_id, programme_id="page-b")


def refused(call, *args) -> Refusal:
    with pytest.raises(Refusal) as found:
        call(*args)
    return found.value


@pytest.mark.row("A10")
def test_an_extension_moves_the_due_date_and_the_history_says_that_the_office_did_it():
    kept = record(extension(), "Field work.", MOMENT, OFFICE)
    assert standing().due_on == date(2021, 3, 1)
    change = StandingChange.objects.filter(person_id=INES, programme_id="page-b").last()
    assert (change.cause, change.cause_ref) == ("adjustment", str(kept.ref))
    assert AuditLine.objects.filter(verb="record-extension", subject=f"adjustment:{kept.ref}", actor=OFFICE).exists()


@pytest.mark.parametrize("to_on", [date(2021, 2, 17), date(2021, 2, 1)])
def test_an_extension_never_shortens(to_on):
    assert refused(record, extension(to_on), "Why.", MOMENT, OFFICE).code == "extension-shortens"
    assert standing().due_on == date(2021, 2, 17)


def test_what_is_foreseen_is_what_is_decided_and_foreseeing_writes_nothing():
    foreseen = preview(planned("deferral", from_on=date(2021, 1, 20), to_on=date(2021, 1, 29)), MOMENT, OFFICE)
    assert (foreseen.before.due_on, foreseen.after.due_on) == (date(2021, 2, 17), date(2021, 2, 27))
    assert not AdjustmentRecord.objects.exists() and not Case.objects.exists()
    record(planned("deferral", from_on=date(2021, 1, 20), to_on=date(2021, 1, 29)), "Why.", MOMENT, OFFICE)
    assert (standing().state, standing().due_on) == (foreseen.after.state, foreseen.after.due_on)


@pytest.mark.row("A10")
def test_a_waiver_releases_and_its_end_brings_the_duty_back_with_both_on_record():
    kept = record(planned("waiver", from_on=MOMENT.day), "Released by the board.", MOMENT, OFFICE)
    assert standing().state == "waived"
    assert preview_end(kept.ref, MOMENT, OFFICE).after.state == "open"
    ended = end(kept.ref, "Given in error.", later(hours=1), OFFICE)
    assert standing().state == "open"
    assert (ended.from_on, ended.recorded_at, ended.ended_at) == (MOMENT.day, MOMENT.at, later(hours=1).at)
    assert refused(end, kept.ref, "Again.", MOMENT, OFFICE).code == "adjustment-ended"


@pytest.mark.row("A09")
def test_an_equivalency_satisfies_as_of_its_own_day():
    record(planned("equivalency", from_on=date(2021, 1, 5)), "Seen the certificate.", MOMENT, OFFICE)
    assert (standing().state, standing().satisfied_on) == ("satisfied", date(2021, 1, 5))


def test_an_equivalency_for_one_course_keeps_its_name():
    record(planned("equivalency", from_on=date(2021, 1, 5), course_key="option-c"), "Seen.", MOMENT, OFFICE)
    assert AdjustmentRecord.objects.get().course_key == "option-c"
    nowhere = planned("equivalency", from_on=date(2021, 1, 5), course_key="option-z")
    assert refused(record, nowhere, "Seen.", MOMENT, OFFICE).code == "no-such-option"


def test_what_contradicts_a_decision_in_force_is_refused_with_what_stands_in_the_way():
    first = record(extension(), "Field work.", MOMENT, OFFICE)
    found = refused(record, extension(date(2021, 4, 1)), "More field work.", MOMENT, OFFICE)
    assert (found.code, found.data["refs"]) == ("exceptions-conflict", [str(first.ref)])
    end(first.ref, "A later one follows.", MOMENT, OFFICE)
    record(extension(date(2021, 4, 1)), "More field work.", MOMENT, OFFICE)
    assert standing().due_on == date(2021, 4, 1)


def test_nobody_adjusts_their_own_duty():
    mine = extension(date(2021, 8, 1), MEI)
    assert refused(record, mine, "Why.", MOMENT, OFFICE).code == "not-yourself"
    kept = record(mine, "Why.", MOMENT, f"person:{SOFIA}")
    assert refused(end, kept.ref, "Why.", MOMENT, OFFICE).code == "not-yourself"
    assert refused(preview_end, kept.ref, MOMENT, OFFICE).code == "not-yourself"


@pytest.mark.parametrize("person_id", [LIN, AMARA])
def test_where_nothing_is_owed_there_is_nothing_to_adjust(person_id):
    waiver = planned("waiver", person_id, from_on=MOMENT.day)
    assert refused(record, waiver, "Why.", MOMENT, OFFICE).code == "nothing-owed"


def test_what_changes_nothing_is_refused():
    complete(INES)
    found = refused(record, planned("equivalency", from_on=date(2019, 1, 5)), "Why.", MOMENT, OFFICE)
    assert found.code == "adjustment-changes-nothing"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (planned("extension"), "date-needed"),
        (planned("waiver", from_on=date(2021, 3, 1), to_on=date(2021, 2, 1)), "dates-reversed"),
        (planned("alternative", from_on=date(2021, 1, 5)), "no-such-adjustment-kind"),
        (Planned("waiver", INES, "page-b", "1999-00", from_on=date(2021, 1, 20)), "no-such-cycle"),
    ],
)
def test_what_cannot_be_meant_is_refused(given, code):
    assert refused(record, given, "Why.", MOMENT, OFFICE).code == code
    assert not AdjustmentRecord.objects.exists()


def test_a_reason_is_needed_and_stands_where_it_can_be_erased():
    assert refused(record, extension(), "  ", MOMENT, OFFICE).code == "reason-needed"
    kept = record(extension(), "Field work in the far north.", MOMENT, OFFICE)
    assert CaseEntry.objects.get(case=kept.case, move="note").text == "Field work in the far north."
    lines = str(list(AuditLine.objects.values_list("data", flat=True)))
    changes = str(list(StandingChange.objects.values_list("after", flat=True)))
    assert "north" not in lines + changes


def test_a_confidential_alternative_is_not_ended_here():
    row = AdjustmentRecord.objects.create(
        person_id=INES, programme_id="page-b", cycle="2020-21", kind="alternative", from_on=MOMENT.day,
        recorded_at=MOMENT.at, recorded_by="test",
    )  # fmt: skip
    assert refused(end, row.ref, "Why.", MOMENT, OFFICE).code == "no-such-adjustment-kind"
    assert refused(end, uuid4(), "Why.", MOMENT, OFFICE).code == "no-such-adjustment"
