"""Somebody with the whole database, every log and the private key tries to find whose answer is whose (B04, B19).

64 people answer one after the other, in an order that the spy knows; each answers differently, so that every opened
record tells whether the spy was right. The spy sorts both sides by everything there is and pairs them rank by rank, and
looks for whatever is the same on both. By chance one of 32 is right; the mutants show that the spy wins as soon as an
answer carries a time or an order, or is stored one by one.
"""

import json
import logging
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from pytest import MonkeyPatch

from tests.cast import PEOPLE, install
from tests.crowd import crowd
from tests.staff import MOMENT, signed_in_as, stand_on
from tests.surveyed import HERE, NAME, name_survey, private_file
from upstander.actions import survey as survey_action
from upstander.core.survey import encoded
from upstander.models import Account, Person, SealedAnswer, SurveySpool, SurveyTaken
from upstander.queries.survey import installed_survey
from upstander.wires import sealing

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.database,
    pytest.mark.row("B04"),
    pytest.mark.row("B19"),
]
FIRST = 30_000_000
PEOPLE_ASKED = 2 * survey_action.DEALT_AT
PLACES = ("c1", "c2", "c3")
CODES = random.Random(11).sample(range(4 ** len(PLACES)), PEOPLE_ASKED)
#: Of 64, chance pairs about 2; that some way of 100 pairs 14 happens less than once in a million runs.
MORE_THAN_CHANCE = 14


def answers_of(number: int) -> dict[str, str]:
    """What this person answers, and nobody else: a number of theirs, in no order of the people, in three places."""
    return {name: str(1 + CODES[number] // 4**place % 4) for place, name in enumerate(PLACES)}


def everybody_answers(monkeypatch: MonkeyPatch) -> bytes:
    """The crowd takes the survey by HTTP, one after the other; returns the private key."""
    install(people=PEOPLE + crowd(PEOPLE_ASKED, FIRST))
    private = name_survey()
    stand_on(monkeypatch, MOMENT)
    for person in Person.objects.filter(pk__gte=str(FIRST)):
        Account.objects.create_user(person.email, person=person)
    for number in range(PEOPLE_ASKED):
        client = signed_in_as(str(FIRST + number))
        assert client.get("/my-training/").status_code == 302
        assert client.post(HERE, {**answers_of(number), "step": "send"}).url == "/my-training/"
    return private


def copied(table: type) -> list[dict[str, Any]]:
    """Every row in the order in which it lies in the store, with the store's own columns."""
    own = "xmin::text::bigint AS inner_xmin, ctid::text AS inner_ctid" if connection.vendor == "postgresql" else "rowid"
    order = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {own}, * FROM "{table._meta.db_table}" ORDER BY {order}')
        names = [column[0] for column in cursor.description]
        return [
            {name: bytes(v) if isinstance(v, memoryview) else v for name, v in zip(names, row, strict=True)}
            for row in cursor
        ]


def raw_bytes() -> bytes:
    """The files of the embedded database as they lie on the disk, free pages and write-ahead log too."""
    if connection.vendor != "sqlite":
        return b""
    file = Path(connection.settings_dict["NAME"])
    return b"".join(part.read_bytes() for part in (file, Path(f"{file}-wal")) if part.exists())


class Spy:
    """Has both tables, the raw files, the logs and the private key."""

    def __init__(self, private: bytes, folder: Path, logs: str = "") -> None:
        key = sealing.private_from(private_file(private, folder))
        self.people = [row for row in copied(SurveyTaken) if int(row["person_id"]) >= FIRST]
        self.boxes, self.raw, self.logs = copied(SealedAnswer), raw_bytes(), logs
        for place, row in enumerate(self.people):
            row["place"], row["on disk"] = place, self.raw.find(row["id"].encode() if self.raw else b"")
        for place, row in enumerate(self.boxes):
            opened = sealing.unseal(key, row["box"], NAME)
            record, _ = json.JSONDecoder().raw_decode(opened.decode())
            code = sum((int(record["answers"][name]) - 1) * 4**at for at, name in enumerate(PLACES))
            row["whose"] = FIRST + CODES.index(code)
            row |= {"place": place, "size": len(row["box"]), "opened": opened.strip()}
            row |= {"on disk": self.raw.find(row["box"]), "last on disk": self.raw.rfind(row["box"])}
            row["late"] = opened[-12:]

    def ranks(self) -> Iterator[tuple[str, list[dict], list[dict]]]:
        for mine in self.people[0]:
            for theirs in set(self.boxes[0]) - {"whose"}:
                for backwards in (False, True):
                    people = sorted(self.people, key=lambda row: str_or_number(row[mine]))
                    boxes = sorted(self.boxes, key=lambda row: str_or_number(row[theirs]), reverse=backwards)
                    yield f"{mine} ~ {theirs}", people, boxes

    def best(self) -> tuple[int, str]:
        """How many people the best of all ways finds, and which way it is."""
        found = [
            (sum(int(p["person_id"]) == b["whose"] for p, b in zip(people, boxes, strict=False)), way)
            for way, people, boxes in self.ranks()
        ]
        return max([*found, *self.shared()])

    def shared(self) -> Iterator[tuple[int, str]]:
        """Anything of a person's flag that stands in a box, its id or its record, and anything of a box in a log."""
        ids = [(row, str(row["id"]).replace("-", "")) for row in self.boxes]
        for row in self.people:
            for name in ("id", "person_id"):
                value = str(row[name]).replace("-", "")
                for box, box_id in ids:
                    if value in box["opened"].decode() or value in box["box"].hex() or value in box_id:
                        yield PEOPLE_ASKED, f"{name} in a box"
        for box, box_id in ids:
            if box_id in self.logs or box["box"].hex()[:16] in self.logs:
                yield PEOPLE_ASKED, "a box in a log"


def str_or_number(value: Any) -> tuple:
    return (
        (0, value, "")
        if isinstance(value, int | float)
        else (1, 0, value.hex() if isinstance(value, bytes) else str(value))
    )


def test_a_spy_with_the_database_the_logs_and_the_key_does_no_better_than_chance(monkeypatch, tmp_path, caplog):
    with caplog.at_level(logging.DEBUG):
        private = everybody_answers(monkeypatch)
    spy = Spy(private, tmp_path, caplog.text)
    assert len(spy.boxes) == PEOPLE_ASKED == len(spy.people)
    assert {row["size"] for row in spy.boxes} == {sealing.BOX_BYTES}
    assert sorted(row["whose"] for row in spy.boxes) == sorted(int(row["person_id"]) for row in spy.people)
    found, way = spy.best()
    assert found < MORE_THAN_CHANCE, way


def test_no_answer_stands_in_any_log_or_unsealed_in_any_file(monkeypatch, tmp_path, caplog):
    with caplog.at_level(logging.DEBUG):
        everybody_answers(monkeypatch)
    assert '"c1":' not in caplog.text and "c1=" not in caplog.text
    raw = raw_bytes()
    assert b'"c1":"' not in raw and b'pre-training","answers' not in raw


def test_the_newest_answers_lie_in_one_value_that_tells_nothing_without_the_site_s_secret(monkeypatch, tmp_path):
    private = everybody_answers(monkeypatch)
    survey_action.answer(str(FIRST), owed_again(), answers_of(1))
    spool = bytes(SurveySpool.objects.get().slots)
    key = sealing.private_from(private_file(private, tmp_path))
    starts = range(0, len(spool) - sealing.BOX_BYTES, 1)
    opened = [
        sealing.unseal(key, spool[at : at + sealing.BOX_BYTES], NAME) for at in random.Random(1).sample(starts, 200)
    ]
    assert set(opened) == {None}
    assert len(sealing.from_spool(spool, settings.SECRET_KEY, SurveySpool.objects.get().name)) == 1


def owed_again():
    SurveyTaken.objects.filter(person_id=str(FIRST)).delete()
    return survey_action.Owed(installed_survey("pre-training"), "2020-21", NAME)


def one_by_one(monkeypatch: MonkeyPatch) -> None:
    """Each answer is dealt out as it comes: the id that counts up by itself is then the order of the people."""
    monkeypatch.setattr(survey_action, "DEALT_AT", 1)


def with_time(monkeypatch: MonkeyPatch) -> None:
    """Each record says when it was given."""
    seconds = iter(range(1_000_000, 2_000_000))
    monkeypatch.setattr(survey_action, "encoded", lambda *of: encoded(*of) + b" " * 100 + b"%12d" % next(seconds))


def in_order(monkeypatch: MonkeyPatch) -> None:
    """Nothing is shuffled: the order of the boxes is the order of the people."""
    still = type("Still", (), {"shuffle": lambda self, things: None})
    monkeypatch.setattr(survey_action.secrets, "SystemRandom", still)


@pytest.mark.parametrize("mutant", [one_by_one, with_time, in_order])
def test_the_same_spy_finds_everybody_where_an_answer_carries_an_order(monkeypatch, tmp_path, mutant):
    mutant(monkeypatch)
    found, way = Spy(everybody_answers(monkeypatch), tmp_path).best()
    assert found == PEOPLE_ASKED, way
