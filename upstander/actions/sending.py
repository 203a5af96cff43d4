"""Deciding again and claiming in one short transaction, handing over outside any lock, keeping what came of it."""

import logging
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Exists, Q, QuerySet, prefetch_related_objects

from upstander.actions.batches import batches
from upstander.actions.bundles import Carried, carried_by, carrier, carry, taken_apart, together, with_companions
from upstander.actions.circumstances import (
    Known,
    circumstances,
    is_of_a_duty,
    known_of,
    place_of,
    standings_of,
    whatever_it_is_about,
)
from upstander.actions.codes import new_code
from upstander.actions.failing import letter_failed
from upstander.actions.hearing import heard
from upstander.actions.letter_headers import headers_of
from upstander.actions.locks import locked_people
from upstander.actions.return_paths import bounce_to, reply_to
from upstander.actions.wording import note_failure
from upstander.core.days import Moment
from upstander.core.decision import SETTLED, Reason
from upstander.core.notices import LATER, TEST_LETTER, Kind, may_send
from upstander.core.post import Came, refuses_the_address
from upstander.core.programme import Programme
from upstander.models import Notice, NoticeText, Person, Standing
from upstander.models import Programme as ProgrammeRow
from upstander.queries.wording import own_of
from upstander.wires.mail import Envelope, Handed, Outcome

_log = logging.getLogger(__name__)
#: Three groups, 59 bits: a code opens nothing, it says what was sent.
CODE_GROUPS = 3
LOST_AFTER = timedelta(minutes=15)
#: What a claim and its outcome write.
WRITTEN = (
    "state", "not_sent_reason", "claimed_at", "sent_at", "try_count", "retry_at", "code", "language", "address",
    "subject", "body_text", "body_html", "state_at_dispatch", "crossed", "went_with",
)  # fmt: skip
#: What carrying it in a letter of several writes; so many alike are written by one statement of their own.
CARRIED = (
    "state", "not_sent_reason", "claimed_at", "retry_at", "language", "address", "state_at_dispatch", "went_with_id",
)  # fmt: skip
MANY_ALIKE = 50
#: What the outcome alone writes, and what it does not read.
KEPT = ("state", "not_sent_reason", "claimed_at", "sent_at", "try_count", "retry_at", "crossed")
UNREAD = ("subject", "body_text", "body_html")
FAILED = {Outcome.PERMANENT: "relay-refused", Outcome.UNWRITABLE: "not-written"}
#: How long to wait after each temporary failure; after the last one the notice has failed.
BACKOFF_MINUTES = (1, 5, 15, 60, 240, 720, 1440)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a letter is for and what it is about, as read in the claim.

    `standing` and `rules` are None where the notice is about no duty and belongs to no programme. `own` are the
    office's words for it, where it has some; `carried` what goes in a letter of several.
    """

    person: Person
    standing: Standing | None
    rules: Programme | None
    language: str
    code: str
    moment: Moment
    units: Mapping[str, str]
    notice: Notice | None = None
    own: NoticeText | None = None
    carried: tuple[Carried, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as it goes: subject line, plain text and the same as HTML; a calendar entry where it brings one.

    `language` where it is not the reader's; `own_failed` says that the office's own words could not be used.
    """

    subject: str
    text: str
    html: str
    calendar: str = ""
    calendar_method: str = ""
    language: str = ""
    own_failed: bool = False


class Letter(Protocol):
    """A kind of notice with its words.

    `reads` names the relations of a notice that `still` and `compose` look at: they are read once for a batch.
    `still` says why a notice may not go any more, or None; of what is about the reader's duty `may_send` knows it all.
    """

    kind: Kind
    reads: tuple[str, ...]

    def still(self, notice: Notice, moment: Moment) -> Reason | None: ...

    def compose(self, about: Subject) -> Written: ...


class Wire(Protocol):
    """Where messages are handed over."""

    def hand_over_all(self, envelopes: Sequence[Envelope], moment: Moment) -> list[Handed]: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for every letter of a run: the kinds with their words, and whether working hours matter."""

    letters: Mapping[str, Letter]
    hours_matter: bool = True


def waiting(moment: Moment) -> QuerySet[Notice]:
    """The planned notices that may be asked about now: come due, not put off, sending opened by an officer."""
    opened = ProgrammeRow.objects.filter(sending_opened_at__isnull=False)
    may_go = Q(Exists(opened), programme=None) | Q(programme__sending_opened_at__isnull=False) | Q(kind=TEST_LETTER)
    come = Q(retry_at=None) | Q(retry_at__lte=moment.at)
    return Notice.objects.filter(may_go, come, state="planned", planned_for_on__lte=moment.day)


def send_some(moment: Moment, rules: Rules, wire: Wire, at_most: int = 200) -> Counter:
    """Claims and hands over up to `at_most` waiting notices; what became of them, counted by outcome or reason.

    Several senders may run at once: each takes them in an order of its own, and a claim is won once.
    """
    tally: Counter = Counter()
    asked: set[UUID] = set()
    for batch in batches(waiting(moment), at_most):
        ids = [notice_id for notice_id in batch if notice_id not in asked]
        answers = claim_some(ids, moment, rules) if ids else {}
        asked.update(answers)
        going = {notice_id: envelope for notice_id, envelope in answers.items() if isinstance(envelope, Envelope)}
        handed = dict(zip(going, wire.hand_over_all(list(going.values()), moment), strict=True))
        tally.update(answer for answer in answers.values() if isinstance(answer, str))
        tally.update(settle_some(handed, moment, rules).values() if handed else ())
    return tally


def give_up_lost_claims(moment: Moment) -> int:
    """Claims older than fifteen minutes lost their sender: `unknown`, shown, and never sent again by themselves."""
    lost = Notice.objects.filter(state="claimed", claimed_at__lt=moment.at - LOST_AFTER)
    return lost.update(state="unknown")


def claim(notice_id: UUID, moment: Moment, rules: Rules) -> Envelope | str:
    """A batch of one; see `claim_some`."""
    return claim_some([notice_id], moment, rules)[notice_id]


@transaction.atomic
def claim_some(ids: Sequence[UUID], moment: Moment, rules: Rules) -> dict[UUID, Envelope | str]:
    """Decides about each notice once more under its person's lock and claims it; the messages to hand over now.

    Else why not: the reason's code (kept on the notice), or "taken" where another sender was first. A completion
    committed before always stops it, for it takes the same lock (rows A13, A09). No answer for a letter about others
    that waits for the next batch, since the ones before it told of so many.
    """
    claimed = dict.fromkeys(with_companions(ids, waiting(moment)))
    people, notices = _locked(list(claimed))
    answers: dict[UUID, Envelope | str] = dict.fromkeys((pk for pk in ids if pk in claimed), "taken")
    open_ones = [n for n in notices if n.state == "planned" and not (n.retry_at and n.retry_at > moment.at)]
    if not open_ones:
        return answers
    known = known_of(open_ones, people, moment, {key: letter.kind for key, letter in rules.letters.items()})
    _read(open_ones, rules)
    going: list[Carried] = []
    for notice in open_ones:
        standing, programme = known.standings.get(place_of(notice)), known.rules.get(notice.programme_id or "")
        try:
            reason = _why_not(notice, people[notice.person_id], known, rules.letters.get(notice.kind), moment, rules)
        except DatabaseError:
            raise
        except Exception:
            answers[notice.pk] = _fault(notice)
            continue
        if reason is not None:
            answers[notice.pk] = _not_sent(notice, reason, standing)
        else:
            going.append(Carried(notice, people[notice.about_id or notice.person_id], standing, programme))
    alone, letters = together(going)
    for each in alone:
        answers[each.notice.pk] = _one(each.notice, each, people, known, moment, rules)
    rows = [carrier(letter, moment) for letter in letters]
    for row, letter in zip(rows, letters, strict=True):
        answers |= {each.notice.pk: "carried" for each in letter}
        answers[row.pk] = _one(row, None, people, known, moment, rules, tuple(letter))
        carry(letter, row)
    _write([*rows, *open_ones])
    return answers


def _lock(ids: Sequence[UUID]) -> dict[str, Person]:
    """The people of these notices, those whom they are about too, locked."""
    asked = Notice.objects.filter(pk__in=ids).order_by().values_list("person_id", "about_id")
    return locked_people({person_id for pair in asked for person_id in pair if person_id})


def _locked(ids: Sequence[UUID]) -> tuple[dict[str, Person], list[Notice]]:
    """The people, then their notices, locked in this order."""
    people = _lock(ids)
    rows = Notice.objects.select_for_update(of=("self",)).select_related("programme").filter(pk__in=ids).order_by("pk")
    return people, list(rows)


def _read(notices: Sequence[Notice], rules: Rules) -> None:
    """What the letters look at, read under the lock, once for all notices of a kind."""
    by_kind: dict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_kind[notice.kind].append(notice)
    for kind, alike in by_kind.items():
        letter = rules.letters.get(kind)
        if letter is not None and letter.reads:
            prefetch_related_objects(alike, *letter.reads)


def _write(notices: Sequence[Notice]) -> None:
    """One statement for the batch, and one for all that a large letter carries, which are alike; the rows are there
    and locked, so every one of them is an update."""
    alike: dict[tuple, list[Notice]] = defaultdict(list)
    for notice in notices:
        alike[tuple(getattr(notice, name) for name in CARRIED) if notice.went_with_id else ()].append(notice)
    large = {values: rows for values, rows in alike.items() if values and len(rows) > MANY_ALIKE}
    each = [notice for values, rows in alike.items() if values not in large for notice in rows]
    Notice.objects.bulk_create(each, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN)
    for values, rows in large.items():
        among = Notice.objects.filter(pk__in=[notice.pk for notice in rows])
        among.update(**dict(zip(CARRIED, values, strict=True)))


def _keep(notices: Sequence[Notice]) -> None:
    """One statement for all of which the same came; the rows are locked. What is planned again goes with nothing."""
    alike: dict[tuple, list[UUID]] = defaultdict(list)
    for notice in notices:
        alike[tuple(getattr(notice, name) for name in KEPT)].append(notice.pk)
    for values, ids in alike.items():
        now = dict(zip(KEPT, values, strict=True))
        Notice.objects.filter(pk__in=ids).update(**now, **({"went_with": None} if now["state"] == "planned" else {}))


def _one(
    notice: Notice,
    duty: Carried | None,
    people: Mapping[str, Person],
    known: Known,
    moment: Moment,
    rules: Rules,
    carried: tuple[Carried, ...] = (),
) -> Envelope | str:
    """Claims one letter, with its words as they are now; one that cannot be written fails alone, on record."""
    person, letter = people[notice.person_id], rules.letters[notice.kind]
    notice.code, language = notice.code or new_code(CODE_GROUPS), known.languages[person.pk]
    own = own_of(known.own_words, notice.kind, notice.programme_id, language)
    standing, programme = (duty.standing, duty.rules) if duty else (None, known.rules.get(notice.programme_id or ""))
    subject = Subject(person, standing, programme, language, notice.code, moment, known.units, notice, own, carried)
    try:
        written = letter.compose(subject)
    except DatabaseError:
        raise
    except Exception:
        return _fault(notice)
    if written.own_failed and own is not None:
        note_failure(own, moment)
    return _claimed(
        notice, subject, written, headers_of(letter.kind, notice.pk, None if notice.case_id else notice.programme_id)
    )


def _fault(notice: Notice) -> str:
    """A fault of ours fails one letter: it stands in the log and in the office's list, and its neighbours go."""
    _log.exception("A letter of the kind %s cannot be written: notice %s", notice.kind, notice.pk)
    notice.state, notice.not_sent_reason = "failed", "not-written"
    return notice.state


def _why_not(
    notice: Notice, person: Person, known: Known, letter: Letter | None, moment: Moment, run: Rules
) -> Reason | None:
    """The gate; what is about no duty of the reader is asked about in its own folder too, last."""
    programme, standing = known.rules.get(notice.programme_id or ""), known.standings.get(place_of(notice))
    if letter is None:
        return Reason("kind-retired")
    of_a_duty = letter.kind.of_duty or notice.about_id is not None
    if of_a_duty and (programme is None or standing is None):
        return Reason("no-standing")
    if of_a_duty:
        about = circumstances(notice, person, known, programme, moment, run.hours_matter)
    else:
        about = whatever_it_is_about(notice, person, known, moment, run.hours_matter)
    return may_send(letter.kind, standing.state if standing else None, about) or letter.still(notice, moment)


def _not_sent(notice: Notice, reason: Reason, standing: Standing | None) -> str:
    if reason.code in LATER:
        until = reason.facts.get("until")
        notice.retry_at = datetime.fromisoformat(until) if until else None
        return reason.code
    notice.state, notice.not_sent_reason = "not-sent", reason.code
    notice.state_at_dispatch = standing.state if standing else ""
    return reason.code


def _claimed(notice: Notice, about: Subject, written: Written, headers: tuple[tuple[str, str], ...] = ()) -> Envelope:
    notice.state, notice.claimed_at, notice.retry_at = "claimed", about.moment.at, None
    notice.language, notice.address = written.language or about.language, about.person.email
    notice.state_at_dispatch = about.standing.state if about.standing else ""
    notice.subject, notice.body_text, notice.body_html = written.subject, written.text, written.html
    office = settings.INSTITUTION["office"]
    # a programme's own office beside an answer would tell what was asked about
    own_office = about.rules.office.get("en") if about.rules and not notice.case_id else None
    return Envelope(
        reference=str(notice.pk),
        sender_name=office.get(notice.language, office["en"])["name"],
        sender=settings.MAIL_FROM,
        to=about.person.email,
        subject=written.subject,
        text=written.text,
        html=written.html,
        language=notice.language,
        headers=headers,
        reply_to=reply_to(notice.case if notice.case_id else None) or (own_office or office)["email"],
        calendar=written.calendar,
        calendar_method=written.calendar_method,
        bounce_to=bounce_to(notice.pk),
    )


def settle(notice_id: UUID, handed: Handed, moment: Moment, rules: Rules) -> str:
    """A batch of one; see `settle_some`."""
    return settle_some({notice_id: handed}, moment, rules)[notice_id]


@transaction.atomic
def settle_some(handed: Mapping[UUID, Handed], moment: Moment, rules: Rules) -> dict[UUID, str]:
    """Keeps what came of handing over; each notice's state after it, or "retry".

    `crossed` says that the duty was settled between the claim and this moment: then the message went in vain, and the
    record says so. What came of a claim that was given up meanwhile is kept too; it is not planned again by itself.
    """
    _lock(list(handed))
    rows = Notice.objects.select_for_update(of=("self",)).defer(*UNREAD).filter(pk__in=list(handed))
    letters = list(rows.order_by("pk"))
    carried = carried_by(handed)
    notices, carriers = [*letters, *carried], {each.went_with_id for each in carried}
    standings = standings_of([notice for notice in notices if _is_about_a_duty(notice, rules)])
    for notice in notices:
        came = handed[notice.went_with_id or notice.pk]
        _settle(notice, came, standings.get(place_of(notice)), moment, rules)
    for row in letters:
        if row.state == "planned" and row.pk in carriers:
            taken_apart(row)
    _keep(notices)
    heard([notice for notice in notices if notice.state == "sent"], moment)
    for row in letters:
        if row.state == "failed" and refuses_the_address(handed[row.pk].reply):
            letter_failed(row, Came.PERMANENT, moment)
    return {notice.pk: "retry" if notice.state == "planned" else notice.state for notice in letters}


def _is_about_a_duty(notice: Notice, rules: Rules) -> bool:
    return is_of_a_duty(notice, {key: letter.kind for key, letter in rules.letters.items()})


def _settle(notice: Notice, handed: Handed, standing: Standing | None, moment: Moment, rules: Rules) -> None:
    notice.try_count += 1
    was_given_up = notice.state != "claimed"
    if handed.outcome is Outcome.ACCEPTED:
        letter = rules.letters.get(notice.kind)
        asks = letter is None or letter.kind.asks
        notice.state, notice.sent_at = "sent", moment.at
        notice.crossed = asks and standing is not None and standing.state in SETTLED
    elif handed.outcome is Outcome.UNCERTAIN:
        notice.state = "unknown"
    elif handed.outcome is Outcome.TEMPORARY and not was_given_up and notice.try_count <= len(BACKOFF_MINUTES):
        notice.state, notice.claimed_at, notice.went_with_id = "planned", None, None
        notice.retry_at = moment.at + timedelta(minutes=BACKOFF_MINUTES[notice.try_count - 1])
    else:
        notice.state = "failed"
        notice.not_sent_reason = FAILED.get(handed.outcome, "relay-unreachable")
