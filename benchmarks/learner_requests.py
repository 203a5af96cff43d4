"""What one request of a learner costs the web process: `python benchmarks/learner_requests.py [--postgres]`.

The requests of `learner_pages.py`, given to the application without a server between: median processor time and the
number of queries by kind of request. Processor time is dearer, too, while other work keeps the machine busy.
"""

import argparse
import io
import statistics
import sys
import time
from collections import defaultdict
from urllib.parse import urlencode
from uuid import uuid4

from learner_pages import Reader, prepare, requests
from measuring import database, machine, row, university

WARM_READERS = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    with database(asked.postgres) as folder:
        import django  # noqa: PLC0415 (the settings read the environment that is set by now)

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415
        from django.db import connection  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        university(asked.people, 1, folder)
        every = requests(prepare())
        row(f"{connection.vendor}; {machine()}", "median ms", "queries")
        measure(every)


def measure(every: list) -> None:
    """Prints a line for each kind of request; the first readers warm the process up."""
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    application = get_wsgi_application()
    seconds, queries = defaultdict(list), defaultdict(set)
    for number, (kind, one, path, data) in enumerate(every):
        before = time.process_time()
        ask(application, one, path, data)
        if number >= WARM_READERS * 6:
            seconds[kind].append(time.process_time() - before)
    for kind, one, path, data in every[: WARM_READERS * 6]:
        queries[kind].add(counted(application, one, path, {**data, "key": str(uuid4())} if data else None))
    for kind, times in seconds.items():
        row(f"  {kind}", f"{statistics.median(times) * 1000:.1f}", "/".join(map(str, sorted(queries[kind]))))


def counted(application: object, one: Reader, path: str, data: dict | None) -> int:
    """How many statements the request sends."""
    from django.db import connection  # noqa: PLC0415

    sent = []

    def count(execute: object, sql: str, *rest: object) -> object:
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        ask(application, one, path, data)
    return len(sent)


def ask(application: object, one: Reader, path: str, data: dict | None) -> None:
    """One request, its answer read to the end; stops the benchmark at an error."""
    body = urlencode(data, doseq=True).encode() if data else b""
    environ = {
        "REQUEST_METHOD": "POST" if data else "GET", "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "127.0.0.1",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "HTTP_COOKIE": one.cookie, "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
    }  # fmt: skip
    if data:
        environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded"

    def start(status: str, headers: list, problem: object = None) -> None:
        if status[0] not in "23":
            raise SystemExit(f"{path} answered {status}")

    answer = application(environ, start)
    b"".join(answer)
    answer.close()


if __name__ == "__main__":
    main()
