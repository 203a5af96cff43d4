"""`upstander serve`: the site, the worker and the schedule under one command."""

from collections.abc import Callable
from typing import Annotated

import typer
from django.conf import settings

from upstander.core.errors import Refusal
from upstander.jobs import site_files, supervisor
from upstander.jobs.cli import output

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)]


def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serves the site with its worker and schedule until stopped.

    Example: upstander serve --host 0.0.0.0 --port 8000
    """
    run_site(host, port, settings.WEB_WORKERS, settings.BASE_URL)


def run_site(host: str, port: int, web_workers: int, address: str, then: Callable[[], None] | None = None) -> None:
    """Starts the web server and the worker, says where the site is (then does `then`), and ends with both of them."""
    if not supervisor.is_free(host, port):
        raise Refusal("port-taken", {"host": host, "port": port})
    site_files.collect()

    def announce() -> None:
        output.say(f"upstander: {address} (Ctrl-C stops)")
        if then is not None:
            then()

    supervisor.run(
        [supervisor.web(host, port, web_workers), supervisor.worker()],
        is_ready=lambda: supervisor.answers("127.0.0.1" if host == "0.0.0.0" else host, port),
        when_ready=announce,
        say=lambda sentence: output.say(f"upstander: {sentence}"),
    )
