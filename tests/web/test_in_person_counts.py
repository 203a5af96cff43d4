"""Whether attendance counts is the programme's word, and everybody reads it (row A16)."""

from html import unescape

import pytest

from tests.cast import INES, MEI
from tests.chronicle import DOCUMENT, at
from tests.forms import form_of
from tests.rooms import dated, let_attendance_count, offered
from tests.staff import MOMENT, later, signed_in_as, stand_on
from tests.web.test_words_of_rules import said as sentences
from upstander.actions.attendance import close_roster, mark_attendance
from upstander.actions.drafts import start_draft
from upstander.actions.grants import give
from upstander.actions.session_seats import book
from upstander.core.programme_file import parse_programme
from upstander.delivery.catalogue import title_of
from upstander.jobs.demo.calendar import Season
from upstander.jobs.demo.programmes import menu
from upstander.models import Completion, Notice, SessionSeat, Standing, TrainingSession

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university"), pytest.mark.row("A16")]


def said(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


@pytest.fixture(autouse=True)
def _moment(monkeypatch):
    stand_on(monkeypatch, MOMENT)


def attended(session: TrainingSession) -> SessionSeat:
    """Ines was there, and the session was held."""
    seat = book(session.pk, INES, MOMENT, "test")
    mark_attendance(seat.pk, True, later(days=1), "test")
    close_roster(session.pk, later(days=1, hours=2), "test")
    return SessionSeat.objects.get(pk=seat.pk)


def reasons() -> set[str]:
    return {reason["code"] for reason in Standing.objects.get(person_id=INES, programme_id="page-b").reasons}


def state() -> str:
    return Standing.objects.get(person_id=INES, programme_id="page-b").state


def test_where_the_programme_does_not_say_so_attendance_is_on_record_and_meets_nothing():
    offered()
    attended(dated())
    assert Completion.objects.get(person_id=INES).source == "in-person"
    assert state() == "open" and "completion-not-in-person" in reasons()
    assert not Notice.objects.filter(person_id=INES, kind="confirmation").exists()


def test_a_later_version_that_says_so_lets_the_same_attendance_count():
    offered()
    attended(dated())
    let_attendance_count(moment=later(days=2))
    assert state() == "satisfied" and "completion-not-in-person" not in reasons()


def test_the_reason_is_a_sentence_on_the_plan(monkeypatch):
    offered()
    attended(dated())
    stand_on(monkeypatch, later(days=2))
    page = said(signed_in_as(INES).get("/my-training/"))
    assert "in person on" in page and "attendance does not meet this requirement" in page


READERS = [
    (INES, "/in-person/{session}/"),
    (MEI, "/office/in-person/bystander-hour/"),
]


@pytest.mark.parametrize(("reader", "address"), READERS)
@pytest.mark.parametrize(
    ("language", "no", "yes", "none"),
    [
        ("en", "is put on record as “%s” and meets no requirement",
         "Attending counts as “%s” for “Preventing harassment, 2020–21”", "Attending meets no requirement."),
        ("es", "consta como «%s» y no cumple ningún requisito",
         "La asistencia cuenta como «%s» para", "La asistencia no cumple ningún requisito."),
    ],
)  # fmt: skip
def test_learners_and_the_office_read_whether_attending_counts_and_for_what(reader, address, language, no, yes, none):
    offered()
    session = dated()
    client, where = signed_in_as(reader), address.format(session=session.pk)
    client.cookies["upstander_language"] = language
    title = title_of("option-a", language)
    assert no % title in said(client.get(where))
    let_attendance_count()
    assert yes % title in said(client.get(where))
    session.offer.course_key = ""
    session.offer.save()
    assert none in said(client.get(where))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Whoever attends “option-a” as a training in person meets it too."),
        ("es", "Quien asista a «option-a» como capacitación presencial también cumple."),
    ],
)
def test_the_rule_reads_as_a_sentence(language, sentence):
    rules = parse_programme(DOCUMENT.replace('course = "option-a"\n', 'course = "option-a"\nin_person = true\n', 1))
    assert sentence in sentences(rules, "options", language)
    assert sentence not in sentences(parse_programme(DOCUMENT), "options", language)


def test_the_workbench_sets_it_and_takes_it_away():
    give(MEI, "officer", MOMENT, "test")
    version, client = start_draft("page-b", MOMENT, "test"), signed_in_as(MEI)
    address = f"/office/drafts/{version.pk}/parts/options/"
    for chosen, line in (("yes", "in_person = true"), ("no", "in_person = false"), ("", "")):
        sent = form_of(client.get(address))
        name = next(name for name in sent if name.startswith("options-0") and name.endswith("in_person"))
        assert client.post(address, {**sent, name: [chosen], "act": ""}).status_code == 302
        version.refresh_from_db()
        assert line in version.document if line else "in_person" not in version.document


def test_the_pages_own_programmes_do_not_say_so_and_the_demos_menu_does():
    shipped = parse_programme(DOCUMENT)
    demo = parse_programme(menu(Season(at(MOMENT.day).day)))
    assert not any(option.in_person for option in shipped.options)
    assert [option.course_key for option in demo.options if option.in_person] == ["option-a"]
