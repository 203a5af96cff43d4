"""The door for a mail service: a token or a signature, once, not too large, not too often."""

import hmac
import json
from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.test import Client

from tests import incoming
from tests.cast import INES, MOMENT
from upstander.actions.return_paths import bounce_to
from upstander.api import post_in as door
from upstander.models import FailingAddress, Notice

pytestmark = pytest.mark.django_db
TOKEN = "t" * 40
MESSAGE, EVENTS = "message/rfc822", "application/json"


@pytest.fixture(autouse=True)
def service(university, settings):
    settings.MAIL_FROM, settings.MAIL_BOUNCES = "prevention@aldermere.example", "bounces@aldermere.example"
    settings.MAIL_IN_TOKEN = TOKEN


def letter() -> Notice:
    return Notice.objects.create(
        dedupe_key=str(uuid4()), kind="added", person_id=INES, planned_for_on=MOMENT.day, planned_at=MOMENT.at,
        state="sent", claimed_at=MOMENT.at, sent_at=MOMENT.at, address="ines@aldermere.example",
    )  # fmt: skip


def handed(body: bytes, content_type: str = MESSAGE, **headers: str):
    return Client(enforce_csrf_checks=True).post("/post/in/", body, content_type=content_type, headers=headers)


def with_token(body: bytes, content_type: str = MESSAGE, token: str = TOKEN):
    return handed(body, content_type, authorization=f"Bearer {token}")


def signed(body: bytes, at: int | None = None, key: str = TOKEN, of: bytes | None = None):
    at = int(MOMENT.at.timestamp()) if at is None else at
    seal = hmac.new(key.encode(), f"{at}.".encode() + (body if of is None else of), sha256).hexdigest()
    return handed(body, MESSAGE, **{"x-upstander-signature": f"t={at},v1={seal}"})


def test_a_message_that_a_service_hands_over_is_taken_in():
    notice = letter()
    answer = with_token(incoming.delivery_report(to=bounce_to(notice.pk)))
    assert (answer.status_code, answer.json()) == (200, {"was": "permanent"})
    assert FailingAddress.objects.get().suppressed_at == MOMENT.at


def test_a_message_that_is_handed_over_again_is_said_to_have_come_before():
    raw = incoming.away()
    with_token(raw)
    assert with_token(raw).json() == {"was": "again"}


def test_events_are_taken_in_one_by_one():
    notice = letter()
    events = [
        {"type": "delivered", "message_id": f"<{notice.pk}@aldermere.example>", "at": "1"},
        {"type": "bounce", "message_id": f"<{notice.pk}@aldermere.example>", "status": "5.1.1", "at": "2"},
        {"type": "bounce", "message_id": "<nobody@aldermere.example>", "status": "5.1.1", "at": "3"},
    ]
    answer = with_token(json.dumps(events).encode(), EVENTS)
    assert answer.json() == {"were": {"delivered": 1, "permanent": 1, "unproven": 1}}


def test_a_signature_serves_as_well_and_only_once():
    raw = incoming.away()
    assert signed(raw).json() == {"was": "automatic"}
    again = signed(raw)
    assert (again.status_code, again["Content-Type"]) == (409, "application/problem+json")


@pytest.mark.parametrize("wrong", ["old", "early", "key", "body", "token", "none"])
def test_who_has_neither_token_nor_signature_changes_nothing(wrong):
    raw, now = incoming.delivery_report(to=bounce_to(letter().pk)), int(MOMENT.at.timestamp())
    answer = {
        "old": lambda: signed(raw, now - 301),
        "early": lambda: signed(raw, now + 301),
        "key": lambda: signed(raw, key="x" * 40),
        "body": lambda: signed(raw, of=b"other"),
        "token": lambda: with_token(raw, token="x" * 40),
        "none": lambda: handed(raw),
    }[wrong]()
    assert answer.status_code == 401
    assert not FailingAddress.objects.exists()


def test_without_a_token_the_address_does_not_exist(settings):
    settings.MAIL_IN_TOKEN = ""
    assert with_token(b"x", token="").status_code == 404


def test_what_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(door, "LONGEST_MESSAGE_BYTES", 10)
    assert with_token(b"x" * 11).status_code == 413


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", EVENTS, 400),
        (b"[1]", EVENTS, 400),
        (b"[" * 100_000, EVENTS, 400),
        (json.dumps([{}] * 1_001).encode(), EVENTS, 413),
        (b"x", "text/plain", 415),
        (b"\xff\x00", MESSAGE, 200),
    ],
)
def test_what_nobody_can_take_in_is_answered_by_a_problem(body, content_type, status):
    assert with_token(body, content_type).status_code == status


def test_nothing_is_read_there():
    assert Client().get("/post/in/").status_code == 405


def test_who_guesses_too_often_is_put_off(monkeypatch):
    monkeypatch.setattr(door, "REFUSED_A_MINUTE", 3)
    assert [with_token(b"x", token="wrong").status_code for _ in range(6)] == [401, 401, 401, 429, 429, 429]


def test_what_comes_too_often_is_put_off(monkeypatch):
    monkeypatch.setattr(door, "MESSAGES_A_MINUTE", 2)
    assert [with_token(incoming.away(f"Auto: {n}")).status_code for n in range(3)] == [200, 200, 429]


def test_what_was_put_off_comes_again_under_the_same_signature(monkeypatch):
    raw = incoming.away()
    monkeypatch.setattr(door, "MESSAGES_A_MINUTE", 0)
    put_off = signed(raw)
    assert (put_off.status_code, put_off["Retry-After"]) == (429, "60")
    monkeypatch.setattr(door, "MESSAGES_A_MINUTE", 10)
    assert signed(raw).json() == {"was": "automatic"}


def test_a_message_on_which_the_program_breaks_comes_again_under_the_same_signature(monkeypatch):
    raw, taken = incoming.away(), door.receive
    monkeypatch.setattr(door, "receive", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        signed(raw)
    monkeypatch.setattr(door, "receive", taken)
    assert signed(raw).status_code == 200


def test_a_service_is_told_to_try_again_where_the_database_does_not_answer(monkeypatch):
    def broken(*_):
        raise OperationalError("gone")

    raw, taken = incoming.away(), door.receive
    monkeypatch.setattr(door, "receive", broken)
    answer = signed(raw)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    monkeypatch.setattr(door, "receive", taken)
    assert signed(raw).status_code == 200
