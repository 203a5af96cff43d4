"""Decides both programmes over a synthetic roster: `python benchmarks/decide.py [--people N] [--seed S] [--postgres]`.

Uses the database that UPSTANDER_DATABASE_URL names, else SQLite in a folder of its own, or a PostgreSQL of its own.
Each step is a verb in its own process; the memory is the highest of all steps so far.
"""

import argparse
import collections
import json
from pathlib import Path

from measuring import ROOT, database, machine, row, run_verb

PROGRAMMES = (("page-a", "2020-08-15"), ("page-b", "2021-02-17"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    with database(asked.postgres) as folder:
        measure(asked.people, asked.seed, folder / "university")


def measure(people: int, seed: int, files: Path) -> None:
    """Runs every step and prints its figures."""
    row(f"{people} people, seed {seed}; {machine()}", "seconds", "people/s", "peak MB")
    steps = [
        ("synth", ("synth", "--people", str(people), "--seed", str(seed), "--out", str(files))),
        ("roster import", ("roster", "import", str(files / "people.csv"), "--units", str(files / "units.csv"))),
        ("roster import, the same file again",
         ("roster", "import", str(files / "people.csv"), "--units", str(files / "units.csv"))),
    ]  # fmt: skip
    for key, _ in PROGRAMMES:
        path = ROOT / "upstander" / "programmes" / f"{key}.toml"
        steps.append((f"programme import {key} (decided and stored)", ("programme", "import", str(path))))
    for what, words in steps:
        told(what, people, run_verb(*words, ok=(0, 1)))
    for key, day in PROGRAMMES:
        run = run_verb("decide", "--programme", key, "--as-of", day, "--json")
        told(f"decide --programme {key} --as-of {day} --json", people, run)
        counts = collections.Counter(json.loads(line)["state"] for line in run.stdout.splitlines())
        row("  " + ", ".join(f"{state} {count}" for state, count in counts.most_common()))


def told(what: str, people: int, run) -> None:
    row(what, f"{run.seconds:.1f}", f"{people / run.seconds:.0f}", f"{run.peak_mb:.0f}")


if __name__ == "__main__":
    main()
