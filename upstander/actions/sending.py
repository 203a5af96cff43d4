"""Deciding again and claiming in one short transaction, handing over outside any lock, keeping what came of it."""

import random
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from upstander.actions.circumstances import circumstances
from upstander.actions.locks import lock_person
from upstander.actions.standing import refresh
from upstander.core.days import Moment
from upstander.core.decision import SETTLED, Reason
from upstander.core.notices import LATER, Kind, may_send
from upstander.core.programme import Programme
from upstander.models import Account, Notice, Person, Standing
from upstander.queries.programmes import all_published
from upstander.wires.mail import Envelope, Handed, Outcome

#: Letters and digits that nobody confuses: no 0, O, 1 or I.
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LOST_AFTER = timedelta(minutes=15)
#: How long to wait after each temporary failure; after the last one the notice has failed.
BACKOFF_MINUTES = (1, 5, 15, 60, 240, 720, 1440)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a letter is for and what it is about, as read in the claim."""

    person: Person
    standing: Standing
    rules: Programme
    language: str
    code: str
    moment: Moment


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as it goes: subject line, plain text and the same as HTML."""

    subject: str
    text: str
    html: str


class Letter(Protocol):
    """A kind of notice with its words."""

    kind: Kind

    def compose(self, about: Subject) -> Written: ...


class Wire(Protocol):
    """Where messages are handed over."""

    def hand_over(self, envelope: Envelope, moment: Moment) -> Handed: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for every letter of a run: the kinds with their words, and whether working hours matter."""

    letters: Mapping[str, Letter]
    hours_matter: bool = True


def waiting(moment: Moment) -> QuerySet[Notice]:
    """The planned notices that may be asked about now: come due, not put off, sending opened by an officer."""
    may_go = Q(programme=None) | Q(programme__sending_opened_at__isnull=False)
    come = Q(retry_at=None) | Q(retry_at__lte=moment.at)
    return Notice.objects.filter(may_go, come, state="planned", planned_for_on__lte=moment.day)


def send_some(moment: Moment, rules: Rules, wire: Wire, at_most: int = 200) -> Counter:
    """Claims and hands over up to `at_most` waiting notices; what became of them, counted by outcome or reason.

    Several senders may run at once: each takes them in an order of its own, and a claim is won once.
    """
    tally: Counter = Counter()
    ids = list(waiting(moment).order_by("planned_for_on").values_list("pk", flat=True)[:at_most])
    random.shuffle(ids)
    for notice_id in ids:
        taken = claim(notice_id, moment, rules)
        if isinstance(taken, Envelope):
            handed = wire.hand_over(taken, moment)
            tally[settle(notice_id, handed, moment, rules)] += 1
        else:
            tally[taken] += 1
    return tally


def give_up_lost_claims(moment: Moment) -> int:
    """Claims older than fifteen minutes lost their sender: `unknown`, shown, and never sent again by themselves."""
    lost = Notice.objects.filter(state="claimed", claimed_at__lt=moment.at - LOST_AFTER)
    return lost.update(state="unknown")


@transaction.atomic
def claim(notice_id: UUID, moment: Moment, rules: Rules) -> Envelope | str:
    """Decides about the notice once more under the person's lock and claims it; the message to hand over now.

    Else why not: the reason's code (kept on the notice), or "taken" where another sender was first. A completion
    committed before always stops it, for it takes the same lock (rows A13, A09).
    """
    lock_person(Notice.objects.values_list("person_id", flat=True).get(pk=notice_id))
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    if notice.state != "planned" or (notice.retry_at and notice.retry_at > moment.at):
        return "taken"
    letter = rules.letters.get(notice.kind)
    programme = _rules_of(notice)
    if letter is None or programme is None:
        return _not_sent(notice, Reason("kind-retired" if letter is None else "no-standing"), None)
    refresh(notice.person_id, moment)
    standing = _standing(notice)
    person = Person.objects.get(pk=notice.person_id)
    about = circumstances(notice, person, standing, programme, moment, rules.hours_matter)
    reason = may_send(letter.kind, standing.state if standing else None, about)
    if reason is not None or standing is None:
        return _not_sent(notice, reason or Reason("no-standing"), standing)
    language = language_of(person)
    notice.code = notice.code or new_code()
    written = letter.compose(Subject(person, standing, programme, language, notice.code, moment))
    return _claimed(notice, person, standing, written, language, moment)


def _rules_of(notice: Notice) -> Programme | None:
    return next((rules for rules in all_published() if rules.key == notice.programme_id), None)


def _standing(notice: Notice) -> Standing | None:
    return Standing.objects.filter(
        person_id=notice.person_id, programme_id=notice.programme_id, cycle=notice.cycle
    ).first()


def _not_sent(notice: Notice, reason: Reason, standing: Standing | None) -> str:
    if reason.code in LATER:
        notice.retry_at = reason.facts.get("until")
        notice.save(update_fields=["retry_at"])
        return reason.code
    notice.state, notice.not_sent_reason = "not-sent", reason.code
    notice.state_at_dispatch = standing.state if standing else ""
    notice.save(update_fields=["state", "not_sent_reason", "state_at_dispatch"])
    return reason.code


def _claimed(
    notice: Notice, person: Person, standing: Standing, written: Written, language: str, moment: Moment
) -> Envelope:
    notice.state, notice.claimed_at, notice.retry_at = "claimed", moment.at, None
    notice.language, notice.address, notice.state_at_dispatch = language, person.email, standing.state
    notice.subject, notice.body_text, notice.body_html = written.subject, written.text, written.html
    notice.save()
    office = settings.INSTITUTION["office"]
    return Envelope(
        reference=str(notice.pk),
        sender_name=office.get(language, office["en"])["name"],
        sender=settings.MAIL_FROM,
        to=person.email,
        subject=written.subject,
        text=written.text,
        html=written.html,
        language=language,
    )


@transaction.atomic
def settle(notice_id: UUID, handed: Handed, moment: Moment, rules: Rules) -> str:
    """Keeps what came of handing over; the notice's state after it, or "retry".

    `crossed` says that the duty was settled between the claim and this moment: then the message went in vain, and the
    record says so.
    """
    lock_person(Notice.objects.values_list("person_id", flat=True).get(pk=notice_id))
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    letter = rules.letters.get(notice.kind)
    notice.try_count += 1
    if handed.outcome is Outcome.ACCEPTED:
        standing = _standing(notice)
        notice.state, notice.sent_at = "sent", moment.at
        asks = letter is None or letter.kind.asks
        notice.crossed = asks and standing is not None and standing.state in SETTLED
    elif handed.outcome is Outcome.UNCERTAIN:
        notice.state = "unknown"
    elif handed.outcome is Outcome.TEMPORARY and notice.try_count <= len(BACKOFF_MINUTES):
        notice.state, notice.claimed_at = "planned", None
        notice.retry_at = moment.at + timedelta(minutes=BACKOFF_MINUTES[notice.try_count - 1])
    else:
        notice.state = "failed"
        notice.not_sent_reason = "relay-refused" if handed.outcome is Outcome.PERMANENT else "relay-unreachable"
    notice.save()
    return "retry" if notice.state == "planned" else notice.state


def language_of(person: Person) -> str:
    """The language that the person chose here, else the roster's, else English; always one that we speak."""
    chosen = Account.objects.filter(person=person).values_list("language", flat=True).first()
    spoken = dict(settings.LANGUAGES)
    for name in (chosen or "", person.preferred_language):
        code = name.strip().lower().replace("_", "-").partition("-")[0]
        if code in spoken:
            return code
    return "en"


def new_code() -> str:
    """A code that nobody guesses (60 bits) and anybody can read out: three groups of four."""
    letters = [secrets.choice(CODE_LETTERS) for _ in range(12)]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, 12, 4))
