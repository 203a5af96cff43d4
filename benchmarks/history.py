"""Seals, walks, rechecks and past days over a synthetic roster: `python benchmarks/history.py [--people N] [--seed S]`.

Uses the database that UPSTANDER_DATABASE_URL names, else SQLite in a folder of its own. Each step is a verb in its own
process. The memory is the highest of all steps so far, so the small steps stand first.
"""

import argparse
import json
import os
import tempfile
from pathlib import Path

from measuring import ROOT, machine, row, run_verb


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("UPSTANDER_DATA_DIR", folder)
        measure(asked.people, asked.seed, Path(folder) / "university")


def measure(people: int, seed: int, files: Path) -> None:
    """Makes the university in other processes, then runs every step and prints its figures."""
    for words in (
        ("synth", "--people", str(people), "--seed", str(seed), "--out", str(files)),
        ("roster", "import", str(files / "people.csv"), "--units", str(files / "units.csv")),
        ("programme", "import", str(ROOT / "upstander" / "programmes" / "page-a.toml")),
        ("programme", "import", str(ROOT / "upstander" / "programmes" / "page-b.toml")),
    ):
        made = run_verb(*words, ok=(0, 1))
    row(f"{people} people, seed {seed}; {machine()}", "seconds", "rows", "peak MB")
    row("(the university made)", "", "", f"{made.peak_mb:.0f}")
    told("recheck, a thousand", run_verb("recheck", "--json"), "checked")
    sealed = run_verb("history", "seal", "--json")
    told("history seal, the first", sealed, "rows")
    told("history verify", run_verb("history", "verify", "--json"), "seals")
    today = json.loads(sealed.stdout)["day"]
    known = run_verb("decide", "--programme", "page-b", "--known-on", today, "--json")
    decided = str(known.stdout.count("\n"))
    row("decide everybody as known today", f"{known.seconds:.1f}", decided, f"{known.peak_mb:.0f}")
    told("recheck --all", run_verb("recheck", "--all", "--json"), "checked")


def told(what: str, run, counted: str) -> None:
    row(what, f"{run.seconds:.1f}", str(json.loads(run.stdout)[counted]), f"{run.peak_mb:.0f}")


if __name__ == "__main__":
    main()
