"""`upstander demo`: an invented university to walk through, with one command."""

import sys
import threading
import webbrowser
from typing import Annotated

import typer
from django.conf import settings
from django.db import connections

from upstander.actions.installation import mark_demo
from upstander.core.days import Moment
from upstander.jobs import database, site_files
from upstander.jobs.cli import output
from upstander.jobs.cli.serve import Host, Port, run_site
from upstander.jobs.clock import now
from upstander.jobs.courses import record_courses
from upstander.jobs.demo.seed import seed
from upstander.models import Installation

WEB_WORKERS = 1
#: The first group's window of a new demo is open for so long.
SEASON_DAYS = 14


def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    browser: Annotated[bool, typer.Option(help="Open the site in a browser, on a terminal only.")] = True,
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw the demo's data away and make them anew.")] = False,
    prepare_only: Annotated[bool, typer.Option("--prepare-only", help="Make the demo's data and stop.")] = False,
) -> None:
    """Makes an invented university and serves it; its data never mix with an institution's.

    Example: upstander demo --port 8080
    """
    moment = now()
    if fresh:
        database.empty()
        mark_demo(moment)
        record_courses(moment, output.say)
    if not seed(moment, lambda sentence: output.say(f"upstander: {sentence}")):
        _say_age(moment)
    connections.close_all()
    if prepare_only:
        site_files.collect()
    else:
        run_site(host, port, WEB_WORKERS, settings.BASE_URL, _open_browser if browser and sys.stdout.isatty() else None)


def _say_age(moment: Moment) -> None:
    """A demo whose season is over still works, but nothing in it is open."""
    days = (moment.at - Installation.objects.get().made_at).days
    if days >= SEASON_DAYS:
        output.say(f"upstander: this demo was made {days} days ago; --fresh makes it anew around today.")


def _open_browser() -> None:
    threading.Thread(target=webbrowser.open, args=[settings.BASE_URL], daemon=True).start()
