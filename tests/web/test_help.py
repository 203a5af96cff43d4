"""Help: every question of the two pages answered, in general and for the person who asks, in both languages (C02)."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.cast import AMARA, DARIO, HUGO, INES, KENJI, LIN, MEI, MOMENT, NOOR, PRIYA, RUTH, SOFIA, TOMAS
from tests.contracts.source import PACKAGE, ROOT
from tests.core.test_questions import PAGE_A_ASKS, PAGE_B_ASKS
from tests.staff import PROGRAMMES, complete, later, signed_in_as, stand_on
from upstander.actions.programmes import import_programme
from upstander.actions.publishing import release
from upstander.actions.standing import decide_again
from upstander.core.questions import QUESTIONS as QUESTIONS_IN_ORDER
from upstander.models import Account, AdjustmentRecord, Case, CourseStart, Person, Standing
from upstander.queries.programmes import published
from upstander.words.answers import QUESTIONS, SENTENCES
from upstander.words.dates import plain_date

pytestmark = pytest.mark.django_db
ASKED = {"page-a": PAGE_A_ASKS, "page-b": PAGE_B_ASKS}
#: Three of the cast for each programme whose answers differ most, with the moment at which they ask.
PEOPLE = {"page-a": (RUTH, TOMAS, NOOR), "page-b": (DARIO, LIN, AMARA)}
EARLY = later(days=-200)


def read(address: str, person_id: str = "", lang: str = "en", status: int = 200) -> str:
    client = signed_in_as(person_id) if person_id else Client()
    client.cookies["upstander_language"] = lang
    answer = client.get(address)
    assert answer.status_code == status
    return unescape(answer.content.decode())


def answers(page: str) -> dict[str, tuple[str, str]]:
    """Question -> the text of its general answer and of the one for the reader."""
    found = {}
    for article in page.split('<article class="answer" id="')[1:]:
        key, rest = article.split('"', 1)
        rest = rest.split("</article>")[0].split("</h3>")[1]
        before, _, after = rest.partition('<div class="answer-general">')
        general, _, behind = after.partition('<div class="answer-own">')
        found[key] = (text(general), text(before + behind))
    return found


def text(html: str) -> str:
    """What is read, without the label and the links below."""
    html = re.sub(r'<p class="answer-(label|acts).*?</p>', "", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def own(page: str, key: str) -> str:
    return answers(page)[key][1]


@pytest.mark.row("C02", "A17")
@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("key", ["page-a", "page-b"])
def test_every_question_of_the_page_is_answered_for_three_people_in_both_languages(university, key, lang):
    for person_id in PEOPLE[key]:
        found = answers(read(f"/help/{key}/", person_id, lang))
        assert set(ASKED[key]) <= set(found)
        for question, (general, mine) in found.items():
            for said in (general, mine):
                assert len(said) > 12, (question, said)
                assert not re.search(r"%\(|\{\{|\bNone\b|\[\]|&\w+;|  ", said), (question, said)
                assert said[0].isupper() or said[0] in "¿«“0123456789", (question, said)


@pytest.mark.row("C02", "A15")
@pytest.mark.parametrize("key", ["page-a", "page-b"])
def test_nothing_of_an_answer_stays_in_the_other_language(university, key):
    for person_id in (*PEOPLE[key], KENJI, SOFIA):
        english, spanish = (answers(read(f"/help/{key}/", person_id, lang)) for lang in ("en", "es"))
        assert list(english) == list(spanish)
        for question in english:
            for one, other in zip(english[question], spanish[question], strict=True):
                assert (set(one.split(". ")) & set(other.split(". "))) <= {"No"}, question


@pytest.mark.row("C02")
@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("key", ["page-a", "page-b"])
def test_the_answers_for_a_person_carry_the_dates_of_their_decision_and_differ_between_people(university, key, lang):
    said = {}
    for person_id in PEOPLE[key]:
        page = read(f"/help/{key}/", person_id, lang)
        standing = Standing.objects.get(person_id=person_id, programme_id=key)
        said[person_id] = answers(page)
        for question in ("requirement", "by-when"):
            if standing.due_on:
                assert plain_date(standing.due_on, lang) in own(page, question)
    differing = {
        question
        for question in QUESTIONS
        if question in said[PEOPLE[key][0]] and len({said[person][question][1] for person in PEOPLE[key]}) > 1
    }
    assert {"requirement", "by-when", "more-time", "access", "recently-joined", "how-long"} <= differing
    assert all(len({said[person][q][0] for person in PEOPLE[key]}) == 1 for q in said[PEOPLE[key][0]])


@pytest.mark.row("C02", "B09")
@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            "You need not take it: your appointment ends on 12 February 2021, before your group’s deadline, "
            "17 February 2021.",
        ),
        (
            "es",
            "Usted no tiene que tomarla: su nombramiento termina el 12 de febrero de 2021, antes de la fecha límite de "
            "su grupo, el 17 de febrero de 2021.",
        ),
    ],
)
def test_an_appointment_that_ends_in_time_is_answered_in_one_sentence(university, lang, words):
    Person.objects.get(pk=INES).appointments.update(ends_on="2021-02-12")
    decide_again([INES], MOMENT, "roster", "test")
    page = read("/help/page-b/", INES, lang)
    assert own(page, "appointment-ends") == words
    assert own(page, "requirement").startswith(words)
    assert words in page.split('<section class="help-you"')[1].split("</section>")[0]
    assert words in read("/help/", INES, lang)


@pytest.mark.row("C02", "B10", "A09")
def test_leave_is_answered_by_the_policy_of_the_programme(university):
    sabbatical = own(read("/help/page-b/", PRIYA), "leave")
    assert "You need to take it, by 17 February 2021." in sabbatical
    assert "This kind of leave does not change the due date." in sabbatical
    parental = own(read("/help/page-b/", TOMAS), "leave")
    standing = Standing.objects.get(person_id=TOMAS, programme_id="page-b")
    assert f"Your due date moved from 17 February 2021 to {plain_date(standing.due_on, 'en')}" in parental


@pytest.mark.row("A09", "B09", "B10")
def test_the_general_answers_come_from_the_programmes_own_rules(university):
    a, b = answers(read("/help/page-a/")), answers(read("/help/page-b/"))
    assert "Every kind of leave stops the clock." in a["leave"][0]
    assert "These stop the clock: parental leave, medical leave, and military leave." in b["leave"][0]
    assert "These do not: sabbatical leave, junior faculty leave" in b["leave"][0]
    assert (
        "If your appointment ends on or before your group’s last day, it is not required." in b["appointment-ends"][0]
    )
    assert "as long as your appointment lasts" in a["appointment-ends"][0]
    assert "80 percent of them right is a pass." in a["not-passing"][0]


def test_a_version_that_moves_a_date_moves_it_in_the_answers(university):
    document = (PROGRAMMES / "page-b.toml").read_text(encoding="utf-8")
    head = document.split("[[examples]]")[0].replace("version = 1", "version = 2")
    held = import_programme(head.replace("due_on = 2021-02-17", "due_on = 2021-02-19"), MOMENT, "test")
    release(held.version.pk, MOMENT, f"person:{MEI}")
    page = answers(read("/help/page-b/"))
    assert "from 13 January 2021 to 19 February 2021" in page["by-when"][0]
    assert "last day 19 February 2021" in page["appointment-ends"][0]
    assert "17 February" not in " ".join(general for general, _ in page.values())


@pytest.mark.row("C02")
def test_who_has_not_signed_in_reads_the_general_answers_and_is_told_how_to_get_their_own(university):
    page = read("/help/page-b/")
    assert all(mine == "" for _, mine in answers(page).values())
    assert '<a href="/account/login/?next=/help/page-b/">Sign in</a>' in page


@pytest.mark.row("C02")
def test_a_page_with_a_person_s_answers_is_kept_by_no_cache(university):
    for address in ("/help/", "/help/page-b/", "/help/page-b/?q=leave"):
        kept = signed_in_as(INES).get(address)["Cache-Control"]
        assert "private" in kept
        assert "no-store" in kept


@pytest.mark.row("C02")
def test_no_address_on_the_page_carries_a_fact_about_the_person(university):
    complete(INES)
    page = read("/help/page-b/", INES)
    for address in re.findall(r'href="([^"]*)"', page.split("<main")[1].split("</main>")[0]):
        if not address.startswith("#"):
            assert INES not in address
            assert not re.search(r"20\d\d-\d\d-|okafor|state=|due=", address)


def test_an_account_without_a_person_reads_the_general_answers(university):
    client = Client()
    client.force_login(
        Account.objects.create_user("guest@aldermere.example"), "django.contrib.auth.backends.ModelBackend"
    )
    page = unescape(client.get("/help/page-b/").content.decode())
    assert answers(page)["leave"][0]
    assert own(page, "leave") == ""


@pytest.mark.row("C02", "B18")
def test_whoever_is_done_is_told_since_when_and_no_reminder_is_announced(university):
    complete(INES)
    page = read("/help/page-b/", INES)
    assert own(page, "confirmation") == "It is on your record as finished on 20 January 2021."
    assert own(page, "reminders-done").startswith("You finished on 20 January 2021, so no reminder goes to you")
    assert "You have finished: “Changing our culture together”." in own(page, "several-options")
    assert "Ask for another way" not in page


@pytest.mark.row("C02")
def test_an_alternative_granted_in_confidence_reads_as_my_training_reads_it(university):
    AdjustmentRecord.objects.create(
        person_id=INES, programme_id="page-b", cycle=None, kind="alternative", recorded_at=MOMENT.at,
        recorded_by="test", from_on=MOMENT.day,
    )  # fmt: skip
    decide_again([INES], MOMENT, "adjustment", "test")
    page = read("/help/page-b/", INES)
    assert own(page, "confirmation") == "It is on your record as finished on 20 January 2021."
    mine = " ".join(said for _, said in answers(page).values())
    assert not re.search(r"alternative|another way|granted|accepted for", mine)


@pytest.mark.row("C02", "A06")
def test_what_is_begun_is_offered_to_go_on_with(university):
    CourseStart.objects.create(person_id=INES, course_key="option-c", started_on=MOMENT.day, recorded_at=MOMENT.at)
    decide_again([INES], MOMENT, "start", "test")
    page = read("/help/page-b/", INES)
    assert own(page, "phone") == "You have begun: “Creating an inclusive workplace”. Your place is kept."
    assert 'href="/learn/option-c/">Go on with the course' in page
    assert 'href="/learn/option-c/pause/"' in page


@pytest.mark.row("C02", "C01")
def test_each_reason_leads_to_where_the_reader_says_that_it_is_wrong(university):
    page = read("/help/page-b/", INES)
    line = re.compile(r'<li>([^<]+) <span class="source">[^<]*</span>\s*<a[^>]*? href="([^"]*/wrong/[^"]*)"')
    lines = line.findall(page)
    assert len(lines) == len(set(lines)) >= 2
    for sentence, address in lines:
        assert sentence in read(address, INES)


@pytest.mark.row("C02", "A13")
def test_while_something_is_looked_into_no_reminder_is_announced(university):
    assert "reminders are planned" in own(read("/help/page-b/", INES), "reminders-done")
    Case.objects.create(
        number="26-0001", kind="wrong-fact", person_id=INES, programme_id="page-b", cycle="2020-21", owner="roster",
        rests_reminders=True, opened_at=MOMENT.at, opened_by=f"person:{INES}",
    )  # fmt: skip
    page = read("/help/page-b/", INES)
    assert own(page, "reminders-done").startswith("You have asked us to look into something here.")
    assert "reminders are planned" in own(read("/help/page-b/", HUGO), "reminders-done")


@pytest.mark.row("C02")
def test_my_training_leads_to_the_answers_of_the_most_pressing_programme(university):
    page = read("/my-training/", INES)
    for question in ("more-time", "leave", "appointment-ends", "reminders-done", "languages"):
        (address,) = re.findall(rf'href="(/help/[^"]*)#{question}"', page)
        assert f'id="{question}"' in read(address, INES)


@pytest.mark.row("B15")
def test_my_training_leads_in_one_step_to_another_way(university):
    (address,) = re.findall(r'href="([^"]*)">I’d rather do this another way', read("/my-training/", INES))
    assert "<h1>" in read(address, INES)


@pytest.mark.row("C02")
def test_a_missing_fact_is_answered_as_missing_and_nothing_is_asked(university):
    page = read("/help/page-b/", KENJI)
    assert "Human Resources has not said whether your appointment is paid." in own(page, "unpaid")
    assert own(page, "by-when").startswith("We cannot tell yet")
    assert "no reminder goes to you" in own(page, "reminders-done")


@pytest.mark.row("C02")
def test_the_answer_is_the_one_of_the_day_on_which_it_is_read(university, monkeypatch):
    stand_on(monkeypatch, later(days=29))
    page = read("/help/page-b/", HUGO)
    assert own(page, "by-when").startswith("It was due on 17 February 2021. You can still finish it, and it counts.")
    assert own(page, "more-time").startswith("Your date, 17 February 2021, is past.")


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("typed", ["sabbatical", "SABÁTICO", "sabatico", "licencia sabatica", "licencias"])
def test_the_search_finds_in_either_language_whatever_the_accents(university, lang, typed):
    found = answers(read(f"/help/page-b/?q={typed}", lang=lang))
    assert "leave" in found
    assert len(found) < 6
    assert "/help/page-b/#leave" in read(f"/help/?q={typed}", lang=lang)


def test_a_search_without_a_hit_says_what_to_do_and_one_without_words_shows_everything(university):
    nothing = read("/help/page-b/?q=xylophone")
    assert answers(nothing) == {}
    assert "Try a shorter or another word, in English or Spanish, or call the office." in nothing
    assert set(ASKED["page-b"]) <= set(answers(read("/help/page-b/?q=+%3F")))


def test_what_is_typed_is_shown_as_text(university):
    raw = Client().get("/help/page-b/", {"q": "<b>x</b>"}).content.decode()
    assert "<b>x</b>" not in raw


@pytest.mark.row("A17")
def test_the_programme_s_own_office_stands_in_its_answers(university):
    document = (PROGRAMMES / "page-a.toml").read_text(encoding="utf-8").split("[[examples]]")[0]
    desk = 'name = "Training desk"\nphone = "(555) 010-0777"\nemail = "desk@aldermere.example"\nhours = "9 to 5"\n'
    own_office = f"[office.en]\n{desk}[office.es]\n{desk}"
    import_programme(document.replace("version = 1", "version = 2") + own_office, MOMENT, "test")
    said = answers(read("/help/page-a/"))["contact"][0]
    assert said.startswith("Training desk: (555) 010-0777")


@pytest.mark.row("B22", "B24", "B25")
def test_telephone_numbers_in_the_answers_can_be_called(university):
    page = read("/help/page-b/").split('id="part-happened"')[1]
    assert '<a href="tel:911">911</a>' in page
    assert '<a href="tel:5550100199">(555) 010-0199</a>' in page
    assert page.index("tel:911") < page.index("tel:5550100199")


@pytest.mark.row("B24")
def test_whom_to_call_in_danger_stands_before_what_the_reader_must_do(university):
    told = read("/help/page-b/", RUTH).split('id="told"')[1].split("</article>")[0]
    assert told.index("tel:911") < told.index("By your role you must share it")


def test_an_unknown_programme_has_no_help(university):
    read("/help/nosuch/", status=404)


def test_the_pages_ask_the_database_a_constant_number_of_times(university, django_assert_max_num_queries):
    client = signed_in_as(INES)
    client.get("/help/page-b/")
    with django_assert_max_num_queries(26):
        client.get("/help/page-b/")


def test_every_programme_that_is_published_has_its_door(university):
    page = read("/help/", DARIO)
    for key in ("page-a", "page-b"):
        assert f'href="/help/{key}/"' in page
        assert published(key).title["en"] in page
    assert "It is required of you, from 5 April 2021 to 7 May 2021." in page


def test_every_question_has_a_heading_in_the_reference():
    written = (ROOT / "docs" / "reference" / "questions.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^### (.+)$", written, re.MULTILINE)) == {question.key for question in QUESTIONS_IN_ORDER}


def test_every_sentence_is_said_of_some_code_of_the_core():
    sources = "".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "core").glob("questions*.py"))
    made = ("goal-", "duty-", "door-", "technical-", "as-", "you-", "if-", "role-", "T:")
    assert [
        code for code in SENTENCES if f'"{code}"' not in sources and not code.startswith(made) and code != "text"
    ] == []
