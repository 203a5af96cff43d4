"""The official figures of a night: taken once, sealed, adding up, and still the same afterwards (row B18)."""

from datetime import timedelta

import pytest

from tests.cast import HUGO, INES, SOFIA
from tests.staff import MOMENT, complete, later, open_office
from upstander.actions import snapshot
from upstander.core.errors import Refusal
from upstander.models import Appointment, Snapshot, SnapshotCount, SnapshotRow, Standing, Unit
from upstander.queries import reports

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.row("B18")]


@pytest.fixture
def office():
    open_office()


def test_the_same_night_again_changes_nothing(office):
    first = snapshot.take(MOMENT)
    complete(INES)
    again = snapshot.take(later(hours=1))
    assert (first.is_new, again.is_new) == (True, False)
    assert (again.digest, again.row_count) == (first.digest, first.row_count)
    assert SnapshotRow.objects.get(person_id=INES, programme_id="page-b").state == "open"


def test_two_nights_of_the_same_standings_have_the_same_digest(office):
    assert snapshot.take(MOMENT).digest == snapshot.take(later(days=1)).digest


def test_the_figures_of_a_night_are_those_that_were_live_then(office):
    live = reports.live(reports.in_units("page-b", "2020-21", None).exclude(state="not-required"))
    snapshot.take(MOMENT)
    complete(INES)
    night = reports.latest_snapshot(MOMENT.day)
    assert reports.official(night, "page-b", "2020-21", None) == live


def test_the_tables_of_the_units_add_up_to_the_figures_of_the_university(office):
    snapshot.take(MOMENT)
    night = reports.latest_snapshot(MOMENT.day)
    by_unit = {}
    for unit in Unit.objects.all():
        for place, people in reports.official(night, "page-b", "2020-21", frozenset({unit.pk})).items():
            by_unit[place] = by_unit.get(place, 0) + people
    assert by_unit == reports.official(night, "page-b", "2020-21", None)
    assert sum(by_unit.values()) == Standing.objects.filter(programme_id="page-b").exclude(state="not-required").count()


def test_live_tables_of_the_units_add_up_too(office):
    whole = reports.live(reports.in_units("page-b", "2020-21", None))
    by_unit = {}
    for unit in Unit.objects.all():
        for place, people in reports.live(reports.in_units("page-b", "2020-21", frozenset({unit.pk}))).items():
            by_unit[place] = by_unit.get(place, 0) + people
    assert by_unit == whole


def test_one_unit_answers_for_a_person_and_the_others_are_informed(office):
    snapshot.take(MOMENT)
    rows = SnapshotRow.objects.filter(person_id=SOFIA, programme_id="page-b")
    assert dict(rows.values_list("unit_id", "accountable")) == {"labs": True, "music": False}


def test_chunks_of_one_person_give_the_same_rows(office):
    in_ones = snapshot.take(MOMENT, people_at_once=1)
    at_once = snapshot.take(later(days=1))
    assert (in_ones.digest, in_ones.row_count) == (at_once.digest, at_once.row_count)


def test_a_run_cut_short_is_taken_up_where_it_stopped(office, monkeypatch):
    whole = snapshot.take(later(days=1))

    def cut(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(snapshot, "_seal", cut)
        snapshot.take(MOMENT, people_at_once=2)
    SnapshotRow.objects.filter(snapshot__day=MOMENT.day, person_id__gt=HUGO).delete()
    resumed = snapshot.take(MOMENT, people_at_once=2)
    assert (resumed.digest, resumed.row_count) == (whole.digest, whole.row_count)


def test_an_unsealed_night_is_shown_to_nobody(office):
    Snapshot.objects.create(day=MOMENT.day, taken_at=MOMENT.at)
    assert reports.latest_snapshot(MOMENT.day) is None


def test_a_standing_whose_day_has_come_is_decided_before_it_is_counted(office):
    after_due = later(days=40)
    snapshot.take(after_due)
    assert SnapshotRow.objects.get(person_id=INES, programme_id="page-b").state == "overdue"


def test_a_past_night_still_gives_its_digest(office):
    taken = snapshot.take(MOMENT)
    complete(INES)
    assert snapshot.verify(MOMENT.day).digest == taken.digest


def test_a_row_altered_afterwards_is_found(office):
    snapshot.take(MOMENT)
    SnapshotRow.objects.filter(person_id=INES).update(state="satisfied")
    with pytest.raises(Refusal, match="snapshot-altered"):
        snapshot.verify(MOMENT.day)


def test_the_figures_of_a_night_that_was_missed_cannot_be_made_afterwards(office):
    with pytest.raises(Refusal, match="no-such-snapshot"):
        snapshot.verify(MOMENT.day - timedelta(days=1))


def test_nobody_outside_the_audience_stands_in_the_figures(office):
    snapshot.take(MOMENT)
    assert not SnapshotRow.objects.filter(state="not-required").exists()
    assert not SnapshotCount.objects.filter(state="not-required").exists()


def test_a_person_whose_appointment_begins_is_counted_in_its_unit_from_that_night(office):
    Appointment.objects.filter(person_id=INES).update(ends_on=MOMENT.day)
    Appointment.objects.create(
        id="a-next", person_id=INES, unit_id="history", category="staff", paid=True, starts_on=later(days=1).day
    )
    snapshot.take(MOMENT)
    snapshot.take(later(days=1))
    rows = SnapshotRow.objects.filter(person_id=INES, programme_id="page-b", accountable=True).order_by("snapshot__day")
    assert list(rows.values_list("unit_id", flat=True)) == ["music", "history"]
