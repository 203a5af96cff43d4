"""Letters about what somebody got: more time, a certificate, the next period's draft (rows B13, B17, B18)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import DARIO, HUGO, INES, MEI, MOMENT, TOMAS
from tests.learners import course_of, lay_out, take
from tests.staff import PROGRAMMES, complete, later, open_office
from upstander.actions.adjustments import Planned, end, record
from upstander.actions.cases import Wanted, move, open_case
from upstander.actions.drafts import discard_draft, edit_draft
from upstander.actions.grants import end as end_grant
from upstander.actions.grants import give
from upstander.actions.next_cycle import draft_due_cycles, draft_next_cycle
from upstander.actions.notices import plan_due
from upstander.actions.opening import open_sending
from upstander.actions.programmes import import_programme
from upstander.actions.sending import Rules, claim, send_some
from upstander.actions.standing import decide_again, run_due
from upstander.core.days import Moment
from upstander.core.requests import EXTENSION, OFFICER
from upstander.models import Certificate, Completion, Notice, Person
from upstander.notices.registry import letters
from upstander.queries.programmes import published
from upstander.wires.mail import Mailbox

RULES = Rules(letters(lambda course, lang: None))
OFFICE = f"person:{MEI}"
LATE, LATER = date(2021, 3, 1), date(2021, 3, 15)
NIGHT = later(hours=12)  # a letter that answers something waits for no working hours
DRAFTED = Moment(datetime(2021, 6, 2, 15, tzinfo=UTC), date(2021, 6, 2))


@pytest.fixture(autouse=True)
def university(db, tmp_path, settings):
    settings.CONTENT_ROOT = lay_out(tmp_path, "core", "option-a", "option-b")
    open_office()
    for programme in ("page-a", "page-b"):
        open_sending(programme, MOMENT, "test")


def only(kind: str, person_id: str = INES) -> Notice:
    return Notice.objects.get(kind=kind, person_id=person_id)


def answers(moment=NIGHT, **where) -> list[str]:
    """What the claim of each planned notice says; "goes" where it is handed over."""
    found = []
    for notice in Notice.objects.filter(state="planned", **where).order_by("planned_at", "dedupe_key"):
        said = claim(notice.pk, moment, RULES)
        found.append(said if isinstance(said, str) else "goes")
    return found


def attendance_counts() -> None:
    """A further version of page-b in which being there in person counts as its first option."""
    text, option = (PROGRAMMES / "page-b.toml").read_text(encoding="utf-8"), 'course = "option-a"\n'
    assert option in text and "version = 1\n" in text
    text = text.replace("version = 1\n", "version = 2\n", 1).replace(option, f"{option}in_person = true\n", 1)
    import_programme(text, MOMENT, "test")


def extends(to_on: date = LATE, person_id: str = INES, moment=MOMENT, case=None):
    planned = Planned("extension", person_id, "page-b", "2020-21", to_on=to_on)
    return record(planned, "Field work.", moment, OFFICE, case)


@pytest.mark.row("B17")
@pytest.mark.parametrize(
    ("language", "said"), [("en", "until Monday 1 March 2021"), ("es", "el lunes 1 de marzo de 2021")]
)
def test_whoever_got_more_time_is_told_the_new_date_at_any_hour(language, said):
    Person.objects.filter(pk=INES).update(preferred_language=language)
    extends()
    assert answers() == ["goes"]
    letter = only("extension-granted")
    assert said in letter.subject
    assert "Field work" not in letter.body_text + letter.body_html


def test_an_extension_asked_for_in_a_case_is_told_once_and_not_as_an_answer_too():
    wanted = Wanted("page-b", "2020-21", "officer", {"to_on": LATE.isoformat()}, kind=EXTENSION)
    extends(case=open_case(INES, wanted, MOMENT, f"person:{INES}"))
    assert list(Notice.objects.values_list("kind", flat=True)) == ["extension-granted"]


def test_another_decision_about_a_case_is_told_as_an_answer():
    wanted = Wanted("page-b", "2020-21", "officer", {"to_on": LATE.isoformat()}, kind=EXTENSION)
    case = open_case(INES, wanted, MOMENT, f"person:{INES}")
    record(Planned("waiver", INES, "page-b", "2020-21", from_on=MOMENT.day), "Released.", MOMENT, OFFICE, case)
    assert answers() == ["goes"]
    assert "Released" not in only("case-answered").body_text


def test_of_an_extension_and_the_one_in_its_place_the_newer_is_told():
    end(extends().ref, "Longer still.", later(hours=1), OFFICE)
    extends(LATER, moment=later(hours=2))
    assert sorted(answers()) == ["goes", "no-longer-due"]
    assert "15 March 2021" in Notice.objects.get(kind="extension-granted", state="claimed").body_text


def test_an_extension_that_was_ended_before_the_letter_went_stays_untold():
    end(extends().ref, "Given in error.", later(hours=1), OFFICE)
    assert answers() == ["no-longer-due"]


def test_nobody_who_is_done_reads_of_more_time():
    extends()
    complete(INES)
    assert answers(kind="extension-granted") == ["settled"]


def test_whoever_is_on_leave_is_told_all_the_same():
    extends(date(2021, 5, 3), TOMAS)
    assert answers() == ["goes"]
    assert only("extension-granted", TOMAS).state_at_dispatch == "deferred"


def test_a_disputed_fact_does_not_hold_back_what_was_granted():
    asked = {"fact": "paid", "about": "a-ines", "right": "no", "note": ""}
    open_case(INES, Wanted("page-b", "2020-21", "roster", asked), MOMENT, f"person:{INES}")
    extends()
    assert answers() == ["goes"]


@pytest.mark.row("B18")
def test_a_further_course_is_told_with_its_certificate_and_a_duty_with_its_confirmation():
    take(INES, course_of("option-a").outline, MOMENT)
    assert list(Notice.objects.values_list("kind", flat=True)) == ["confirmation"]
    further = take(INES, course_of("option-b").outline, later(days=1)).completion
    assert answers(later(days=1), kind="certificate") == ["goes"]
    letter = only("certificate")
    assert (letter.completion, letter.programme_id) == (further, "page-b")
    assert f"/verify/{further.certificate.code}/" in letter.body_text
    assert Notice.objects.filter(kind="confirmation").count() == 1


def test_a_completion_that_was_taken_back_sends_no_certificate():
    take(DARIO, course_of("option-a").outline, MOMENT)
    take(DARIO, course_of("option-b").outline, MOMENT)
    Completion.objects.filter(course_key="option-b").update(retracted_at=later(hours=1).at)
    assert answers(kind="certificate") == ["not-finished"]


@pytest.mark.parametrize(
    ("source", "own"), [("in-person", True), ("in-person-2", True), ("paper", True), ("paper", False)]
)
def test_the_night_confirms_what_was_given_in_person_or_on_paper_and_no_history(source, own):
    """A file may name any source: only what has our certificate was given by us."""
    attendance_counts()
    completion = Completion.objects.create(
        person_id=HUGO, course_key="option-a", completed_on=MOMENT.day, role="employee", source=source,
        recorded_at=MOMENT.at,
    )  # fmt: skip
    if own:
        Certificate.objects.create(completion=completion, code="AAAA-BBBB-CCCC", made_at=MOMENT.at)
    decide_again([HUGO], MOMENT, "completion")
    run_due(MOMENT)
    plan_due(published("page-b"), MOMENT)
    assert Notice.objects.filter(person_id=HUGO, kind="confirmation").exists() is own


@pytest.mark.row("B13")
def test_every_officer_is_told_of_a_draft_that_was_made_by_itself_in_their_working_hours():
    give(TOMAS, "officer", MOMENT, "test")
    (draft,) = draft_due_cycles(DRAFTED)
    ready = Notice.objects.filter(kind="draft-ready")
    assert sorted(ready.values_list("person_id", flat=True)) == [TOMAS, MEI]
    night = Moment(DRAFTED.at + timedelta(hours=9), DRAFTED.day)
    assert answers(night, person_id=MEI) == ["outside-hours"]
    assert answers(DRAFTED, person_id=TOMAS) == ["goes"]
    letter = only("draft-ready", TOMAS)
    assert f"/office/drafts/{draft.pk}/" in letter.body_text and "versión 2" in letter.body_text


def test_a_draft_asked_for_by_hand_is_told_to_nobody():
    draft_next_cycle("page-b", DRAFTED, OFFICE)
    assert not Notice.objects.filter(kind="draft-ready").exists()


@pytest.mark.parametrize(
    ("happens", "code"),
    [
        (lambda draft: discard_draft(draft.pk, DRAFTED, OFFICE), "no-longer-due"),
        (lambda draft: edit_draft(draft.pk, 1, "reminders", {"days_before_due": [7]}, DRAFTED, OFFICE), "seen-already"),
        (lambda draft: end_grant(MEI, "officer", DRAFTED, "test", programme="page-b"), "not-theirs"),
    ],
)
def test_a_draft_that_is_gone_known_or_anothers_is_told_no_more(happens, code):
    (draft,) = draft_due_cycles(DRAFTED)
    happens(draft)
    assert answers(DRAFTED, kind="draft-ready") == [code]


def test_no_letter_of_a_case_follows_where_the_office_only_took_notes():
    wanted = Wanted("page-b", "2020-21", "officer", {"to_on": LATE.isoformat()}, kind=EXTENSION)
    case = open_case(INES, wanted, MOMENT, f"person:{INES}")
    move(case.pk, "note", OFFICER, MOMENT, OFFICE, "Ask the dean.")
    assert send_some(NIGHT, RULES, Mailbox()) == {}
