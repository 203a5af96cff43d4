"""The one command keeps its two children running and takes them along when it ends."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import pytest

from upstander.jobs import supervisor
from upstander.jobs.supervisor import Child

pytestmark = pytest.mark.skipif(os.name != "posix", reason="process groups")
#: A child with a child of its own; says the ids of both.
FAMILY = """
import os, subprocess, sys, time
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[1], "a").write(f"{os.getpid()} {grandchild.pid}\\n")
time.sleep(60)
"""
#: A supervisor of a child that watches it, killed without a word.
ORPHAN = """
import subprocess, sys
child = "from upstander.jobs.parent import end_with_parent as e; import os, sys, time; e(); " \\
    "open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(60)"
subprocess.Popen([sys.executable, "-c", child, sys.argv[1]], start_new_session=True).wait()
"""
PATIENCE_SECONDS = 20


def until(what: Callable[[], object]) -> object:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = what()
        if found:
            return found
        threading.Event().wait(0.02)
    raise AssertionError("it did not happen in time")


def lives(process_id: int) -> bool:
    try:
        with open(f"/proc/{process_id}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        pass
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return not os.path.isdir("/proc")


def family(path) -> list[int]:
    return [int(word) for word in path.read_text().split()] if path.exists() else []


def test_stopping_leaves_neither_child_nor_grandchild(tmp_path):
    child = Child("family", [sys.executable, "-c", FAMILY, str(tmp_path / "ids")])
    child.start()
    ids = until(lambda: family(tmp_path / "ids"))
    supervisor.stop([child])
    until(lambda: not any(lives(process_id) for process_id in ids))


def test_a_child_that_dies_is_started_again_and_its_own_children_go(tmp_path):
    child, said = Child("family", [sys.executable, "-c", FAMILY, str(tmp_path / "ids")], pause=0.01), []
    child.start()
    first = until(lambda: family(tmp_path / "ids"))
    os.kill(first[0], 9)
    until(child.ended)

    def started_again() -> bool:
        supervisor._keep_running(child, said.append)
        return len(family(tmp_path / "ids")) == 4

    until(started_again)
    supervisor.stop([child])
    assert not lives(first[1])
    assert "the family ended with status -9" in said[0]


def test_a_child_ends_when_its_supervisor_is_killed(tmp_path):
    path = tmp_path / "id"
    above = subprocess.Popen([sys.executable, "-c", ORPHAN, str(path)])
    process_id = int(until(lambda: path.exists() and path.read_text()))
    above.kill()
    above.wait()
    until(lambda: not lives(process_id))


def test_a_port_that_is_taken_is_noticed_before_anything_starts(tmp_path):
    with supervisor.socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        assert not supervisor.is_free("127.0.0.1", port)
    assert supervisor.is_free("127.0.0.1", port)
