"""`upstander invite`: the link with which a person sets a password."""

from typing import Annotated

import typer
from django.conf import settings
from django.urls import reverse

from upstander.actions.accounts import invite as make_invitation
from upstander.jobs.cli import output
from upstander.jobs.clock import now


def invite(
    person_id: Annotated[str, typer.Argument(help="The person's eight digits.")],
    as_json: Annotated[bool, typer.Option("--json", help="Machine output.")] = False,
) -> None:
    """Prints a link with which the person sets a password, once, within fourteen days.

    Example: upstander invite 10000023
    """
    token = make_invitation(person_id, now())
    link = settings.BASE_URL + reverse("account_invitation", args=[token])
    output.emit({"person_id": person_id, "link": link}) if as_json else output.show(link)
