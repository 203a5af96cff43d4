"""Writing an invented university to files: units.csv, people.csv, completions.csv, errors.csv, ABOUT.md, about.json."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from upstander.core.errors import Refusal
from upstander.core.roster_rows import COLUMNS
from upstander.jobs.synthetic_people import CATEGORY_SHARES, FIRST_ID, LAST_ID, People, Rates
from upstander.jobs.synthetic_units import SyntheticUnit, make_units

#: what is put into a cell, by column; one is drawn for each row that gets an error
ERRORS = (
    ("starts_on", "31/12/2019"), ("starts_on", "0202-01-15"), ("ends_on", "1901-01-01"), ("unit_id", "no-such-unit"),
    ("category", "wizard"), ("email", "not an address"), ("email", ""), ("paid", "maybe"), ("supervisor_id", "123"),
    ("birth_date", "=TODAY()"), ("student_year", "third"), ("time_zone", "Mars/Olympus"), ("person_id", "1234567"),
    ("preferred_language", "qqq"), ("leave_kind", "holiday"),
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """What university is wanted."""

    people: int
    seed: int
    day: date
    error_rate: float = 0.0
    blank_rate: float = 0.01


class _Counts:
    def __init__(self) -> None:
        self.people = self.rows = self.errors = self.completions = 0
        self.categories: dict[str, int] = {}


def write_university(wish: Wish, folder: Path, written: Callable[[int], None] = lambda count: None) -> dict:
    """Writes the files, person by person, and returns what `about.json` says.

    The same wish gives the same bytes. Refuses with `too-many-people` beyond the eight-digit ids there are.
    """
    if not 1 <= wish.people <= LAST_ID - FIRST_ID:
        raise Refusal("too-many-people", {"most": LAST_ID - FIRST_ID})
    folder.mkdir(parents=True, exist_ok=True)
    rng = Random(f"{wish.seed}:{wish.day}")
    rates = Rates(blank=wish.blank_rate)
    units = make_units(wish.people, rng)
    counts = _write_people(wish, folder, People(units, wish.day, rng, rates), written)
    _write_units(units, folder)
    about = {
        "people": counts.people, "rows": counts.rows, "units": len(units), "completions": counts.completions,
        "seed": wish.seed, "around": wish.day.isoformat(), "error_rate_of_rows": wish.error_rate,
        "rows_with_an_error": counts.errors, "rates_of_people": rates.stated(),
        "category_shares": CATEGORY_SHARES, "categories": dict(sorted(counts.categories.items())),
    }  # fmt: skip
    (folder / "about.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    (folder / "ABOUT.md").write_text(_about_text(about), encoding="utf-8")
    return about


def _write_people(wish: Wish, folder: Path, people: People, written: Callable[[int], None]) -> _Counts:
    counts = _Counts()
    spoiling = Random(f"errors:{wish.seed}")
    with (
        (folder / "people.csv").open("w", encoding="utf-8", newline="") as people_file,
        (folder / "completions.csv").open("w", encoding="utf-8", newline="") as completions_file,
        (folder / "errors.csv").open("w", encoding="utf-8", newline="") as errors_file,
    ):
        rows, completions, errors = (
            csv.writer(file, lineterminator="\n") for file in (people_file, completions_file, errors_file)
        )
        rows.writerow(COLUMNS)
        completions.writerow(("person_id", "course_key", "completed_on", "role", "source", "score"))
        errors.writerow(("line", "person_id", "column", "value"))
        for person in people.draw(wish.people):
            counts.people += 1
            category = person.rows[0]["category"]
            counts.categories[category] = counts.categories.get(category, 0) + 1
            for row in person.rows:
                counts.rows += 1
                if wish.error_rate and spoiling.random() < wish.error_rate:
                    column, value = ERRORS[int(spoiling.random() * len(ERRORS))]
                    row[column] = value
                    counts.errors += 1
                    errors.writerow((counts.rows + 1, person.person_id, column, value))
                rows.writerow([row.get(column, "") for column in COLUMNS])
            completions.writerows(person.completions)
            counts.completions += len(person.completions)
            written(counts.people)
    return counts


def _write_units(units: list[SyntheticUnit], folder: Path) -> None:
    with (folder / "units.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("unit_id", "parent_id", "name", "area", "administrator_ids"))
        for unit in units:
            rows.writerow((unit.unit_id, unit.parent_id, unit.name, unit.area, " ".join(unit.administrators)))


def _about_text(about: dict) -> str:
    lines = [f"* {name.replace('_', ' ')}: {value:g}" for name, value in about["rates_of_people"].items()]
    return (
        "# An invented university\n\n"
        f"{about['people']} people in {about['rows']} rows and {about['units']} units around {about['around']}, "
        f"seed {about['seed']}. Nobody here exists.\n\n"
        "Stated rates, as shares of people:\n\n" + "\n".join(lines) + "\n\n"
        f"Rows made wrong on purpose: {about['rows_with_an_error']} (a share of {about['error_rate_of_rows']:g}); "
        "`errors.csv` names each by line and column. `completions.csv` holds earlier completions. "
        "Units without an area have their parent's.\n"
    )
