"""What every page of the workbench shares: a draft as it stands, its titles, and who did what in words."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from upstander.models import AuditLine, Person, ProgrammeVersion
from upstander.queries.doors.versions import draft_for_officer
from upstander.queries.drafts import DraftView, read_draft
from upstander.queries.roles import roles_of
from upstander.web.office.workbench.parts import BY_KEY, part_of_path
from upstander.web.people import in_words


@dataclass(frozen=True, slots=True)
class Desk:
    """A draft on the desk of one officer."""

    version: ProgrammeVersion
    view: DraftView

    @property
    def title(self) -> str:
        return title_of(self.view.document, self.version.programme_id)

    def context(self) -> dict[str, Any]:
        return {
            "section": "office",
            "version": self.version,
            "view": self.view,
            "title": self.title,
            "made_by": actor_name(self.version.made_by),
            "requested_by": actor_name(self.version.requested_by),
            "has_published": has_published(self.version.programme_id),
        }


def desk_of(request: HttpRequest, version_id: int) -> Desk:
    """The draft, if the reader may edit it; else Http404."""
    version = draft_for_officer(roles_of(request.user), version_id)
    return Desk(version, read_draft(version, request.moment.day))


def revision_of(request: HttpRequest) -> int:
    """The revision that the posted page showed; 0 for what is none."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def by_of(request: HttpRequest) -> str:
    return f"person:{roles_of(request.user).person_id}"


def has_published(key: str) -> bool:
    return ProgrammeVersion.objects.filter(programme_id=key).exclude(published_at=None).exists()


def title_of(document: Any, key: str) -> str:
    """The title that a document says in the reader's language, else the programme's key."""
    title = document.get("title")
    words = {k: v for k, v in title.items() if isinstance(v, str)} if isinstance(title, dict) else {}
    return in_words(words) or key


def actor_name(by: str) -> str:
    """Who an audit line's actor is, for a colleague: a name, the command line, or the program itself."""
    kind, _, key = by.partition(":")
    person = Person.objects.filter(pk=key or kind).first()
    if person is not None:
        return person.called
    return gettext("the program itself") if by else ""


def actor_names(by: list[str]) -> dict[str, str]:
    """The names of several actors in one query."""
    keys = {actor: actor.partition(":")[2] or actor for actor in by}
    called = {person.pk: person.called for person in Person.objects.filter(pk__in=set(keys.values()))}
    own = gettext("the program itself")
    return {actor: called.get(key, own if actor else "") for actor, key in keys.items()}


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What others did to a draft since a reader opened it: who, when, and which part."""

    who: str
    at: Any
    what: str
    part: str


def changed_since(version: ProgrammeVersion, revision: int) -> list[Meanwhile]:
    """The edits after that revision, oldest first."""
    lines = AuditLine.objects.filter(
        subject=f"programme:{version.programme_id}", verb="edit-draft", data__version=version.number,
        data__revision__gt=revision,
    )  # fmt: skip
    names = actor_names([line.actor for line in lines])
    return [Meanwhile(names[line.actor], line.at, part_word(line.data["part"]), line.data["part"]) for line in lines]


def part_word(top_key: str) -> str:
    """The title of the part that a key of the document belongs to."""
    key = part_of_path(top_key)
    return str(BY_KEY[key].title) if key else gettext("The whole text")


def seen_of(document: Any, keys: tuple[str, ...]) -> str:
    """A short mark of some parts of a document as a reader saw them."""
    held = json.dumps({key: document.get(key) for key in keys}, default=str, sort_keys=True)
    return sha256(held.encode()).hexdigest()[:16]
