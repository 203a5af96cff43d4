"""The office's own words: who may write them, what is refused, how they look with real facts, and what goes out."""

import re
from html import unescape

import pytest

from tests.cast import HUGO, INES, KENJI, MEI, RUTH
from tests.staff import MOMENT, complete, later, signed_in_as
from upstander.actions.grants import give
from upstander.actions.notices import plan_due
from upstander.actions.opening import open_sending
from upstander.actions.sending import Rules, send_some
from upstander.models import AuditLine, Notice, NoticeText, Person, Standing
from upstander.notices import letter as letters_module
from upstander.notices.registry import letters
from upstander.queries.programmes import published
from upstander.wires.mail import Mailbox

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]
SUBJECT = "{training}: a word from us"
TEXT = "Hello {name},\n\nplease come to {training}:\n{link}\n\n{only after the due date} You are late."
REMINDER = "/office/letters/reminder/en/?programme=page-b"
ADDED = "/office/letters/added/en/?programme=page-b"
RULES = Rules(letters(lambda course, lang: None), hours_matter=False)


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def page(address: str, person_id: str = MEI) -> str:
    answer = signed_in_as(person_id).get(address)
    assert answer.status_code == 200, address
    return text_of(answer)


def send(act: str, address: str = ADDED, person_id: str = MEI, seen: int | None = None, **said):
    newest = NoticeText.objects.order_by("-number").first()
    number = (newest.number if newest else 0) if seen is None else seen
    form = {"subject": SUBJECT, "text": TEXT, "seen": number, "act": act} | said
    return signed_in_as(person_id).post(address, form)


def goes_out(person_id: str = INES, kind: str = "added", moment=MOMENT) -> Notice:
    open_sending("page-b", moment, "test")
    plan_due(published("page-b"), moment, hours_matter=False)
    send_some(moment, RULES, Mailbox())
    return Notice.objects.get(person_id=person_id, kind=kind)


def standing(person_id: str = INES) -> Standing:
    return Standing.objects.get(person_id=person_id, programme_id="page-b")


def test_the_overview_shows_whose_words_each_letter_goes_with():
    assert "Built-in words" in page("/office/letters/?programme=page-b")
    send("publish")
    shown = page("/office/letters/?programme=page-b")
    assert "Own words" in shown and "by Mei Castellanos" in shown
    assert "own words in one language only" in shown
    assert "Own words" not in page("/office/letters/")


@pytest.mark.parametrize("person_id", [INES, RUTH])
def test_nobody_but_officers_comes_near(person_id):
    for address in ("/office/letters/", ADDED, "/office/letters/added/en/"):
        assert signed_in_as(person_id).get(address).status_code == 404


def test_an_officer_of_another_programme_neither_reads_nor_writes_its_words():
    assert signed_in_as(HUGO).get(ADDED).status_code == 404
    assert send("publish", person_id=HUGO).status_code == 404
    assert signed_in_as(HUGO).get("/office/letters/?programme=page-b").status_code == 404
    assert not NoticeText.objects.exists()


def test_the_words_for_all_programmes_are_written_by_whoever_runs_them_all():
    general = "/office/letters/added/en/"
    assert "are written by whoever runs every programme" in page(general)
    assert send("publish", general).status_code == 404
    give(MEI, "officer", MOMENT, "test")
    assert send("publish", general).status_code == 302
    assert NoticeText.objects.get().programme is None
    assert goes_out().subject.endswith("a word from us")


def test_an_unknown_letter_or_language_does_not_exist():
    for address in ("/office/letters/nothing/en/", "/office/letters/added/fr/", "/office/letters/test-letter/en/"):
        assert signed_in_as(MEI).get(address).status_code == 404


def test_the_page_begins_with_words_like_the_built_in_ones_in_the_letters_language():
    assert "Dear {name}," in page(ADDED)
    assert "{only before the due date} " in page(REMINDER)


def test_published_words_go_out_with_the_readers_facts_and_what_is_always_added():
    assert send("publish").status_code == 302
    notice = goes_out()
    assert notice.subject.endswith(": a word from us")
    assert notice.body_text.startswith("Hello Ines Okafor,\n\nplease come to ")
    assert "You are late" not in notice.body_text and "Dear Ines" not in notice.body_text
    for always in (notice.code, f"/check/{notice.code}/", "Prevention Office", "(555) 010-0100", "#done"):
        assert always in notice.body_text and always in notice.body_html
    assert "<p>Hello Ines Okafor,</p>" in notice.body_html


def test_the_words_are_those_of_the_readers_language():
    send("publish")
    Person.objects.filter(pk=INES).update(preferred_language="es")
    assert "a word from us" not in goes_out().subject


def test_a_programmes_own_words_go_before_those_for_all():
    give(MEI, "officer", MOMENT, "test")
    send("publish", "/office/letters/added/en/", subject="From all")
    assert "Words for all programmes" in page("/office/letters/?programme=page-b")
    send("publish", seen=0, subject="From ours")
    assert goes_out().subject == "From ours"


def test_every_saving_is_a_further_number_and_a_draft_sends_nothing():
    send("keep", text="Only begun")
    send("keep", text="Only begun")
    send("publish")
    send("keep", text="Again")
    assert list(NoticeText.objects.order_by("number").values_list("number", "state", "made_by")) == [
        (1, "draft", f"person:{MEI}"),
        (2, "published", f"person:{MEI}"),
        (3, "draft", f"person:{MEI}"),
    ]
    shown = page(ADDED)
    assert "Number 3" in shown and "published, in use" in shown and "Again" in shown
    assert "Only begun" in page(ADDED + "&number=1")
    assert goes_out().body_text.startswith("Hello Ines")
    assert AuditLine.objects.filter(verb="letter-worded", subject="letter:added:en:page-b").count() == 3


def test_going_back_is_a_further_number_and_the_built_in_words_go_again():
    assert send("back").status_code == 200
    send("publish")
    assert send("back").status_code == 302
    assert NoticeText.objects.count() == 2
    assert "back to the words from before" in page(ADDED)
    assert goes_out().body_text.startswith("Dear Ines Okafor,")


def test_all_faults_are_told_at_once_nothing_is_published_and_nothing_typed_is_lost():
    answer = send("publish", subject="", text="Dear {naem}, see http://evil.example/ {score}")
    shown = text_of(answer)
    assert answer.status_code == 200
    for sentence in (
        "The subject is empty.",
        "“{naem}” is no name that we know here. Did you mean “{name}”?",
        "A letter never tells “{score}”",
        "“http://evil.example/” leads, or seems to lead, to a page outside this site.",
        "The link is missing. Put “{link}” where the reader should go on.",
    ):
        assert sentence in shown
    assert "Dear {naem}, see http://evil.example/ {score}</textarea>" in shown
    assert "<title>Error:" in shown
    assert not NoticeText.objects.exists()


def test_two_officers_do_not_write_over_each_other():
    assert send("publish", seen=0, text="First {link}").status_code == 302
    answer = send("publish", seen=0, text="Second {link}")
    assert answer.status_code == 409
    shown = text_of(answer)
    assert "Somebody else has saved this letter" in shown and "First {link}" in shown and "Second {link}" in shown
    assert 'name="seen" value="1"' in shown
    assert NoticeText.objects.get().text == "First {link}"


def test_somebody_is_looked_up_within_the_officers_programmes_and_the_letter_shown_with_their_facts():
    shown = text_of(send("find", search="okafor"))
    assert "With the facts of today for Okafor, Ines" in shown
    assert "Hello Ines Okafor," in shown and "You are late." not in re.sub(r"<textarea.*?</textarea>", "", shown)
    assert AuditLine.objects.filter(verb="letter-preview-seen", subject=f"standing:{standing().pk}").exists()
    assert "Nobody of your programmes is called so." in text_of(send("find", search="nobody at all"))
    assert not NoticeText.objects.exists()


def test_several_people_of_a_name_are_chosen_from():
    shown = text_of(send("find", search="a"))
    assert shown.count('type="radio" name="standing"') > 2
    assert "Hello Kenji Watanabe," in text_of(send("look", standing=standing(KENJI).pk))


def test_nobody_of_another_programme_can_be_looked_at():
    foreign = Standing.objects.filter(programme_id="page-a").first()
    assert send("look", standing=foreign.pk).status_code == 404
    assert signed_in_as(MEI).get(f"{ADDED}&standing={foreign.pk}").status_code == 404
    assert signed_in_as(MEI).get(f"{ADDED}&standing=99999999").status_code == 404


def test_the_live_letter_follows_what_is_typed_and_keeps_nothing():
    client = signed_in_as(MEI)
    said = {"subject": "S", "text": "Hi {name} <b> {link} {nmae}", "standing": standing().pk}
    shown = text_of(client.post("/office/letters/added/en/live/?programme=page-b", said))
    assert "To mend before it can be published" in shown and "<html" not in shown
    said["text"] = "Hi {name} <b> {link}"
    raw = client.post("/office/letters/added/en/live/?programme=page-b", said).content.decode()
    assert "Hi Ines Okafor &lt;b&gt;" in raw and "Hi Ines Okafor <b>" not in raw
    assert not NoticeText.objects.exists()


def test_a_letter_to_somebody_who_is_done_is_said_not_to_go():
    complete(INES)
    assert "Being done, this person would not get it." in text_of(send("look", standing=standing().pk))


def test_the_preview_never_shows_the_certificate_of_anybody():
    complete(INES)
    said = {"subject": "Done", "text": "{certificate}", "standing": standing().pk}
    shown = text_of(signed_in_as(MEI).post("/office/letters/confirmation/en/live/?programme=page-b", said))
    assert "/verify/XXXX-XXXX-XXXX-XXXX/" in shown


def test_a_language_without_own_words_is_told():
    send("publish")
    assert "In Español it still goes with the built-in words, so readers hear two voices." in page(ADDED)


def test_a_test_goes_to_the_officer_alone_before_any_sending_is_open():
    assert send("test").status_code == 302
    assert send_some(MOMENT, RULES, Mailbox()) == {"sent": 1}
    notice = Notice.objects.get()
    assert (notice.kind, notice.person_id, notice.programme_id, notice.address) == (
        "test-letter", MEI, None, "mei@aldermere.example",
    )  # fmt: skip
    assert notice.subject.startswith("TEST: ") and notice.subject.endswith(": a word from us")
    assert notice.body_text.startswith("This is a test of the office’s words.")
    assert "Hello Mei Castellanos," in notice.body_text
    assert NoticeText.objects.get().state == "draft"


def test_a_test_of_spanish_words_is_a_spanish_message():
    send("test", "/office/letters/reminder/es/?programme=page-b", text="Hola, {name}: {link}")
    send_some(MOMENT, RULES, Mailbox())
    notice = Notice.objects.get()
    assert notice.language == "es" and "Hola, Mei Castellanos" in notice.body_text
    assert "Esto es una prueba" in notice.body_text


def test_a_test_changes_nothing_of_anybodys_duty_and_stops_no_other_letter():
    before = list(Standing.objects.order_by("pk").values_list("pk", "state", "due_on"))
    send("test")
    send_some(MOMENT, RULES, Mailbox())
    assert list(Standing.objects.order_by("pk").values_list("pk", "state", "due_on")) == before
    assert goes_out(person_id=RUTH).state == "sent"


def test_words_with_faults_and_officers_without_an_address_get_no_test():
    assert "is no name that we know here" in text_of(send("test", text="{naem} {link}"))
    Person.objects.filter(pk=MEI).update(email="")
    assert "no e-mail address of yours" in text_of(send("test"))
    assert not Notice.objects.exists() and not NoticeText.objects.exists()


def test_words_that_break_stop_no_batch_and_are_told_to_the_office(monkeypatch):
    send("publish")

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("upstander.notices.own_words.filled", broken)
    assert goes_out().body_text.startswith("Dear Ines Okafor,")
    assert Notice.objects.filter(state="sent").count() > 1
    assert AuditLine.objects.filter(verb="letter-words-failed").count() == 1
    assert "could not be used" in page("/office/letters/?programme=page-b")


def test_words_in_force_that_this_version_does_not_know_are_replaced_and_told():
    send("publish")
    NoticeText.objects.update(text="Dear {former name}, {link}")
    assert goes_out().body_text.startswith("Dear Ines Okafor,")
    assert "These words cannot be used any more" in page("/office/letters/?programme=page-b")


def test_letters_of_one_batch_all_go_in_own_words(monkeypatch):
    counted = []
    original = letters_module.tried
    monkeypatch.setattr(letters_module, "tried", lambda *some: counted.append(1) or original(*some))
    send("publish")
    goes_out()
    assert len(counted) > 2  # several letters of one batch went in own words
    assert Notice.objects.filter(subject__endswith="a word from us").count() == len(counted)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_page_speaks_the_readers_language(lang):
    shown = text_of(signed_in_as(MEI).get(ADDED, headers={"accept-language": lang}))
    assert ("As it reads" in shown, "Cómo se lee" in shown) == (lang == "en", lang == "es")


def test_later_letters_of_the_same_kind_go_with_the_words_of_their_own_day():
    send("publish", REMINDER, subject="{training}: remember")
    send("back", REMINDER)
    send("publish", REMINDER, subject="{training}: do remember")
    goes_out()
    moment = later(days=21)
    plan_due(published("page-b"), moment, hours_matter=False)
    send_some(moment, RULES, Mailbox())
    sent = Notice.objects.filter(kind="reminder", state="sent")
    assert set(sent.values_list("subject", flat=True)) == {"Preventing harassment, 2020–21: do remember"}


def test_letters_that_belong_to_no_programme_have_words_for_all_alone():
    assert signed_in_as(MEI).get("/office/letters/session-reminder/en/?programme=page-b").status_code == 404
    assert page("/office/letters/session-reminder/en/")


def test_a_letter_of_several_trainings_goes_in_the_words_for_all():
    give(MEI, "officer", MOMENT, "test")
    text = "Hello {name}: {how many}\n\n{trainings}\n\n{link}"
    assert send("publish", "/office/letters/digest/en/", subject="{how many} for you", text=text).status_code == 302
    for programme in ("page-a", "page-b"):
        open_sending(programme, MOMENT, "test")
        plan_due(published(programme), MOMENT, hours_matter=False)
    send_some(MOMENT, RULES, Mailbox())
    letter = Notice.objects.get(person_id=INES, kind="digest")
    assert letter.subject == "2 for you" and letter.body_text.startswith("Hello Ines Okafor: 2\n\n- “")
    assert letter.body_html.count("<li>“") == 2
