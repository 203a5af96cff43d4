"""Two twins, one done by the course and one by another way asked in confidence: nobody reads which is which (row B15).

Twice the same days, with one difference: in the second one of the twins asks, waits and is helped. What everybody but
custodians gets at every address must be the same in both, and within the second the same for either twin.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from typer.testing import CliRunner

from tests.learners import lay_out, read_everything, take
from tests.mail_relay import relay
from tests.staff import MEI, MOMENT, RUTH, SOFIA, later, signed_in_as, stand_on
from tests.twins import ADA, AVA, LEFT_OUT, TWINS, as_twins, crawl, marked, named_addresses, settle_in, unfilled
from tests.web.test_confidence_leaks import differing
from upstander.actions import another_way
from upstander.actions.forgetting import forget_settled
from upstander.actions.notices import plan_due
from upstander.actions.opening import open_sending
from upstander.delivery import catalogue
from upstander.jobs import confidence, daily, sending
from upstander.jobs.cli.main import VERBS, _application
from upstander.models import Case, Notice
from upstander.queries.programmes import published

pytestmark = [pytest.mark.django_db, pytest.mark.row("B15")]
ASKED, REMINDED, DONE, NEXT = later(1), later(5), later(9), later(10)
CYCLE_OVER, FORGOTTEN = later(240), later(780)
#: What a verb is given, for those that tell of people or figures.
SAID = {
    "decide": ("--programme", "page-b", "--as-of", "2021-01-30", "--json"),
    "explain": ("{id}", "--programme", "page-b", "--as-of", "2021-01-30"),
    "sending status": ("--json",),
    "recheck": ("--json",),
    "course editions": ("option-a", "--json"),
}
#: The verbs that write or serve, or tell of files, rules and courses. What `daily` says is compared as it is done; that
#: `sending run` counts what it put off or stopped stands in the guide to what is asked in confidence.
NOT_SAID = {
    "completions import", "course adopt", "course check", "course new", "course preview", "course translate-status",
    "daily", "demo", "invite", "grant", "mail read", "mail receive", "migrate", "roster import", "sending open",
    "sending run", "serve",
    "snapshot", "synth", "worker", "preset list", "preset show", "preset stack", "preset sign", "preset withdraw",
    "preset draft", "programme check", "programme import", "programme export", "programme read", "programme diff",
    "programme preview", "programme drafts", "programme publish", "programme release", "programme next-cycle", "cases",
    "history seal", "history verify", "rehearse", "survey check", "survey load-key", "survey export",
    "survey load-tables",
    "survey keys", "survey open",
}  # fmt: skip


@contextmanager
def world() -> Iterator[None]:
    """Whatever happens in it is undone at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Days:
    """The days of both twins from the first request on, and what the others read at each moment."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, relay: Any, asks: bool, caplog: pytest.LogCaptureFixture):
        self._monkeypatch, self._relay, self._asks, self._log = monkeypatch, relay, asks, caplog
        self.seen: dict[str, dict[Any, str]] = {}
        self.outline = catalogue.edition("option-a", "en").outline

    def live(self) -> dict[str, dict[Any, str]]:
        self._asked()
        self._look("asked and waiting")
        self._reminded()
        self._look("a reminder was put off")
        self._done()
        self._look("settled the same day")
        sending.run(DONE)
        self._stand(NEXT)
        told = daily.run()
        self._look("a day later", whole=True)
        self.seen["a day later"]["daily", "", "", None] = repr({**told, "snapshot": None, "proof": None})
        self._stand(CYCLE_OVER)
        daily.run()
        self._look("after the cycle's end")
        self._stand(FORGOTTEN)
        assert not self._asks or Case.objects.filter(person_id=AVA).exists()
        forget_settled(FORGOTTEN)
        daily.run()
        assert not Case.objects.exists()
        self._look("after the request was deleted")
        return self.seen

    def _asked(self) -> None:
        self._stand(ASKED)
        if self._asks:
            ways = {"ways": ["conversation"], "note": "Not by e-mail."}
            signed_in_as(AVA).post("/support/?course=option-a", ways)
            self._custodian("", move="arrange", text="On Friday.")
            assert Case.objects.get(person_id=AVA).rests_reminders
        sending.run(ASKED)

    def _reminded(self) -> None:
        """The department reminds its people; the twins' reminders were never planned, but for the one put off."""
        self._stand(REMINDED)
        signed_in_as(RUTH).post("/department/page-b/remind/?unit=music")
        planned = Notice.objects.filter(kind="reminder", state="planned", person_id__in=TWINS)
        assert planned.count() == 2
        planned.filter(person_id__in=[ADA] if self._asks else TWINS).delete()
        sending.run(REMINDED)
        assert planned.count() == (1 if self._asks else 0)
        if self._asks:
            self._custodian("done/", course="option-a", act="record")
            assert confidence.run(REMINDED) == 0

    def _done(self) -> None:
        self._stand(DONE)
        take(ADA, self.outline, DONE)
        if self._asks:
            assert confidence.run(DONE) == 1
        else:
            take(AVA, self.outline, DONE)

    def _custodian(self, page: str, **given: str) -> None:
        case = Case.objects.get(person_id=AVA)
        signed_in_as(SOFIA).get(f"/confidence/{case.pk}/")
        assert signed_in_as(SOFIA).post(f"/confidence/{case.pk}/{page}", given).status_code == 302

    def _stand(self, moment: Any) -> None:
        stand_on(self._monkeypatch, moment)
        self._monkeypatch.setattr("upstander.jobs.clock.timezone", SimpleNamespace(now=lambda: moment.at))

    def _look(self, name: str, whole: bool = False) -> None:
        logged = "\n".join(sorted(marked(one.getMessage()) for one in self._log.records if "mail" not in one.name))
        seen: dict[Any, str] = {("log", "", "", None): logged} | {
            ("relay", "", f"{marked(str(letter['To']))} {number}", None): marked(_letter(letter))
            for number, letter in enumerate(_of_others(self._relay.messages))
        }
        self._relay.messages.clear()
        self._log.clear()
        self.seen[name] = {**seen, **crawl(whole), **_said()}
        self._log.clear()


def _of_others(letters: list[Any]) -> list[Any]:
    """All but the letters to the one who asked about their request, in the order of their readers."""
    return sorted(
        (one for one in letters if "There is an answer for you" not in str(one["Subject"])),
        key=lambda one: (str(one["To"]), str(one["Subject"])),
    )


def _letter(letter: Any) -> str:
    kept = {name: str(value) for name, value in letter.items() if name not in ("Date", "Message-ID", "Content-Type")}
    return f"{kept} {letter.get_body(('plain',)).get_content()}"


def _said() -> dict[Any, str]:
    found: dict[Any, str] = {}
    for verb, words in SAID.items():
        for twin in TWINS if "{id}" in words else (None,):
            given = [word.format(id=twin) for word in words]
            done = CliRunner().invoke(_application({verb: VERBS[verb]}), [*verb.split(), *given])
            found["verb", verb, verb, twin] = marked(done.output)
    return found


def stated(one: Mapping[Any, str], other: Mapping[Any, str]) -> list[str]:
    return differing({str(key): text for key, text in one.items()}, {str(key): text for key, text in other.items()})


def test_every_address_is_read_or_named_with_a_reason():
    assert unfilled() == []
    assert sorted(set(LEFT_OUT) - set(named_addresses())) == []
    assert sorted(set(VERBS) ^ {*SAID, *NOT_SAID}) == []


def test_nobody_can_tell_which_of_two_was_done_another_way(monkeypatch, tmp_path, settings, caplog):
    settings.CONTENT_ROOT = lay_out(tmp_path, "core", "option-a")
    settings.METRICS_TOKEN = "a token"
    monkeypatch.setattr(another_way, "drawn_instant", lambda days, draw, now, zone: DONE.at)
    numbers = count(1)  # of letters of one instant the first planned is the first, in both
    number = Notice._meta.get_field("id").__dict__
    monkeypatch.setitem(number, "_get_default", lambda: UUID(int=next(numbers)))
    settle_in()
    with relay() as (kept, settings.SMTP):
        open_sending("page-b", MOMENT, f"person:{MEI}")
        stand_on(monkeypatch, MOMENT)
        plan_due(published("page-b"), MOMENT)
        sending.run(MOMENT)
        for twin in TWINS:
            read_everything(twin, catalogue.edition("option-a", "en").outline, MOMENT)
        kept.messages.clear()
        with world():
            taken = Days(monkeypatch, kept, False, caplog).live()
        with world():
            granted = Days(monkeypatch, kept, True, caplog).live()
    worlds = [f"{name}: {line}" for name in taken for line in stated(taken[name], granted[name])]
    assert "\n".join(worlds) == ""
    twins = [
        f"{name}: {line}" for name, seen in granted.items() for line in stated(as_twins(seen, ADA), as_twins(seen, AVA))
    ]
    assert "\n".join(twins) == ""
    assert all(len(as_twins(seen, ADA)) > 5 for seen in granted.values())
    assert len(granted["a day later"]) > 400
