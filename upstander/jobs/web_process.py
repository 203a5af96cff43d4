"""The web server as the supervisor starts it: `python -m upstander.jobs.web_process HOST PORT WORKERS`."""

import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from upstander.jobs.parent import end_with_parent

#: Requests that one web process takes on at once; the rest waits in the system's queue.
BACKPRESSURE = 64
BACKLOG = 2048
BLOCKING_THREADS = 4


def main(host: str, port: str, workers: str) -> None:
    """Serves the site until stopped."""
    end_with_parent()
    Granian(
        "upstander.config.wsgi:application",
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(workers),
        blocking_threads=BLOCKING_THREADS,
        backpressure=BACKPRESSURE,
        backlog=BACKLOG,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
