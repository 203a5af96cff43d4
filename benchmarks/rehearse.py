"""Plays sixty days over a synthetic university: `python benchmarks/rehearse.py [--people N ...] [--days N]`.

Uses the database that UPSTANDER_DATABASE_URL names (an empty one), else SQLite in a folder of its own, one a size. The
bar: 100,000 people within a minute or two on a quiet machine, and memory that does not grow with the people.
"""

import argparse
import os
import tempfile
from datetime import date, timedelta
from pathlib import Path

from measuring import ROOT, machine, row, run_verb

FIRST = date(2021, 1, 13)
PROGRAMMES = ("page-b", "page-a")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--days", type=int, default=60)
    asked = parser.parse_args()
    row(f"{asked.days} days; {machine()}", "seconds", "people/s", "peak MB")
    for people in asked.people:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["UPSTANDER_DATA_DIR"] = folder
            measure(people, asked.days, Path(folder))


def measure(people: int, days: int, folder: Path) -> None:
    """Makes the university and rehearses each programme over it; only the rehearsals are timed."""
    files = folder / "files"
    run_verb("synth", "--people", str(people), "--seed", "1", "--out", str(files))
    run_verb("roster", "import", str(files / "people.csv"), "--units", str(files / "units.csv"), ok=(0, 1))
    for key in PROGRAMMES:
        run_verb("programme", "import", str(ROOT / "upstander" / "programmes" / f"{key}.toml"))
        last = FIRST + timedelta(days=days - 1)
        run = run_verb("rehearse", key, "--from", FIRST.isoformat(), "--to", last.isoformat(), "--json")
        figures = f"{run.seconds:.1f}", f"{people / run.seconds:.0f}", f"{run.peak_mb:.0f}"
        row(f"{key}, {people} people, {len(run.stdout) / 2**20:.0f} MB of JSON", *figures)


if __name__ == "__main__":
    main()
