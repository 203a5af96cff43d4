"""What holds before any verb: the database stands, and demo data and real data keep apart."""

from django.conf import settings

from upstander.actions.installation import is_demo, mark_demo
from upstander.core.errors import Refusal
from upstander.jobs import database
from upstander.jobs.cli import output
from upstander.jobs.clock import now
from upstander.jobs.courses import record_courses

#: Verbs that need no database (and so never prepare nor refuse one).
WITHOUT_DATABASE = {
    "synth",
    "migrate",
    "programme check",
    "course check",
    "course new",
    "course preview",
    "course translate-status",
    "cases",
    "survey check",
    "survey keys",
    "survey open",
}
#: Verbs that bring in data from outside.
IMPORTS = {"roster import", "completions import", "programme import"}
#: Verbs that show courses to people, or say which editions there are: the shipped ones are on record then.
SHOW_COURSES = {"demo", "serve", "worker", "daily", "course editions"}
INTO_DEMO = "--into-demo"


def before(verb: str, arguments: list[str]) -> None:
    """Prepares the database for the verb.

    Refuses with `migrations-due`, `database-unreachable`, `not-a-demo`, `demo-database`, `demo-setting-without-demo`.
    """
    if verb in WITHOUT_DATABASE:
        return
    database.prepare()
    if verb == "demo":
        mark_demo(now())
    elif settings.DEMO and not is_demo():
        raise Refusal("demo-setting-without-demo")
    elif verb in IMPORTS and INTO_DEMO not in arguments and is_demo():
        raise Refusal("demo-database")
    if verb in SHOW_COURSES:
        record_courses(now(), lambda sentence: output.say(f"upstander: {sentence}"))
