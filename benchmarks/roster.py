"""Imports a roster, and the same file again: `python benchmarks/roster.py [--people N] [--seed S] [--programmes]`.

The bar: a million rows in 180 s under 300 MB, the same file again in 30 s. Uses the database that
UPSTANDER_DATABASE_URL names, else SQLite in a folder of its own. The memory is the highest of all steps so far.
"""

import argparse
import json
import os
import tempfile
from pathlib import Path

from measuring import ROOT, Run, machine, row, run_verb


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--programmes", action="store_true", help="publish both programmes first: decisions included")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("UPSTANDER_DATA_DIR", str(Path(folder) / "data"))
        measure(asked.people, asked.seed, asked.programmes, Path(folder) / "university")


def measure(people: int, seed: int, programmes: bool, files: Path) -> None:
    """Runs every step and prints its figures."""
    row(f"{people} people, seed {seed}; {machine()}", "seconds", "rows/s", "peak MB")
    made = run_verb("synth", "--people", str(people), "--seed", str(seed), "--out", str(files), "--json")
    rows = json.loads(made.stdout)["rows"]
    told("synth", rows, made)
    if programmes:
        for key in ("page-a", "page-b"):
            run_verb("programme", "import", str(ROOT / "upstander" / "programmes" / f"{key}.toml"))
    roster = ("roster", "import", str(files / "people.csv"), "--units", str(files / "units.csv"), "--json")
    told(f"roster import, {rows} rows", rows, run_verb(*roster))
    told("roster import, the same file again", rows, run_verb(*roster))
    told("completions import", rows, run_verb("completions", "import", str(files / "completions.csv"), "--json"))


def told(what: str, rows: int, run: Run) -> None:
    row(what, f"{run.seconds:.1f}", f"{rows / run.seconds:.0f}", f"{run.peak_mb:.0f}")


if __name__ == "__main__":
    main()
