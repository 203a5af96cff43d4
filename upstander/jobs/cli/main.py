"""The command line: one line a verb. A verb is one function in one file of this folder.

Only the file of the verb asked for is loaded, so that a verb starts fast and Django is ready before it.
"""

import os
import re
import sys
from importlib import import_module
from pathlib import Path

import django
import typer

from upstander.core.errors import Refusal
from upstander.jobs.cli import output
from upstander.jobs.cli.sentences import sentence

#: verb -> "file:function" in this folder; a name of two words is a verb of a group.
VERBS = {
    "completions import": "completions:import_",
    "course adopt": "course_editions:adopt",
    "course check": "course:check",
    "course new": "course_writing:new",
    "course preview": "course_writing:preview",
    "course translate-status": "course_writing:translate_status",
    "course editions": "course_editions:editions",
    "daily": "daily:daily",
    "demo": "demo:demo",
    "invite": "invite:invite",
    "grant": "grant:grant",
    "mail read": "mail:read",
    "mail receive": "mail:receive",
    "migrate": "migrate:migrate",
    "roster import": "roster:import_",
    "sending open": "sending:open_",
    "sending run": "sending:run",
    "sending status": "sending:status",
    "serve": "serve:serve",
    "snapshot": "snapshot:snapshot",
    "synth": "synth:synth",
    "worker": "worker:worker",
    "preset list": "preset:list_",
    "preset show": "preset:show",
    "preset stack": "preset:stack_",
    "preset sign": "preset:sign",
    "preset withdraw": "preset:withdraw",
    "preset draft": "preset:draft",
    "programme check": "programme:check",
    "programme import": "programme:import_",
    "programme export": "programme:export",
    "programme read": "programme_versions:read",
    "programme diff": "programme_versions:diff",
    "programme preview": "programme_versions:preview_",
    "programme drafts": "programme_versions:drafts",
    "programme publish": "programme_versions:publish_",
    "programme release": "programme_versions:release_",
    "programme next-cycle": "programme_versions:next_cycle",
    "decide": "decide:decide",
    "explain": "explain:explain",
    "recheck": "recheck:recheck",
    "history seal": "history:seal",
    "history verify": "history:verify",
    "rehearse": "rehearse:rehearse",
    "cases": "cases:cases",
    "survey check": "survey:check",
    "survey load-key": "survey:load_key",
    "survey export": "survey:export",
    "survey load-tables": "survey:load_tables",
    "survey keys": "survey_opening:keys",
    "survey open": "survey_opening:open_",
}
#: A mail server keeps what it pipes to us and tries again (sysexits.h, EX_TEMPFAIL).
TRY_AGAIN = 75
#: The demo's own folder: its data and an institution's never share a database.
DEMO_DATA_DIR = "./data/demo"
#: Only a clone has tests; its way in runs them before this file is reached.
CLONE_TESTS = Path(__file__).resolve().parents[3] / "tests" / "run.py"
GROUPS = {
    "survey": "The survey before the training, and its tables.",
    "roster": "The roster: people, appointments and units.",
    "completions": "Completions from elsewhere.",
    "course": "Courses as files.",
    "preset": "What laws ask of training.",
    "programme": "Programmes as files.",
    "history": "The record: sealed every night, and proved.",
    "mail": "What comes back by mail.",
    "sending": "Messages: who may send, and what became of them.",
}


def main() -> None:
    """Runs the verb named on the command line; exit status 0 done, 1 refused or found wrong, 2 bad usage."""
    arguments = sys.argv[1:]
    _choose_data(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upstander.config.settings")
    django.setup()
    asked = _asked(arguments)
    try:
        if asked and "--help" not in arguments:
            import_module("upstander.jobs.cli.before").before(asked, arguments)
        _application({asked: VERBS[asked]} if asked else VERBS)(prog_name="upstander")
    except Refusal as refusal:
        output.say(f"upstander: {sentence(refusal)}")
        raise SystemExit(TRY_AGAIN if asked == "mail receive" else 1) from None


def _choose_data(arguments: list[str]) -> None:
    """Points a start of the demo, or one `--into-demo`, at the demo's data, and links at the port served on.

    Before the settings are read, since they read the environment.
    """
    if arguments[:1] == ["demo"] or "--into-demo" in arguments:
        os.environ["UPSTANDER_DEMO"] = "yes"
        os.environ.setdefault("UPSTANDER_DATA_DIR", DEMO_DATA_DIR)
    if arguments[:1] in (["demo"], ["serve"]) and "UPSTANDER_ENV_FILE" not in os.environ:
        host, port = _option(arguments, "--host", "127.0.0.1"), _option(arguments, "--port", "8000")
        os.environ.setdefault("UPSTANDER_BASE_URL", f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}")


def _option(arguments: list[str], name: str, default: str) -> str:
    for word, following in zip(arguments, [*arguments[1:], default], strict=True):
        if word == name or word.startswith(f"{name}="):
            return following if word == name else word.removeprefix(f"{name}=")
    return default


def _asked(arguments: list[str]) -> str:
    for words in (2, 1):
        name = " ".join(arguments[:words])
        if name in VERBS:
            return name
    return ""


def _application(verbs: dict[str, str]) -> typer.Typer:
    app = typer.Typer(
        name="upstander",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help="Mandatory harassment-prevention training: who must take what, by when and why; the courses; the proof.",
    )
    groups: dict[str, typer.Typer] = {}
    examples = []
    for name, place in sorted(verbs.items()):
        file, _, function = place.partition(":")
        verb = getattr(import_module(f"upstander.jobs.cli.{file}"), function)
        examples += re.findall(r"Example: (.*)", verb.__doc__ or "")
        group, _, last = name.rpartition(" ")
        if group and group not in groups:
            groups[group] = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=GROUPS.get(group, ""))
            app.add_typer(groups[group], name=group)
        (groups[group] if group else app).command(last)(verb)
    if len(verbs) == len(VERBS) and CLONE_TESTS.exists():
        examples.append("upstander test -k plan")
    app.callback(epilog="\n".join(["\b", "Examples:", *(f"  {example}" for example in examples)]))(_every)
    return app


def _every() -> None:
    """Has Typer treat even a single verb as a verb."""


if __name__ == "__main__":
    main()
