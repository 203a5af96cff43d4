"""Every address for every role: allowed, to the sign-in, or 404; an address without a row here fails.

The rows are by the name of the address. A role that is not said to be let in gets 404, an anonymous visitor of a page
that is not public is sent to the sign-in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.authors import written
from tests.cast import AMARA, DARIO, LIN, MOMENT
from tests.contracts.further_rows import FURTHER, failing, filed
from tests.rooms import gathered
from tests.staff import (
    HUGO,
    INES,
    MEI,
    PRIYA,
    RUTH,
    SOFIA,
    TOMAS,
    complete,
    content_of,
    open_office,
    signed_in_as,
    stand_on,
)
from upstander.actions.completion import begin_attempt, submit_attempt
from upstander.actions.drafts import start_draft
from upstander.actions.grants import give
from upstander.actions.learning import begin
from upstander.core.requests import ANOTHER_WAY, CONTENT_QUESTION
from upstander.delivery.catalogue import edition
from upstander.models import AdjustmentRecord, AskedBefore, Case, Certificate, Notice, PageSeen, Rehearsal, Standing

pytestmark = pytest.mark.django_db

#: role -> who plays it; None is a visitor who has not signed in.
ROLES = {
    "anonymous": None,
    "learner": INES,
    "other learner": AMARA,
    "department": RUTH,
    "other department": PRIYA,
    "officer": MEI,
    "other officer": HUGO,
    "custodian": SOFIA,
    "other custodian": TOMAS,
    "analyst": DARIO,
    "author": LIN,
}
EVERYBODY = frozenset(ROLES)
SIGNED_IN = EVERYBODY - {"anonymous"}
NOBODY: frozenset[str] = frozenset()
OWNER = frozenset({"learner"})
ADMINISTRATORS = frozenset({"department", "other department"})
OFFICERS = frozenset({"officer", "other officer"})
OFFICER = frozenset({"officer"})
AUTHOR = frozenset({"author"})
ANALYSTS = frozenset({"analyst"})
CUSTODIANS = frozenset({"custodian", "other custodian"})
CUSTODIAN = frozenset({"custodian"})


@dataclass(frozen=True)
class Row:
    """Who is let in, and how the address is made: its parts, its query, its method; `absent` is 404 for all."""

    let_in: frozenset[str]
    parts: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    method: str = "get"
    absent: bool = False


def b(let_in: frozenset[str], **parts: Any) -> Row:
    return Row(let_in, {"key": "page-b", **parts})


#: What a page says of a link that was good once; the page itself is shown.
GONE = 410
COURSE = {"course": "option-a"}
DRAFT = {"draft_id": "course_draft"}
COURSE_PAGE = {**DRAFT, "section": "course_section", "page": "course_page"}
ROWS: dict[str, list[Row]] = {
    # public
    "home": [Row(EVERYBODY)],
    "help": [Row(EVERYBODY)],
    "help-programme": [b(EVERYBODY)],
    "explainer": [Row(EVERYBODY, {"name": "responsible-employee"})],
    "explainer-captions": [Row(EVERYBODY, {"name": "responsible-employee", "lang": "es"})],
    "privacy": [Row(EVERYBODY)],
    "schedule": [b(EVERYBODY)],
    "verify-form": [Row(EVERYBODY)],
    "verify": [Row(EVERYBODY, {"code": "INES-CERT-2345-6789"})],
    "certificate": [Row(EVERYBODY, {"code": "INES-CERT-2345-6789"})],  # by a code that nobody guesses
    "check-form": [Row(EVERYBODY)],
    "check": [Row(EVERYBODY, {"code": "ABCD-EFGH-JKLM"})],
    "language": [Row(EVERYBODY, method="post")],
    "reading": [Row(EVERYBODY), Row(EVERYBODY, method="post")],
    "theme": [Row(EVERYBODY)],
    "robots": [Row(EVERYBODY)],
    "healthz": [Row(EVERYBODY)],
    "readyz": [Row(EVERYBODY)],
    # nowhere but in a demo, or behind a token
    "mailbox": [Row(NOBODY, absent=True)],
    "mailbox-message": [Row(NOBODY, {"notice_id": "notice"}, absent=True)],
    "demo_door": [Row(NOBODY, method="post", absent=True)],
    "metrics": [Row(NOBODY, absent=True)],
    # the account
    "account": [Row(SIGNED_IN)],
    "account_invitation": [Row(EVERYBODY, {"token": "no-such-token"})],
    "account_login": [Row(EVERYBODY)],
    "account_logout": [Row(EVERYBODY)],
    "account_inactive": [Row(EVERYBODY)],
    "account_signup": [Row(EVERYBODY)],
    "account_change_password": [Row(SIGNED_IN)],
    "account_set_password": [Row(SIGNED_IN)],
    "account_reset_password": [Row(EVERYBODY)],
    "account_reset_password_done": [Row(EVERYBODY)],
    "account_reset_password_from_key": [Row(EVERYBODY, {"uidb36": "1", "key": "no-such-key"})],
    "account_reset_password_from_key_done": [Row(EVERYBODY)],
    # the learner's own
    "my-training": [Row(SIGNED_IN)],
    "survey": [Row(SIGNED_IN, {"name": "pre-training"}), Row(SIGNED_IN, {"name": "pre-training"}, method="post")],
    "courses": [Row(EVERYBODY)],
    "courses-search": [Row(EVERYBODY), Row(EVERYBODY, query="?q=notice")],
    "compare": [b(SIGNED_IN)],
    "own-changes": [b(SIGNED_IN)],
    "due-date": [b(SIGNED_IN - {"other learner", "author"})],
    "wrong": [Row(SIGNED_IN, {"key": "page-b"}, "?reason=0")],
    "ask": [Row(SIGNED_IN)],
    "ask-kind": [Row(SIGNED_IN, {"kind": "extension"}), Row(SIGNED_IN, {"kind": "language"}, method="post")],
    "cases": [Row(SIGNED_IN)],
    "case": [
        Row(OWNER, {"case_id": "case"}),
        Row(OWNER, {"case_id": "case"}, method="post"),
        Row(OWNER, {"case_id": "confided"}),
        Row(OWNER, {"case_id": "question"}),
    ],
    "support": [Row(SIGNED_IN), Row(SIGNED_IN, {}, "?course=option-a")],
    "leave": [Row(EVERYBODY)],
    "learn-start": [Row(SIGNED_IN, COURSE)],
    "learn-changed": [Row(SIGNED_IN, COURSE), Row(SIGNED_IN, COURSE, method="post")],
    "learn-again": [Row(SIGNED_IN, COURSE, method="post")],
    "learn-media": [Row(NOBODY, {**COURSE, "file": "nothing.mp4"})],  # only what a page of the course shows
    "learn-search": [Row(SIGNED_IN, COURSE, "?q=notice")],
    "learn-print": [Row(SIGNED_IN, COURSE)],
    "learn-print-file": [Row(SIGNED_IN, COURSE)],
    "learn-pause": [Row(SIGNED_IN, COURSE)],
    "learn-time": [Row(SIGNED_IN, COURSE, method="post")],
    "learn-ask": [Row(SIGNED_IN, COURSE)],
    "learn-page": [Row(SIGNED_IN, COURSE)],
    "learn-assessment": [Row(SIGNED_IN, COURSE)],
    "learn-question": [Row(SIGNED_IN, {**COURSE, "number": 1})],
    "learn-answers": [Row(SIGNED_IN, COURSE)],
    "learn-result": [Row(OWNER, {**COURSE, "attempt": "attempt"})],
    "learn-review": [Row(OWNER, {**COURSE, "attempt": "attempt"})],
    **{name: [Row(*row) for row in rows] for name, rows in FURTHER.items()},
    # what is asked in confidence
    "confidence": [Row(CUSTODIANS)],
    "confidence-case": [
        Row(CUSTODIAN, {"case_id": "confided"}),
        Row(CUSTODIAN, {"case_id": "confided"}, method="post"),
        Row(NOBODY, {"case_id": "case"}),
        Row(NOBODY, {"case_id": "confided_by_custodian"}),
    ],
    "confidence-done": [Row(CUSTODIAN, {"case_id": "confided"}), Row(NOBODY, {"case_id": "confided_by_custodian"})],
    "confidence-date": [Row(CUSTODIAN, {"case_id": "confided"}), Row(NOBODY, {"case_id": "confided_by_custodian"})],
    # departments
    "department": [Row(ADMINISTRATORS)],
    "department-programme": [
        b(ADMINISTRATORS),
        Row(frozenset({"department"}), {"key": "page-b"}, "?unit=music"),
        Row(frozenset({"other department"}), {"key": "page-b"}, "?unit=biology"),
    ],
    "department-changes": [b(ADMINISTRATORS), Row(frozenset({"department"}), {"key": "page-b"}, "?unit=music")],
    "department-remind": [b(ADMINISTRATORS), Row(frozenset({"department"}), {"key": "page-b"}, "?unit=music")],
    "department-people-file": [
        b(ADMINISTRATORS, kind="csv"),
        Row(frozenset({"department"}), {"key": "page-b", "kind": "csv"}, "?unit=music"),
        Row(frozenset({"other department"}), {"key": "page-b", "kind": "xlsx"}, "?unit=biology"),
    ],
    "department-facts": [Row(ADMINISTRATORS)],
    # the office
    "office": [Row(OFFICERS)],
    "office-presets": [Row(OFFICERS)],
    "office-preset": [Row(OFFICERS, {"preset_id": "us-ny-state"})],
    "office-preset-stack": [Row(OFFICERS, {}, "?preset=us-ny-state")],
    "office-programme": [b(OFFICER), Row(frozenset({"other officer"}), {"key": "page-a"})],
    "office-document": [b(OFFICER)],
    "office-document-file": [b(OFFICER)],
    "office-rehearse": [b(OFFICER), Row(OFFICER, {"key": "page-b"}, "?version=1")],
    "office-rehearsal": [b(OFFICER, rehearsal_id="rehearsal")],
    "office-rehearsal-people": [b(OFFICER, rehearsal_id="rehearsal", which="without-address")],
    "office-rehearsal-file": [b(OFFICER, rehearsal_id="rehearsal", which="assigned")],
    "office-new-programme": [Row(NOBODY)],  # for whoever runs every programme
    "office-versions": [b(OFFICER), Row(OFFICER, {"key": "page-b"}, method="post")],
    "office-version-file": [Row(OFFICER, {"version_id": "version_id"})],
    **{
        f"office-draft{page}": [Row(OFFICER, {"version_id": "version_id"})]
        for page in ("", "-count", "-text", "-difference", "-effect", "-publish", "-release", "-publishing", "-discard")
    },
    "office-draft-part": [Row(OFFICER, {"version_id": "version_id", "part": "audience"})],
    "office-draft-live": [Row(OFFICER, {"version_id": "version_id", "part": "audience"}, method="post")],
    "office-draft-calendar": [Row(OFFICER, {"version_id": "version_id"}, method="post")],
    # the course desk
    "office-courses": [Row(AUTHOR)],
    "office-course-new": [Row(AUTHOR)],
    "office-course-upload": [Row(AUTHOR)],
    "office-course": [Row(AUTHOR, {"key": "option-a"})],
    "office-course-change": [Row(AUTHOR, {"key": "option-a"}, method="post")],
    "office-course-holders": [Row(AUTHOR, {"key": "option-a"})],
    "office-course-file": [Row(AUTHOR, {"key": "option-a", "edition": "course_edition"})],
    "office-course-draft": [Row(AUTHOR, DRAFT)],
    **{
        f"office-course-{page}": [Row(AUTHOR, DRAFT)]
        for page in (
            "remove",
            "discard",
            "draft-file",
            "items",
            "item-new",
            "words",
            "settings",
            "drawings",
            "media",
            "preview",
            "missing",
            "changes",
            "review",
        )
    },
    "office-course-outline": [Row(AUTHOR, DRAFT, method="post")],
    "office-course-page": [Row(AUTHOR, COURSE_PAGE)],
    "office-course-preview-page": [Row(AUTHOR, COURSE_PAGE)],
    "office-course-live": [Row(AUTHOR, COURSE_PAGE, "?lang=en", "post")],
    "office-course-medium": [Row(AUTHOR, {**DRAFT, "name": "course_medium"})],
    "office-course-media-file": [Row(AUTHOR, {**DRAFT, "file": "course_film"})],
    "office-course-item": [Row(AUTHOR, {**DRAFT, "item": "course_item"})],
    "office-sending": [b(OFFICER), Row(OFFICER, {"key": "page-b"}, method="post")],
    "office-people": [b(OFFICER), Row(OFFICER, {"key": "page-b"}, method="post")],
    "office-people-file": [b(OFFICER, kind="csv"), b(OFFICER, kind="xlsx")],
    "office-person": [Row(OFFICER, {"standing_id": "standing"})],
    "office-person-past": [Row(OFFICER, {"standing_id": "standing"}, query) for query in ("", "?on=2021-01-20")],
    "office-survey": [Row(OFFICERS | ANALYSTS)],
    "office-survey-export": [Row(ANALYSTS), Row(ANALYSTS, method="post")],
    "office-survey-tables": [Row(ANALYSTS, method="post")],
    "office-proof": [Row(OFFICERS), Row(OFFICERS, method="post")],
    "office-adjust": [
        *(Row(OFFICER, {"standing_id": "standing"}, *how) for how in (("?kind=waiver",), ("", "post"))),
        Row(NOBODY, {"standing_id": "own_standing"}),
    ],
    "office-adjustment-end": [Row(OFFICER, {"ref": "adjustment"}), Row(OFFICER, {"ref": "adjustment"}, method="post")],
    "office-cases": [Row(OFFICERS)],
    "office-case": [
        Row(OFFICER, {"case_id": "case"}),
        Row(OFFICER, {"case_id": "case"}, method="post"),
        Row(NOBODY, {"case_id": "own_case"}),
        Row(NOBODY, {"case_id": "confided"}),
        Row(OFFICER, {"case_id": "question"}),
    ],
    "office-case-share": [Row(OFFICER, {"case_id": "question"}), Row(NOBODY, {"case_id": "case"})],
    "office-answer-end": [Row(OFFICER, {"shared_id": "shared"}, method="post")],
}


def addresses(resolver: URLResolver) -> Iterator[URLPattern]:
    """Every address of the site."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern)
        else:
            yield pattern


@pytest.fixture
def belongings(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What belongs to the learner: an attempt, a certificate, a message, a standing."""
    open_office()
    give(DARIO, "analyst", MOMENT, "test")
    stand_on(monkeypatch, MOMENT)
    done = complete(INES)
    Certificate.objects.create(code="INES-CERT-2345-6789", completion=done, made_at=MOMENT.at)
    outline = edition("option-a", "en").outline
    enrolment = begin(INES, outline, MOMENT)
    PageSeen.objects.bulk_create(PageSeen(enrolment=enrolment, page=page, at=MOMENT.at) for page in outline.pages)
    attempt = begin_attempt(enrolment.pk, outline, "en", MOMENT)
    submit_attempt(attempt.pk, outline, MOMENT)
    notice = Notice.objects.create(
        dedupe_key="added:ines", kind="added", person_id=INES, programme_id="page-b", cycle="2020-21", state="sent",
        planned_for_on=MOMENT.day, planned_at=MOMENT.at, sent_at=MOMENT.at, code="ABCD-EFGH-JKLM",
    )  # fmt: skip
    standing = Standing.objects.get(person_id=INES, programme_id="page-b")
    return {
        "version_id": start_draft("page-b", MOMENT, "test").pk,
        "attempt": attempt.pk, "notice_id": notice.pk, "standing_id": standing.pk, "rehearsal_id": rehearsed(),
        **doubted(), **written(LIN), **confided(), **gathered(), **failing(), **filed(),
    }  # fmt: skip


def doubted() -> dict[str, Any]:
    """A case and an adjustment of the learner, and the officer's own case and standing."""
    cases = [
        Case.objects.create(
            number=person_id, kind="wrong-fact", person_id=person_id, programme_id="page-b", cycle="2020-21",
            owner="roster", asked={"fact": "paid", "right": "no"}, opened_at=MOMENT.at, opened_by=f"person:{person_id}",
        )
        for person_id in (INES, MEI)
    ]  # fmt: skip
    adjustment = AdjustmentRecord.objects.create(
        person_id=INES, programme_id="page-b", cycle="2020-21", kind="extension", to_on=MOMENT.day,
        recorded_at=MOMENT.at, recorded_by="test",
    )  # fmt: skip
    return {
        "case_id": cases[0].pk,
        "own_case": cases[1].pk,
        "ref": adjustment.ref,
        "own_standing": Standing.objects.get(person_id=MEI, programme_id="page-b").pk,
    }


def confided() -> dict[str, Any]:
    """What the learner and the custodian asked in confidence, a question about a page, and one answered for all."""
    cases = [
        Case.objects.create(
            number=f"{person_id}-{kind[0]}", kind=kind, person_id=person_id, programme_id="page-b", cycle="2020-21",
            owner="officer", confidential=kind == ANOTHER_WAY, asked={"course": "option-a", "note": "Why?"},
            opened_at=MOMENT.at, opened_by=f"person:{person_id}",
        )
        for person_id, kind in ((INES, ANOTHER_WAY), (SOFIA, ANOTHER_WAY), (INES, CONTENT_QUESTION))
    ]  # fmt: skip
    words = {"en": {"question": "Why?", "answer": "So."}, "es": {"question": "¿Por qué?", "answer": "Así."}}
    shared = AskedBefore.objects.create(course_key="option-a", words=words, shared_on=MOMENT.day)
    return {
        "confided": cases[0].pk,
        "confided_by_custodian": cases[1].pk,
        "question": cases[2].pk,
        "shared": shared.pk,
    }


def rehearsed() -> UUID:
    """A rehearsal of page-b."""
    days = {"from_on": MOMENT.day, "to_on": MOMENT.day}
    return Rehearsal.objects.create(programme_id="page-b", version=1, **days, asked_at=MOMENT.at, asked_by="test").pk


def test_every_address_has_a_row():
    names = {pattern.name for pattern in addresses(get_resolver())}
    assert sorted(map(str, names - set(ROWS))) == []
    assert sorted(set(ROWS) - names) == []


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.row("B18")
def test_every_address_lets_in_those_it_should_and_nobody_else(role, belongings):
    person_id = ROLES[role]
    wrong = []
    for name, rows in ROWS.items():
        for row in rows:
            client = signed_in_as(person_id) if person_id else Client()
            address = address_of(name, row, belongings) + row.query
            answer = getattr(client, row.method)(address)
            found, expected = outcome(answer), expected_of(row, role)
            if answer.streaming:
                content_of(answer)
            if found != expected:
                wrong.append(f"{name} ({row.method} {address}): {found}, not {expected}")
    assert "\n".join(wrong) == ""


def address_of(name: str, row: Row, belongings: dict[str, Any]) -> str:
    parts = {key: belongings.get(value, belongings.get(key, value)) for key, value in row.parts.items()}
    if name == "learn-page":
        section = edition(parts["course"], "en").sections[0]
        parts |= {"section": section.id, "page": section.pages[0].id}
    return reverse(name, kwargs=parts)


def outcome(answer: Any) -> str:
    if answer.status_code in (301, 302) and answer.url.startswith(reverse("account_login")):
        return "sign-in"
    if answer.status_code == 404:
        return "404"
    return "let in" if answer.status_code < 400 or answer.status_code == GONE else str(answer.status_code)


def expected_of(row: Row, role: str) -> str:
    if row.absent:
        return "404"
    if role in row.let_in:
        return "let in"
    return "sign-in" if role == "anonymous" else "404"
