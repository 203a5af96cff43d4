"""What a page of a course sends, in a browser without scripts and as the script does: once, kept, and said."""

import html
import re
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.cast import HUGO, INES, MOMENT
from tests.learners import course_of, lay_out, read_everything, right_answer
from tests.staff import PROGRAMMES, later, open_office, signed_in_as
from upstander.actions.completion import begin_attempt, save_answer
from upstander.actions.programmes import import_programme
from upstander.models import Account, Arrival, Attempt, Completion, Enrolment, LessonAnswer, PageSeen
from upstander.web import middleware

pytestmark = pytest.mark.django_db
STORY = "/learn/core/one/story/"
SCRIPT = {"X-Kept": "yes"}


class Clock:
    """The site's clock, which a test may move."""

    at = MOMENT.at

    def now(self):
        return self.at

    def goes_on(self, **span) -> None:
        self.at += timedelta(**span)


@pytest.fixture(autouse=True)
def clock(tmp_path, settings, monkeypatch):
    settings.CONTENT_ROOT = lay_out(tmp_path, "core", "option-a")
    clock = Clock()
    monkeypatch.setattr(middleware, "timezone", SimpleNamespace(now=clock.now))
    open_office()
    return clock


@pytest.fixture
def ines():
    """Ines, on the page with a scenario."""
    client = signed_in_as(INES)
    client.post("/learn/core/")
    client.post("/learn/core/one/first/", {"go": "next"})
    return client


def text(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", response.content.decode()))


def form_of(client, address: str = STORY, name: str = "block") -> dict:
    """The hidden fields of the form on the page that has a field of this name."""
    forms = re.findall(r"<form.*?</form>", client.get(address).content.decode(), re.DOTALL)
    form = next(one for one in forms if f'name="{name}"' in one and 'name="mark"' in one)
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def milliseconds(at) -> int:
    return int(at.timestamp() * 1000)


def kept_by_session() -> int:
    return sum("kept_post" in session.get_decoded() for session in Session.objects.all())


@pytest.mark.row("A06")
def test_a_form_posted_twice_is_counted_once_and_says_so(ines):
    data = {**form_of(ines), "answer": "a"}
    first, second = ines.post(STORY, data), ines.post(STORY, {**data, "answer": "b"})
    assert (first.url, second.url) == (STORY + "#promise", STORY + "#promise")
    assert "That had arrived before. It was counted once, and nothing has changed." in text(ines.get(STORY))
    assert LessonAnswer.objects.get().answer == "a"


def test_every_page_that_is_made_has_keys_of_its_own(ines):
    assert form_of(ines)["key"] != form_of(ines)["key"]


@pytest.mark.row("A14")
def test_an_answer_of_the_assessment_posted_twice_is_counted_once_and_leads_on(ines):
    enrolment = read_everything(INES, course_of("core").outline, MOMENT)
    attempt = begin_attempt(enrolment.pk, course_of("core").outline, "en", MOMENT)
    bank = course_of("core").outline.assessment.bank
    number = next(n for n, row in enumerate(attempt.form, 1) if bank[row["item"]].options)
    address = f"/learn/core/assessment/{number}/"
    data = {**form_of(ines, address, "attempt"), "go": "next"}
    first, second = (ines.post(address, {**data, "answer": answer}) for answer in "ab")
    assert first.url == second.url
    assert Attempt.objects.get().answers[attempt.form[number - 1]["item"]] in ("a", ["a"])


@pytest.mark.row("A06")
def test_an_older_answer_that_a_device_sends_late_changes_nothing_and_is_said(ines, clock):
    old = {**form_of(ines), "answer": "a", "given": milliseconds(MOMENT.at)}
    clock.goes_on(minutes=5)
    ines.post(STORY, {**form_of(ines), "answer": "b"})
    clock.goes_on(minutes=5)
    late = ines.post(STORY, old, headers=SCRIPT)
    assert late.json() == {"kept": "older", "to": STORY + "#promise"}
    assert LessonAnswer.objects.get().answer == "b"
    ines.post(STORY, {**old, "key": uuid4()})
    assert "The newer answer stays." in text(ines.get(STORY))


def test_an_instant_in_the_future_bars_no_later_answer(ines, clock):
    ahead = milliseconds(later(days=300).at)
    ines.post(STORY, {**form_of(ines), "answer": "a", "given": ahead}, headers=SCRIPT)
    clock.goes_on(minutes=1)
    ines.post(STORY, {**form_of(ines), "answer": "b"})
    assert LessonAnswer.objects.get().answer == "b"


@pytest.mark.parametrize("field", [{"key": "no key"}, {"given": "soon"}, {"given": "9" * 30}])
def test_a_key_or_an_instant_that_is_none_is_refused(ines, field):
    answered = ines.post(STORY, {**form_of(ines), "answer": "a", **field})
    assert answered.status_code == 400
    assert not LessonAnswer.objects.exists()


@pytest.mark.row("A06")
def test_a_script_is_told_what_came_of_it_and_where_to_go_on(ines):
    data = {**form_of(ines, name="go"), "go": "next"}
    for kept in ("now", "before"):
        told = ines.post(STORY, data, headers=SCRIPT).json()
        assert told == {"kept": kept, "to": "/learn/core/two/drawing/"}
    assert PageSeen.objects.filter(page="one/story").count() == 1


@pytest.mark.row("A06")
def test_a_script_without_a_session_is_told_so_and_nothing_is_kept_here(ines):
    data = {**form_of(ines), "answer": "a"}
    stranger = Client()
    for headers in (SCRIPT, {"HX-Request": "true"}):
        assert stranger.post(STORY, data, headers=headers).status_code == 401
    assert kept_by_session() == 0


@pytest.mark.row("A06")
def test_what_is_posted_after_the_session_ended_is_counted_once_after_the_sign_in(ines, clock):
    data = {**form_of(ines), "answer": "b"}
    ines.logout()
    clock.goes_on(minutes=3)
    sent_away = ines.post(STORY, data)
    assert sent_away.url == f"/account/login/?next={STORY}"
    assert "What you chose is kept: sign in, and it is counted." in text(ines.get(sent_away.url))
    assert not LessonAnswer.objects.exists()
    clock.goes_on(minutes=10)
    ines.force_login(Account.objects.get(person_id=INES), "allauth.account.auth_backends.AuthenticationBackend")
    assert ines.get(STORY).url == STORY + "#promise"
    assert "What you chose before you signed in is kept and counted." in text(ines.get(STORY))
    kept = LessonAnswer.objects.get()
    assert (kept.answer, kept.at) == ("b", MOMENT.at + timedelta(minutes=3))
    assert (Arrival.objects.count(), kept_by_session()) == (1, 0)


def test_the_session_after_such_a_sign_in_lasts_as_long_as_any_other(ines):
    data = {**form_of(ines), "answer": "b"}
    ines.logout()
    ines.post(STORY, data)
    assert ines.session.get_expiry_age() == 3600
    account = Account.objects.get(person_id=INES)
    account.set_password("a password of twelve and more")
    account.save()
    ines.post("/account/login/", {"login": account.email, "password": "a password of twelve and more", "next": STORY})
    assert ines.session.get_expiry_age() > 3600


@pytest.mark.row("A06")
def test_what_one_reader_posted_is_never_counted_as_anothers_who_signs_in(ines):
    data = {**form_of(ines), "answer": "b"}
    ines.logout()
    ines.post(STORY, data)
    ines.force_login(Account.objects.get(person_id=HUGO), "allauth.account.auth_backends.AuthenticationBackend")
    ines.post("/learn/core/")
    ines.post("/learn/core/one/first/", {"go": "next"})
    ines.get(STORY)
    assert not LessonAnswer.objects.exists()
    assert "That page was somebody else’s, and nothing was changed." in text(ines.get(STORY))
    assert kept_by_session() == 0


def test_a_page_left_open_by_another_reader_changes_nothing_of_ones_own(ines):
    data = {**form_of(ines), "answer": "b"}
    hugo = signed_in_as(HUGO)
    hugo.post("/learn/core/")
    hugo.post("/learn/core/one/first/", {"go": "next"})
    hugo.post(STORY, data)
    assert not LessonAnswer.objects.exists()


@pytest.mark.parametrize(
    "spoilt", [{"mark": "forged"}, {"mark": ""}, {"answer": "x" * 5000}], ids=["forged", "unmarked", "too-large"]
)
def test_only_a_small_post_of_our_own_page_waits_for_the_sign_in(ines, spoilt):
    data = {**form_of(ines), "answer": "b", **spoilt}
    ines.logout()
    said = ines.post(STORY, data)
    assert kept_by_session() == 0
    assert "what you chose last was not kept" in text(ines.get(said.url))


def test_after_an_hour_what_waited_for_the_sign_in_is_thrown_away(ines, clock):
    data = {**form_of(ines), "answer": "b"}
    ines.logout()
    ines.post(STORY, data)
    clock.goes_on(minutes=61)
    ines.force_login(Account.objects.get(person_id=INES), "allauth.account.auth_backends.AuthenticationBackend")
    assert ines.get(STORY).status_code == 200
    assert not LessonAnswer.objects.exists()


# Where a law asks for a time


def with_a_floor(minutes: int) -> None:
    """Publishes page-a anew, with a law's floor to the time in its course."""
    document = (PROGRAMMES / "page-a.toml").read_text(encoding="utf-8")
    version = int(re.search(r"^version = (\d+)", document, re.MULTILINE)[1])
    document = document.replace(f"version = {version}", f"version = {version + 1}", 1)
    document = re.sub(r'(\[\[options\]\]\ncourse = "core"\n)', rf"\1minimum_minutes = {minutes}\n", document)
    assert "minimum_minutes" in document
    import_programme(document, MOMENT, "test")


def all_answered() -> Attempt:
    outline = course_of("core").outline
    enrolment = Enrolment.objects.get(person_id=INES)
    attempt = begin_attempt(enrolment.pk, outline, "en", MOMENT)
    for row in attempt.form:
        item = outline.assessment.bank[row["item"]]
        save_answer(attempt.pk, item.id, right_answer(item), outline)
    return attempt


def reads_for(client, clock: Clock, minutes: int) -> None:
    """Beats of a page that is looked at and used."""
    for _ in range(minutes):
        clock.goes_on(minutes=1)
        assert client.post("/learn/core/time/").status_code == 200


def test_where_a_law_asks_for_a_time_each_page_says_how_much_is_behind_the_reader(ines, clock):
    with_a_floor(60)
    ines.get(STORY)
    reads_for(ines, clock, 2)
    said = text(ines.get(STORY))
    assert "The law asks for 60 minutes in this course;" in said
    spent = int(re.search(r"(\d+) (?:is|are) behind you", said)[1])
    assert 1 <= spent <= 2
    assert f"about {60 - spent} minutes left" in said


def test_without_such_a_law_no_time_is_kept(ines, clock):
    clock.goes_on(minutes=1)
    assert ines.post("/learn/core/time/").json() == {"said": ""}
    assert Enrolment.objects.get().seat_seconds == 0
    assert "behind you" not in text(ines.get(STORY))


def test_the_time_while_the_reader_is_away_does_not_count(ines, clock):
    with_a_floor(60)
    ines.get(STORY)
    ines.post("/learn/core/time/", {"away": "yes"})
    clock.goes_on(minutes=4)
    ines.post("/learn/core/time/")
    assert Enrolment.objects.get().seat_seconds == 0


def test_until_the_floor_is_reached_answers_are_kept_and_submitting_waits(ines, clock):
    with_a_floor(2)
    read_everything(INES, course_of("core").outline, MOMENT)
    attempt = all_answered()
    page = text(ines.get("/learn/core/assessment/answers/"))
    assert "Your answers are kept." in page and "Submit my answers" not in page
    assert "Worth the time until then" in page and "?others=promise#promise" in page
    early = ines.post("/learn/core/assessment/answers/", {"attempt": attempt.pk})
    assert early.url == "/learn/core/assessment/answers/"
    assert Attempt.objects.get().submitted_at is None and len(Attempt.objects.get().answers) == 5
    reads_for(ines, clock, 6)
    assert "Submit my answers" in text(ines.get("/learn/core/assessment/answers/"))
    ines.post("/learn/core/assessment/answers/", {"attempt": attempt.pk})
    spent = Enrolment.objects.get().seat_seconds // 60
    assert Completion.objects.get(person_id=INES).minutes == spent >= 2


def test_whoever_does_not_owe_the_course_is_asked_for_no_time(clock):
    with_a_floor(60)
    noor = signed_in_as("10000008")
    noor.post("/learn/core/")
    assert "behind you" not in text(noor.get("/learn/core/one/first/"))


def test_beginning_again_begins_the_time_again(ines, clock):
    Enrolment.objects.update(seat_seconds=3000, seat_at=MOMENT.at, completed_at=MOMENT.at)
    ines.post("/learn/core/again/")
    again = Enrolment.objects.get()
    assert (again.seat_seconds, again.completed_at) == (0, None)


def test_in_low_bandwidth_mode_a_page_of_a_course_has_no_script_and_its_keys_all_the_same(ines):
    with_a_floor(60)
    ines.cookies["upstander_reading"] = "light-100"
    page = ines.get(STORY).content.decode()
    assert "<script" not in page and 'name="key"' in page and "behind you" in page
