"""The survey before the training: shown once, never a gate, skippable, and stored where nothing leads to anybody."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session

from tests.cast import INES, LIN, MEI, PRIYA
from tests.staff import complete, signed_in_as
from tests.surveyed import ANSWERS, HERE, NAME, name_survey, private_file
from upstander.actions import survey as survey_action
from upstander.core.errors import Refusal
from upstander.core.survey import decoded
from upstander.models import AuditLine, SealedAnswer, SurveyKey, SurveySpool, SurveyTaken
from upstander.queries.survey import installed_survey
from upstander.wires.sealing import from_spool, private_from, unseal

pytestmark = [pytest.mark.django_db, pytest.mark.row("B04")]


@pytest.fixture
def surveyed(university: None) -> bytes:
    return name_survey()


def stored(private: bytes, folder) -> list[dict]:
    """Every answer that lies here, opened with the key that is elsewhere."""
    key = private_from(private_file(private, folder))
    survey = installed_survey("pre-training")
    spools = [box for spool in SurveySpool.objects.all() for box in survey_action._in_spool(spool)]
    boxes = [*spools, *(bytes(box) for box in SealedAnswer.objects.values_list("box", flat=True))]
    return [decoded(survey, unseal(key, box, NAME)) for box in boxes]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_first_way_in_leads_over_the_survey_and_straight_on(surveyed, tmp_path, language):
    client = signed_in_as(INES)
    client.cookies["upstander_language"] = language
    first = client.get("/my-training/")
    assert first.status_code == 302 and urlsplit(first.url).path == HERE
    assert parse_qs(urlsplit(first.url).query) == {"next": ["/my-training/"]}
    page = client.get(first.url)
    asked = {"en": "I know who coordinates the response", "es": "Sé quién coordina aquí la respuesta"}[language]
    assert asked in page.content.decode()
    look = client.post(HERE, {**ANSWERS, "step": "look", "next": "/my-training/"})
    assert "team" in look.content.decode()
    sent = client.post(HERE, {**ANSWERS, "step": "send", "next": "/my-training/"})
    assert sent.status_code == 302 and sent.url == "/my-training/"
    assert client.get(sent.url).status_code == 200
    [record] = stored(surveyed, tmp_path)
    said = {name: answer for name, answer in record.items() if answer != "-"}
    assert said == {name: answer for name, answer in ANSWERS.items() if answer != "unsaid"}


@pytest.mark.row("A15")
@pytest.mark.parametrize(("shown", "heading"), [("questions", "Antes de empezar"), ("stored", "Lo que se guardará")])
def test_the_other_language_keeps_what_was_chosen_and_not_sent(surveyed, shown, heading):
    client = signed_in_as(INES)
    page = client.post(HERE, {**ANSWERS, "shown": shown, "language": "es", "next": "/my-training/"})
    said = page.content.decode()
    assert heading in said and page["Content-Language"] == "es"
    kept = re.findall(
        r'name="([^"]+)" value="([^"]+)"(?: checked)?>'
        if shown == "stored"
        else r'name="([^"]+)" value="([^"]+)" checked>',
        said,
    )
    assert set(ANSWERS.items()) <= set(kept)
    assert client.cookies["upstander_language"].value == "es"
    assert not SurveyTaken.objects.exists()


def test_a_lesson_from_a_letter_leads_over_the_survey_and_back_to_the_lesson(surveyed):
    client = signed_in_as(INES)
    answer = client.get("/learn/option-c/")
    assert parse_qs(urlsplit(answer.url).query) == {"next": ["/learn/option-c/"]}
    passed = client.post(answer.url, {"step": "later"})
    assert passed.url == "/learn/option-c/"
    assert client.get(passed.url).status_code == 200


@pytest.mark.parametrize("step", ["send", "never"])
def test_it_never_comes_back_once_done_or_declined(surveyed, step):
    signed_in_as(INES).post(HERE, {**ANSWERS, "step": step})
    again = signed_in_as(INES)
    assert again.get("/my-training/").status_code == 200
    assert again.get(HERE).status_code == 302


def test_later_asks_again_at_the_next_sign_in_only(surveyed):
    client = signed_in_as(INES)
    client.post(HERE, {"step": "later"})
    assert client.get("/my-training/").status_code == 200
    assert signed_in_as(INES).get("/my-training/").status_code == 302


@pytest.mark.parametrize("person", [LIN, MEI])
def test_who_owes_nothing_now_is_not_asked(surveyed, person):
    assert signed_in_as(person).get("/my-training/").status_code == 200


def test_who_has_completed_is_not_asked_before_what_is_over(surveyed):
    complete(INES)
    assert signed_in_as(INES).get("/my-training/").status_code == 200


def test_without_a_key_it_does_not_open_and_the_office_is_told(surveyed):
    SurveyKey.objects.all().delete()
    assert signed_in_as(INES).get("/my-training/").status_code == 200
    assert "survey load-key" in signed_in_as(MEI).get("/office/survey/").content.decode()


def test_a_programme_that_names_no_survey_asks_nothing(university):
    assert signed_in_as(INES).get("/my-training/").status_code == 200


@pytest.mark.row("B19")
@pytest.mark.parametrize("left_out", [{"role"}, {"role", "area", "years", "gender", "supervises"}, None])
def test_every_question_can_be_left_out_singly_or_all_together(surveyed, tmp_path, left_out):
    survey = installed_survey("pre-training")
    every = {q.id: q.options[0] for q in survey.questions if left_out is not None and q.id not in left_out}
    assert signed_in_as(INES).post(HERE, {**every, "step": "send"}).status_code == 302
    [record] = stored(surveyed, tmp_path)
    assert {name for name, answer in record.items() if answer == "-"} == {q.id for q in survey.questions} - set(every)


@pytest.mark.row("B19")
def test_prefer_not_to_say_stands_at_every_question_and_nothing_asks_for_words(surveyed):
    page = signed_in_as(INES).get(HERE).content.decode()
    questions = installed_survey("pre-training").questions
    assert page.count('value="unsaid"') == len(questions)
    assert "<textarea" not in page and 'type="text"' not in page
    assert " required" not in page


@pytest.mark.row("B19")
def test_the_learner_sees_exactly_what_is_stored(surveyed, tmp_path):
    client = signed_in_as(INES)
    page = client.post(HERE, {**ANSWERS, "step": "look"})
    shown = json.loads(page.context["record"])
    client.post(HERE, {**page.context["given"], "step": "send"})
    key = private_from(private_file(surveyed, tmp_path))
    [box] = survey_action._in_spool(SurveySpool.objects.get())
    assert json.loads(unseal(key, box, NAME)) == shown


def test_back_from_what_would_be_stored_nothing_entered_is_lost(surveyed):
    page = signed_in_as(INES).post(HERE, {**ANSWERS, "step": "change"}).content.decode()
    assert page.count(" checked>") == len(ANSWERS)


def test_what_is_no_answer_of_the_question_is_left_out(surveyed, tmp_path):
    signed_in_as(INES).post(HERE, {"k1": "Somebody by name", "k9": "5", "step": "send"})
    assert set(stored(surveyed, tmp_path)[0].values()) == {"-"}


def test_sent_twice_it_counts_once(surveyed, tmp_path):
    client = signed_in_as(INES)
    for _ in range(2):
        assert client.post(HERE, {**ANSWERS, "step": "send"}).status_code == 302
    assert len(stored(surveyed, tmp_path)) == 1


def test_a_crash_between_the_flag_and_the_box_loses_what_nobody_acknowledged_and_doubles_nothing(
    surveyed, tmp_path, monkeypatch
):
    client = signed_in_as(INES)
    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(survey_action, "_rewrite", lambda *_: (_ for _ in ()).throw(SystemError("killed")))
        assert client.post(HERE, {**ANSWERS, "step": "send"}).status_code == 500
    assert SurveyTaken.objects.count() == 1
    assert client.post(HERE, {**ANSWERS, "step": "send"}).status_code == 302
    assert stored(surveyed, tmp_path) == []


def test_the_flag_stands_before_the_box_is_written(surveyed, monkeypatch):
    seen = []
    monkeypatch.setattr(survey_action, "_rewrite", lambda *_: seen.append(SurveyTaken.objects.count()))
    signed_in_as(INES).post(HERE, {**ANSWERS, "step": "send"})
    assert seen == [1]


def test_no_answer_is_in_an_address_a_session_a_cache_or_the_audit(surveyed):
    client = signed_in_as(INES)
    before = AuditLine.objects.count()
    look = client.post(HERE, {**ANSWERS, "step": "look"})
    sent = client.post(HERE, {**ANSWERS, "step": "send"})
    assert "no-store" in look["Cache-Control"] and "no-store" in sent["Cache-Control"]
    assert "k1" not in sent.url
    held = [session.get_decoded() for session in Session.objects.all()]
    assert not any("survey" in name or name in ANSWERS for session in held for name in session)
    assert AuditLine.objects.count() == before


@pytest.mark.row("B19")
def test_answering_and_declining_leave_the_same_traces_in_the_database(surveyed):
    sizes = []
    for person, step in ((INES, "send"), (PRIYA, "never")):
        before = bytes(SurveySpool.objects.get().slots) if SurveySpool.objects.exists() else b""
        signed_in_as(person).post(HERE, {**ANSWERS, "step": step})
        after = bytes(SurveySpool.objects.get().slots)
        assert after != before
        sizes.append(len(after))
    assert len(set(sizes)) == 1
    assert {tuple(row) for row in SurveyTaken.objects.values_list("survey", "cycle")} == {("pre-training", "2020-21")}


def test_under_another_secret_the_spool_stays_shut_and_nobody_counts_as_done(surveyed, settings):
    signed_in_as(PRIYA).post(HERE, {**ANSWERS, "step": "send"})
    client = signed_in_as(INES)
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(Refusal, match="spool-locked"):
        from_spool(bytes(SurveySpool.objects.get().slots), settings.SECRET_KEY, SurveySpool.objects.get().name)
    assert client.post(HERE, {**ANSWERS, "step": "send"}).status_code == 302
    assert not SurveyTaken.objects.filter(person_id=INES).exists()


def test_a_survey_that_nobody_has_written_is_no_page(surveyed):
    assert signed_in_as(INES).get("/survey/no-such/").status_code == 404
