"""An answer to a case that came by e-mail: written into its thread as its person's, or held for an officer."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import override

from upstander.actions.case_files import Arrived, arrive, attach
from upstander.actions.cases import BY_ITSELF, move
from upstander.actions.locks import lock_person
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.post import MOST_FILES, REPLIES_AN_HOUR, Came, Reading
from upstander.core.requests import OFFICER, PERSON, kind_of, moves_open
from upstander.core.return_address import masked
from upstander.models import Case, CaseEntry, MailReport, Person
from upstander.queries.cases import decline_count
from upstander.words.post import not_kept_words

#: The person's moves that bring words, in the order in which one is looked for.
_SAYING = ("answer", "add", "reopen", "follow-up")
_COUNTED = (Came.REPLY, Came.HELD)
#: What stands in the place of words where there are none.
_NOTHING = "…"


@dataclass(slots=True)
class Brought:
    """The files of a reply: those that were looked into and have arrived, and why others are not kept."""

    arrived: list[Arrived] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)


def brought(reading: Reading) -> Brought:
    """Looks into the files of a reply before anything is locked; only if they would be kept."""
    found = Brought()
    case = Case.objects.select_related("person").filter(reply_token__in=reading.tokens).order_by().first()
    if case is None or case.confidential or not kind_of(case.kind).files or not is_from(case.person, reading):
        return found
    for file in reading.files[:MOST_FILES]:
        try:
            found.arrived.append(arrive(file.name, file.data))
        except Refusal as refusal:
            found.refused.append({"name": file.name, "code": refusal.code})
    return found


def take_reply(reading: Reading, files: Brought, moment: Moment) -> tuple[Came, Case | None]:
    """Writes a reply into the case that its address names; what became of it, and of which case.

    As the person, only if it comes from their address on the roster and our own mail server, where asked, found the
    sender true. Everything else is a note among those who handle the case, which says so. Nothing is ever answered.
    """
    case = Case.objects.filter(reply_token__in=reading.tokens).order_by().first()
    if case is None:
        return Came.OTHER, None
    person = lock_person(case.person_id)
    case.refresh_from_db()
    if case.confidential or not kind_of(case.kind).of_person:
        _tell_not_kept(case, moment)
        return Came.REFUSED, None  # of the message nothing is kept, nor of which case there was one
    if reading.came is Came.TOO_LARGE:
        return Came.TOO_LARGE, case
    if _is_flooded(case, moment):
        return Came.FLOOD, case
    if not reading.text and not reading.files:
        move(case.pk, "note", OFFICER, moment, BY_ITSELF, _NOTHING)
        _say(case, "note", {"by_mail": "empty"})
        return Came.HELD, case
    return _written(case, person, reading, files, moment), case


def _tell_not_kept(case: Case, moment: Moment) -> None:
    """Says in a thread in confidence, once a day, that an answer by mail was not kept and where to write instead."""
    day = moment.at - timedelta(days=1)
    told = CaseEntry.objects.filter(case=case, actor=BY_ITSELF, move="reply", at__gt=day).exists()
    if told or "reply" not in moves_open(case.kind, case.state, OFFICER):
        return
    with override(case.language or "en"):
        move(case.pk, "reply", OFFICER, moment, BY_ITSELF, not_kept_words())


def _is_flooded(case: Case, moment: Moment) -> bool:
    lately = MailReport.objects.filter(case=case, received_at__gt=moment.at - timedelta(hours=1), kind__in=_COUNTED)
    return lately.count() >= REPLIES_AN_HOUR


def is_from(person: Person, reading: Reading) -> bool:
    """Whether a reply can be taken for the person's own words."""
    return bool(person.email) and reading.sender == person.email.strip().lower() and reading.vouched is not False


def _written(case: Case, person: Person, reading: Reading, files: Brought, moment: Moment) -> Came:
    own = is_from(person, reading)
    open_ones = moves_open(case.kind, case.state, PERSON, decline_count(case)) if own else []
    name = next((one for one in _SAYING if one in open_ones), "")
    text = reading.text or "\n".join(file.name for file in reading.files)
    said = {"by_mail": "person" if own else "held", "cut": reading.is_cut}
    if name:
        by = f"person:{person.pk}"
        move(case.pk, name, PERSON, moment, by, text)
        refused = files.refused + _attached(case, files.arrived, moment, by)
        left = len(reading.files) - len(files.arrived) - len(files.refused)
        _say(case, name, said | {"refused": refused, "files_left": left})
        return Came.REPLY
    if own:
        said["by_mail"] = "closed"
    else:
        said["from"] = masked(reading.sender)
    said["files_left"] = len(reading.files)
    move(case.pk, "note", OFFICER, moment, BY_ITSELF, text)
    _say(case, "note", said)
    return Came.HELD


def _attached(case: Case, arrived: list[Arrived], moment: Moment, by: str) -> list[dict[str, str]]:
    """Keeps the files with the case; those that it has no room for, with why."""
    refused = []
    for one in arrived:
        try:
            attach(case, [one], moment, by)
        except Refusal as refusal:
            refused.append({"name": one.name, "code": refusal.code})
    return refused


def _say(case: Case, name: str, said: dict) -> None:
    """Says in the step that was just written how it came; still inside the transaction that wrote it."""
    entry = CaseEntry.objects.filter(case=case, move=name).latest("id")
    entry.data = {**entry.data, **{key: value for key, value in said.items() if value}}
    entry.save(update_fields=["data"])
