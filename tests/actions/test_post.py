"""What comes back by mail, taken in once: letters lost, addresses ended and released, answers to a case."""

import re
from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest

from tests import incoming
from tests.cast import DARIO, INES, MEI, MOMENT, install
from tests.staff import later
from upstander.actions.cases import Wanted, move, open_case
from upstander.actions.failing import release
from upstander.actions.notices import plan_due
from upstander.actions.opening import open_sending
from upstander.actions.post import receive, receive_event
from upstander.actions.programmes import import_programme
from upstander.actions.return_paths import bounce_to, reply_to
from upstander.actions.sending import Rules, claim
from upstander.actions.standing import run_due
from upstander.config.settings import PACKAGE
from upstander.core.errors import Refusal
from upstander.core.requests import ALREADY_DONE, ANOTHER_WAY, LANGUAGE, NO_COMPUTER, OFFICER
from upstander.models import AuditLine, Case, CaseEntry, CaseFile, FailingAddress, MailReport, Notice, Person
from upstander.notices.registry import letters
from upstander.queries.programmes import published
from upstander.words.requests import step_detail

pytestmark = pytest.mark.django_db
OF_INES = f"person:{INES}"


@pytest.fixture(autouse=True)
def mail_comes_back(settings):
    """The cast, and addresses for reports and for replies."""
    settings.MAIL_FROM = "prevention@aldermere.example"
    settings.MAIL_BOUNCES, settings.MAIL_REPLIES = "bounces@aldermere.example", "case@aldermere.example"
    install()


def sent(moment=MOMENT, address="ines@aldermere.example") -> Notice:
    return Notice.objects.create(
        dedupe_key=str(uuid4()), kind="added", person_id=INES, planned_for_on=moment.day, planned_at=moment.at,
        state="sent", claimed_at=moment.at, sent_at=moment.at, address=address,
    )  # fmt: skip


def lost(notice: Notice, moment=MOMENT, **how) -> str:
    report = incoming.delivery_report(to=bounce_to(notice.pk), message_id=f"{uuid4()}@mx", **how)
    return receive(report, moment)


def asked(kind=NO_COMPUTER, **fields) -> Case:
    return open_case(INES, Wanted(None, "", "officer", fields or {"reach": "by phone"}, kind=kind), MOMENT, OF_INES)


def answer(case: Case, text="Tuesday works for me.", moment=MOMENT, **how) -> str:
    to = how.pop("to", None) or reply_to(case)
    return receive(incoming.reply(to, text, message_id=f"{uuid4()}@mail", **how), moment)


def last(case: Case) -> CaseEntry:
    return CaseEntry.objects.filter(case=case).latest("id")


def failing() -> FailingAddress:
    return FailingAddress.objects.get(person_id=INES)


def pdf() -> bytes:
    made = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(made)
    return made.getvalue()


def test_a_letter_that_is_lost_for_good_says_when_and_ends_sending_to_its_address():
    notice = sent()
    assert lost(notice, later(1)) == "permanent"
    notice.refresh_from_db()
    assert (notice.state, notice.bounced_at) == ("sent", later(1).at)
    assert (failing().reason, failing().suppressed_at) == ("permanent", later(1).at)
    assert MailReport.objects.get().notice == notice


def test_the_same_report_counts_once_by_whatever_way_it_comes():
    notice = sent()
    report = incoming.delivery_report(to=bounce_to(notice.pk), status="4.4.7")
    assert receive(report, MOMENT) == "temporary"
    assert receive(report, later(1)) == "again"
    assert receive(b"Received: from elsewhere\r\n" + report, later(1)) == "again"
    assert (failing().soft_count, MailReport.objects.count()) == (1, 1)


def test_two_reports_about_one_letter_lose_it_once():
    notice = sent()
    lost(notice, status="4.4.7")
    lost(notice, later(1), status="4.4.7")
    notice.refresh_from_db()
    assert (notice.bounced_at, failing().soft_count) == (MOMENT.at, 1)


def test_five_letters_lost_within_two_weeks_end_sending_and_four_do_not():
    for day in range(4):
        lost(sent(later(day)), later(day), status="4.4.7")
    assert failing().suppressed_at is None
    lost(sent(later(4)), later(4), status="4.4.7")
    assert (failing().reason, failing().suppressed_at) == ("temporary", later(4).at)


def test_letters_lost_over_a_longer_time_end_nothing():
    for week in range(6):
        lost(sent(later(7 * week)), later(7 * week), status="5.2.2")
    assert failing().suppressed_at is None


def test_a_letter_that_arrives_forgets_those_that_were_lost():
    for day in range(4):
        lost(sent(later(day)), later(day), status="4.4.7")
    lost(sent(later(4)), later(4), action="delivered", status="2.0.0")
    assert not FailingAddress.objects.exists()


def test_a_delay_changes_nothing():
    notice = sent()
    assert lost(notice, action="delayed", status="4.4.1") == "delayed"
    notice.refresh_from_db()
    assert notice.bounced_at is None
    assert not FailingAddress.objects.exists()


def test_a_complaint_ends_sending_though_the_letter_arrived():
    notice = sent()
    assert receive(incoming.complaint(bounce_to(notice.pk), ""), MOMENT) == "complaint"
    notice.refresh_from_db()
    assert notice.bounced_at is None
    assert (failing().reason, failing().suppressed_at) == ("complaint", MOMENT.at)


@pytest.mark.parametrize(
    "forged", ["by the address alone", "with a seal that is wrong", "with a number that is nobody's"]
)
def test_a_report_that_proves_no_letter_changes_nothing(forged):
    notice = sent()
    name, _, domain = bounce_to(notice.pk).partition("@")
    wrong = f"{name[:-1]}{'b' if name[-1] != 'b' else 'c'}@{domain}"
    report = {
        "by the address alone": incoming.delivery_report(),
        "with a seal that is wrong": incoming.delivery_report(to=wrong, bounce=wrong),
        "with a number that is nobody's": incoming.delivery_report(to=bounce_to(uuid4()), number=str(uuid4())),
    }[forged]
    assert receive(report, MOMENT) == "unproven"
    notice.refresh_from_db()
    assert notice.bounced_at is None
    assert not FailingAddress.objects.exists()


def test_a_letter_that_never_went_cannot_come_back():
    notice = sent()
    Notice.objects.filter(pk=notice.pk).update(state="planned")
    assert lost(notice) == "unproven"


def test_nothing_goes_to_an_address_that_failed_and_a_new_one_starts_clean():
    import_programme((PACKAGE / "programmes" / "page-b.toml").read_text(encoding="utf-8"), MOMENT, "test")
    open_sending("page-b", MOMENT, "test")
    lost(sent())
    run_due(MOMENT)
    plan_due(published("page-b"), MOMENT)
    planned = Notice.objects.filter(person_id=INES, state="planned").get()
    rules = Rules(letters(lambda course, lang: None))
    assert claim(planned.pk, MOMENT, rules) == "suppressed-address"
    Notice.objects.filter(pk=planned.pk).update(state="planned", not_sent_reason="")
    Person.objects.filter(pk=INES).update(email="ines@new.example")
    envelope = claim(planned.pk, MOMENT, rules)
    assert (envelope.to, envelope.bounce_to) == ("ines@new.example", bounce_to(planned.pk))


def test_an_officer_releases_an_address_and_an_old_report_does_not_end_it_again():
    first, second = sent(), sent()
    lost(first)
    row = release(failing().pk, later(1), f"person:{MEI}")
    assert (row.released_at, row.released_by) == (later(1).at, f"person:{MEI}")
    assert AuditLine.objects.filter(verb="address-released", actor=f"person:{MEI}").exists()
    lost(second, later(2))
    assert failing().released_at == later(1).at
    lost(sent(later(3)), later(3))
    assert (failing().released_at, failing().suppressed_at) == (None, later(3).at)


def test_what_was_not_ended_is_not_released():
    lost(sent(), status="4.4.7")
    with pytest.raises(Refusal) as refusal:
        release(failing().pk, MOMENT, f"person:{MEI}")
    assert refusal.value.code == "address-not-suppressed"


def test_an_event_of_a_mail_service_counts_once_and_needs_the_letters_number():
    notice = sent()
    event = {"type": "bounce", "message_id": f"<{notice.pk}@aldermere.example>", "status": "5.1.1", "at": "1"}
    assert receive_event(event, MOMENT) == "permanent"
    assert receive_event(event, later(1)) == "again"
    assert receive_event({**event, "message_id": str(uuid4())}, MOMENT) == "unproven"
    assert receive_event({"type": "opened"}, MOMENT) == "other"


def test_an_answer_by_mail_stands_in_the_thread_as_its_persons():
    case = asked()
    assert answer(case, incoming.GMAIL) == "reply"
    entry = last(case)
    assert (entry.move, entry.actor, entry.text) == ("add", OF_INES, "Tuesday works for me.")
    assert (entry.for_person, entry.data["by_mail"]) == (True, "person")


def test_an_answer_to_a_question_of_the_office_answers_it():
    case = asked()
    move(case.pk, "ask", OFFICER, MOMENT, f"person:{MEI}", "Which day?")
    answer(case)
    case.refresh_from_db()
    assert (last(case).move, case.state) == ("answer", "open")


def test_an_answer_to_a_closed_case_asks_further_where_its_kind_allows():
    case = asked(LANGUAGE, which="Korean")
    move(case.pk, "settle", OFFICER, MOMENT, f"person:{MEI}", "Done")
    answer(case)
    case.refresh_from_db()
    assert (last(case).move, case.state) == ("follow-up", "open")


def test_an_answer_from_another_address_is_held_for_an_officer():
    case = asked()
    assert answer(case, sender="somebody@else.example") == "reply-held"
    entry = last(case)
    assert (entry.move, entry.actor, entry.for_person) == ("note", "upstander", False)
    assert entry.data == {"by_mail": "held", "from": "s…@e…"}
    case.refresh_from_db()
    assert case.state == "open"


def test_an_answer_that_our_mail_server_did_not_find_true_is_held(settings):
    settings.MAIL_CHECKED_BY = "mx.aldermere.example"
    case = asked()
    assert answer(case) == "reply-held"
    found = {"Authentication-Results": "mx.aldermere.example; dmarc=pass header.from=aldermere.example"}
    assert answer(case, headers=found) == "reply"


def test_an_answer_to_a_withdrawn_case_is_held_and_opens_nothing():
    case = asked()
    move(case.pk, "withdraw", "person", MOMENT, OF_INES)
    assert answer(case) == "reply-held"
    case.refresh_from_db()
    assert (case.state, last(case).data["by_mail"]) == ("withdrawn", "closed")


def test_an_answer_without_words_is_told_to_the_office_in_its_case():
    case = asked()
    assert answer(case, "\n> Which day?\n") == "reply-held"
    assert (last(case).move, last(case).data["by_mail"]) == ("note", "empty")
    assert "nothing can be read" in step_detail(last(case))


def test_an_absence_is_no_answer():
    case = asked()
    before = CaseEntry.objects.count()
    assert receive(incoming.away(to=reply_to(case)), MOMENT) == "automatic"
    assert CaseEntry.objects.count() == before


def test_beyond_ten_in_an_hour_answers_are_counted_and_not_written_down():
    case = asked()
    kinds = [answer(case, f"Message {number}") for number in range(12)]
    assert kinds == ["reply"] * 10 + ["reply-flood"] * 2
    assert CaseEntry.objects.filter(case=case, move="add").count() == 10
    assert answer(case, "Later", later(hours=2)) == "reply"


def test_a_letter_about_a_case_in_confidence_looks_like_any_other():
    shape = r"case\+[a-z2-7]{20}@aldermere\.example"
    assert re.fullmatch(shape, reply_to(asked(ANOTHER_WAY, ways="conversation")))
    assert re.fullmatch(shape, reply_to(asked()))


def test_of_an_answer_in_confidence_nothing_is_kept_and_its_thread_says_where_to_write():
    case = asked(ANOTHER_WAY, ways="conversation")
    assert answer(case, "The secret answer", files=(("proof.pdf", "application/pdf", pdf()),)) == "reply-refused"
    told = last(case)
    assert (told.move, told.actor, told.for_person) == ("reply", "upstander", True)
    assert "Nothing of it was kept" in told.text
    assert not CaseEntry.objects.filter(text__contains="secret").exists()
    assert not CaseFile.objects.exists()
    assert MailReport.objects.get(kind="reply-refused").case is None
    answer(case, "Once more", later(hours=2))
    assert CaseEntry.objects.filter(case=case, move="reply").count() == 1


def test_an_address_of_no_case_is_told_to_the_office_only_as_a_number():
    assert receive(incoming.reply(f"case+{'a' * 20}@aldermere.example", "Yes"), MOMENT) == "other"
    assert not CaseEntry.objects.exists()


def test_files_of_an_answer_are_looked_into_and_kept_with_the_case(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    case = asked(ALREADY_DONE, what="A course elsewhere")
    files = (("proof.pdf", "application/pdf", pdf()), ("run.exe", "application/pdf", b"MZ\x90 this runs"))
    assert answer(case, files=files) == "reply"
    (kept,) = CaseFile.objects.filter(case=case)
    assert (kept.name, kept.added_by) == ("proof.pdf", OF_INES)
    assert last(case).data["refused"] == [{"name": "run.exe", "code": "file-kind"}]


def test_files_from_another_address_are_not_kept(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    case = asked(ALREADY_DONE, what="A course elsewhere")
    answer(case, files=(("proof.pdf", "application/pdf", pdf()),), sender="somebody@else.example")
    assert not CaseFile.objects.exists()
    assert last(case).data["files_left"] == 1
    assert not list(tmp_path.rglob("*.pdf"))


def test_an_answer_is_the_persons_whose_case_it_is_and_nobody_elses():
    case = asked()
    dario = Person.objects.get(pk=DARIO).email
    assert answer(case, sender=dario) == "reply-held"


def test_a_letter_carries_its_own_address_for_reports(settings):
    notice = Notice.objects.create(
        dedupe_key="n", kind="no-such", person_id=INES, planned_for_on=MOMENT.day, planned_at=MOMENT.at
    )
    assert bounce_to(notice.pk).endswith("@aldermere.example")
    settings.MAIL_BOUNCES = ""
    assert bounce_to(notice.pk) == ""


def test_a_report_takes_the_same_few_queries_whatever_came_before(django_assert_max_num_queries):
    for _ in range(30):
        lost(sent())
    report = incoming.delivery_report(to=bounce_to(sent().pk))
    with django_assert_max_num_queries(12):
        receive(report, MOMENT)


def test_two_programs_that_answer_each_other_a_hundred_times_leave_counts_only():
    case, before = asked(), CaseEntry.objects.count()
    kinds = set()
    for number in range(100):
        away = incoming.away("Automatic reply", reply_to(case), {"X-Round": str(number)})
        kinds.add(receive(away.replace(b"<away-", b"<away-%d-" % number), later(hours=number / 60)))
    assert kinds == {"automatic"}
    assert (CaseEntry.objects.count(), Notice.objects.count()) == (before, 0)


def test_a_program_that_answers_without_saying_so_is_stopped_after_ten_an_hour():
    case, before = asked(), CaseEntry.objects.count()
    came = [answer(case, f"Ticket {number} was opened.", later(hours=number / 200)) for number in range(100)]
    assert (came.count("reply"), came.count("reply-flood")) == (10, 90)
    assert CaseEntry.objects.count() == before + 10
    assert not Notice.objects.exists()  # nothing is answered, so that the other program has nothing to answer
