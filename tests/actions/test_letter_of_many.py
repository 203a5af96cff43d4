"""A letter about many people is one letter: it names some, counts the rest, leads to the list, and loses nobody."""

from collections import Counter

import pytest

from tests.actions.test_escalation import FOURTEENTH, RULES, lived, menu, night, rows  # noqa: F401 (fixture)
from tests.actions.test_sending import at, completes
from tests.cast import HUGO, INES, MEI, MOMENT, RUTH
from upstander.actions import bundles
from upstander.actions.grants import give
from upstander.actions.sending import send_some
from upstander.core.notices import OVERDUE_OTHERS
from upstander.models import Appointment, Notice, Person, Standing
from upstander.notices.overdue_others.notice import MOST_NAMED
from upstander.wires.mail import Mailbox

pytestmark = [pytest.mark.django_db, pytest.mark.row("B12", "B18")]
#: Ines, Priya, Hugo and Ruth.
OF_THE_CAST = 4


def crowd(people: int, supervisor: str = "") -> None:
    """So many more who are as Ines is: overdue, in Music, under this supervisor."""
    ines, owes = Person.objects.get(pk=INES), Standing.objects.get(person_id=INES, programme_id="page-b")
    ids = [f"3{number:07d}" for number in range(people)]
    kept = {name: getattr(ines, name) for name in ("legal_first_name", "birth_date", "preferred_language")}
    Person.objects.bulk_create(
        Person(id=one, **kept, legal_last_name=f"Crowd{one}", email=f"p{one}@aldermere.example") for one in ids
    )
    values = {f.attname: getattr(owes, f.attname) for f in Standing._meta.concrete_fields if f.name != "id"}
    Standing.objects.bulk_create(Standing(**{**values, "person_id": one, "next_change_on": None}) for one in ids)
    held = Appointment.objects.get(person_id=INES)
    values = {f.attname: getattr(held, f.attname) for f in Appointment._meta.concrete_fields}
    Appointment.objects.bulk_create(
        Appointment(**{**values, "id": f"a-{one}", "person_id": one, "supervisor_id": supervisor}) for one in ids
    )


def sent_to(reader: str) -> Notice:
    return Notice.objects.get(kind=OVERDUE_OTHERS, person_id=reader, about=None, state="sent")


def goes(menu, people: int, supervisor: str = "") -> Counter:  # noqa: F811
    night(menu, MOMENT.day)
    send_some(MOMENT, RULES, Mailbox())
    night(menu, FOURTEENTH)
    crowd(people, supervisor)
    night(menu, FOURTEENTH)
    return send_some(at(FOURTEENTH), RULES, Mailbox(), 1_000)


@pytest.mark.parametrize(("people", "more"), [(MOST_NAMED, 0), (MOST_NAMED + 1, 1)])
def test_it_names_fifty_counts_the_rest_and_leads_to_the_list(menu, people, more):  # noqa: F811
    goes(menu, people - OF_THE_CAST)
    letter = sent_to(MEI)
    assert f"{people} people" in letter.subject
    assert letter.body_text.count("\n- ") == min(people, MOST_NAMED) == letter.body_html.count("<li>")
    assert ("And 1 more." in letter.body_text) is bool(more)
    for body in (letter.body_text, letter.body_html):
        assert "/office/programmes/page-b/people/?state=overdue" in body
    carried = Notice.objects.filter(went_with=letter)
    assert carried.values("about_id").distinct().count() == people
    assert {row[2] for row in rows(person_id=MEI)} == {"sent"}, "nobody is left for another day"


def test_an_administrator_is_led_to_their_own_page_and_a_supervisor_without_one_reads_every_name(menu):  # noqa: F811
    goes(menu, MOST_NAMED + 10, supervisor=HUGO)
    administrator, supervisor = sent_to(RUTH), sent_to(HUGO)
    assert "/department/page-b/?status=late#people" in administrator.body_text
    assert administrator.body_text.count("\n- ") == MOST_NAMED
    assert "And 11 more." in administrator.body_text
    assert supervisor.body_text.count("\n- ") == MOST_NAMED + 10
    assert "And " not in supervisor.body_text and "?st" not in supervisor.body_text


@pytest.mark.row("A13")
def test_whoever_is_only_counted_is_decided_again_too(menu):  # noqa: F811
    night(menu, FOURTEENTH)
    crowd(MOST_NAMED + 20)
    night(menu, FOURTEENTH)
    completes(INES, at(FOURTEENTH, 9))
    Standing.objects.filter(person_id__in=("30000068", "30000069"), programme_id="page-b").update(state="exempt")
    send_some(at(FOURTEENTH), RULES, Mailbox(), 1_000)
    assert f"{MOST_NAMED + 20 + OF_THE_CAST - 3} people" in sent_to(MEI).subject
    assert set(Notice.objects.filter(about_id="30000069", person_id=MEI).values_list("not_sent_reason")) == {
        ("settled",)
    }


def test_a_letter_is_never_divided_and_the_next_reader_waits_for_the_next_batch(menu, monkeypatch):  # noqa: F811
    monkeypatch.setattr(bundles, "AT_ONCE", 10)
    give(RUTH, "officer", MOMENT, "test", programme="page-b")
    goes(menu, 20)
    send_some(at(FOURTEENTH), RULES, Mailbox(), 1_000)
    for reader in (MEI, RUTH):
        carried = Notice.objects.filter(went_with=sent_to(reader))
        assert carried.values("about_id").distinct().count() >= 20 + OF_THE_CAST - 1
    assert not Notice.objects.filter(kind=OVERDUE_OTHERS, state="planned").exists()


def test_a_letter_about_others_says_a_training_once_and_its_people_under_it(menu):  # noqa: F811
    lived(menu, MOMENT.day, FOURTEENTH)
    letter = sent_to(MEI)
    assert " ".join(letter.body_text.split()).count("17 February 2021") == 1
    assert "- Hugo Lindqvist\n- Ines Okafor\n- Priya Raman\n- Ruth Abebe\n" in letter.body_text
    assert letter.body_html.count("<li>") == 4
