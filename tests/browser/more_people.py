"""More people in a demo that is prepared: spare ones for tests that change something, and readers of letters.

Whom the demo invents differs from day to day, so a test that takes one of them can fail for whom it happens to get.
These are alike in all that a page asks: staff of a school without an end or a leave, in the menu's first group and
on time with it, on no date in person, with no request. What the spare ones have done and the readers owe is the
yearly course.
"""

import csv
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from upstander.actions.completions_import import import_completions
from upstander.actions.installation import offer_at_the_door
from upstander.actions.notices import plan_due
from upstander.actions.roster import import_roster
from upstander.actions.roster_report import Files
from upstander.core.days import Moment
from upstander.core.roster_rows import COLUMNS
from upstander.jobs.clock import now
from upstander.jobs.demo.calendar import Season
from upstander.jobs.demo.university import COMPLETION_COLUMNS, write_files
from upstander.models import Installation
from upstander.queries.programmes import all_published

SCHOOL = "School of Science"
FIRST_SPARE, FIRST_READER = 28_000_001, 29_000_001
DAYS_AGO = 20


def rows(first: int, count: int, unit: str, name: str) -> Iterator[dict[str, str]]:
    for number in range(count):
        person_id = str(first + number)
        yield {
            "person_id": person_id, "legal_first_name": name, "legal_last_name": f"Alike{number + 1}",
            "email": f"{name.lower()}{number + 1}@aldermere.example", "birth_date": "1985-05-05",
            "preferred_language": "en", "onboarded_on": "2012-09-01", "onboarded_as": "employee",
            "appointment_id": f"a-{person_id}", "category": "staff", "title": "Technician", "unit_id": unit,
            "paid": "yes", "benefits_eligible": "yes", "supervises": "no", "starts_on": "2012-09-01",
        }  # fmt: skip


def add(spare: int, readers: int) -> None:
    """Imports them beside everybody whom the demo invented, plans their letters and lets the spare ones in."""
    made = Installation.objects.get()
    season = Season(Moment.of(made.made_at, settings.INSTITUTION_ZONE).day)
    with TemporaryDirectory() as folder:
        people, units, done = (Path(folder) / f"{name}.csv" for name in ("people", "units", "completions"))
        write_files(Path(folder), season)
        with units.open(encoding="utf-8", newline="") as file:
            school = next(row["unit_id"] for row in csv.DictReader(file) if row["name"] == SCHOOL)
        with people.open("a", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, COLUMNS, restval="")
            table.writerows(rows(FIRST_SPARE, spare, school, "Spare"))
            table.writerows(rows(FIRST_READER, readers, school, "Reader"))
        import_roster(Files(people, units), now())
        _write_completions(done, spare, season)
        import_completions(done, now())
    for rules in all_published():
        plan_due(rules, now(), hours_matter=False)
    keys = ({"key": f"spare-{number}", "person_id": str(FIRST_SPARE + number)} for number in range(spare))
    offer_at_the_door([*made.demo_people, *keys])


def _write_completions(path: Path, spare: int, season: Season) -> None:
    day = season.today - timedelta(days=DAYS_AGO)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COMPLETION_COLUMNS)
        table.writerows(
            (FIRST_SPARE + number, "core", day, "employee", "earlier system", 90) for number in range(spare)
        )
