"""The verbs `preset list`, `show`, `stack`, `sign`, `withdraw` and `draft`: what laws ask of training."""

from datetime import date
from pathlib import Path
from typing import Annotated

import tomlkit
import typer
from django.utils.translation import override

from upstander.actions.presets import sign_preset, withdraw_signature
from upstander.core.preset_draft import draft_of
from upstander.core.presets import Asked, Preset, Stack, stack
from upstander.core.programme_file import parse_programme
from upstander.delivery import catalogue
from upstander.jobs import clock
from upstander.jobs.cli import output
from upstander.jobs.cli.proving import proved_officer
from upstander.queries.presets import installed_presets, presets, signatures
from upstander.queries.presets import preset as preset_by_id
from upstander.words import presets as words

Ids = Annotated[list[str], typer.Argument(help="Presets, such as us-ny-state.")]
Id = Annotated[str, typer.Argument(help="The preset, such as us-ny-state.")]
AsJson = Annotated[bool, typer.Option("--json", help="Machine output on stdout.")]
Lang = Annotated[str, typer.Option(help="en or es.")]
Officer = Annotated[str, typer.Option("--as", help="The officer who answers for it: ID number or e-mail.")]
PasswordFile = Annotated[Path | None, typer.Option(help="File with that officer's password; else asked.")]
LANGUAGES = ("en", "es")


def list_(
    jurisdiction: Annotated[str, typer.Option(help="Only these, such as US-NY.")] = "",
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """List the legal presets, how much of each was read, and who signed it here. Example: upstander preset list"""
    signed = signatures()
    with override(_known(lang)):
        for preset in installed_presets():
            if not preset.jurisdiction.startswith(jurisdiction.upper()):
                continue
            if as_json:
                output.emit(_as_json(preset, preset.id in signed))
                continue
            state = "signed" if preset.id in signed else "not signed"
            output.show(f"{preset.id}: {words.KINDS[preset.kind]}. {words.CONFIDENCE[preset.confidence]} ({state})")


def show(key: Id, lang: Lang = "en", as_json: AsJson = False) -> None:
    """Show one legal preset as a reviewer reads it. Example: upstander preset show us-ca-supervisor --lang es"""
    preset = preset_by_id(key)
    signature = signatures().get(key)
    if as_json:
        output.emit(_as_json(preset, signature is not None))
        return
    with override(_known(lang)):
        lines = [
            f"{preset.id} ({preset.reference})", preset.who[lang], str(words.KINDS[preset.kind]),
            words.interval_sentence(preset), words.first_sentence(preset),
            ", ".join(str(words.TOPICS[topic]) for topic in preset.topics), preset.check[lang],
            str(words.CONFIDENCE[preset.confidence]), *preset.sources,
        ]  # fmt: skip
        for line in filter(None, lines):
            output.show(line)
    signed = f"signed by {signature.signed_by} on {signature.signed_at:%Y-%m-%d}" if signature else "not signed here"
    output.show(f"{signed}; text {preset.digest[:12]}")


def stack_(keys: Ids, lang: Lang = "en", as_json: AsJson = False) -> None:
    """Show what several presets ask together, each value with its source. Example: upstander preset stack us-ny-state us-ny-nyc"""  # noqa: E501
    whole = stack(presets(keys))
    if as_json:
        output.emit(_stack_as_json(whole))
        return
    with override(_known(lang)):
        for name, asked in _values(whole).items():
            if asked:
                output.show(f"{name}: {asked.value} ({', '.join(asked.by)})")
        for topic, ids in whole.topics.items():
            output.show(f"{words.TOPICS[topic]}: {', '.join(ids)}")
        for tension in whole.tensions:
            output.show(f"{words.TENSIONS[tension.code]} ({', '.join(tension.presets)})")


def sign(
    key: Id,
    officer: Officer,
    note: Annotated[str, typer.Option(help="What you read; needed where only a part was read before.")] = "",
    password_file: PasswordFile = None,
) -> None:
    """Sign a preset after reading it: without a signature no programme that names it is published.

    Example: upstander preset sign us-ny-state --as 90000001
    """
    moment = clock.now()
    person_id = proved_officer(officer, password_file, moment)
    preset = preset_by_id(key)
    signature = sign_preset(key, preset.digest, note, moment, f"person:{person_id}")
    output.say(f"{key} is signed as of {signature.signed_at:%Y-%m-%d}; text {preset.digest[:12]}.")


def withdraw(key: Id, officer: Officer, password_file: PasswordFile = None) -> None:
    """Withdraw the signature under a preset. Example: upstander preset withdraw us-ny-state --as 90000001"""
    moment = clock.now()
    withdraw_signature(key, moment, f"person:{proved_officer(officer, password_file, moment)}")
    output.say(f"{key} is no longer signed here.")


def draft(
    keys: Ids,
    key: Annotated[str, typer.Option(help="The key of the programme.")] = "legal",
    from_on: Annotated[str, typer.Option("--from", help="Its first day; default today.")] = "",
) -> None:
    """Print the draft of a programme for these presets. Example: upstander preset draft us-ny-state > legal.toml"""
    whole = stack(presets(keys))
    first_on = date.fromisoformat(from_on) if from_on else clock.now().day
    made = draft_of(whole, key, words.titles_by_language(whole), catalogue.offered(), first_on)
    text = tomlkit.dumps(made.document)
    parse_programme(text)
    output.show(text.removesuffix("\n"))
    for point in (*made.open_points, *whole.tensions):
        output.say(f"{words.TENSIONS[point.code]} ({', '.join(point.presets)})")


def _known(lang: str) -> str:
    if lang not in LANGUAGES:
        raise typer.BadParameter("must be en or es", param_hint="--lang")
    return lang


def _as_json(preset: Preset, signed: bool) -> dict:
    names = [name for name in preset.__dataclass_fields__ if getattr(preset, name) not in (None, "", (), {})]
    return {name: getattr(preset, name) for name in names} | {"signed": signed}


def _values(whole: Stack) -> dict[str, Asked | None]:
    return {
        "minutes": whole.minutes,
        **{f"minutes of {topic}": asked for topic, asked in whole.extra_minutes.items()},
        "every months": whole.every_months,
        "counted from": whole.counted_from,
        "first days": whole.first_due,
        "keep years": whole.keep_years,
        "interactive": whole.interactive,
    }


def _stack_as_json(whole: Stack) -> dict:
    def plain(asked: Asked | None) -> dict | None:
        return {"value": asked.value, "by": asked.by, "others": dict(asked.others)} if asked else None

    return {
        "presets": [preset.id for preset in whole.presets],
        "topics": dict(whole.topics),
        "minutes": plain(whole.minutes),
        "extra_minutes": {topic: plain(asked) for topic, asked in whole.extra_minutes.items()},
        "every_months": plain(whole.every_months),
        "counted_from": plain(whole.counted_from),
        "first_due_days": plain(whole.first_due),
        "keep_years": plain(whole.keep_years),
        "interactive": plain(whole.interactive),
        "tensions": [{"code": tension.code, "presets": tension.presets} for tension in whole.tensions],
    }
