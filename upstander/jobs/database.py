"""The database before a verb uses it: migrated by the verb itself on the embedded one, refused until done elsewhere."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from upstander.core.errors import Refusal
from upstander.jobs.schedule import lay_schedule

WAIT_SECONDS = 120


def prepare() -> None:
    """Makes the embedded database ready; on PostgreSQL only checks that `migrate` was run.

    Refuses with `migrations-due` and `database-unreachable`.
    """
    if not migrations_due():
        return
    if connection.vendor != "sqlite":
        raise Refusal("migrations-due")
    migrate()


def migrate() -> int:
    """Brings the database to this version and lays the schedule; returns how many migrations ran."""
    with one_at_a_time():
        due = migrations_due()
        if due:
            call_command("migrate", verbosity=0, interactive=False)
        lay_schedule()
    return due


def empty() -> None:
    """Removes every row and lays the schedule anew; only the demo does this, to its own database."""
    with one_at_a_time():
        call_command("flush", verbosity=0, interactive=False)
        lay_schedule()


def migrations_due() -> int:
    """How many migrations this database still lacks; the folder of an embedded one is made where it is missing."""
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    try:
        executor = MigrationExecutor(connection)
        return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except OperationalError as problem:
        raise Refusal("database-unreachable", {"problem": str(problem).splitlines()[0]}) from problem


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Lets one process on this machine prepare the data folder; a crash releases it, on every system."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    path = settings.DATA_DIR / "set-up.lock"
    with closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield
        lock.execute("COMMIT")
