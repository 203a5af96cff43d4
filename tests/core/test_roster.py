"""Rosters, pure: rows of one person, units and areas, differences, the brake, the mapping."""

from datetime import date

import pytest

from upstander.core.errors import Refusal
from upstander.core.facts import Leave
from upstander.core.roster import (
    Brake,
    UnitRow,
    difference,
    facts_from_document,
    implausible,
    moved_places,
    places,
)
from upstander.core.roster_mapping import UNIT_COLUMNS, Names, columns_of, parse_mapping
from upstander.core.roster_rows import COLUMNS, REQUIRED, RowParser
from upstander.core.roster_units import read_units
from upstander.core.roster_values import Rules

RULES = Rules(date(2021, 1, 20), frozenset({"music", "labs"}), frozenset({"en", "es"}), frozenset({"America/New_York"}))
GOOD = {
    "person_id": "10000001",
    "email": "ines@aldermere.example",
    "appointment_id": "a1",
    "category": "staff",
    "unit_id": "music",
    "paid": "yes",
}


def read(*rows, header=COLUMNS, names=Names()):  # noqa: B008 - frozen
    columns = columns_of(header, names, COLUMNS, REQUIRED, "people.csv")
    lines = [(number, [row.get(name, "") for name in header]) for number, row in enumerate(rows, 2)]
    return RowParser(columns, RULES).person(lines)


def faults(person):
    return [(problem.line, problem.column, problem.code) for problem in person.problems]


def test_a_good_row_becomes_a_document_without_its_blanks():
    assert read(GOOD).document == {
        "person": {"person_id": "10000001", "email": "ines@aldermere.example"},
        "appointments": [{"appointment_id": "a1", "category": "staff", "unit_id": "music", "paid": True}],
    }


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("email", "", "blank"),
        ("email", "nobody", "not-an-email"),
        ("category", "wizard", "unknown-category"),
        ("category", "", "blank"),
        ("unit_id", "astrology", "unknown-unit"),
        ("paid", "perhaps", "not-yes-or-no"),
        ("student_year", "third", "not-a-student-year"),
        ("birth_date", "2021-01-21", "in-the-future"),
        ("starts_on", "0202-01-01", "year-out-of-range"),
        ("time_zone", "Mars/Olympus", "unknown-zone"),
        ("preferred_language", "xx", "unknown-language"),
        ("supervisor_id", "12", "not-8-digits"),
        ("appointment_id", "=1+1", "formula"),
        ("legal_last_name", "x" * 101, "too-long"),
        ("onboarded_as", "Employee!", "not-a-code"),
    ],
)
def test_a_bad_cell_is_told_with_its_line_and_column(column, value, code):
    person = read({**GOOD, column: value})
    assert faults(person) == [(2, column, code)]
    assert person.document is None


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"starts_on": "2021-02-01", "ends_on": "2021-01-31"}, "ends_on", "ends-before-start"),
        (
            {"leave_kind": "medical", "leave_from": "2021-02-01", "leave_to": "2021-01-31"},
            "leave_to",
            "leave-ends-before-start",
        ),
        ({"leave_from": "2021-02-01"}, "leave_kind", "leave-without-kind"),
        ({"leave_kind": "medical"}, "leave_from", "leave-without-start"),
        ({"leave_kind": "holiday", "leave_from": "2021-02-01"}, "leave_kind", "unknown-leave-kind"),
    ],
)
def test_cells_that_contradict_each_other_are_told(cells, column, code):
    assert faults(read({**GOOD, **cells})) == [(2, column, code)]


def test_an_appointment_may_end_on_the_day_it_starts():
    assert read({**GOOD, "starts_on": "2021-02-01", "ends_on": "2021-02-01"}).document


def test_columns_about_the_person_must_agree_else_all_rows_are_bad():
    person = read(GOOD, {**GOOD, "appointment_id": "a2", "email": "other@aldermere.example"})
    assert faults(person) == [(2, "email", "disagrees"), (3, "email", "disagrees")]


def test_a_row_that_repeats_an_appointment_with_another_leave_adds_that_leave():
    first = {**GOOD, "leave_kind": "parental", "leave_from": "2021-05-01", "leave_to": "2021-06-01"}
    second = {**GOOD, "leave_kind": "medical", "leave_from": "2021-01-05"}
    assert read(first, second).document["appointments"][0]["leaves"] == [
        {"kind": "medical", "from_on": "2021-01-05"},
        {"kind": "parental", "from_on": "2021-05-01", "to_on": "2021-06-01"},
    ]
    assert read(second, first).document == read(first, second).document


def test_a_row_that_repeats_an_appointment_without_another_leave_is_bad():
    assert faults(read(GOOD, GOOD)) == [(3, "appointment_id", "repeats-appointment")]


def test_a_repeated_appointment_must_say_the_same():
    leave = {"leave_kind": "medical", "leave_from": "2021-01-05"}
    assert faults(read(GOOD, {**GOOD, **leave, "unit_id": "labs"})) == [(3, "unit_id", "appointment-disagrees")]


def test_a_row_of_another_length_is_bad_as_a_whole():
    parser = RowParser(columns_of(COLUMNS, Names(), COLUMNS, REQUIRED, "people.csv"), RULES)
    (problem,) = parser.row(7, ["10000001", "x"]).problems
    assert (problem.line, problem.code, dict(problem.data)["found"]) == (7, "ragged", "2")


def test_an_unknown_column_is_kept_with_the_appointment():
    person = read({**GOOD, "Badge": "=7"}, header=(*COLUMNS, "Badge"))
    assert person.document["appointments"][0]["extra"] == {"Badge": "=7"}


def test_columns_may_stand_in_any_order():
    assert read(GOOD, header=tuple(reversed(COLUMNS))).document == read(GOOD).document


def test_a_mapping_renames_columns_and_values_and_problems_keep_the_name_of_the_file():
    mapping = parse_mapping('[columns]\nEMPLID = "person_id"\n[values.category]\n"Fac" = "faculty"\n')
    header = ("EMPLID", *COLUMNS[1:])
    row = {**GOOD, "EMPLID": "10000001", "category": "Fac"}
    assert read(row, header=header, names=mapping.people).document["appointments"][0]["category"] == "faculty"
    bad = read({**row, "EMPLID": "1"}, header=header, names=mapping.people)
    assert faults(bad) == [(2, "EMPLID", "not-8-digits")]


@pytest.mark.parametrize(
    "text",
    ['[columns]\nX = "no_such_column"', "[values.nothing]\na = 'b'", "[colums]\nX = 'email'", "[columns]\nX = 3",
     "[columns]\nA = 'email'\nB = 'email'", "values = 1"],
)  # fmt: skip
def test_a_mapping_that_means_nothing_is_refused_with_its_place(text):
    with pytest.raises(Refusal) as caught:
        parse_mapping(text)
    assert caught.value.code == "mapping-invalid"


def test_a_mapping_that_is_not_toml_is_refused_with_its_line():
    with pytest.raises(Refusal) as caught:
        parse_mapping("[columns\n")
    assert caught.value.code == "mapping-not-toml"
    assert "line 1" in caught.value.data["because"]


def test_a_missing_column_is_named():
    with pytest.raises(Refusal) as caught:
        columns_of(("person_id", "unit_id"), Names(), COLUMNS, REQUIRED, "people.csv")
    assert caught.value.data["missing"] == "email, appointment_id, category"


def units(*rows, kept=None):
    columns = columns_of(UNIT_COLUMNS, Names(), UNIT_COLUMNS, ("unit_id",), "units.csv")
    return read_units(columns, [(number, cells) for number, cells in enumerate(rows, 2)], kept or {})


def test_a_unit_without_an_area_has_its_parents():
    found, problems = units(
        ["u", "", "U", "", ""], ["arts", "u", "Arts", "school", ""], ["music", "arts", "Music", "", ""]
    )
    assert problems == []
    assert places(found)["music"].area == "school"
    assert places(found)["music"].line == ("music", "arts", "u")
    assert places(found)["u"].area is None


def test_units_in_a_circle_are_refused_and_those_below_them_too():
    found, problems = units(
        ["a", "b", "A", "", ""], ["b", "a", "B", "", ""], ["c", "a", "C", "", ""], ["d", "", "D", "", ""]
    )
    assert set(found) == {"d"}
    assert sorted((problem.line, problem.code) for problem in problems) == [
        (2, "unit-circle"),
        (3, "unit-circle"),
        (4, "unknown-parent"),
    ]


def test_a_bad_unit_stays_as_it_is_on_record():
    kept = {"arts": UnitRow("arts", "Arts", "", "school")}
    found, problems = units(["arts", "", "Arts", "SCHOOL!", ""], ["music", "arts", "Music", "", ""], kept=kept)
    assert set(found) == {"music"}
    assert [problem.code for problem in problems] == ["not-a-code"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["x", "nowhere", "X", "", ""], "unknown-parent"),
        (["x", "", "X", "", "123"], "not-person-ids"),
        (["", "", "X", "", ""], "blank"),
        (["x", "x", "X", "", ""], "unit-circle"),
        (["=x", "", "X", "", ""], "formula"),
        (["x", ""], "ragged"),
    ],
)
def test_a_bad_unit_row_is_told(row, code):
    found, problems = units(row)
    assert (found, [problem.code for problem in problems]) == ({}, [code])


def test_a_unit_with_two_rows_has_none():
    found, problems = units(["x", "", "X", "", ""], ["x", "", "Y", "", ""])
    assert (found, [(one.line, one.code) for one in problems]) == ({}, [(3, "repeats-unit")])


def test_a_new_area_moves_the_units_below():
    before = {"a": UnitRow("a", "A", "", "school"), "b": UnitRow("b", "B", "a"), "c": UnitRow("c", "C", "", "central")}
    after = {**before, "a": UnitRow("a", "A", "", "vp_research")}
    assert moved_places(places(before), places(after)) == {"a", "b"}


def test_facts_come_out_of_a_document():
    document = read(
        {
            **GOOD,
            "onboarded_on": "2020-07-01",
            "ends_on": "2022-01-01",
            "leave_kind": "medical",
            "leave_from": "2021-01-05",
        }
    ).document
    facts = facts_from_document(document, places({"music": UnitRow("music", "Music", "", "school")}))
    (appointment,) = facts.appointments
    assert (facts.person_id, facts.onboarded_on, facts.vanished_on) == ("10000001", date(2020, 7, 1), None)
    assert (appointment.area, appointment.unit_line, appointment.ends_on) == ("school", ("music",), date(2022, 1, 1))
    assert (appointment.paid, appointment.benefits_eligible) == (True, None)
    assert appointment.leaves == (Leave("medical", date(2021, 1, 5), None),)


def test_the_difference_of_two_rosters_names_everybody_once():
    assert difference({"a": 1, "b": 1, "c": 1}, {"b": 1, "c": 2, "d": 1}) == {
        "a": "disappear",
        "b": "unchanged",
        "c": "change",
        "d": "appear",
    }


def brake(**counts):
    base = {"people_before": 100, "people_gone": 0, "duties": 50, "duties_changed": 0}
    return [entry["limit"] for entry in implausible(Brake(), **{**base, **counts})]


def test_exactly_the_limit_is_let_through_and_one_more_is_held():
    assert brake(people_gone=5, duties_changed=5) == []
    assert brake(people_gone=6) == ["people-gone"]
    assert brake(duties_changed=6) == ["duties-changed"]
    assert brake(people_gone=100, duties_changed=50) == ["people-gone", "duties-changed"]


def test_a_roster_of_nobody_is_no_change():
    assert brake(people_before=0, duties=0) == []
