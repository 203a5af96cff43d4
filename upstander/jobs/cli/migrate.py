"""`upstander migrate`: a step of its own where the database is not the embedded one."""

from upstander.jobs import database
from upstander.jobs.cli import output


def migrate() -> None:
    """Brings the database to this version of the program; the same again changes nothing.

    Example: upstander migrate
    """
    output.say(f"upstander: {database.migrate()} migrations applied.")
