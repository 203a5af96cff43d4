"""`upstander test`: the database part on a real PostgreSQL of its own, then the whole suite on SQLite.

Arguments go to pytest (`tests/core`, `-k name`, `--all` for every combination that is otherwise rotated). The exit
status is that of the run that failed; pytest's closing line over the whole suite comes last.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.browser_finder import find_browser
from tests.postgres import postgres

ROOT = Path(__file__).resolve().parent.parent
NO_TEST_SELECTED = 5
#: A file at a time to whoever is free, in the order of `conftest`: what takes longest first.
PROCESSES = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]


def main(arguments: list[str]) -> int:
    """Runs both parts; returns the exit status of the first that failed."""
    paths = [argument for argument in arguments if (ROOT / argument.split("::")[0]).exists()]
    environment = dict(os.environ)
    if not paths or any("browser" in path or Path(path).name == "tests" for path in paths):
        environment.update(find_browser())
    processes = [] if paths else PROCESSES
    given = environment.pop("UPSTANDER_DATABASE_URL", "")
    with postgres(given) as address:
        on_postgres = {**environment, "UPSTANDER_DATABASE_URL": address}
        where = [] if paths else files_of_the_database()
        first = run_pytest(["-m", "database", *processes, *arguments, *where], on_postgres)
    second = run_pytest([*processes, *arguments], environment)
    if first not in (0, NO_TEST_SELECTED):
        sys.stderr.write("upstander: the database part failed on PostgreSQL; see above.\n")
        return first
    return second


def files_of_the_database() -> list[str]:
    """The files in which a test runs on PostgreSQL too: to collect all the others takes longer than many a test."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return [str(path.relative_to(ROOT)) for path in files if "mark.database" in path.read_text(encoding="utf-8")]


def run_pytest(arguments: list[str], environment: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
