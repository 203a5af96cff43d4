"""What people ask of the office under /ask/: each kind from its form to what comes of it."""

from datetime import date
from html import unescape

import pytest

from tests.cast import AMARA, HUGO, INES, MEI, NOOR
from tests.staff import MOMENT, PROGRAMMES, complete, later, signed_in_as, stand_on
from upstander.actions.cases import move
from upstander.actions.programmes import import_programme
from upstander.core.errors import Refusal
from upstander.core.requests import ASKED_HERE, KINDS, OFFICER
from upstander.models import AdjustmentRecord, Case, Completion, Standing
from upstander.queries.case_load import load_by_kind
from upstander.queries.cases import resting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]

#: What each kind's form needs at the least.
GIVEN = {
    "extension": {"to_on": "2021-03-01"},
    "leave": {"leave": "Parental leave", "from_on": "2021-02-01", "to_on": "2021-02-14"},
    "already-done": {"what": "The same course, at my last post", "when": "October 2020"},
    "language": {"which": "Hmong"},
    "no-computer": {"reach": "Ext. 5512, after four"},
    "accessibility": {"note": "The slider cannot be moved by keyboard."},
    "in-person": {"audience": "Bench scientists", "size": "25", "topic": "Speaking up"},
    "privacy": {"want": "copy"},
    "equivalency": {
        "what": "Speak up",
        "where": "Old Quarry College",
        "from_on": "2020-10-05",
        "minutes": "90",
        "source": "university",
    },
    "appointment-ending": {"appointment": "a-ines", "to_on": "2021-02-17", "sure": "2021-02-17"},
    "technical": {"note": "The film stays black."},
}


#: Who is asked for nothing asks for access; everything else Ines can ask for (tests/web/test_course_access.py).
KINDS_OF_INES = tuple(kind for kind in ASKED_HERE if kind != "voluntary-access")


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def page(address: str, person_id: str = INES, lang: str = "en") -> str:
    client = signed_in_as(person_id)
    client.cookies["upstander_language"] = lang
    answer = client.get(address)
    assert answer.status_code == 200, address
    return text_of(answer)


def asks(kind: str, person_id: str = INES, **given) -> Case:
    """Fills the form of a kind and sends it."""
    answer = signed_in_as(person_id).post(f"/ask/{kind}/", {"programme": "page-b", **GIVEN[kind], **given})
    assert answer.status_code == 302, text_of(answer)
    return Case.objects.get(pk=answer.url.strip("/").rpartition("/")[2])


def refused(kind: str, **given) -> str:
    """What the form says where it takes nothing; what was written is still in it."""
    answer = signed_in_as(INES).post(f"/ask/{kind}/", {"programme": "page-b", **GIVEN[kind], "note": "Kept.", **given})
    assert answer.status_code == 200 and "Kept." in text_of(answer)
    assert not Case.objects.exists()
    return text_of(answer)


def limited(automatic: int = 0, most: int | None = None) -> None:
    """Publishes page-b once more, with limits for more time."""
    text = (PROGRAMMES / "page-b.toml").read_text(encoding="utf-8").replace("version = 1", "version = 2", 1)
    limits = f"\n[cases.extension]\nautomatic_days = {automatic}\n" + (f"most_days = {most}\n" if most else "")
    import_programme(text + limits, MOMENT, "test")


def standing(person_id: str = INES) -> Standing:
    return Standing.objects.get(person_id=person_id, programme_id="page-b", cycle="2020-21")


def grant(case: Case, **given):
    """The officer follows the link of the case, sees what it changes and records it."""
    shown = text_of(signed_in_as(MEI).get(f"/office/cases/{case.pk}/"))
    address = shown.split("Grant it, after")[0].rpartition('href="')[2].split('"')[0]
    form = text_of(signed_in_as(MEI).get(address))
    answer = signed_in_as(MEI).post(address, {**given, "reason": "As asked.", "act": "record"})
    assert answer.status_code == 302, text_of(answer)
    case.refresh_from_db()
    return form


@pytest.mark.row("A17")
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_kind_has_a_line_that_leads_to_its_form(lang):
    lines = page("/ask/", lang=lang)
    assert all(f'href="/ask/{kind}/"' in lines for kind in ASKED_HERE)
    for kind in KINDS_OF_INES:
        assert '<form method="post" novalidate' in page(f"/ask/{kind}/", lang=lang)


def test_a_kind_that_is_not_asked_here_is_not_there():
    assert signed_in_as(INES).get("/ask/office-decision/").status_code == 404
    assert signed_in_as(INES).post("/ask/another-way/", {}).status_code == 404


@pytest.mark.row("A07", "A09", "A13", "A15", "A16", "A17", "B17")
@pytest.mark.parametrize("kind", KINDS_OF_INES)
def test_a_request_is_numbered_promised_shown_to_both_and_handled_by_the_office_of_its_programme(kind):
    case = asks(kind)
    assert (case.kind, case.person_id, case.programme_id, case.state) == (kind, INES, "page-b", "open")
    assert case.answer_by_on is not None and case.rests_reminders is bool(KINDS[kind].rests)
    fields = KINDS[kind].fields
    said = [text for name, text in GIVEN[kind].items() if name in fields and fields[name].filled in {"line", "text"}]
    said = [text for text in said if text != "copy"]
    for address, who in ((f"/cases/{case.pk}/", INES), (f"/office/cases/{case.pk}/", MEI)):
        shown = page(address, who)
        assert case.number in shown and all(text in shown for text in said)
    assert case.number in page("/cases/") and case.number in page(f"/office/cases/?kind={kind}", MEI)
    assert signed_in_as(HUGO).get(f"/office/cases/{case.pk}/").status_code == 404


@pytest.mark.parametrize("kind", KINDS_OF_INES)
def test_reminders_rest_exactly_as_long_as_the_kind_says(kind):
    case = asks(kind)
    assert (resting([INES]) == {(INES, "page-b")}) is bool(KINDS[kind].rests)
    move(case.pk, "decline", OFFICER, MOMENT, f"person:{MEI}", "Because.")
    assert resting([INES]) == set()


@pytest.mark.parametrize("kind", KINDS_OF_INES)
def test_the_office_asks_back_the_person_answers_and_it_is_declined_with_a_reason(kind):
    case = asks(kind)
    client, office = signed_in_as(INES), f"/office/cases/{case.pk}/"
    signed_in_as(MEI).post(office, {"move": "ask", "text": "Which one?"})
    client.post(f"/cases/{case.pk}/", {"move": "answer", "text": "That one."})
    assert "That one." in page(office, MEI)
    assert "Write a few words" in text_of(signed_in_as(MEI).post(office, {"move": "decline", "text": ""}))
    signed_in_as(MEI).post(office, {"move": "decline", "text": "The rule leaves no room."})
    assert "The rule leaves no room." in page(f"/cases/{case.pk}/")


def test_a_case_is_always_about_whoever_is_signed_in():
    assert asks("language", person=AMARA, person_id_of=AMARA).person_id == INES
    answer = signed_in_as(INES).post("/ask/language/", {"programme": "no-such", "which": "Hmong"})
    assert "This training is not one of yours." in text_of(answer) or "Select a valid choice" in text_of(answer)
    assert Case.objects.count() == 1


def test_a_second_request_of_a_kind_leads_to_the_open_one():
    assert asks("language") == asks("language", which="Tagalog")
    assert Case.objects.count() == 1


def test_nobody_handles_or_grants_their_own():
    mine = asks("no-computer", MEI)
    assert signed_in_as(MEI).get(f"/office/cases/{mine.pk}/").status_code == 404
    assert mine.number not in page("/office/cases/?state=all", MEI)
    with pytest.raises(Refusal, match="not-yourself"):
        move(mine.pk, "decline", OFFICER, MOMENT, f"person:{MEI}", "No.")
    assert signed_in_as(MEI).get(f"/office/people/{standing(MEI).pk}/adjust/?case={mine.pk}").status_code == 404


def test_where_nothing_is_asked_there_is_no_form_for_more_time_and_the_office_is_named():
    shown = page("/ask/extension/", NOOR)
    assert "<textarea" not in shown and "call or write to the office" in shown
    assert signed_in_as(NOOR).post("/ask/extension/", {"programme": "page-b", "to_on": "2021-03-01"}).status_code == 200
    assert not Case.objects.exists()


@pytest.mark.row("B17")
def test_more_time_is_the_offices_where_the_programme_sets_no_limits():
    case = asks("extension")
    assert standing().due_on == date(2021, 2, 17)
    form = grant(case, to_on="2021-03-01")
    assert 'value="2021-03-01"' in form
    assert case.state == "settled" and standing().due_on == date(2021, 3, 1)
    assert resting([INES]) == set()
    shown = page(f"/cases/{case.pk}/")
    assert "Granted" in shown and "Extension: due on 1 March 2021." in shown and "As asked." not in shown
    assert "Monday 1 March 2021" in page("/my-training/")


@pytest.mark.row("B17")
def test_more_time_within_the_limits_is_granted_at_once():
    limited(automatic=14, most=60)
    case = asks("extension", to_on="2021-03-03")
    assert case.state == "settled" and standing().due_on == date(2021, 3, 3)
    assert AdjustmentRecord.objects.get().recorded_by == "upstander"
    assert "Granted" in page(f"/cases/{case.pk}/")


@pytest.mark.row("B17")
def test_a_day_more_than_the_limit_is_the_offices_and_small_steps_do_not_add_up():
    limited(automatic=14, most=60)
    assert asks("extension", to_on="2021-03-04").state == "open"
    Case.objects.all().delete()
    assert asks("extension", to_on="2021-02-20").state == "settled"
    second = asks("extension", to_on="2021-02-25")
    assert second.state == "open" and standing().due_on == date(2021, 2, 20)


@pytest.mark.row("B17")
@pytest.mark.parametrize(
    ("to_on", "said"),
    [
        ("2021-02-17", "An extension only moves the due date later. It is 17 February 2021 now."),
        ("2021-02-01", "An extension only moves the due date later."),
        ("2021-04-19", "until 18 April 2021 at the latest"),
        ("0202-01-01", "Look at the year again."),
        ("", "This field is required."),
    ],
)
def test_a_day_that_cannot_be_granted_is_refused_beside_its_field(to_on, said):
    limited(automatic=14, most=60)
    assert said in refused("extension", to_on=to_on)


@pytest.mark.row("B17")
def test_a_day_that_is_over_is_refused(monkeypatch):
    stand_on(monkeypatch, later(days=60))
    assert "This day is over." in refused("extension", to_on="2021-03-01")


@pytest.mark.row("A09")
def test_a_granted_leave_stops_the_clock_and_moves_the_date():
    case = asks("leave")
    form = grant(case, from_on="2021-02-01", to_on="2021-02-14")
    assert 'value="2021-02-01"' in form and 'value="2021-02-14"' in form
    assert case.state == "settled" and standing().due_on == date(2021, 3, 3)
    assert "Deferral: the clock stands from 1 February 2021 to 14 February 2021." in page(f"/cases/{case.pk}/")


@pytest.mark.row("A09")
def test_a_leave_that_ends_before_it_begins_is_refused():
    assert "The last day lies before the first." in refused("leave", to_on="2021-01-31")


@pytest.mark.row("A13")
def test_what_is_on_record_stands_above_the_form_with_why_it_counts_or_not():
    Completion.objects.create(
        person_id=INES, course_key="core-2018", completed_on=date(2018, 5, 4), role="employee", source="import",
        recorded_at=MOMENT.at,
    )  # fmt: skip
    shown = page("/ask/already-done/")
    assert "4 May 2018" in shown and "It does not count here." in shown
    complete(HUGO)
    assert "No completed course is on record." in page("/ask/already-done/", MEI)


@pytest.mark.row("A13")
def test_the_plan_leads_there_and_no_reminder_goes_until_it_is_settled():
    assert 'href="/ask/already-done/?programme=page-b"' in page("/my-training/")
    case = asks("already-done")
    assert "We are checking this; no reminders go out meanwhile." in page("/my-training/")
    grant(case, from_on="2020-10-15", course_key="option-a")
    assert (case.state, standing().state) == ("settled", "satisfied")


def test_a_request_for_help_is_closed_and_can_be_taken_up_again():
    case = asks("accessibility")
    signed_in_as(MEI).post(f"/office/cases/{case.pk}/", {"move": "settle", "text": "Mended."})
    signed_in_as(INES).post(f"/cases/{case.pk}/", {"move": "follow-up", "text": "Not on my phone."})
    case.refresh_from_db()
    assert case.state == "open" and case.answer_by_on is not None


def test_the_whole_way_is_in_spanish():
    case = asks("extension")
    assert "Más tiempo" in page("/cases/", lang="es")
    assert "El nuevo día que desea" in page(f"/office/cases/{case.pk}/", MEI, "es")
    assert "Necesito más tiempo" in page("/ask/extension/", lang="es")


@pytest.mark.row("A15")
def test_languages_are_counted_on_the_offices_page():
    asks("language", which="hmong")
    asks("language", MEI)
    asks("language", AMARA, which=" Hmong ")
    shown = page("/office/cases/", MEI)
    assert "<dt>Hmong</dt><dd>2</dd>" in shown


def test_load_and_the_middle_time_to_the_first_answer_stand_by_kind():
    asks("no-computer")
    case = asks("accessibility")
    move(case.pk, "reply", OFFICER, later(days=3), f"person:{MEI}", "We are on it.")
    move(case.pk, "reply", OFFICER, later(days=9), f"person:{MEI}", "Still.")
    rows = {one.kind: one for one in load_by_kind(Case.objects.all(), later(days=10))}
    helped, waits = rows["accessibility"], rows["no-computer"]
    assert (helped.open, helped.answer_days) == (1, 2)  # from Wednesday to Saturday there are two working days
    assert (helped.promised_days, helped.kept, helped.missed, waits.kept, waits.missed) == (2, 0, 1, 0, 1)
    assert (rows["no-computer"].oldest_on, rows["no-computer"].answer_days) == (MOMENT.day, None)
    assert "By kind" in page("/office/cases/", MEI)
