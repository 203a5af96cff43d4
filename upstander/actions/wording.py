"""Keeping, publishing and trying the office's own words of a letter; every saving is a further number."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from upstander.actions.outbox import plan
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.notices import TEST_LETTER
from upstander.core.wording import SUBJECT_LONGEST, TEXT_LONGEST, tidy
from upstander.models import AuditLine, NoticeText
from upstander.queries.wording import DRAFT, FAILED, PUBLISHED, Place, faults, held, newest

#: A draft may be longer than what is published, but not without end.
DRAFT_LONGEST = 2 * TEXT_LONGEST
WORDED, SEEN = "letter-worded", "letter-preview-seen"


def keep_draft(place: Place, subject: str, text: str, seen: int, moment: Moment, by: str) -> NoticeText:
    """Keeps the words as a draft that sends nothing; the same words again are no further number.

    `seen` is the newest number that its writer saw. Refusals: wording-changed-meanwhile, wording-too-long.
    """
    subject, text = " ".join(subject.split()), tidy(text)
    if len(subject) > SUBJECT_LONGEST * 2 - 40 or len(text) > DRAFT_LONGEST:
        raise Refusal("wording-too-long", {"longest": DRAFT_LONGEST})
    last = newest(place)
    if last is not None and (last.subject, last.text, last.state) == (subject, text, DRAFT):
        return last
    return _saved(place, subject, text, DRAFT, seen, moment, by)


def publish_words(place: Place, subject: str, text: str, seen: int, moment: Moment, by: str) -> NoticeText:
    """From now on letters of this kind go with these words. Refusals: wording-faults, wording-changed-meanwhile."""
    subject, text = " ".join(subject.split()), tidy(text)
    found = faults(place.kind, subject, text)
    if found:
        raise Refusal("wording-faults", {"faults": found})
    return _saved(place, subject, text, PUBLISHED, seen, moment, by)


def give_back(place: Place, seen: int, moment: Moment, by: str) -> NoticeText:
    """Back to the words that stood before there were own ones. Refusals: wording-not-own, wording-changed-meanwhile."""
    now = held(place)
    if now is None or not now.text:
        raise Refusal("wording-not-own", {})
    return _saved(place, "", "", PUBLISHED, seen, moment, by)


@transaction.atomic
def _saved(place: Place, subject: str, text: str, state: str, seen: int, moment: Moment, by: str) -> NoticeText:
    last = newest(place)
    if (last.number if last else 0) != seen:
        raise Refusal("wording-changed-meanwhile", {"theirs": last})
    try:
        with transaction.atomic():
            saved = NoticeText.objects.create(
                programme_id=place.programme, kind=place.kind, language=place.language, number=seen + 1,
                subject=subject, text=text, state=state, made_at=moment.at, made_by=by,
            )  # fmt: skip
    except IntegrityError as problem:
        raise Refusal("wording-changed-meanwhile", {"theirs": newest(place)}) from problem
    data = {"number": saved.number, "state": state, "own": bool(text)}
    AuditLine.objects.create(at=moment.at, actor=by, verb=WORDED, subject=_subject(place), data=data)
    return saved


def _subject(place: Place) -> str:
    return f"letter:{place.kind}:{place.language}:{place.programme or 'all'}"


def send_test(text: NoticeText, person_id: str, programme: str | None, moment: Moment) -> bool:
    """Plans a test of these words to their writer alone; false if the same was asked for within this minute."""
    turn = f"{text.pk}~{programme or ''}~{moment.at:%Y%m%d%H%M}"
    return plan(TEST_LETTER, person_id, None, "", moment, turn)


def note_failure(text: NoticeText, moment: Moment) -> None:
    """Words that could not be used are told to the office, once for each number of them."""
    where = f"letter-text:{text.pk}"
    if not AuditLine.objects.filter(subject=where, verb=FAILED).exists():
        AuditLine.objects.create(at=moment.at, actor="", verb=FAILED, subject=where)


def note_preview(standing_id: int, kind: str, moment: Moment, by: str) -> None:
    """Looking at a letter with a real person's facts is in the audit, as looking at the person is: once an hour."""
    lines = AuditLine.objects.filter(subject=f"standing:{standing_id}", actor=by, verb=SEEN, data__letter=kind)
    if not lines.filter(at__gt=moment.at - timedelta(hours=1)).exists():
        data = {"letter": kind}
        AuditLine.objects.create(at=moment.at, actor=by, verb=SEEN, subject=f"standing:{standing_id}", data=data)
