"""Nobody but its custodians can tell what was asked in confidence: two worlds, read page by page, must be the same.

One in which somebody waits for another way, and one in which nothing was asked; one in which it was granted, and one
in which the same person simply took the course. Every page that a role can reach by its links is fetched, and files,
verbs, figures, the calendar, the mail and the log are compared.
"""

import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from openpyxl import load_workbook

from tests.cast import AMARA, INES
from tests.learners import lay_out, right_answer
from tests.staff import HUGO, MEI, MOMENT, PRIYA, RUTH, SOFIA, TOMAS, content_of, later, signed_in_as, stand_on
from upstander.actions import another_way, learning, rehearsal, snapshot
from upstander.actions.completion import begin_attempt, save_answer, submit_attempt
from upstander.actions.notices import plan_due
from upstander.actions.opening import open_sending
from upstander.core.confidence import WITHIN_DAYS
from upstander.delivery import catalogue
from upstander.jobs import sending
from upstander.jobs.cli.decide import decide
from upstander.jobs.cli.explain import explain
from upstander.models import AuditLine, Case, Notice
from upstander.queries.programmes import all_published, published
from upstander.queries.waiting_notices import waiting_notices

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university", "tiny_options")]
DONE_AT = later(6)
#: Everybody who must not be able to tell; TOMAS is a custodian of another programme.
OTHERS = {"officer": MEI, "other officer": HUGO, "department": RUTH, "other department": PRIYA, "learner": AMARA,
          "other custodian": TOMAS, "anonymous": None}  # fmt: skip
FILES = ("/office/programmes/page-b/people.csv", "/office/programmes/page-b/people.xlsx",
         "/department/page-b/people.csv", "/department/page-b/people.xlsx", "/metrics")  # fmt: skip
MOST_PAGES = 60
#: Pages that change something when they are fetched, or are somebody's own reading of a course.
_LEFT_OUT = re.compile(r"^/(learn|leave|static|language|account|support|reading|theme|help/.+|.+/rehearse/|.+\.typ)")


@pytest.fixture
def tiny_options(tmp_path, settings):
    settings.CONTENT_ROOT = lay_out(tmp_path, "core", "option-a")
    settings.METRICS_TOKEN = "a token"


@contextmanager
def world() -> Iterator[None]:
    """Whatever happens in it is undone at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def read_of(body: bytes) -> str:
    """A page without what differs at each reading: tokens, and references that are drawn."""
    text = unescape(body.decode(errors="replace"))
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "REF", text)
    text = re.sub(r"[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4})+", "CODE", text)
    return re.sub(r"/(people|adjustments|drafts|versions)/\d+/", r"/\1/N/", text)


def crawl(person_id: str | None) -> dict[str, str]:
    """Every page that this reader reaches by links, from the first page on, as text."""
    client = signed_in_as(person_id) if person_id else Client()
    ahead, found = ["/", "/cases/", "/office/cases/?state=all", "/confidence/", "/office/proof/", *FILES], {}
    while ahead and len(found) < MOST_PAGES:
        address = ahead.pop(0)
        if address in found:
            continue
        answer = client.get(address, headers={"authorization": "Bearer a token"})
        body = content_of(answer) if answer.streaming else answer.content
        found[address] = f"{answer.status_code} {_text(address, body)}"
        if answer.status_code == 200 and b"<html" in body[:400]:
            links = re.findall(r'href="(/[^"#]*)"', unescape(body.decode()))
            ahead += [link for link in links if not _LEFT_OUT.match(link) and link not in found]
    return {read_of(address.encode()): text for address, text in found.items()}


def _text(address: str, body: bytes) -> str:
    if address.endswith(".xlsx") and body[:2] == b"PK":
        sheets = load_workbook(io.BytesIO(body)).worksheets
        return repr([[cell.value for cell in row] for sheet in sheets for row in sheet.iter_rows()])
    return read_of(body)


def verbs() -> dict[str, str]:
    """What the verbs and the night's work say."""
    printed = {}
    runs: dict[str, Callable[[], Any]] = {
        "decide": lambda: decide(programme="page-b", as_of=DONE_AT.day, as_json=True),
        "explain": lambda: explain(INES, programme="page-b", as_of=DONE_AT.day),
    }
    for name, run in runs.items():
        out = io.StringIO()
        with redirect_stdout(out):
            run()
        printed[name] = read_of(out.getvalue().encode())
    printed["planned"] = json.dumps({rules.key: plan_due(rules, MOMENT).as_json() for rules in all_published()})
    printed["waiting"] = repr(waiting_notices(published("page-b"), MOMENT.day))
    return printed


def rehearsed() -> str:
    rules = published("page-b")
    what = rehearsal.asked(rules, MOMENT.day, later(20).day)
    return repr(list(rehearsal.play_all(what, MOMENT)))


def notices() -> list[tuple]:
    """Every letter but those about what was asked in confidence, which go to whoever asked and to nobody else."""
    columns = ("kind", "person_id", "state", "not_sent_reason", "planned_for_on", "planned_at", "subject", "body_text")
    others = Notice.objects.exclude(case__confidential=True)
    return [tuple(read_of(str(one).encode()) for one in row) for row in others.values_list(*columns)]


def everything(monkeypatch, at) -> dict[str, Any]:
    """What all the others can see, at one moment."""
    stand_on(monkeypatch, at)
    seen = {f"{role} {address}": text for role, key in OTHERS.items() for address, text in crawl(key).items()}
    return {**seen, **verbs(), "notices": sorted(notices())}


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    told = []
    for key in sorted({*one, *other}):
        if one.get(key) != other.get(key):
            a, b = str(one.get(key, "not there")), str(other.get(key, "not there"))
            place = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
            told.append(f"{key}: …{a[max(place - 60, 0) : place + 80]}… / …{b[max(place - 60, 0) : place + 80]}…")
    return told


def ask(note: str = "Not by e-mail.") -> Case:
    answer = signed_in_as(INES).post("/support/?course=option-a", {"ways": ["conversation"], "note": note})
    return Case.objects.get(pk=answer.url.strip("/").rpartition("/")[2])


def takes_the_course(moment) -> None:
    """What happens to everybody: the course is read and passed."""
    outline = catalogue.edition("option-a", "en").outline
    enrolment = learning.begin(INES, outline, MOMENT)
    for page in outline.pages:
        learning.page_seen(enrolment, page, outline, moment)
    attempt = begin_attempt(enrolment.pk, outline, "en", moment)
    for row in attempt.form:
        item = outline.assessment.bank[row["item"]]
        save_answer(attempt.pk, item.id, right_answer(item), outline)
    submit_attempt(attempt.pk, outline, moment)


@pytest.mark.row("B15")
def test_while_somebody_waits_for_another_way_nobody_else_can_tell(monkeypatch, caplog):
    open_sending("page-b", MOMENT, f"person:{MEI}")
    with world():
        nothing_asked = everything(monkeypatch, later(1))
    with world():
        case = ask()
        signed_in_as(SOFIA).get(f"/confidence/{case.pk}/")
        signed_in_as(SOFIA).post(f"/confidence/{case.pk}/", {"move": "arrange", "text": "On Friday."})
        signed_in_as(INES).get("/cases/")
        caplog.clear()
        waits = everything(monkeypatch, later(1))
        assert case.number not in caplog.text and str(case.pk) not in caplog.text
        assert Case.objects.get(pk=case.pk).rests_reminders
    assert differing(nothing_asked, waits) == []
    assert len(waits) > 100


@pytest.mark.row("B15")
def test_what_was_granted_reads_as_if_the_person_had_taken_the_course(monkeypatch):
    outline = catalogue.edition("option-a", "en").outline
    learning.begin(INES, outline, MOMENT)  # both began it, as most who ask have
    monkeypatch.setattr(another_way, "drawn_instant", lambda days, draw, now, zone: now)  # as one of them
    with world():
        takes_the_course(DONE_AT)
        snapshot.take(DONE_AT)
        taken = everything(monkeypatch, DONE_AT)
        lines = audit_of_completion()
    with world():
        case = ask()
        stand_on(monkeypatch, DONE_AT)
        signed_in_as(SOFIA).post(f"/confidence/{case.pk}/done/", {"course": "option-a", "act": "record"})
        snapshot.take(DONE_AT)
        granted = everything(monkeypatch, DONE_AT)
        assert audit_of_completion() == lines
    assert '"satisfied_by":{"kind":"completion"' in granted["decide"].replace(" ", "")
    assert differing(taken, granted) == []


def audit_of_completion() -> list[tuple]:
    lines = AuditLine.objects.filter(verb="completion-recorded")
    return [(line.actor, line.verb, line.data, line.at) for line in lines]


@pytest.mark.row("B15")
def test_a_rehearsal_plays_the_person_who_waits_as_anybody():
    with world():
        before = rehearsed()
    with world():
        ask()
        assert rehearsed() == before


@pytest.mark.row("B15")
def test_a_department_that_reminds_counts_the_person_who_waits_as_anybody(monkeypatch):
    open_sending("page-b", MOMENT, f"person:{MEI}")
    page = "/department/page-b/remind/?unit=music"
    with world():
        before = read_of(signed_in_as(RUTH).get(page).content)
        signed_in_as(RUTH).post(page)
        after = read_of(signed_in_as(RUTH).get(page).content)
    with world():
        ask()
        assert read_of(signed_in_as(RUTH).get(page).content) == before
        signed_in_as(RUTH).post(page)
        assert read_of(signed_in_as(RUTH).get(page).content) == after


@pytest.mark.row("B15")
def test_the_confirmation_letter_is_everybodys(monkeypatch, settings):
    settings.DEMO, settings.SMTP = True, None
    open_sending("page-b", MOMENT, f"person:{MEI}")
    monkeypatch.setattr(another_way, "drawn_instant", lambda days, draw, now, zone: now)
    case = ask()
    stand_on(monkeypatch, DONE_AT)
    signed_in_as(SOFIA).post(f"/confidence/{case.pk}/done/", {"course": "option-a", "act": "record"})
    sending.run(DONE_AT)
    letter = Notice.objects.get(kind="confirmation", person_id=INES)
    assert letter.state == "sent" and "/verify/" in letter.body_text
    for told in ("another", "confidence", case.number, "alternative"):
        assert told not in f"{letter.subject} {letter.body_text}".lower()


@pytest.mark.row("B15")
def test_the_day_is_drawn_from_the_week_that_begins_and_is_always_the_same():
    days = set()
    for _ in range(2):
        with world():
            case = ask()
            days.add(another_way.foresee(case, another_way.Course("option-a"), DONE_AT)[1])
            assert len({another_way.foresee(case, another_way.Course("option-a"), DONE_AT)[1] for _ in range(3)}) == 1
    assert all(DONE_AT.day <= day < DONE_AT.day + timedelta(days=WITHIN_DAYS) for day in days)
