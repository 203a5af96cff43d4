"""`upstander worker`: jobs and schedule alone, beside web servers elsewhere."""

import logging
from typing import Annotated

import typer
from django_q.cluster import Cluster

from upstander.jobs.parent import end_with_parent


def worker(supervised: Annotated[bool, typer.Option("--supervised", hidden=True)] = False) -> None:
    """Runs the jobs and the schedule until stopped; any number may run at once.

    Example: upstander worker
    """
    if supervised:
        end_with_parent()
    logging.getLogger("django-q").setLevel(logging.WARNING)
    cluster = Cluster()
    cluster.start()
    if cluster.sentinel:
        cluster.sentinel.join()
