"""Two people alike in everything but name and number, every address of the site that others read, and what they read.

`ADA` and `AVA` hold the same appointment in Music under the same supervisor. `crawl` fetches every address of the URL
list for every reader; an address that is about one person is filled for each twin.
"""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from openpyxl import load_workbook

from tests.cast import AMARA, DARIO, KENJI, LIN, PEOPLE, install
from tests.contracts.test_url_matrix import ROWS
from tests.staff import HUGO, MEI, MOMENT, PRIYA, RUTH, TOMAS, content_of, open_office, signed_in_as
from upstander.actions.grants import give
from upstander.models import Account, Case, Certificate, Notice, Person, ProgrammeVersion, Standing

ADA, AVA = "10000021", "10000022"
TWINS = (ADA, AVA)
_ROW = """\
{0},{1},Marsh,,{2}.marsh@aldermere.example,1987-03-09,en,,2016-08-15,employee,a-{2},staff,Archivist,music,\
yes,yes,,,{3},no,2016-08-15,,,,
"""
#: Everybody who must not be able to tell. KENJI runs every programme, AMARA supervises both, DARIO is the analyst.
READERS = {
    "officer": MEI, "officer of all": KENJI, "other officer": HUGO, "department": RUTH, "other department": PRIYA,
    "supervisor": AMARA, "analyst": DARIO, "author": LIN, "other custodian": TOMAS, "anonymous": None,
}  # fmt: skip
#: The rows of the URL matrix that say which addresses each of these is let in to; what it refuses, it refuses alike.
AS = {
    "officer of all": ("officer", "other officer", "author"), "supervisor": ("other learner",),
    **{role: (role,) for role in READERS if role not in ("officer of all", "supervisor")},
}  # fmt: skip
#: Who reads what at every moment; the others read all they may at one of them.
AT_EVERY_MOMENT = ("officer of all", "department", "anonymous")
#: Who reads the pages that are public, or about their reader alone.
ANYBODY = ("supervisor", "anonymous")
NOBODYS = UUID(int=7)
#: The parts of an address that are a twin's; every other part is the same for both.
OWN = {"standing_id", "case_id", "file_id", "attempt", "code", "message_id", "notice_id", "ref"}
PARTS: dict[str, Any] = {
    "key": "page-b", "course": "option-a", "lang": "en", "name": "pre-training", "preset_id": "us-ny-state",
    "section": "one", "page": "first", "number": 1, "part": "audience", "token": "nobodys", "uidb36": "1",
    "file": "nothing.mp4", "kind": "csv", "edition": "nothing", "failing_id": 7,
}  # fmt: skip
#: What some addresses want instead, one row for each way to fetch them: parts, and the query (`{id}`: the twin's).
WAYS: dict[str, list[tuple[dict[str, Any], str]]] = {
    "explainer": [({"name": "responsible-employee"}, "")],
    "explainer-captions": [({"name": "responsible-employee"}, "")],
    "ask-kind": [({"kind": "extension"}, ""), ({"kind": "technical"}, "")],
    "office-course": [({"key": "option-a"}, "")],
    "office-course-holders": [({"key": "option-a"}, "")],
    "office-course-file": [({"key": "option-a"}, "")],
    "department-programme": [({}, ""), ({}, "?unit=music&status=all"), ({}, "?unit=music&status=finished")],
    "department-changes": [({}, "?unit=music")],
    "department-people-file": [({"kind": kind}, "?unit=music&status=all") for kind in ("csv", "xlsx")],
    "office-people": [({}, ""), ({}, "?q=Marsh"), ({}, "?state=satisfied"), ({}, "?state=open")],
    "office-people-file": [({}, ""), ({"kind": "xlsx"}, "")],
    "office-post-file": [({}, ""), ({"kind": "xlsx"}, "")],
    "office-cases": [({}, ""), ({}, "?state=all")],
    "office-cases-file": [({}, ""), ({"kind": "xlsx"}, "")],
    "office-messages": [({}, query) for query in ("", "?outcome=planned", "?outcome=not-sent", "?kind=reminder")],
    "office-letters": [({}, ""), ({}, "?programme=page-b")],
    "office-letter": [
        *(({"kind": kind}, "?programme=page-b") for kind in ("reminder", "confirmation", "case-answered")),
        *(({"kind": kind}, "?programme=page-b&standing={standing}") for kind in ("reminder",)),
    ],
    "office-letter-live": [({"kind": "reminder"}, "?programme=page-b&standing={standing}")],
    "office-person-past": [({}, ""), ({}, "?on=2021-01-28")],
    "office-adjust": [({}, "?kind=waiver"), ({}, "?kind=extension")],
    "check-form": [({}, "?code={code}")],
    "verify-form": [({}, "?code={code}")],
    "courses-search": [({}, "?q=notice")],
    "learn-search": [({}, "?q=notice")],
    "support": [({}, "?course=option-a")],
    "help": [({}, ""), ({}, "?q=reminder")],
}
_DRAFT = "what a course's authors write: it has no people in it"
_ARRANGED = "nothing is arranged for a twin, and a request in confidence makes no arrangement"
_SESSION = "no session is held, and a request in confidence gives no seat in one"
#: Addresses that are not fetched, and why.
LEFT_OUT = {
    "mailbox-message": "in a demo alone, where it is everybody's",
    "leave": "it signs its reader out and leads away from the site",
    "post-in": "a door for mail services, which takes and tells nothing",
    "account_reset_password_from_key": "opened by a letter to its own reader alone",
    "department-remind": "test_confidence_letters compares it with a reminder that went",
    "office-rehearsal": "test_confidence_leaks compares what is played",
    "office-rehearsal-people": "test_confidence_leaks compares what is played",
    "office-rehearsal-file": "test_confidence_leaks compares what is played",
    **dict.fromkeys(
        ("arrangement", "arrangement-calendar", "arrangement-review", "helping-sheet", "helping-course",
         "office-arrangement", "office-arrangement-sheet", "office-arrangement-course", "office-paper-sheet"),
        _ARRANGED,
    ),
    **dict.fromkeys(
        ("in-person-session", "in-person-calendar", "in-person-here", "in-person-code", "in-person-roster",
         "in-person-feedback", "office-in-person-session", "office-in-person-feedback", "office-in-person-roster-file",
         "office-in-person-offer", "office-in-person-date"), _SESSION,
    ),
    **dict.fromkeys(
        ("office-course-draft", "office-course-outline", "office-course-remove", "office-course-discard",
         "office-course-draft-file", "office-course-items", "office-course-item-new", "office-course-item",
         "office-course-words", "office-course-settings", "office-course-drawings", "office-course-media",
         "office-course-medium", "office-course-media-file", "office-course-preview", "office-course-preview-page",
         "office-course-missing", "office-course-changes", "office-course-review", "office-course-page",
         "office-course-live"), _DRAFT,
    ),
    "office-answer-end": "it takes down an answer that is shown to all, of a question about a page",
}  # fmt: skip
#: What may tell of others; the rest of the site is about its reader or about courses.
_ABOUT_OTHERS = re.compile(r"office|department|metrics|verify|check|certificate|confidence|case|helping")
#: Of these, what is about people: that is fetched at every moment.
_ABOUT_PEOPLE = re.compile(
    r"(office(-(programme|people|people-file|person|person-past|messages|sending|cases|cases-file|post|proof|letter|"
    r"letters|adjust|case))?|department.*|metrics|verify|check|certificate)$"
)
#: What everybody reads alike.
_OPEN_TO_ALL = re.compile(r"metrics|verify|check|certificate")
#: Addresses of one twin that name the other beside: those are compared between the worlds alone.
OF_BOTH = frozenset({"office-letter", "office-letter-live"})
#: Reader, name of the address, the address, the twin for whom it was filled.
Place = tuple[str, str, str, str | None]


@dataclass(frozen=True, slots=True)
class Address:
    """One address, for which twin it is filled (None: it is the same for both), and its name in the URL list."""

    name: str
    path: str
    twin: str | None


def settle_in() -> None:
    """The office of the tests with the twins in Music, and readers of every kind."""
    open_office()
    rows = (_ROW.format(key, name, name.lower(), AMARA) for key, name in ((ADA, "Ada"), (AVA, "Ava")))
    install(MOMENT, PEOPLE + "".join(rows))
    for person in Person.objects.filter(pk__in=TWINS):
        Account.objects.create_user(person.email, person=person)
    give(KENJI, "officer", MOMENT, "test")
    give(DARIO, "analyst", MOMENT, "test")
    give(LIN, "author", MOMENT, "test")


def named_addresses() -> dict[str, list[str]]:
    """The parts of every address of the site, by its name."""
    return dict(_named(get_resolver(), []))


def _named(resolver: URLResolver, above: list[str]) -> Iterator[tuple[str, list[str]]]:
    for each in resolver.url_patterns:
        parts = [*above, *(getattr(each.pattern, "converters", None) or each.pattern.regex.groupindex)]
        if isinstance(each, URLResolver):
            yield from _named(each, parts)
        else:
            yield each.name or "", parts


def unfilled() -> list[str]:
    """The addresses with a part for which nobody has said what to put there, and that are in no list."""
    known = {*PARTS, *OWN, "version_id"}
    return sorted(name for name, parts in named_addresses().items() if name not in LEFT_OUT and not set(parts) <= known)


def addresses(role: str, whole: bool) -> list[Address]:
    """Every address that the reader is let in to, and every one of a case, with every way to fetch it."""
    version = ProgrammeVersion.objects.filter(programme_id="page-b").latest("pk").pk
    belongings = {twin: belongings_of(twin) for twin in TWINS}
    found: dict[tuple[str, str, str | None], None] = {}
    for name, parts in named_addresses().items():
        if name in LEFT_OUT or not _is_read(name, parts, role, whole):
            continue
        for more, query in WAYS.get(name, [({}, "")]):
            for twin in TWINS if OWN & set(parts) or "{" in query else (None,):
                for mine in belongings[twin] if twin else [{}]:
                    values = {**PARTS, "version_id": version, **mine, **more}
                    path = reverse(name, kwargs={part: values[part] for part in parts})
                    asked = query.format(standing=mine.get("standing_id"), code=mine.get("code"))
                    found[name, path + asked, twin] = None
    return [Address(*each) for each in found]


def _is_read(name: str, parts: list[str], role: str, whole: bool) -> bool:
    about_others = _ABOUT_OTHERS.match(name)
    if not about_others:
        return whole and role in ANYBODY and _lets_in(name, role)
    if not whole and not _ABOUT_PEOPLE.match(name):
        return False
    if _OPEN_TO_ALL.match(name):
        return role == "anonymous"
    return _lets_in(name, role) or (whole and "case_id" in parts and role in AT_EVERY_MOMENT)


def _lets_in(name: str, role: str) -> bool:
    asked = [row for row in ROWS[name] if row.method == "get" and (not row.absent or name == "metrics")]
    return any(row.absent or row.let_in & set(AS[role]) for row in asked)


def belongings_of(twin: str) -> list[dict[str, Any]]:
    """What is the twin's, to fill addresses with: once for each code that was ever given to them."""
    certificates = Certificate.objects.filter(completion__person_id=twin).values_list("code", flat=True)
    letters = Notice.objects.filter(person_id=twin, case=None).exclude(code=None).order_by("planned_at", "kind")
    case = Case.objects.filter(person_id=twin).first()
    common = {
        "standing_id": Standing.objects.filter(person_id=twin, programme_id="page-b").latest("cycle").pk,
        "case_id": case.pk if case else NOBODYS,
        **dict.fromkeys(("file_id", "ref", "attempt", "message_id"), NOBODYS),
    }  # fmt: skip
    return [common | {"code": code} for code in (*certificates, *letters.values_list("code", flat=True))]


def crawl(whole: bool = False) -> dict[Place, str]:
    """What readers get at every address: by reader, name and address without what is a twin's, and the twin."""
    numbers = Standing.objects.filter(person_id__in=TWINS).values_list("pk", flat=True)
    own_number = re.compile(rf'(/people/|standing=|value="|id="[a-z-]+)({"|".join(map(str, numbers))})\b')
    found: dict[Place, str] = {}
    for role in READERS if whole else AT_EVERY_MOMENT:
        key = READERS[role]
        client = signed_in_as(key) if key else Client()
        for one in addresses(role, whole):
            answer = client.get(one.path, headers={"authorization": "Bearer a token"})
            body = content_of(answer) if answer.streaming else answer.content
            path, number = own_number.sub(r"\1N", marked(one.path)), 1
            while (role, one.name, f"{path} {number}", one.twin) in found:
                number += 1
            text = marked(f"{answer.status_code} {answer.get('Location', '')} {_text(body)}")
            found[role, one.name, f"{path} {number}", one.twin] = own_number.sub(r"\1N", text) if one.twin else text
    return found


def as_twins(seen: dict[Place, str], twin: str) -> dict[tuple[str, ...], str]:
    """What was read at the addresses of one twin, with the twin as ME and the other as YOU."""
    me, you = ("<ADA>", "<AVA>") if twin == ADA else ("<AVA>", "<ADA>")
    return {
        (role, name, path): text.replace(me, "<ME>").replace(you, "<YOU>")
        for (role, name, path, whose), text in seen.items()
        if whose == twin and name not in OF_BOTH
    }


def _text(body: bytes) -> str:
    if body[:2] == b"PK":
        sheets = load_workbook(io.BytesIO(body)).worksheets
        return repr([[cell.value for cell in row] for sheet in sheets for row in sheet.iter_rows()])
    if body[:4] == b"%PDF" and shutil.which("pdftotext"):
        return subprocess.run(["pdftotext", "-", "-"], input=body, capture_output=True, check=True).stdout.decode()
    return unescape(body.decode(errors="replace"))


def marked(text: str) -> str:
    """The text without what is drawn, and with a mark where a twin is named.

    How many rows a night's seal covers, and its digest, are told of all things together: they are left out.
    """
    text = text.replace("%28", "(")
    for key, name in ((ADA, "Ada"), (AVA, "Ava")):
        text = re.sub(rf"{key}|\b{name}( |%20)Marsh|\b{name.lower()}\.marsh|\b{name}\b", f"<{name.upper()}>", text)
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "REF", text)
    text = re.sub(r"\b([0-9a-f]{64}|[0-9a-f]{16})\b", "DIGEST", text)
    text = re.sub(r'data-label="Rows added">\d+|\d+ rows, digest', "ROWS", text)
    return re.sub(r"\b[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4})+", "CODE", text)
