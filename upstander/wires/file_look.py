"""What a file is that somebody has sent: looked into by another process (`wires/file_child.py`), never by its name."""

import hashlib
import json
import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from upstander.core.errors import Refusal

_log = logging.getLogger(__name__)
LARGEST_BYTES = 10_000_000
SECONDS = 30
CHUNK_BYTES = 256 * 1024
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Looked:
    """A file as it is kept: what is in it, the ending that says so, its length, and its SHA-256."""

    media_type: str
    ending: str
    size_bytes: int
    digest: str


def look_into(place: Path) -> Looked:
    """Looks into the file; a picture in it is written anew, without anything that hung on it.

    Refusals: file-size {limit_mb}, file-kind {kinds}, file-damaged, file-active {holds: script | files | password |
    action | size}.
    """
    size = place.stat().st_size
    if size > LARGEST_BYTES:
        raise Refusal("file-size", {"limit_mb": LARGEST_BYTES // 1_000_000})
    if not size:
        raise Refusal("file-damaged")
    said = _asked(place)
    if "refused" in said:
        raise Refusal(said["refused"], said["data"])
    return Looked(said["media_type"], said["ending"], place.stat().st_size, _digest(place))


def _asked(place: Path) -> dict:
    """What the other process says of the file; of one at which it breaks, that it is damaged.

    That it broke stands in the log, for the fault may be the installation's: how it ended and the kind of the error,
    never its words, which may quote from the file.
    """
    command = [sys.executable, "-m", "upstander.wires.file_child", str(place)]
    known = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    try:
        done = subprocess.run(
            command, cwd=_ROOT, env={**known, "PYTHONUTF8": "1"}, capture_output=True, timeout=SECONDS, check=True
        )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as problem:
        _log.warning("A file could not be looked into: %s", _how_it_broke(problem))
        raise Refusal("file-damaged") from problem


def _how_it_broke(problem: Exception) -> str:
    if not isinstance(problem, subprocess.CalledProcessError):
        return type(problem).__name__
    last = problem.stderr.decode(errors="replace").strip().rpartition("\n")[2].partition(":")[0]
    return f"exit status {problem.returncode} {last if last.isidentifier() else ''}".strip()


def _digest(place: Path) -> str:
    with place.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
