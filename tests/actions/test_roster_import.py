"""Importing rosters one after the other: what applies, what stays, what is held, what survives a crash."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import upstander
from tests.cast import AMARA, DARIO, EVERYBODY, HUGO, INES, KENJI, MOMENT, PEOPLE, SOFIA, UNITS, install
from tests.crowd import MANY, later, without
from upstander.actions import roster, roster_writing
from upstander.actions.programmes import import_programme
from upstander.actions.roster import import_roster
from upstander.actions.roster_report import Files, Listener, Order
from upstander.actions.roster_staging import Staging
from upstander.core.errors import Refusal
from upstander.models import (
    Appointment,
    Person,
    RosterImport,
    RosterRecord,
    Standing,
    StandingChange,
    Unit,
    UnitAdministrator,
    UnitRecord,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PAGE_B = Path(upstander.__file__).parent / "programmes" / "page-b.toml"


def everything():
    """All that an import writes, in comparable form."""
    return (
        list(Person.objects.order_by("id").values()),
        list(Appointment.objects.order_by("id").values()),
        list(Unit.objects.order_by("id").values()),
        list(UnitAdministrator.objects.order_by("unit_id", "person_id").values("unit_id", "person_id")),
        RosterRecord.objects.count(),
        UnitRecord.objects.count(),
        list(Standing.objects.order_by("person_id", "programme_id").values("person_id", "state", "group", "due_on")),
        StandingChange.objects.count(),
    )


def publish():
    import_programme(PAGE_B.read_text(encoding="utf-8"), MOMENT, "test")


def test_the_cast_arrives_whole():
    report = install()
    assert report.people == {"appear": 12, "return": 0, "change": 0, "disappear": 0, "unchanged": 0}
    assert set(Person.objects.values_list("id", flat=True)) == set(EVERYBODY)
    assert Appointment.objects.filter(person_id=SOFIA).count() == 2
    assert Appointment.objects.get(id="a-tomas").person.legal_last_name == "Villalobos Peña"


def test_the_same_file_again_changes_nothing():
    publish()
    install()
    before = everything()
    report = install(later(1))
    assert report.people["unchanged"] == 12
    assert everything() == before


def test_the_same_people_in_other_columns_and_rows_change_nothing():
    install()
    before = everything()[1:4]
    lines = PEOPLE.splitlines()
    shuffled = "\n".join([lines[0] + ",Note", *(f"{line}," for line in reversed(lines[1:]))]) + "\n"
    report = install(later(1), people=shuffled)
    assert report.people["unchanged"] == 12
    assert everything()[1:4] == before
    assert RosterRecord.objects.count() == 12


def test_a_change_is_shown_by_its_columns_and_appended_to_the_record():
    install(people=MANY)
    report = install(later(1), people=MANY.replace("Concert manager", "Director of concerts"))
    assert report.who["change"] == [{"person_id": INES, "columns": ["title"]}]
    assert Appointment.objects.get(id="a-ines").title == "Director of concerts"
    titles = [record.document["appointments"][0]["title"] for record in RosterRecord.objects.filter(person_id=INES)]
    assert titles == ["Concert manager", "Director of concerts"]


def test_an_appointment_that_left_the_file_is_gone_and_the_other_stays():
    install(people=MANY)
    install(later(1), people=MANY.replace("a-sofia-2", "a-sofia-3"))
    assert list(Appointment.objects.filter(person_id=SOFIA).values_list("id", flat=True)) == ["a-sofia-1", "a-sofia-3"]


def test_a_dry_run_says_everything_and_writes_nothing(tmp_path):
    install(people=MANY)
    before = everything()
    imports = RosterImport.objects.count()
    (tmp_path / "p.csv").write_text(without(INES, text=MANY).replace("Archivist", "Curator"), encoding="utf-8")
    report = import_roster(Files(tmp_path / "p.csv"), later(1), Order(dry_run=True))
    assert (report.people["disappear"], report.people["change"], report.applied) == (1, 1, False)
    assert everything() == before
    assert RosterImport.objects.count() == imports


def test_the_preview_comes_before_anything_is_written(tmp_path):
    (tmp_path / "p.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "u.csv").write_text(UNITS, encoding="utf-8")
    seen = []

    def look(report):
        seen.append((report.people["appear"], Person.objects.count(), Unit.objects.count()))

    import_roster(Files(tmp_path / "p.csv", tmp_path / "u.csv"), MOMENT, listener=Listener(preview=look))
    assert seen == [(12, 0, 0)]


def test_who_vanishes_is_suspended_and_returns_with_everything():
    publish()
    install(people=MANY)
    before = everything()
    gone = install(later(1), people=without(INES, text=MANY))
    assert gone.who["disappear"] == [{"person_id": INES}]
    assert Person.objects.get(id=INES).vanished_on == later(1).day
    assert Standing.objects.get(person_id=INES).state == "not-required"
    assert RosterRecord.objects.filter(person_id=INES).last().present is False
    back = install(later(2), people=MANY)
    assert (back.people["appear"], back.people["return"]) == (1, 1)
    after = everything()
    assert after[:2] == before[:2]
    assert after[6] == before[6]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"{INES},Ines", "1000001,Ines"),
        (f"{INES},Ines", ",Ines"),
        ("ines@aldermere.example", "ines at aldermere"),
        ("a-ines,staff", "a-ines,wizard"),
        ("Concert manager,music", "Concert manager"),
        ("a-ines,staff", "a-hugo,staff"),
        (f"{INES},Ines", f"{INES},\"Ines\" X"),
        (f"{INES},Ines", f"{INES},\"Ines"),
    ],
)  # fmt: skip
def test_a_bad_row_leaves_its_person_exactly_as_they_were(old, new):
    publish()
    install(people=MANY)
    before = Person.objects.filter(id=INES).values().get(), list(Appointment.objects.filter(person_id=INES).values())
    text = MANY.replace(old, new)
    assert text != MANY
    closed = text.replace("c-30000003,", 'c-30000003",') if new.endswith('"Ines') else text
    report = install(later(1), people=closed.replace("Archivist", "Curator"))
    after = Person.objects.filter(id=INES).values().get(), list(Appointment.objects.filter(person_id=INES).values())
    assert report.bad_cells
    assert after == before
    assert Standing.objects.get(person_id=INES).state == "open"
    assert RosterRecord.objects.filter(person_id=INES).count() == 1
    assert not Person.objects.exclude(vanished_on=None).exists()


def test_a_row_that_may_mean_anybody_suspends_nobody():
    install(people=MANY)
    unreadable = without(INES, text=MANY) + ",,,,nobody@x.example,,,,,,zz,staff,,music,yes,,,,,,,,,,\n"
    report = install(later(1), people=unreadable)
    assert (report.people["disappear"], report.kept_on_roster) == (0, 1)
    assert Person.objects.get(id=INES).vanished_on is None


def test_a_bad_row_of_one_person_does_not_spare_another():
    install(people=MANY)
    report = install(later(1), people=without(INES, text=MANY).replace("a-hugo,staff", "a-hugo,wizard"))
    assert report.who["disappear"] == [{"person_id": INES}]
    assert Person.objects.get(id=HUGO).vanished_on is None


def test_a_good_row_beside_a_bad_one_of_the_same_person_does_not_apply():
    install(people=MANY)
    install(
        later(1), people=MANY.replace("Safety specialist", "Director").replace("Choir singer,music", "Choir,nowhere")
    )
    assert Appointment.objects.get(id="a-sofia-1").title == "Safety specialist"


def test_an_appointment_may_pass_to_another_person():
    install(people=MANY)
    text = without(HUGO, text=MANY).replace("a-ines", "a-hugo")
    install(later(1), people=text)
    assert Appointment.objects.get(id="a-hugo").person_id == INES
    assert Person.objects.get(id=HUGO).vanished_on == later(1).day


def test_two_people_may_exchange_their_appointments():
    install(people=MANY)
    text = MANY.replace("a-ines", "swap").replace("a-hugo", "a-ines").replace("swap", "a-hugo")
    install(later(1), people=text)
    assert Appointment.objects.get(id="a-hugo").person_id == INES
    assert Appointment.objects.get(id="a-ines").person_id == HUGO


def test_an_appointment_held_by_somebody_with_a_bad_row_does_not_pass():
    install(people=MANY)
    text = MANY.replace("a-hugo,staff", "z,wizard").replace("a-ines", "a-hugo")
    bad = []
    report = install(later(1), people=text)
    assert report.bad_people == 2, bad
    assert Appointment.objects.get(id="a-hugo").person_id == HUGO
    assert Appointment.objects.get(id="a-ines").person_id == INES


def test_a_unit_that_changes_its_area_decides_its_people_again():
    publish()
    install(people=MANY)
    assert Standing.objects.get(person_id=INES).group == "all-schools"
    text = UNITS.replace("office,central,Office for Prevention and Response,,", "office,research,Office,,")
    report = install(later(1), people=MANY, units=text)
    assert report.duties["page-b"]["moved"] == 1
    assert Standing.objects.get(person_id="10000012").group == "vp-research"
    assert RosterRecord.objects.count() == 72


def test_duties_are_counted_before_they_change():
    publish()
    report = install(people=MANY)
    assert (
        report.duties["page-b"]["new"] == Standing.objects.filter(state__in=("open", "scheduled", "deferred")).count()
    )
    paid = MANY.replace("history,,yes,,,,no,2017-02-20", "history,yes,yes,,,,no,2017-02-20")
    report = install(later(1), people=paid)
    assert report.duties["page-b"]["gained"] == 1
    assert Standing.objects.get(person_id=KENJI).state == "open"
    assert StandingChange.objects.filter(person_id=KENJI).last().cause == "roster"


def test_too_many_people_gone_are_held_and_nothing_is_written():
    install()
    before = everything()
    report = install(later(1), people=without(INES))
    assert report.held == RosterImport.objects.get(state="held").pk
    assert report.because == [{"limit": "people-gone", "percent": 5, "of": 12, "count": 1}]
    assert everything() == before
    assert install(later(1), people=without(INES)).held == report.held


def test_too_many_duties_changed_are_held():
    publish()
    install()
    report = install(later(1), people=PEOPLE.replace("staff", "affiliate"))
    assert [entry["limit"] for entry in report.because] == ["duties-changed"]


def test_people_who_appear_are_not_held():
    publish()
    install()
    assert install(later(1), people=MANY).applied


def test_the_limits_of_the_brake_are_the_institutions(settings):
    settings.INSTITUTION = {**settings.INSTITUTION, "roster": {"people_gone_percent": 50}}
    install()
    assert install(later(1), people=without(INES)).applied


def test_the_first_roster_is_never_held():
    assert install().applied


def cut_after(monkeypatch, batches):
    """Makes the writing stop, as by a crash, after so many batches of two people."""
    real, done = roster_writing.write_batch, []

    def write(*arguments):
        if len(done) == batches:
            raise KeyboardInterrupt
        done.append(real(*arguments))

    monkeypatch.setattr(roster, "write_batch", write)
    for name in ("PEOPLE_IN_A_TRANSACTION", "PEOPLE_IN_A_FIRST_TRANSACTION"):
        monkeypatch.setattr(roster, name, 2)


def test_an_import_cut_short_is_finished_by_the_next_one(monkeypatch):
    publish()
    with monkeypatch.context() as broken:
        cut_after(broken, 3)
        with pytest.raises(KeyboardInterrupt):
            install()
    assert Person.objects.count() == 6
    assert set(Appointment.objects.values_list("person_id", flat=True)) == set(
        Person.objects.values_list("id", flat=True)
    )
    report = install(later(1))
    assert (report.people["appear"], report.people["unchanged"]) == (6, 6)
    assert Standing.objects.count() == 12
    assert list(RosterImport.objects.order_by("pk").values_list("state", flat=True)) == ["cut-short", "applied"]


def test_units_written_before_a_crash_still_decide_their_people(monkeypatch):
    publish()
    install(people=MANY)
    text = UNITS.replace("office,central,Office for Prevention and Response,,", "office,research,Office,,")
    with monkeypatch.context() as broken:
        cut_after(broken, 0)
        with pytest.raises(KeyboardInterrupt):
            install(later(1), people=MANY, units=text)
    assert Standing.objects.get(person_id="10000012").group == "central"
    install(later(1), people=MANY, units=text)
    assert Standing.objects.get(person_id="10000012").group == "vp-research"


def test_two_imports_at_once_are_one_too_many(settings):
    with Staging(settings.DATA_DIR), pytest.raises(Refusal, match="roster-import-running"):
        install()


def test_nothing_is_left_in_the_data_folder(settings):
    install()
    assert not (Path(settings.DATA_DIR) / "roster-import").exists()


def test_a_unit_that_left_the_file_stays_without_administrators():
    install(people=MANY)
    left = UNITS.replace(next(line for line in UNITS.splitlines() if line.startswith("music")) + "\n", "")
    report = install(later(1), people=MANY, units=left)
    assert report.units["gone"] == 1
    assert report.bad_people == 63
    assert Unit.objects.filter(id="music").exists()
    assert not UnitAdministrator.objects.filter(unit_id="music").exists()
    assert Person.objects.get(id=INES).vanished_on is None


def test_the_record_keeps_the_columns_of_the_file():
    install()
    document = RosterRecord.objects.get(person_id=DARIO).document
    assert document["person"]["preferred_language"] == "es"
    assert document["appointments"][0]["student_year"] == 3
    assert json.loads(json.dumps(document)) == document


def test_what_was_known_when_can_be_asked(settings):
    install(people=MANY)
    install(later(5), people=MANY.replace("2020-07-01,employee", "2020-06-01,employee"))
    known = RosterRecord.objects.filter(person_id=AMARA, known_at__lt=datetime(2021, 1, 22, tzinfo=UTC)).last()
    assert known.document["person"]["onboarded_on"] == "2020-07-01"
