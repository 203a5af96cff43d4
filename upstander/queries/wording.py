"""The office's own words of letters: which are in force, and every earlier number of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from upstander.core.wording import Fault, faults_of
from upstander.core.wording_names import VOCABULARIES
from upstander.models import AuditLine, Notice, NoticeText
from upstander.queries.messages import shown

DRAFT, PUBLISHED = "draft", "published"
#: The audit's word for words that a letter could not use.
FAILED = "letter-words-failed"
#: Whose words, of which kind, in which language; no programme stands for all of them.
Where = tuple[str | None, str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """One letter in one language, for one programme or (None) for all."""

    kind: str
    language: str
    programme: str | None = None


def texts_of(place: Place) -> QuerySet[NoticeText]:
    """Every number of the words of this letter, the newest first."""
    texts = NoticeText.objects.filter(kind=place.kind, language=place.language, programme=place.programme)
    return texts.order_by("-number")


def newest(place: Place) -> NoticeText | None:
    return texts_of(place).first()


def held(place: Place) -> NoticeText | None:
    """The newest published number, empty where the office went back to the words before; None where there is none."""
    return texts_of(place).filter(state=PUBLISHED).first()


def in_force(kinds: Collection[str]) -> dict[Where, NoticeText]:
    """The published words of these kinds by place, without those that were given back; two queries, or one."""
    rows = NoticeText.objects.filter(kind__in=kinds, state=PUBLISHED).order_by("number")
    last = {row[1:]: row[0] for row in rows.values_list("pk", "programme_id", "kind", "language")}
    found = NoticeText.objects.in_bulk(list(last.values())) if last else {}
    return {where: found[pk] for where, pk in last.items() if found[pk].text}


def own_of(texts: Mapping[Where, NoticeText], kind: str, programme: str | None, language: str) -> NoticeText | None:
    """The words with which a letter goes: the programme's own, else those for all, else (None) the built-in ones."""
    if not texts:
        return None
    return texts.get((programme, kind, language)) or texts.get((None, kind, language))


@dataclass(frozen=True, slots=True)
class Standing:
    """How one letter in one language stands: whose words it goes with, since when, and whether a draft waits.

    `of_all`: the words for all programmes stand in for this one's. `faults` keep words that are published from being
    used; the built-in ones go instead. `failed`: they once could not be used.
    """

    own: bool = False
    of_all: bool = False
    since_at: datetime | None = None
    by: str = ""
    draft_at: datetime | None = None
    faults: Sequence[Fault] = ()
    failed: bool = False


def overview(kinds: Collection[str], programme: str | None) -> dict[tuple[str, str], Standing]:
    """(kind, language) -> how it stands, for one programme or for all; two queries."""
    texts = in_force(kinds)
    rows = NoticeText.objects.filter(kind__in=kinds, programme=programme).defer("text").order_by("number")
    last = {(row.kind, row.language): row for row in rows}
    broken = _failed(texts.values())
    found = {}
    for kind in kinds:
        for language, _ in settings.LANGUAGES:
            text = own_of(texts, kind, programme, language)
            newest_one = last.get((kind, language))
            waits = newest_one is not None and newest_one.state == DRAFT
            found[kind, language] = Standing(
                own=text is not None,
                of_all=text is not None and programme is not None and text.programme_id is None,
                since_at=text.made_at if text else None,
                by=text.made_by if text else "",
                draft_at=newest_one.made_at if newest_one and waits else None,
                faults=faults(text.kind, text.subject, text.text) if text else (),
                failed=text is not None and text.pk in broken,
            )
    return found


def _failed(texts: Iterable[NoticeText]) -> set[int]:
    """Those of the words that could not be used in some letter (see `actions.wording.note_failure`)."""
    subjects = {f"letter-text:{text.pk}": text.pk for text in texts}
    if not subjects:
        return set()
    lines = AuditLine.objects.filter(subject__in=subjects, verb=FAILED)
    return {subjects[subject] for subject in lines.values_list("subject", flat=True)}


def faults(kind: str, subject: str, text: str) -> list[Fault]:
    """Everything that keeps these words of the kind from being used here."""
    return faults_of(subject, text, VOCABULARIES[kind], settings.BASE_URL)


def waiting_with(place: Place) -> int:
    """How many planned letters that others may know of would go with these words."""
    planned = shown(Notice.objects.filter(state="planned", kind=place.kind))
    return planned.filter(programme_id=place.programme).count() if place.programme else planned.count()


def tested(dedupe_key: str) -> tuple[NoticeText | None, str]:
    """The words that a test letter tries, and the programme from which its facts come ("" where none was said)."""
    number, _, programme = dedupe_key.rpartition(":")[2].partition("~")
    return (NoticeText.objects.filter(pk=number).first() if number.isdigit() else None), programme.partition("~")[0]
