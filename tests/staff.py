"""The staff of the tests: accounts and roles for some of the cast, and page-b published, ready for office pages.

| constant | role |
|---|---|
| INES | learner |
| RUTH | administrator of Music (from the units file) |
| PRIYA | administrator of Biology (by a grant), a department that is not Music |
| MEI | officer of page-b |
| HUGO | officer of page-a only |
| SOFIA | custodian of page-b: holds what is asked in confidence |
| TOMAS | custodian of page-a only |
"""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from pytest import MonkeyPatch

import upstander
from tests.cast import EVERYBODY, HUGO, INES, MEI, MOMENT, PRIYA, RUTH, SOFIA, TOMAS, install
from tests.recalled import recalled
from upstander.actions.grants import give
from upstander.actions.locks import lock_person
from upstander.actions.programmes import import_programme
from upstander.actions.standing import decide_again
from upstander.core.days import Moment
from upstander.models import Account, Completion, Person

PROGRAMMES = Path(upstander.__file__).parent / "programmes"


def later(days: int = 0, hours: int = 0) -> Moment:
    """A moment so much after that of the cast."""
    at = MOMENT.at + timedelta(days=days, hours=hours)
    return Moment(at=at, day=MOMENT.day + timedelta(days=days))


def open_office(moment: Moment = MOMENT) -> None:
    """Installs the cast, publishes both pages' programmes and gives the staff their roles."""
    recalled(("office", moment), lambda: _open_office(moment))


def _open_office(moment: Moment) -> None:
    install(moment)
    for name in ("page-a", "page-b"):
        import_programme((PROGRAMMES / f"{name}.toml").read_text(encoding="utf-8"), moment, "test")
    for person in Person.objects.filter(pk__in=EVERYBODY):
        Account.objects.create_user(person.email, person=person)
    give(MEI, "officer", moment, "test", programme="page-b")
    give(HUGO, "officer", moment, "test", programme="page-a")
    give(SOFIA, "custodian", moment, "test", programme="page-b")
    give(TOMAS, "custodian", moment, "test", programme="page-a")
    give(PRIYA, "department", moment, "test", unit="biology")


def signed_in_as(person_id: str) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(Account.objects.get(person_id=person_id), "allauth.account.auth_backends.AuthenticationBackend")
    return client


def content_of(answer: HttpResponseBase) -> bytes:
    """The whole of a download, with its file closed as a server closes it (`close` would end the connection too)."""
    content = b"".join(answer.streaming_content)
    for close in answer._resource_closers:
        close()
    return content


def stand_on(monkeypatch: MonkeyPatch, moment: Moment) -> None:
    """Lets every page believe that it is this moment."""
    monkeypatch.setattr("upstander.web.middleware.timezone", SimpleNamespace(now=lambda: moment.at))


def complete(person_id: str, moment: Moment = MOMENT, course: str = "option-a") -> Completion:
    """A completion on record as the completing action does it: under the person's lock, decided at once."""
    with transaction.atomic():
        lock_person(person_id)
        done = Completion.objects.create(
            person_id=person_id, course_key=course, completed_on=moment.day, role="employee", source="upstander",
            recorded_at=moment.at,
        )  # fmt: skip
        decide_again([person_id], moment, "completion", str(done.pk))
    return done


__all__ = [
    "HUGO", "INES", "MEI", "MOMENT", "PRIYA", "RUTH", "SOFIA", "TOMAS", "complete", "content_of", "later",
    "open_office", "signed_in_as", "stand_on",
]  # fmt: skip
