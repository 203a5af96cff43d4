"""Accounts: an invitation becomes a password, once; and the language a person chose is kept."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F

from upstander.actions.locks import lock_person
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.models import Account, AuditLine, Installation, Invitation, Person

#: how long an invitation can be used
INVITATION_DAYS = 14


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _note(moment: Moment, verb: str, person_id: str) -> None:
    AuditLine.objects.create(at=moment.at, actor=f"person:{person_id}", verb=verb, subject=f"person:{person_id}")


@transaction.atomic
def invite(person_id: str, moment: Moment) -> str:
    """Makes a link's token with which this person sets a password, once, within fourteen days; earlier ones end.

    Refusals: `no-such-person`, `person-suspended`, `person-without-email`.
    """
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise Refusal("no-such-person", {"person_id": person_id})
    if person.vanished_on is not None:
        raise Refusal("person-suspended", {"person_id": person_id, "since_on": person.vanished_on.isoformat()})
    if not person.email:
        raise Refusal("person-without-email", {"person_id": person_id})
    Invitation.objects.filter(person=person, used_at=None, expires_at__gt=moment.at).update(expires_at=moment.at)
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        person=person,
        token_digest=_digest(token),
        made_at=moment.at,
        expires_at=moment.at + timedelta(days=INVITATION_DAYS),
    )
    _note(moment, "invited", person.pk)
    return token


def invited(token: str, moment: Moment) -> Person:
    """The person whom this token invites; Refusal `invitation-unknown`, `invitation-used` or `invitation-expired`."""
    found = Invitation.objects.select_related("person").filter(token_digest=_digest(token)).first()
    if found is None or found.person.vanished_on is not None:
        raise Refusal("invitation-unknown")
    if found.used_at is not None:
        raise Refusal("invitation-used")
    if found.expires_at <= moment.at:
        raise Refusal("invitation-expired")
    return found.person


@transaction.atomic
def accept(token: str, password: str, moment: Moment) -> Account:
    """Sets the password of the invited person's account, which is made if there is none, and uses the token up.

    Refusals: those of `invited`, and `email-taken` where another person's account has the address.
    """
    person = lock_person(invited(token, moment).pk)
    used = Invitation.objects.filter(token_digest=_digest(token), used_at=None).update(used_at=moment.at)
    if not used:
        raise Refusal("invitation-used")
    account = account_of(person)
    account.set_password(password)
    account.save(update_fields=["password"])
    _note(moment, "password-set", person.pk)
    return account


def account_of(person: Person) -> Account:
    """The person's account, made without a password if there is none; Refusal `email-taken`.

    Call it inside a transaction.
    """
    account = Account.objects.filter(person=person).first()
    if account is not None:
        return account
    if Account.objects.filter(email__iexact=person.email).exists():
        raise Refusal("email-taken", {"person_id": person.pk})
    return Account.objects.create_user(person.email, person=person)


def follow_addresses(person_ids: Sequence[str]) -> None:
    """Lets people sign in by the address that the roster has now; one that another account holds is left alone.

    Call it inside a transaction, after the people were written.
    """
    moved = Account.objects.filter(person_id__in=person_ids).exclude(person__email="")
    for account in moved.exclude(email=F("person__email")).select_related("person"):
        address = account.person.email
        if Account.objects.filter(email__iexact=address).exclude(pk=account.pk).exists():
            continue
        account.email = address
        account.save(update_fields=["email"])
        EmailAddress.objects.filter(user=account).delete()


@transaction.atomic
def open_demo_door(key: str, moment: Moment) -> Account:
    """The account of one of the demo's people; Refusal `no-demo-person` outside a demo database or for another key."""
    installation = Installation.objects.filter(is_demo=True).first()
    listed = installation.demo_people if installation else []
    person_id = next((entry["person_id"] for entry in listed if entry["key"] == key), None)
    person = Person.objects.filter(pk=person_id).first() if person_id else None
    if person is None:
        raise Refusal("no-demo-person", {"key": key})
    _note(moment, "demo-sign-in", person.pk)
    return account_of(person)


def choose_language(account_id: int, language: str) -> None:
    """Keeps the language that a person chose, for every device and every message."""
    Account.objects.filter(pk=account_id).update(language=language)
