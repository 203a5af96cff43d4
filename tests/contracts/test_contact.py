"""Whom to call, on every page and every error, for every role, in both languages (row A17)."""

import logging
from collections import Counter
from dataclasses import dataclass
from html import unescape
from itertools import product
from types import SimpleNamespace

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.test import Client

from tests.cast import INES, MEI, MOMENT
from tests.contracts.test_url_matrix import ROLES, ROWS, Row, address_of, belongings  # noqa: F401
from tests.staff import PROGRAMMES, content_of, open_office, signed_in_as, stand_on
from upstander.actions.programmes import import_programme
from upstander.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.row("A17")]
LANGUAGES = ("en", "es")
#: The name of an office that only one programme has.
OWN = {"en": "Office of the Tides", "es": "Oficina de las Mareas"}
OF_PROGRAMME = f"""
[office.en]
name = "{OWN["en"]}"
phone = "(555) 010-0909"
email = "tides@aldermere.example"
hours = "at low water"

[office.es]
name = "{OWN["es"]}"
phone = "(555) 010-0909"
email = "tides@aldermere.example"
hours = "con marea baja"
"""


def lacking(page: str, lang: str, settings) -> list[str]:
    office = settings.INSTITUTION["office"]
    said = unescape(page)
    wanted = {
        "name": office[lang]["name"],
        "phone": office["phone"],
        "email": office["email"],
        "hours": office[lang]["hours"],
    }
    return [name for name, value in wanted.items() if value not in said]


def whole(answer) -> bool:
    return not answer.streaming and answer["Content-Type"].startswith("text/html") and b"</html>" in answer.content


@dataclass(frozen=True)
class Visit:
    """Who opens which address, in which language."""

    role: str
    lang: str
    name: str
    row: Row


def visits(every: bool) -> list[Visit]:
    """Every address once: the roles it lets in take turns, and so do a role's languages; `every` leaves nothing out."""
    asked = [(name, row) for name, rows in ROWS.items() for row in rows if row.method == "get" and name != "leave"]
    if every:
        return [Visit(role, lang, *what) for role in ROLES for lang in LANGUAGES for what in asked]
    taken, turns = Counter(), []
    for name, row in asked:
        role = min([role for role in ROLES if role in row.let_in] or ROLES, key=lambda role: taken[role])
        turns.append(Visit(role, LANGUAGES[taken[role] % 2], name, row))
        taken[role] += 1
    return turns


def test_every_role_takes_its_turn_in_both_languages():
    turns = visits(every=False)
    assert {(turn.role, turn.lang) for turn in turns} == set(product(ROLES, LANGUAGES))
    assert {turn.name for turn in turns} == {turn.name for turn in visits(every=True)}


def test_every_page_of_every_role_says_whom_to_call(belongings, settings, pytestconfig):  # noqa: F811
    """The roles and the languages take turns from page to page; `--all` opens every page as everybody in both."""
    clients = {role: signed_in_as(person_id) if person_id else Client() for role, person_id in ROLES.items()}
    found = []
    for visit in visits(pytestconfig.getoption("--all")):
        client = clients[visit.role]
        client.cookies["upstander_language"] = visit.lang
        answer = client.get(address_of(visit.name, visit.row, belongings) + visit.row.query)
        if answer.streaming:
            content_of(answer)
        elif whole(answer) and (lacks := lacking(answer.content.decode(), visit.lang, settings)):
            found.append(f"{visit}: {answer.status_code} lacks {lacks}")
    assert "\n".join(found) == ""


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("status", [400, 403, 404, 405, 429, 500, "expired"])
def test_every_error_says_whom_to_call(status, lang, settings, monkeypatch, caplog):
    open_office()
    stand_on(monkeypatch, MOMENT)
    client = signed_in_as(INES)
    client.raise_request_exception = False
    client.cookies["upstander_language"] = lang
    failing = {400: BadRequest, 403: PermissionDenied, 500: RuntimeError}

    def fails(*args: object, **kwargs: object) -> None:
        raise failing[status]

    if status in failing:
        monkeypatch.setattr("upstander.web.public.schedule.published", fails)
    with caplog.at_level(logging.CRITICAL):
        if status == 429:
            monkeypatch.setattr("upstander.web.public.check.cache", SimpleNamespace(get=lambda key: 99))
            answer = client.get("/check/ABCD-EFGH-JKLM/")
        elif status == 405:
            answer = client.get("/account/calendar/", headers={"accept": "text/html"})
        elif status == "expired":
            strict = Client(enforce_csrf_checks=True)
            strict.cookies["upstander_language"] = lang
            answer = strict.post("/language/", {"language": lang})
        else:
            answer = client.get("/programmes/page-b/schedule/" if status in failing else "/no/such/")
    assert answer.status_code == (403 if status == "expired" else status)
    page = answer.content.decode()
    assert lacking(page, lang, settings) == []
    assert 'href="/trouble/"' in page and "/ask/technical/" in page


def with_own_office() -> Case:
    """page-b has an office of its own; Ines has asked something about it."""
    open_office()
    text = (PROGRAMMES / "page-b.toml").read_text(encoding="utf-8").replace("version = 1", "version = 2", 1)
    import_programme(text + OF_PROGRAMME, MOMENT, "test")
    return Case.objects.create(
        number="ABCD-2345", kind="language", person_id=INES, programme_id="page-b", cycle="2020-21", owner="officer",
        asked={"which": "Hmong"}, opened_at=MOMENT.at, opened_by=f"person:{INES}",
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "es"])
def test_what_belongs_to_a_programme_names_its_own_office(lang, monkeypatch):
    case = with_own_office()
    stand_on(monkeypatch, MOMENT)
    client = signed_in_as(INES)
    client.cookies["upstander_language"] = lang
    for address in (
        "/help/page-b/", "/programmes/page-b/schedule/", "/my-training/page-b/compare/", "/learn/option-a/",
        "/learn/option-a/pause/", "/learn/option-a/ask/", f"/cases/{case.pk}/", "/ask/extension/?programme=page-b",
        "/ask/technical/?programme=page-b", "/support/?course=option-a",
    ):  # fmt: skip
        page = unescape(client.get(address, follow=True).content.decode())
        assert OWN[lang] in page and "(555) 010-0909" in page and "tides@aldermere.example" in page, address


def test_what_belongs_to_no_programme_or_to_another_names_the_institutions(monkeypatch, settings):
    with_own_office()
    stand_on(monkeypatch, MOMENT)
    for address in ("/help/page-a/", "/learn/core/", "/privacy/", "/account/", "/courses/"):
        page = unescape(signed_in_as(MEI).get(address, follow=True).content.decode())
        assert OWN["en"] not in page and settings.INSTITUTION["office"]["phone"] in page, address
