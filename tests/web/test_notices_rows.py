"""The notices from end to end: a roster file in, the verbs of the command line, a real relay, the links followed."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from email.message import EmailMessage
from types import SimpleNamespace

import pytest
from django.test import Client
from typer.testing import CliRunner

from tests.cast import INES, MEI, PEOPLE, TOMAS, UNITS
from tests.learners import course_of, lay_out, take
from tests.mail_relay import relay
from tests.staff import PROGRAMMES, stand_on
from upstander.core.errors import Refusal
from upstander.jobs.cli import main
from upstander.jobs.clock import at_noon
from upstander.models import Account, Notice, Person

PASSWORD = "a long walk by the river"
WORDS = {
    "en": ("Dear Ines Okafor,", "during your working hours", "Why you:", "Its code is"),
    "es": ("Hola, Ines Okafor:", "en su horario de trabajo", "Por qué usted:", "Su código es"),
}
DONE = {"en": "Thank you. You have finished", "es": "Gracias. Ha terminado"}


def upstander(*words: str) -> str:
    """Runs a verb as the command line does; what it said on stdout."""
    done = CliRunner().invoke(main._application(main.VERBS), list(words), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture
def on(monkeypatch) -> Callable[[date], None]:
    """Lets verbs and pages believe that it is noon of a day."""

    def standing_on(day: date) -> None:
        monkeypatch.setattr("upstander.jobs.clock.timezone", SimpleNamespace(now=lambda: at_noon(day).at))
        stand_on(monkeypatch, at_noon(day))

    return standing_on


@pytest.fixture
def post(settings):
    """The relay that the settings name."""
    with relay() as (kept, where):
        settings.SMTP = where
        yield kept


@pytest.fixture
def import_files(db, tmp_path, settings, on):
    """Imports the cast's roster and a programme on a day; gives it an officer, and Ines an account."""

    def importing(programme: str, day: date, language: str = "en") -> None:
        on(day)
        settings.CONTENT_ROOT = lay_out(tmp_path, "core", "option-a")
        people, units = tmp_path / "people.csv", tmp_path / "units.csv"
        people.write_text(PEOPLE.replace("1988-04-02,en,", f"1988-04-02,{language},"), encoding="utf-8")
        units.write_text(UNITS, encoding="utf-8")
        upstander("roster", "import", str(people), "--units", str(units))
        upstander("programme", "import", str(PROGRAMMES / f"{programme}.toml"))
        upstander("grant", MEI, "officer", "--programme", programme)
        ines = Person.objects.get(pk=INES)
        Account.objects.create_user(ines.email, PASSWORD, ines)

    return importing


def to_ines(post) -> list[EmailMessage]:
    return [message for message in post.messages if message["To"] == "ines@aldermere.example"]


def words_of(message: EmailMessage) -> str:
    """The plain text without its line ends."""
    return " ".join(message.get_body(("plain",)).get_content().split())


def link_in(message: EmailMessage, part: str) -> str:
    text = message.get_body(("plain",)).get_content()
    return next(found for found in re.findall(r"http://127\.0\.0\.1:8000(/\S+)", text) if part in found)


def follow(client: Client, link: str):
    """Opens the link, signs in where asked, and follows on as a browser does."""
    page = client.get(link.partition("#")[0], follow=True)
    address, _ = page.redirect_chain[-1]
    assert address.startswith("/account/login/")
    return client.post(address, {"login": "ines@aldermere.example", "password": PASSWORD}, follow=True)


@pytest.mark.row("A04", "B12")
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("programme", "opens_on", "lands_on"),
    [("page-a", date(2020, 7, 1), "/learn/core/"), ("page-b", date(2021, 1, 13), "/my-training/")],
)
def test_the_letter_goes_when_the_window_opens_and_its_link_survives_the_sign_in(
    import_files, post, on, programme, opens_on, lands_on, language
):
    import_files(programme, opens_on - timedelta(days=1), language)
    upstander("sending", "open", programme, "--as", MEI)
    upstander("daily")
    assert to_ines(post) == []
    on(opens_on)
    upstander("daily")
    upstander("daily")
    (message,) = to_ines(post)
    said = words_of(message)
    for expected in WORDS[language]:
        assert expected in said
    page = follow(Client(), link_in(message, lands_on))
    assert page.status_code == 200
    assert page.request["PATH_INFO"].startswith(lands_on)
    if programme == "page-b":
        assert 'id="page-b"' in page.content.decode()


@pytest.mark.row("A13")
def test_whoever_completed_gets_no_reminder_although_one_was_planned(import_files, post, on, tmp_path):
    import_files("page-b", date(2021, 1, 13))
    upstander("sending", "open", "page-b", "--as", MEI)
    upstander("daily")
    assert len(to_ines(post)) == 1
    on(date(2021, 2, 3))
    post.answer = "451 try later"
    upstander("daily")
    reminder = Notice.objects.get(kind="reminder", person_id=INES)
    assert reminder.state == "planned"
    done = tmp_path / "done.csv"
    done.write_text(
        f"person_id,course_key,completed_on,role,source,score\n{INES},option-a,2021-02-03,employee,elsewhere,\n",
        encoding="utf-8",
    )
    upstander("completions", "import", str(done))
    post.answer = "250 taken"
    post.messages.clear()
    on(date(2021, 2, 4))
    upstander("daily")
    assert to_ines(post) == []
    assert "hugo@aldermere.example" in {message["To"] for message in post.messages}
    reminder.refresh_from_db()
    assert (reminder.state, reminder.not_sent_reason) == ("not-sent", "settled")


@pytest.mark.row("A09")
def test_nobody_on_a_leave_that_stops_the_clock_is_written_to(import_files, post, on):
    import_files("page-b", date(2021, 1, 13))
    upstander("sending", "open", "page-b", "--as", MEI)
    for day in (date(2021, 1, 13), date(2021, 2, 3), date(2021, 2, 16)):
        on(day)
        upstander("daily")
    assert "hugo@aldermere.example" in {message["To"] for message in post.messages}
    assert "tomas@aldermere.example" not in {message["To"] for message in post.messages}
    assert not Notice.objects.filter(person_id=TOMAS).exists()


@pytest.mark.row("B18")
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_confirmation_comes_by_mail_with_a_certificate_that_anybody_can_verify(import_files, post, on, language):
    import_files("page-b", date(2021, 1, 13), language)
    upstander("sending", "open", "page-b", "--as", MEI)
    take(INES, course_of("option-a").outline, at_noon(date(2021, 1, 13)))
    upstander("sending", "run")
    (message,) = to_ines(post)
    said = words_of(message)
    assert DONE[language] in said
    assert "%" not in said
    page = Client().get(link_in(message, "/verify/"))
    assert page.status_code == 200
    assert "Ines Okafor" in page.content.decode()
    upstander("daily")
    assert len(to_ines(post)) == 1


def test_nothing_goes_before_an_officer_opened_sending_and_the_night_says_so(import_files, post):
    import_files("page-b", date(2021, 1, 13))
    assert "notices are held: no officer has opened sending" in upstander("daily")
    assert post.messages == []
    assert "page-b: sending is closed" in upstander("sending", "status")


def test_only_an_officer_of_the_programme_opens_it(import_files):
    import_files("page-b", date(2021, 1, 13))
    with pytest.raises(Refusal, match="not-its-officer"):
        upstander("sending", "open", "page-b", "--as", INES)


def test_without_a_relay_everything_stays_planned(import_files, settings):
    import_files("page-b", date(2021, 1, 13))
    settings.SMTP = None
    upstander("sending", "open", "page-b", "--as", MEI)
    upstander("daily")
    assert set(Notice.objects.values_list("state", flat=True)) == {"planned"}
    with pytest.raises(Refusal, match="no-relay"):
        upstander("sending", "run")
