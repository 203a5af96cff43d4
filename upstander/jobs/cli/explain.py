"""The verb `explain`: one person's decision as sentences."""

from datetime import date, datetime
from typing import Annotated

import typer
from django.conf import settings
from django.utils.translation import override

from upstander.core.decide import decide
from upstander.core.decision import Decision
from upstander.core.programme import Programme
from upstander.core.replay import end_of_day
from upstander.delivery import catalogue
from upstander.jobs import clock
from upstander.jobs.cli import output
from upstander.jobs.cli.days import day_of
from upstander.queries.facts import facts_of
from upstander.queries.history import roster_said
from upstander.queries.naming import course_keys, group_names, part_names, unit_names
from upstander.queries.programmes import all_published, published, published_version
from upstander.words.dates import deadline, plain_date
from upstander.words.past import known_sentence
from upstander.words.reasons import Naming, sentences
from upstander.words.states import state_word

LANGUAGES = ("en", "es")


def explain(
    person_id: Annotated[str, typer.Argument(help="The person's eight digits.")],
    programme: Annotated[str, typer.Option(help="Only this programme.")] = "",
    as_of: Annotated[
        date | None, typer.Option("--as-of", parser=day_of, metavar="DAY", help="As things stand on this day.")
    ] = None,
    known_on: Annotated[
        date | None,
        typer.Option(
            "--known-on", parser=day_of, metavar="DAY", help="Use only what was known by the end of this day."
        ),
    ] = None,
    lang: Annotated[str, typer.Option(help="en or es.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Machine output on stdout.")] = False,
) -> None:
    """Say why a person owes a training, or why not. Example: upstander explain 10000001 --lang es"""
    if lang not in LANGUAGES:
        raise typer.BadParameter("must be en or es", param_hint="--lang")
    day = as_of or known_on or clock.now().day
    until = end_of_day(known_on, settings.INSTITUTION_ZONE) if known_on else None
    facts = facts_of(person_id, until)
    for rules in [published(programme, until)] if programme else all_published(until):
        decision = decide(rules, facts, day)
        said = sentences(decision, lang, naming(rules, decision, lang))
        if as_json:
            output.emit(
                {**decision.as_json(), "version": rules.version, "lang": lang, "sentences": [s.text for s in said]}
            )
            continue
        output.show(headline(rules, decision, lang, day))
        if known_on and until:
            output.show(f"  {_known(rules.key, person_id, known_on, until, lang)}")
        for sentence in said:
            output.show(f"  {sentence.text}")
        output.show("")


def _known(key: str, person_id: str, known_on: date, until: datetime, lang: str) -> str:
    version = published_version(key, until)
    return known_sentence(known_on, version.number, version.published_at, roster_said(until, person_id), lang)


def headline(rules: Programme, decision: Decision, lang: str, day: date) -> str:
    """The programme, the day, the state and the due date on one line."""
    with override(lang):
        parts = [rules.title[lang], plain_date(day, lang), str(state_word(decision.state))]
    if decision.due_on:
        parts.append(deadline(decision.due_on, lang, settings.INSTITUTION_ZONE))
    return " · ".join(parts)


def naming(rules: Programme, decision: Decision, lang: str) -> Naming:
    """The names that this decision's reasons need."""
    reasons = [reason.as_json() for reason in decision.reasons]
    courses = {key: catalogue.title_of(key, lang) for key in course_keys(reasons)}
    return Naming(unit_names(reasons), group_names(rules, lang), courses, part_names(rules, lang))
