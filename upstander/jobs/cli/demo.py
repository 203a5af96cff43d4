"""`upstander demo`: an invented university to walk through, with one command."""

import sys
import threading
import webbrowser
from typing import Annotated

import typer
from django.conf import settings
from django.db import connections

from upstander.jobs import site_files
from upstander.jobs.cli import output
from upstander.jobs.cli.serve import Host, Port, run_site
from upstander.jobs.clock import now
from upstander.jobs.demo.seed import seed

WEB_WORKERS = 1


def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    browser: Annotated[bool, typer.Option(help="Open the site in a browser, on a terminal only.")] = True,
    prepare_only: Annotated[bool, typer.Option("--prepare-only", help="Make the demo's data and stop.")] = False,
) -> None:
    """Makes an invented university and serves it; its data never mix with an institution's.

    Example: upstander demo --port 8080
    """
    seed(now(), lambda sentence: output.say(f"upstander: {sentence}"))
    connections.close_all()
    if prepare_only:
        site_files.collect()
    else:
        run_site(host, port, WEB_WORKERS, settings.BASE_URL, _open_browser if browser and sys.stdout.isatty() else None)


def _open_browser() -> None:
    threading.Thread(target=webbrowser.open, args=[settings.BASE_URL], daemon=True).start()
