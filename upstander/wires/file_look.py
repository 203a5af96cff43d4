"""What a file is that somebody has sent: looked into by another process (`wires/file_child.py`), never by its name."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from upstander.core.errors import Refusal

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
    """What the other process says of the file; of one at which it breaks, that it is damaged."""
    command = [sys.executable, "-m", "upstander.wires.file_child", str(place)]
    known = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    try:
        done = subprocess.run(
            command, cwd=_ROOT, env={**known, "PYTHONUTF8": "1"}, capture_output=True, timeout=SECONDS, check=True
        )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as problem:
        raise Refusal("file-damaged") from problem


def _digest(place: Path) -> str:
    with place.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
