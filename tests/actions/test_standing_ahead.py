"""Deciding ahead in a second process: the same rows as under the lock, and nothing decided on older facts."""

import pickle
import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest
from django.db import connection

from tests import cast
from tests.actions.test_standing_bulk import OWN, PAGE_A, on, publish
from upstander.actions import standing, standing_ahead
from upstander.actions.standing_ahead import Ahead
from upstander.models import Standing, StandingChange
from upstander.queries import facts as facts_queries

pytestmark = pytest.mark.django_db(transaction=True)
NOT_SHOWN = ("id", "decided_at", "at")


@pytest.fixture
def university(monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("one connection's commits can be told from another's on SQLite only")
    cast.install(cast.MOMENT)
    publish("page-a", PAGE_A)
    publish("own", OWN)
    monkeypatch.setattr(facts_queries, "CHUNK", 5)
    monkeypatch.setattr(standing_ahead, "WORTHWHILE", 1)
    monkeypatch.setattr(standing_ahead.os, "cpu_count", lambda: 2)


@pytest.fixture
def kept(monkeypatch):
    """Whether each chunk's answer held under the lock."""
    whole, found = standing_ahead.Early.holds, []

    def holds(early):
        found.append(whole(early))
        return found[-1]

    monkeypatch.setattr(standing_ahead.Early, "holds", holds)
    return found


def rows() -> list[list[dict]]:
    """Every standing and its history, without what numbers them."""
    found = []
    for model in (Standing, StandingChange):
        names = [field.attname for field in model._meta.fields if field.attname not in NOT_SHOWN]
        found.append(list(model.objects.order_by("person_id", "programme_id").values(*names)))
    return found


def decide_on(key: str, *days: date) -> None:
    for day in days:
        standing.decide_programme(key, on(day), "programme", f"{key}@1")


def decided_alone(monkeypatch, key: str, *days: date) -> list[list[dict]]:
    """The rows that one process writes; they are taken away again."""
    with monkeypatch.context() as alone:
        alone.setattr(standing_ahead, "WORTHWHILE", 10**9)
        decide_on(key, *days)
    alone_rows = rows()
    Standing.objects.all().delete()
    StandingChange.objects.all().delete()
    return alone_rows


def written_elsewhere(sql: str, *values: str) -> None:
    """Another process commits something."""
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute(sql, values)


def test_what_is_decided_ahead_is_stored_as_one_process_stores_it(university, kept, monkeypatch):
    alone = decided_alone(monkeypatch, "page-a", cast.DAY)
    decide_on("page-a", cast.DAY)
    assert rows() == alone
    assert kept == [True, True, True]


@pytest.mark.parametrize("key", ["page-a", "own"])
def test_earlier_cycles_are_decided_along_as_by_one_process(university, kept, monkeypatch, key):
    days = (cast.DAY, cast.DAY + timedelta(days=400))
    alone = decided_alone(monkeypatch, key, *days)
    decide_on(key, *days)
    assert rows() == alone
    assert len(alone[0]) > len(cast.EVERYBODY)
    assert all(kept)


def test_nothing_is_decided_on_facts_that_changed_before_the_lock(university, kept, monkeypatch):
    whole = Ahead.of

    def meanwhile(ahead, chunks):
        for chunk, early in whole(ahead, chunks):
            if cast.INES in chunk:
                written_elsewhere("UPDATE upstander_person SET vanished_on = '2020-01-01' WHERE id = ?", cast.INES)
            yield chunk, early

    monkeypatch.setattr(Ahead, "of", meanwhile)
    standing.decide_programme("page-a", cast.MOMENT, "programme")
    row = Standing.objects.get(person_id=cast.INES)
    assert (row.state, row.reasons[0]["code"]) == ("not-required", "not-on-roster")
    assert False in kept
    assert Standing.objects.count() == len(cast.EVERYBODY)


def test_deciding_goes_on_when_the_second_process_dies(university, kept, monkeypatch):
    alone = decided_alone(monkeypatch, "page-a", cast.DAY)
    whole = Ahead.of

    def killed(ahead, chunks):
        for number, found in enumerate(whole(ahead, chunks)):
            if number == 0:
                ahead._process.kill()
                ahead._process.wait()
            yield found

    monkeypatch.setattr(Ahead, "of", killed)
    decide_on("page-a", cast.DAY)
    assert rows() == alone
    assert len(kept) <= 2


def test_what_goes_between_the_processes_can_be_read_there(university):
    rules = standing.published("page-a")
    assert pickle.loads(pickle.dumps((rules, cast.MOMENT))) == (rules, cast.MOMENT)
