"""A doubted fact becomes a case: it lets reminders rest, has a course, and is settled by what the record says."""

import pytest

from tests.actions.test_sending import RULES, TOLD_ON, planned, prepared
from tests.actions.test_sending_races import race
from tests.cast import HUGO, INES, MEI, MOMENT, NOOR, PEOPLE, RUTH, install
from tests.staff import complete, later
from upstander.actions.cases import Wanted, look_again, move, open_case
from upstander.actions.sending import claim
from upstander.core.errors import Refusal
from upstander.core.requests import OFFICER, PERSON
from upstander.models import AuditLine, Case, CaseEntry, Notice, Standing

OFFICE = f"person:{MEI}"


def disputes(person_id: str = INES, fact: str = "paid", right: str = "no", knew: str = "yes", **more) -> Case:
    """A case of this person about one fact of their appointment."""
    appointment = {INES: "a-ines", NOOR: "a-noor"}.get(person_id, "")
    wanted = Wanted(
        programme="page-b",
        cycle="2020-21",
        owner=more.get("owner", "roster"),
        asked={"fact": fact, "about": more.get("about", appointment), "right": right, "note": "Look at my contract."},
        knew={"value": knew, "codes": ["paid"], "facts": {"appointment": appointment}},
        language="en",
    )
    return open_case(person_id, wanted, more.get("moment", MOMENT), f"person:{person_id}")


def office(case: Case, name: str, text: str = "", moment=MOMENT) -> Case:
    return move(case.pk, name, OFFICER, moment, OFFICE, text)


def person(case: Case, name: str, text: str = "", moment=MOMENT) -> Case:
    return move(case.pk, name, PERSON, moment, f"person:{case.person_id}", text)


def refused(call, *args, **kwargs) -> Refusal:
    with pytest.raises(Refusal) as found:
        call(*args, **kwargs)
    return found.value


@pytest.fixture
def menu(db):
    return prepared()


def test_a_case_has_a_number_an_owner_a_promised_day_and_a_line_in_the_audit(menu):
    case = disputes()
    assert len(case.number) == 9 and (case.owner, case.state, case.unit_id) == ("roster", "open", "music")
    assert case.answer_by_on.isoformat() == "2021-01-27"  # five working days after Wednesday 20 January
    assert AuditLine.objects.filter(verb="case-opened", subject=f"case:{case.pk}", actor=f"person:{INES}").exists()


def test_asking_does_not_change_the_duty(menu):
    before = Standing.objects.get(person_id=INES, programme_id="page-b")
    disputes()
    after = Standing.objects.get(person_id=INES, programme_id="page-b")
    assert (after.state, after.due_on, after.decided_at) == (before.state, before.due_on, before.decided_at)


@pytest.mark.row("A13")
def test_a_case_before_the_claim_stops_what_asks_and_says_why(menu):
    planned(menu)
    disputes()
    notice = Notice.objects.get(person_id=INES)
    assert claim(notice.pk, MOMENT, RULES) == "disputed"
    notice.refresh_from_db()
    assert (notice.state, notice.not_sent_reason) == ("not-sent", "disputed")


def test_nothing_that_asks_is_planned_while_a_case_is_open_and_it_is_once_the_case_ends(menu):
    case = disputes()
    assert planned(menu) == {"added": len(TOLD_ON) - 1}
    office(case, "decline", "It is right.")
    assert planned(menu, later(days=1)) == {"added": 1}


def test_a_confirmation_goes_even_while_a_case_is_open(menu):
    disputes()
    complete(INES)
    Notice.objects.all().delete()
    assert planned(menu)["confirmation"] == 1
    envelope = claim(Notice.objects.get(person_id=INES, kind="confirmation").pk, MOMENT, RULES)
    assert not isinstance(envelope, str)


def test_a_case_about_one_programme_leaves_the_reminders_of_another(menu):
    disputes()
    case = Case.objects.get()
    assert Case.objects.filter(rests_reminders=True, programme_id="page-b").get() == case


def disputed(person_id: str) -> None:
    disputes(person_id, about="")


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_case_that_holds_the_lock_first_always_stops_a_claim_that_waits_for_it():
    planned(prepared())
    notices = [Notice.objects.get(person_id=person_id, kind="added") for person_id in TOLD_ON]
    assert [race(notice, notice.person_id, disputed) for notice in notices] == ["disputed"] * len(TOLD_ON)


def test_the_same_fact_is_not_disputed_twice_at_once(menu):
    case = disputes()
    again = refused(disputes, right="no")
    assert (again.code, again.data["case"]) == ("case-open-already", str(case.pk))
    assert disputes(fact="unit", right="History", knew="music").pk != case.pk


def test_after_a_decline_it_is_reopened_once_with_something_new_then_only_the_contact_is_left(menu):
    case = disputes()
    office(case, "decline", "The contract says so.")
    assert refused(disputes).code == "case-declined-before"
    assert refused(person, case, "reopen", " ").code == "text-needed"
    assert person(case, "reopen", "Here is the new contract.").state == "open"
    office(case, "decline", "This one does too.")
    assert refused(person, case, "reopen", "Please.").code == "declined-for-good"
    assert refused(disputes).code == "declined-for-good"


def test_taking_it_back_and_asking_anew_does_not_wipe_out_a_decline(menu):
    case = disputes()
    office(case, "decline", "No.")
    person(case, "reopen", "New.")
    person(case, "withdraw")
    second = disputes()
    office(second, "decline", "No.")
    assert refused(disputes).code == "declined-for-good"


def test_declining_needs_a_reason(menu):
    assert refused(office, disputes(), "decline").code == "text-needed"


def test_asking_back_stops_the_promise_until_the_person_answers(menu):
    case = office(disputes(), "ask", "Which appointment?")
    assert (case.state, case.rests_reminders) == ("asked", True)
    answered = person(case, "answer", "The only one.", later(days=7))
    assert (answered.state, answered.answer_by_on.isoformat()) == ("open", "2021-02-03")


def test_nobody_settles_their_own_case(menu):
    case = disputes()
    found = refused(move, case.pk, "accept", OFFICER, MOMENT, f"person:{INES}")
    assert found.code == "not-yourself"


def test_a_note_is_not_for_the_person_and_stays_possible_when_the_case_is_over(menu):
    case = disputes()
    person(case, "withdraw")
    office(case, "note", "Called the registry.")
    assert CaseEntry.objects.get(case=case, move="note").for_person is False


def roster(person_id: str, old: str, new: str) -> str:
    """The cast's roster with one value of this person changed."""
    start = PEOPLE.index(f"\n{person_id}") + 1
    end = PEOPLE.index("\n1", start)
    assert old in PEOPLE[start:end]
    return PEOPLE[:start] + PEOPLE[start:end].replace(old, new) + PEOPLE[end:]


def says_she_supervises() -> Case:
    """What Ines says and the roster does not yet; her duty does not depend on it."""
    return disputes(fact="supervises", right="yes", knew="no")


SUPERVISES = (INES, f"{RUTH},no,", f"{RUTH},yes,")


def test_a_roster_that_says_what_was_claimed_is_told_in_the_case_and_closing_is_left_to_the_office(menu):
    case = says_she_supervises()
    install(later(days=1), roster(*SUPERVISES))
    assert look_again(later(days=1)) == 1
    assert look_again(later(days=1)) == 0
    case.refresh_from_db()
    entry = CaseEntry.objects.get(case=case, move="now-right")
    assert (case.state, entry.data["source"], entry.data["value"]) == ("open", "roster", "yes")


def test_an_accepted_case_waits_for_the_roster_and_is_settled_by_it(menu):
    case = office(says_she_supervises(), "accept", "You are right.")
    look_again(MOMENT)
    case.refresh_from_db()
    assert (case.state, case.rests_reminders) == ("accepted", True)
    install(later(days=1), roster(*SUPERVISES))
    look_again(later(days=1))
    case.refresh_from_db()
    assert (case.state, case.rests_reminders, case.settled_by) == ("settled", False, "upstander")


def test_the_officer_may_end_the_waiting(menu):
    case = office(disputes(), "accept")
    assert office(case, "settle").rests_reminders is False


def test_a_roster_that_says_a_third_thing_is_told_and_settles_nothing(menu):
    case = office(disputes(HUGO, fact="onboarded_on", about="", right="2020-07-02", knew="2020-06-30"), "accept")
    install(later(days=1), roster(HUGO, "2020-06-30,employee", "2020-06-29,employee"))
    look_again(later(days=1))
    case.refresh_from_db()
    assert case.state == "accepted"
    assert CaseEntry.objects.filter(case=case, move="changed-otherwise").count() == 1


def test_a_completion_on_the_claimed_day_makes_the_claim_true(menu):
    case = disputes(
        NOOR, fact="completed_on", right="2021-01-20", knew="2020-05-01", about="option-a@2020-05-01", owner="record"
    )
    complete(NOOR)
    look_again(MOMENT)
    assert CaseEntry.objects.filter(case=case, move="now-right").exists()


def test_looking_again_takes_the_same_number_of_queries_where_nothing_changed(menu, django_assert_max_num_queries):
    for fact in ("paid", "supervises", "benefits_eligible"):
        disputes(fact=fact, right="no" if fact != "supervises" else "yes", knew="yes" if fact != "supervises" else "no")
    with django_assert_max_num_queries(12):
        look_again(MOMENT)


@pytest.mark.parametrize("asked", [{"fact": ""}, {"fact": "paid", "right": "x" * 501}, {"fact": "paid", "else": "x"}])
def test_a_form_that_says_too_little_or_too_much_is_refused(menu, asked):
    wanted = Wanted("page-b", "2020-21", "roster", asked)
    code = refused(open_case, INES, wanted, MOMENT, f"person:{INES}").code
    assert code in {"field-needed", "field-too-long", "no-such-field"}
    assert not Case.objects.exists()
