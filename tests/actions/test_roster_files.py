"""Hostile roster files: each one told by line and column or refused whole, nothing half applied."""

import tomllib
from pathlib import Path

import pytest

from tests.cast import MOMENT, PEOPLE, UNITS
from upstander.actions.roster import import_roster
from upstander.actions.roster_report import Files, Listener
from upstander.core.errors import Refusal
from upstander.jobs.cli.sentences import sentence
from upstander.models import Appointment, Person, RosterImport, RosterRecord, Unit
from upstander.wires.csv_file import LINE_LIMIT_BYTES

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parent.parent / "cases" / "rosters"
EXPECTED = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))
REFUSED = {name: case for name, case in EXPECTED.items() if "refused" in case}
TOLD = {name: case for name, case in EXPECTED.items() if "bad" in case}


@pytest.fixture
def units(tmp_path):
    path = tmp_path / "units.csv"
    path.write_text(UNITS, encoding="utf-8")
    return path


def bring(people, units, **more):
    bad = []
    report = import_roster(Files(people, units, **more), MOMENT, listener=Listener(bad=bad.append))
    return report, [[problem.line, problem.column, problem.code] for problem in bad]


def test_every_hostile_file_has_its_expectation():
    assert {path.name for path in FOLDER.glob("*.csv")} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_fault_of_header_or_encoding_refuses_the_whole_file(name, units):
    with pytest.raises(Refusal) as caught:
        bring(FOLDER / name, units)
    assert caught.value.code == REFUSED[name]["refused"]
    assert caught.value.data.get("line") == REFUSED[name].get("line")
    assert "{" not in sentence(caught.value) and caught.value.code not in sentence(caught.value)
    assert not Person.objects.exists() and not Unit.objects.exists()
    assert RosterImport.objects.get().state == "refused"


@pytest.mark.parametrize("name", sorted(TOLD))
def test_good_rows_apply_and_every_bad_row_is_told(name, units):
    report, bad = bring(FOLDER / name, units)
    assert bad == TOLD[name]["bad"]
    assert list(Person.objects.values_list("id", flat=True)) == TOLD[name]["applied"]
    assert report.applied


def test_twenty_megabytes_of_one_line_are_refused_by_line(tmp_path, units):
    path = tmp_path / "people.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(PEOPLE.splitlines()[0] + "\n")
        file.write("1" * 20_000_000)
    with pytest.raises(Refusal) as caught:
        bring(path, units)
    assert (caught.value.code, caught.value.data["line"]) == ("file-line-too-long", 2)
    assert caught.value.data["limit_bytes"] == LINE_LIMIT_BYTES


def test_a_cell_beyond_what_a_cell_can_be_is_refused(tmp_path, units):
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE.splitlines()[0] + '\n"' + "x" * 200_000 + '"\n', encoding="utf-8")
    with pytest.raises(Refusal, match="file-quote-open"):
        bring(path, units)


def test_latin_1_bytes_are_told_by_line_byte_and_what_they_look_like(units):
    with pytest.raises(Refusal) as caught:
        bring(FOLDER / "latin-1.csv", units)
    assert caught.value.data["byte"] == "0xE9"
    assert "Jos" in caught.value.data["guess"]


def test_a_file_that_is_not_there_is_refused(tmp_path, units):
    with pytest.raises(Refusal, match="file-missing"):
        bring(tmp_path / "nowhere.csv", units)


def test_a_formula_in_a_name_is_kept_as_text(units):
    bring(FOLDER / "formulas.csv", units)
    assert Person.objects.get(id="20000002").legal_first_name == '=HYPERLINK("http://x.example")'


def test_unknown_columns_are_reported_and_kept(tmp_path, units):
    path = tmp_path / "people.csv"
    path.write_text(
        "person_id,email,appointment_id,category,unit_id,Badge colour\n"
        "10000001,ines@aldermere.example,a-1,staff,music,green\n",
        encoding="utf-8",
    )
    report, _ = bring(path, units)
    assert report.unknown_columns == ["Badge colour"]
    assert Appointment.objects.get().extra == {"Badge colour": "green"}


def test_a_mapping_file_translates_a_source(tmp_path, units):
    people, mapping = tmp_path / "hr.csv", tmp_path / "m.toml"
    people.write_text("EMPLID,Mail,Job,Class,Dept,Pay\n10000001,i@x.example,j1,Fac,music,Salaried\n", encoding="utf-8")
    mapping.write_text(
        '[columns]\nEMPLID = "person_id"\nMail = "email"\nJob = "appointment_id"\nClass = "category"\n'
        'Dept = "unit_id"\nPay = "paid"\n[values.category]\n"Fac" = "faculty"\n[values.paid]\n"Salaried" = "yes"\n',
        encoding="utf-8",
    )
    bring(people, units, mapping=mapping)
    appointment = Appointment.objects.get()
    assert (appointment.category, appointment.paid, appointment.unit_id) == ("faculty", True, "music")


def test_units_in_a_circle_make_bad_rows_and_the_rest_applies(tmp_path):
    units, people = tmp_path / "units.csv", tmp_path / "people.csv"
    units.write_text("unit_id,parent_id,name,area\nx,y,X,\ny,x,Y,\nmusic,,Music,school\n", encoding="utf-8")
    people.write_text(
        "person_id,email,appointment_id,category,unit_id\n10000001,i@x.example,a1,staff,music\n"
        "10000002,j@x.example,a2,staff,x\n",
        encoding="utf-8",
    )
    _, bad = bring(people, units)
    assert bad == [
        [2, "parent_id", "unit-circle"],
        [3, "parent_id", "unit-circle"],
        [3, "unit_id", "unknown-unit"],
    ]
    assert list(RosterRecord.objects.values_list("person_id", flat=True)) == ["10000001"]
