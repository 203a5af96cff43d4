"""What every benchmark prints: figures with their unit, and the machine that they were taken on."""

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


@dataclass(frozen=True)
class Run:
    """One verb run by itself: seconds on the clock, the child's peak memory in MB, and what it said."""

    seconds: float
    peak_mb: float
    stdout: str


def machine() -> str:
    """The machine in one line."""
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} {platform.machine()}"
    load = "/".join(f"{one:.1f}" for one in os.getloadavg())
    return f"{os.cpu_count()} cores, {memory_gb:.0f} GB, {system}, Python {platform.python_version()}, load {load}"


@contextmanager
def database(on_postgres: bool) -> Iterator[Path]:
    """A folder for files, with a database to work in: the one that the environment names, else one of its own."""
    from tests.postgres import postgres  # noqa: PLC0415 (only a checkout with the tests' packages has it)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upstander.config.settings")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("UPSTANDER_DATA_DIR", folder)
        if not on_postgres:
            yield Path(folder)
            return
        with postgres(os.environ.get("UPSTANDER_DATABASE_URL", "")) as address:
            os.environ["UPSTANDER_DATABASE_URL"] = address
            os.environ.setdefault("UPSTANDER_SECRET_KEY", "only-for-a-benchmark-" * 3)
            run_verb("migrate")
            yield Path(folder)


def university(people: int, seed: int, folder: Path) -> None:
    """Imports a synthetic roster into the database."""
    files = folder / "university"
    run_verb("synth", "--people", str(people), "--seed", str(seed), "--out", str(files))
    roster = ("roster", "import", str(files / "people.csv"), "--units", str(files / "units.csv"))
    run_verb(*roster, ok=(0, 1))


def run_verb(*words: str, ok: tuple[int, ...] = (0,)) -> Run:
    """Runs a verb in a process of its own and measures it; stops the benchmark where it fails."""
    before = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "upstander", *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    stdout, stderr = process.communicate()
    seconds = time.perf_counter() - before
    if process.returncode not in ok:
        raise SystemExit(f"upstander {' '.join(words)} ended with {process.returncode}:\n{stderr[-2000:]}")
    return Run(seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, stdout)


def row(what: str, *figures: str) -> None:
    """Prints one line of the table."""
    print(f"{what:<58}" + "".join(f"{figure:>16}" for figure in figures))  # noqa: T201
