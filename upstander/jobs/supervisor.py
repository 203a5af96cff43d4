"""Keeps the web server and the worker running under one command, and stops both with it."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

LOOK_EVERY_SECONDS = 0.3
GRACE_SECONDS = 15
CALM_SECONDS = 60
LONGEST_PAUSE_SECONDS = 30
READY_WITHIN_SECONDS = 60
POSIX = os.name == "posix"


@dataclass
class Child:
    """One program that must be running; restarted when it ends, each time after a longer pause."""

    name: str
    command: list[str]
    process: subprocess.Popen | None = None
    started: float = 0.0
    pause: float = 0.5
    next_start: float = field(default=0.0)

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, start_new_session=POSIX)

    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def signal_group(self, number: int) -> None:
        """Signals the child and everything it started."""
        if self.process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number) if POSIX else self.process.send_signal(number)

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def clear_away(self) -> None:
        """Leaves nothing of the child behind."""
        self.signal_group(signal.SIGKILL if POSIX else signal.SIGTERM)
        if self.process is not None:
            self.process.wait()


def run(children: list[Child], is_ready: Callable[[], bool], when_ready: Callable[[], None], say: Callable) -> None:
    """Runs the children until SIGINT or SIGTERM; calls `when_ready` once `is_ready` holds."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    for child in children:
        child.start()
    announced, deadline = False, time.monotonic() + READY_WITHIN_SECONDS
    try:
        while not stopping.wait(LOOK_EVERY_SECONDS):
            for child in children:
                _keep_running(child, say)
            if not announced and (is_ready() or time.monotonic() > deadline):
                announced = True
                when_ready()
    finally:
        stop(children)


def _keep_running(child: Child, say: Callable) -> None:
    moment = time.monotonic()
    if child.process is not None and child.ended():
        say(f"the {child.name} ended with status {child.process.returncode}; starting it again in {child.pause:g} s.")
        child.clear_away()
        if moment - child.started > CALM_SECONDS:
            child.pause = 0.5
        child.process, child.next_start = None, moment + child.pause
        child.pause = min(child.pause * 2, LONGEST_PAUSE_SECONDS)
    elif child.process is None and moment >= child.next_start:
        child.start()


def stop(children: list[Child]) -> None:
    """Asks every child to stop, waits, then leaves no process of theirs behind."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children:
        if child.process is not None:
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.1, deadline - time.monotonic()))
    for child in children:
        child.clear_away()


def web(host: str, port: int, workers: int) -> Child:
    command = [sys.executable, "-m", "upstander.jobs.web_process", host, str(port), str(workers)]
    return Child("web server", command)


def worker() -> Child:
    return Child("worker", [sys.executable, "-m", "upstander.jobs.cli.main", "worker", "--supervised"])


def answers(host: str, port: int) -> bool:
    """Whether the site there answers at all (an error is an answer)."""
    connection = HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status > 0
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def is_free(host: str, port: int) -> bool:
    """Whether we could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        if POSIX:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError:
            return False
    return True
