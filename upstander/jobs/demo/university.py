"""The demo's files: the standing cast among people of an invented university, and what they have completed so far."""

import csv
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from random import Random

from upstander.core.roster_rows import COLUMNS
from upstander.jobs.demo.calendar import YEARLY_BEGAN_DAYS_AGO, Season
from upstander.jobs.synthetic import Wish, write_university

HERE = Path(__file__).resolve().parent
CROWD = 386
SEED = 7
#: (the parent's name, which of its children) -> id and name of a unit where the cast works, with its administrator.
CAST_UNITS = {
    ("School of Arts", 0): ("music", "Music", "10000011"),
    ("School of Arts", 1): ("history", "History", ""),
    ("School of Science", 0): ("biology", "Biology", ""),
    ("Vice President for Research", 0): ("labs", "Laboratory Safety Office", ""),
    ("Central Administration", 0): ("office", "Office for Prevention and Response", ""),
}
EMPLOYED = ("faculty", "staff", "postdoc")
OPTIONS = ("option-a", "option-b", "option-c", "option-d", "option-e")
#: Shares of the employed who have finished the yearly course, and one of the menu.
YEARLY_DONE, MENU_DONE = 0.84, 0.31
COMPLETION_COLUMNS = ("person_id", "course_key", "completed_on", "role", "source", "score")


def write_files(folder: Path, season: Season) -> None:
    """Writes people.csv, units.csv and completions.csv into the folder, the cast's dates moved into the season."""
    write_university(Wish(CROWD, SEED, season.today), folder)
    units = _read((folder / "units.csv").read_text(encoding="utf-8"))
    crowd = _read((folder / "people.csv").read_text(encoding="utf-8"))
    cast = _read(season.moved((HERE / "cast.csv").read_text(encoding="utf-8")))
    done = _read(season.moved((HERE / "cast-completions.csv").read_text(encoding="utf-8")))
    renamed = _settle_cast(units)
    for row in crowd:
        row["unit_id"] = renamed.get(row["unit_id"], row["unit_id"])
    _write(folder / "units.csv", list(units[0]), units)
    _write(folder / "people.csv", COLUMNS, [*cast, *crowd])
    _write(folder / "completions.csv", COMPLETION_COLUMNS, [*done, *_completions(crowd, season)])


def _read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def _write(path: Path, columns: Iterable[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), restval="")
        writer.writeheader()
        writer.writerows(rows)


def _settle_cast(units: list[dict[str, str]]) -> dict[str, str]:
    """Gives some of the units the ids and names that the cast's rows use; returns old id -> new id."""
    ids = {row["name"]: row["unit_id"] for row in units}
    renamed = {}
    for (parent, place), (unit_id, name, administrator) in CAST_UNITS.items():
        row = [row for row in units if row["parent_id"] == ids[parent]][place]
        renamed[row["unit_id"]] = unit_id
        row.update(unit_id=unit_id, name=name, administrator_ids=administrator or row["administrator_ids"])
    for row in units:
        row["parent_id"] = renamed.get(row["parent_id"], row["parent_id"])
    return renamed


def _completions(crowd: list[dict[str, str]], season: Season) -> list[dict[str, str]]:
    """What the crowd has finished: most of the yearly course by now, a part of the menu that opened lately."""
    rng = Random(SEED)
    made = []
    for person_id in sorted({row["person_id"] for row in crowd if row["category"] in EMPLOYED}):
        if rng.random() < YEARLY_DONE:
            made.append(_completion(person_id, "core", season, rng.randrange(2, YEARLY_BEGAN_DAYS_AGO), rng))
        if rng.random() < MENU_DONE:
            made.append(_completion(person_id, rng.choice(OPTIONS), season, rng.randrange(1, 14), rng))
    return made


def _completion(person_id: str, course: str, season: Season, days_ago: int, rng: Random) -> dict[str, str]:
    day = season.today - timedelta(days=days_ago)
    values = (person_id, course, day.isoformat(), "employee", "earlier system", str(80 + rng.randrange(21)))
    return dict(zip(COMPLETION_COLUMNS, values, strict=True))
