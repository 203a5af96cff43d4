"""The office's words looked at with the facts of real people: every kind, within what the officer may see (row A04)."""

import re
from html import unescape

import pytest
from django.apps import apps
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from tests.cast import AMARA, EVERYBODY, HUGO, INES, KENJI, MEI, PRIYA, RUTH, TOMAS
from tests.staff import MOMENT, complete, later, signed_in_as, stand_on
from tests.worded import REAL, RULES, Real, asked_and_answered
from upstander.actions.grants import give
from upstander.actions.sending import send_some
from upstander.core.wording_names import OF_NO_PROGRAMME
from upstander.models import AuditLine, Case, Notice, NoticeText, Person, Standing
from upstander.notices.own_preview import NO_CODE
from upstander.queries.declining import stop_address
from upstander.wires.mail import Mailbox
from upstander.words.wording_starters import starter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university"), pytest.mark.row("A04")]
every_kind = pytest.mark.parametrize("kind", sorted(REAL))
in_each_language = pytest.mark.parametrize("lang", ["en", "es"])
MADE_UP = {"en": "Made up", "es": "Inventado"}


def text_of(answer) -> str:
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def address(kind: str, lang: str = "en", live: str = "") -> str:
    return f"/office/letters/{kind}/{lang}/{live}" + ("" if kind in OF_NO_PROGRAMME else "?programme=page-b")


def client_of(person_id: str = MEI, lang: str = "en"):
    client = signed_in_as(person_id)
    client.cookies["upstander_language"] = lang
    return client


def standing(person_id: str, programme: str = "page-b") -> int:
    rows = Standing.objects.filter(person_id=person_id, programme_id=programme)
    return rows.order_by("-cycle").values_list("pk", flat=True)[0]


def looked_at(kind: str, person_id: str, lang: str = "en", viewer: str = MEI, **said) -> str:
    """The letter beside the form, once somebody is chosen."""
    subject, text = starter(kind, lang)
    form = {"subject": subject, "text": text, "standing": standing(person_id), "act": "look"} | said
    return text_of(client_of(viewer, lang).post(address(kind, lang), form))


def letter_in(shown: str) -> str:
    return shown.split('id="seen"')[1].split("</section>")[0]


def offered(kind: str, viewer: str = MEI) -> list[str]:
    """The numbers of the people whom the page offers."""
    page = text_of(client_of(viewer).get(address(kind)))
    return re.findall(r'name="standing" value="\d+"(?: checked)?> <span>[^<]*<span class="small soft">(\d{8})', page)


def real(kind: str, monkeypatch) -> Real:
    found = REAL[kind]()
    stand_on(monkeypatch, found.moment)
    return found


@every_kind
@in_each_language
def test_the_letter_of_somebody_real_has_their_facts_whether_it_was_written_yet_or_not(kind, lang, monkeypatch):
    one = real(kind, monkeypatch)
    for _ in ("there is a letter", "there is none yet"):
        shown = letter_in(looked_at(kind, one.reader, lang))
        assert MADE_UP[lang] not in shown and "made-up" not in shown
        for said in (Person.objects.get(pk=one.reader).called, *one.said(lang)):
            assert said in shown, said
        Notice.objects.all().delete()


@every_kind
def test_whoever_has_such_a_letter_is_offered_beside_the_search_and_nobody_needs_to_be(kind, monkeypatch):
    assert "facts that are made up" in text_of(client_of().get(address(kind)))
    one = real(kind, monkeypatch)
    assert one.reader in offered(kind)
    Notice.objects.all().delete()
    assert one.reader in offered(kind)


@every_kind
def test_looking_writes_nothing_but_that_somebody_was_looked_at(kind, monkeypatch):
    one = real(kind, monkeypatch)
    client = client_of()
    form = {"subject": "S", "text": starter(kind, "en")[1], "standing": standing(one.reader), "act": "look"}
    before, rows = counted(), stored()
    for _ in range(2):
        client.post(address(kind, live="live/"), form)
        client.post(address(kind), form)
    client.get(address(kind) + ("&" if "?" in address(kind) else "?") + f"standing={form['standing']}")
    assert counted() == before and stored() == rows
    assert AuditLine.objects.filter(verb="letter-preview-seen", data__letter=kind, actor=f"person:{MEI}").count() == 1


def counted() -> dict[str, int]:
    """The rows of every table but the audit and the sign-ins."""
    apart = {"AuditLine", "Session"}
    return {model.__name__: model.objects.count() for model in apps.get_models() if model.__name__ not in apart}


def stored() -> list[dict]:
    """Every notice, case, seat and arrangement as it stands."""
    names = ("Notice", "Case", "CaseEntry", "SessionSeat", "TrainingSession", "Arrangement", "Completion", "Standing")
    return [model_to_dict(row) for name in names for row in apps.get_model("upstander", name).objects.order_by("pk")]


@every_kind
def test_nothing_in_it_leads_anywhere(kind, monkeypatch):
    one = real(kind, monkeypatch)
    text = starter(kind, "en")[1]
    shown = letter_in(looked_at(kind, one.reader, text=f"{text}\n\n{{email}}"))
    assert "href" not in shown and "<form" not in shown
    assert NO_CODE in shown
    for letter in Notice.objects.all():
        assert stop_address(letter.pk).split("/")[-2] not in shown
        assert letter.code is None or letter.code not in shown


@pytest.mark.parametrize("kind", ["certificate", "confirmation"])
@pytest.mark.parametrize("text", ["{certificate}\n\n{name}", "{no such name}"], ids=["own words", "built-in words"])
def test_a_certificate_is_never_opened_by_it(kind, text, monkeypatch):
    one = real(kind, monkeypatch)
    shown = letter_in(looked_at(kind, one.reader, text=text))
    assert "/verify/XXXX-XXXX-XXXX-XXXX/" in shown and "AAAA-BBBB" not in shown


@pytest.mark.parametrize("kind", sorted(set(REAL) - {"added", "reminder", "overdue", "confirmation"}))
def test_whoever_has_no_such_thing_is_said_to_and_the_made_up_letter_is_marked(kind):
    shown = letter_in(looked_at(kind, KENJI))
    assert "Made up" in shown and "Watanabe, Kenji has no such letter" in shown
    assert "Kenji Watanabe" not in shown and "Alex Example" in shown
    page = text_of(client_of().get(address(kind)))
    assert "Nobody whom you may see has such a letter now" in page


@every_kind
def test_a_letter_in_words_that_do_not_do_is_shown_in_the_built_in_ones_with_the_same_facts(kind, monkeypatch):
    one = real(kind, monkeypatch)
    shown = letter_in(looked_at(kind, one.reader, subject="", text="{no such name}"))
    assert "These words do not do for this reader" in shown and "Made up" not in shown
    for said in one.said("en"):
        assert said in shown, said


@pytest.mark.row("B15")
@pytest.mark.parametrize("with_letter", [True, False])
def test_whoever_has_only_something_in_confidence_looks_like_whoever_has_nothing(with_letter):
    nothing = letter_in(looked_at("case-answered", INES))
    case = asked_and_answered()
    Case.objects.filter(pk=case.pk).update(confidential=True, kind="another-way")
    Notice.objects.update(programme=None, cycle="")
    if not with_letter:
        Notice.objects.all().delete()
    assert letter_in(looked_at("case-answered", INES)) == nothing
    assert INES not in offered("case-answered")
    give(MEI, "officer", MOMENT, "test")
    page = text_of(client_of().get("/office/letters/case-answered/en/"))
    assert case.number not in page and INES not in page


@pytest.mark.row("B15")
@pytest.mark.parametrize(
    ("kind", "path"),
    [
        *((f"arrangement-{what}", "arrangements") for what in ("made", "changed", "cancelled", "reminder")),
        *((f"session-{what}", "session_seats__session") for what in ("seat", "changed", "cancelled", "reminder")),
        ("extension-granted", "adjustments"),
    ],
)
def test_what_hangs_together_with_a_request_in_confidence_is_not_there(kind, path, monkeypatch):
    one = real(kind, monkeypatch)
    secret = asked_and_answered()
    Case.objects.filter(pk=secret.pk).update(confidential=True, kind="another-way")
    Notice.objects.filter(kind="extension-granted").update(case=secret)
    for model in ("Arrangement", "TrainingSession", "AdjustmentRecord"):
        apps.get_model("upstander", model).objects.update(case=secret)
    assert "Made up" in letter_in(looked_at(kind, one.reader))
    assert offered(kind) == []


def test_an_officers_own_request_is_not_theirs_to_look_at():
    wanted = asked_and_answered(PRIYA)
    give(PRIYA, "officer", MOMENT, "test", programme="page-b")
    assert "Made up" in letter_in(looked_at("case-answered", PRIYA, viewer=PRIYA))
    assert wanted.number in letter_in(looked_at("case-answered", PRIYA))


@pytest.mark.parametrize("viewer", [RUTH, PRIYA, INES])
def test_neither_administrators_of_units_nor_learners_come_near(viewer):
    form, client = {"subject": "S", "text": "T", "standing": standing(INES)}, signed_in_as(viewer)
    for kind in REAL:
        for live in ("", "live/"):
            assert client.post(address(kind, live=live), form).status_code == 404
        assert client.get(address(kind)).status_code == 404


@pytest.mark.parametrize("kind", sorted(set(REAL) - OF_NO_PROGRAMME))
def test_an_officer_of_another_programme_reaches_nobody_of_this_one(kind, monkeypatch):
    one = real(kind, monkeypatch)
    form = {"subject": "S", "text": "T", "standing": standing(one.reader), "act": "look"}
    assert signed_in_as(HUGO).post(address(kind), form).status_code == 404
    for place in (f"/office/letters/{kind}/en/", f"/office/letters/{kind}/en/?programme=page-a"):
        assert signed_in_as(HUGO).post(place, form).status_code == 404
        page = letter_in(text_of(signed_in_as(HUGO).post(place, {**form, "standing": standing(one.reader, "page-a")})))
        for said in one.en:
            if "2021" not in said:
                assert said not in page


def test_somebody_of_whom_letters_of_several_programmes_tell_is_real_only_to_who_runs_them_all():
    assert "Made up" in letter_in(looked_at("digest", INES))
    assert offered("digest") == []
    give(MEI, "officer", MOMENT, "test", programme="page-a")
    assert INES in offered("digest")


def test_a_letter_about_others_names_those_whom_its_reader_answers_for_and_nobody_else(monkeypatch):
    real("overdue-others", monkeypatch)
    shown = letter_in(looked_at("overdue-others", RUTH))
    assert "Ines Okafor" in shown and "Hugo Lindqvist" not in shown and "Priya Raman" not in shown
    officer = letter_in(looked_at("overdue-others", MEI))
    assert "Hugo Lindqvist" in officer and "Ines Okafor" in officer
    linked = letter_in(looked_at("overdue-others", MEI, text="{list}\n\n{link}"))
    assert "/office/programmes/page-b/people/?state=overdue" in linked
    assert set(offered("overdue-others")) == {RUTH, MEI}


@pytest.mark.parametrize("kind", ["arrangement-made", "arrangement-cancelled", "arrangement-reminder"])
def test_whoever_helps_is_shown_the_letter_to_whoever_helps(kind, monkeypatch):
    real(kind, monkeypatch)
    shown = letter_in(looked_at(kind, RUTH))
    assert "Ruth Abebe" in shown and "Ines Okafor" in shown and "/helping/" in shown
    assert {INES, RUTH} <= set(offered(kind))


@pytest.mark.database
@pytest.mark.parametrize("kind", ["case-answered", "session-seat", "arrangement-made", "reminder", "overdue-others"])
def test_the_newest_eight_are_offered_and_more_cost_no_more_queries(kind, monkeypatch):
    one = real(kind, monkeypatch)
    client, form = client_of(), {"subject": "S", "text": "{name} {link}", "standing": standing(one.reader)}
    client.post(address(kind), form)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            text_of(client.post(address(kind), form))
        return len(seen)

    few = queries()
    for person_id in [each for each in EVERYBODY if each not in (one.reader, MEI)]:
        alike(kind, person_id)
    assert queries() <= few
    assert len(offered(kind)) <= 8


def alike(kind: str, person_id: str) -> None:
    """Another letter like one that there is, of another person."""
    letter = Notice.objects.filter(kind=kind).order_by("planned_at").last()
    for name in ("case", "seat", "arrangement"):
        thing = getattr(letter, name)
        if thing is not None:
            thing.pk, thing.person_id = None if name == "seat" else f"{person_id:0>32}", person_id
            if name != "seat":
                thing.number = person_id
            if name == "case":
                thing.reply_token = None
            thing._state.adding = True
            thing.save()
            setattr(letter, name, thing)
    letter.pk, letter.code, letter.person_id = f"{person_id:1>32}", None, person_id
    letter.dedupe_key, letter.planned_at, letter._state.adding = f"{kind}:{person_id}:x:1", later(days=60).at, True
    letter.save()


def test_nine_with_such_a_letter_are_eight_on_the_page_the_newest_first(monkeypatch):
    real("reminder", monkeypatch)
    for number, person_id in enumerate(EVERYBODY):
        Notice.objects.create(
            kind="reminder", person_id=person_id, programme_id="page-b", cycle="2020-21", state="sent",
            dedupe_key=f"reminder:{person_id}:page-b:2020-21:x", planned_for_on=MOMENT.day,
            planned_at=later(days=60, hours=number).at,
        )  # fmt: skip
    assert offered("reminder") == list(reversed(EVERYBODY))[:8]


def test_a_letter_that_did_not_go_makes_nobody_somebody_with_such_a_letter():
    Notice.objects.create(
        kind="confirmation", person_id=AMARA, programme_id="page-b", cycle="2020-21", state="not-sent",
        dedupe_key="confirmation:x", planned_for_on=MOMENT.day, planned_at=MOMENT.at,
    )  # fmt: skip
    assert offered("confirmation") == []


def test_whoever_has_left_is_neither_offered_nor_looked_at(monkeypatch):
    one = real("case-answered", monkeypatch)
    Person.objects.filter(pk=one.reader).update(vanished_on=MOMENT.day)
    assert offered("case-answered") == []
    form = {"subject": "S", "text": "T", "standing": standing(one.reader), "act": "look"}
    assert signed_in_as(MEI).post(address("case-answered"), form).status_code == 404


@pytest.mark.parametrize(("person_id", "kind"), [(TOMAS, "reminder"), (KENJI, "added"), (INES, "overdue")])
def test_whoever_would_not_get_it_as_things_stand_is_said_to(person_id, kind):
    assert "As it stands today, this person would not get it." in letter_in(looked_at(kind, person_id))
    complete(INES)
    assert "Being done, this person would not get it." in letter_in(looked_at(kind, INES))


@in_each_language
def test_a_search_and_a_choice_work_without_scripts(lang, monkeypatch):
    one = real("case-answered", monkeypatch)
    subject, text = starter("case-answered", lang)
    form = {"subject": subject, "text": text, "act": "find", "search": "okafor"}
    shown = text_of(client_of(lang=lang).post(address("case-answered", lang), form))
    assert f'value="{standing(INES)}" checked' in shown
    assert one.en[0] in letter_in(shown)
    several = text_of(client_of(lang=lang).post(address("case-answered", lang), form | {"search": "a"}))
    assert len(re.findall(r'type="radio" name="standing" value="\d', several)) > 2


@pytest.mark.parametrize("kind", ["case-answered", "arrangement-made", "added"])
def test_the_page_says_with_whose_facts_a_test_goes_and_it_goes_with_no_others(kind, monkeypatch):
    one = real(kind, monkeypatch)
    Notice.objects.all().delete()
    shown = looked_at(kind, one.reader)
    said = "with your own facts" if kind == "added" else "A test goes to you alone, with facts that are made up."
    assert said in shown and "Nobody else’s facts go by mail." in shown
    subject, text = starter(kind, "en")
    form = {"subject": subject, "text": text, "standing": standing(one.reader), "act": "test", "seen": 0}
    assert client_of().post(address(kind), form).status_code == 302
    send_some(MOMENT, RULES, Mailbox())
    letter = Notice.objects.get(kind="test-letter")
    assert "Mei Castellanos" in letter.body_text
    for private in (*one.en[:1], "Ines Okafor", "Okafor"):
        if kind != "added":
            assert private not in letter.body_text + letter.body_html + letter.subject
    assert "Ines" not in letter.body_text
    assert NoticeText.objects.get().state == "draft"
