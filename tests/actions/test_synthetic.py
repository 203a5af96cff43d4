"""An invented university: the same for the same seed, accepted whole by the import, wrong where it says so."""

import csv
import json

import pytest

from tests.cast import MOMENT
from upstander.actions.completions_import import import_completions
from upstander.actions.roster import import_roster
from upstander.actions.roster_report import Files, Listener
from upstander.core.errors import Refusal
from upstander.jobs.synthetic import Wish, write_university

pytestmark = pytest.mark.django_db
NAMES = ("people.csv", "units.csv", "completions.csv", "errors.csv", "about.json", "ABOUT.md")


def test_the_same_seed_gives_the_same_files(tmp_path):
    for folder in ("one", "two"):
        write_university(Wish(300, 7, MOMENT.day), tmp_path / folder)
    write_university(Wish(300, 8, MOMENT.day), tmp_path / "other")
    for name in NAMES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert (tmp_path / "one" / "people.csv").read_bytes() != (tmp_path / "other" / "people.csv").read_bytes()


def test_everybody_made_up_is_taken_by_the_imports(tmp_path):
    about = write_university(Wish(800, 3, MOMENT.day), tmp_path)
    bad = []
    report = import_roster(
        Files(tmp_path / "people.csv", tmp_path / "units.csv"), MOMENT, listener=Listener(bad=bad.append)
    )
    assert bad == []
    assert report.people["appear"] == about["people"] == 800
    completions = import_completions(tmp_path / "completions.csv", MOMENT, bad=bad.append)
    assert (completions.new, bad) == (about["completions"], [])


def test_it_has_what_a_university_has(tmp_path):
    write_university(Wish(3000, 1, MOMENT.day), tmp_path)
    with (tmp_path / "people.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (tmp_path / "units.csv").open(encoding="utf-8") as file:
        areas = {row["area"] for row in csv.DictReader(file)}
    assert areas == {"", "school", "vp_research", "central", "academic_admin"}
    assert {row["category"] for row in rows} >= {"faculty", "staff", "postdoc", "graduate_student", "affiliate"}
    assert len({row["leave_kind"] for row in rows}) == 8
    assert len(rows) > 3000
    assert any(row["paid"] == "" for row in rows)


def test_rows_are_wrong_exactly_where_it_says(tmp_path):
    about = write_university(Wish(600, 5, MOMENT.day, error_rate=0.05), tmp_path)
    bad = []
    import_roster(Files(tmp_path / "people.csv", tmp_path / "units.csv"), MOMENT, listener=Listener(bad=bad.append))
    with (tmp_path / "errors.csv").open(encoding="utf-8") as file:
        stated = {int(row["line"]) for row in csv.DictReader(file)}
    assert len(stated) == about["rows_with_an_error"] > 10
    assert stated <= {problem.line for problem in bad}
    assert {problem.line for problem in bad if problem.code != "disagrees"} - stated == set()
    assert json.loads((tmp_path / "about.json").read_text(encoding="utf-8")) == about


def test_more_people_than_ids_are_refused(tmp_path):
    with pytest.raises(Refusal, match="too-many-people"):
        write_university(Wish(100_000_000, 1, MOMENT.day), tmp_path)
