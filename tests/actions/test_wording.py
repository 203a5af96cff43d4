"""Every kind of letter that can be worded, in every language: own words compose, whatever they are made of."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import INES, MOMENT, install
from upstander.actions.notices import plan_due
from upstander.actions.opening import open_sending
from upstander.actions.programmes import import_programme
from upstander.actions.sending import Rules, Subject, claim_some
from upstander.actions.wording import publish_words
from upstander.config.settings import PACKAGE
from upstander.core.notices import TEST_LETTER
from upstander.core.wording import WORDS
from upstander.core.wording_names import VOCABULARIES
from upstander.models import Notice, Person, Standing
from upstander.notices.own_preview import NO_CODE, preview, trial_letter, words_of
from upstander.notices.own_words import in_own_words
from upstander.notices.registry import NOTICES, letters
from upstander.queries.programmes import published
from upstander.queries.wording import Place, faults
from upstander.words.wording import condition_says, fault_sentence, name_says
from upstander.words.wording_kinds import purpose_of
from upstander.words.wording_starters import starter

WRITERS = letters(lambda course, lang: None)
LANGUAGES = ("en", "es")
every_letter = pytest.mark.parametrize("kind", sorted(VOCABULARIES))
in_each_language = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture
def university(db):
    install()
    import_programme((PACKAGE / "programmes" / "page-b.toml").read_text(encoding="utf-8"), MOMENT, "test")


def about(kind: str, lang: str) -> Subject:
    """The letter to Ines, about her duty where the kind is about one."""
    ines = Person.objects.get(pk=INES)
    standing = Standing.objects.get(person=ines, programme_id="page-b")
    notice = Notice(kind=kind, person=ines, programme_id="page-b")
    return Subject(ines, standing, published("page-b"), lang, NO_CODE, MOMENT, {}, notice)


def test_every_kind_of_notice_can_be_worded_but_the_one_that_tries_the_others():
    assert {notice.kind.key for notice in NOTICES} - set(VOCABULARIES) == {TEST_LETTER}
    assert set(VOCABULARIES) <= {notice.kind.key for notice in NOTICES}


@every_letter
@in_each_language
def test_words_made_only_of_names_compose(kind, lang, university):
    vocabulary = VOCABULARIES[kind]
    subject = " ".join(
        f"{{{one.name}}}" for one in vocabulary.placeholders.values() if one.shape == WORDS and one.always
    )
    text = "\n\n".join(f"{{{name}}}" for name in vocabulary.placeholders)
    assert [one for one in faults(kind, subject, text) if one.code != "too-long"] == []
    shown = preview(WRITERS[kind], subject, text, about(kind, lang))
    assert shown.own and shown.written is not None
    for written in (shown.written.subject, shown.written.text, shown.written.html):
        assert "{" not in written.replace("{ color-scheme", "").split("</style>")[-1]
    assert NO_CODE in shown.written.text and "(555)" in shown.written.text
    assert trial_letter(WRITERS[kind], subject, text, about(kind, lang)) is not None


@every_letter
@in_each_language
def test_the_words_to_begin_with_have_no_fault_and_compose(kind, lang, university):
    subject, text = starter(kind, lang)
    assert [fault_sentence(one) for one in faults(kind, subject, text)] == []
    written = trial_letter(WRITERS[kind], subject, text, about(kind, lang))
    assert written is not None and len(written.text) > 200


@every_letter
@in_each_language
def test_words_with_every_condition_compose(kind, lang, university):
    conditions = [f"{{{condition}}} {{name}}" for condition in sorted(VOCABULARIES[kind].conditions)]
    _, text = starter(kind, lang)
    assert preview(WRITERS[kind], "{name}", "\n\n".join([text, *conditions]), about(kind, lang)).own


@every_letter
def test_every_name_and_condition_is_explained_and_every_kind_has_its_purpose(kind):
    vocabulary = VOCABULARIES[kind]
    assert [name for name in vocabulary.placeholders if not name_says(name)] == []
    assert [name for name in vocabulary.conditions if not condition_says(name)] == []
    assert purpose_of(kind)


PIECES = st.lists(
    st.sampled_from([
        "{name}", "{link}", "{reasons}", "{due date}", "{none}", "{only when begun} ", "{", "}", "\n\n", "\n- ",
        "<script>", "&", "https://elsewhere.example/", "x" * 400,
    ]),
    max_size=30,
)  # fmt: skip


@given(PIECES)
@settings(max_examples=60)
def test_no_text_breaks_the_composing_nor_gets_markup_through(pieces):
    words = {
        "called": "<i>Ines</i>", "office": {"name": "Office", "phone": "1", "email": "a@b.example"}, "title": "T",
        "link": "http://127.0.0.1:8000/my-training/", "days_left": 3, "due": "soon", "reasons": ["<b>why</b>"],
    }  # fmt: skip
    made = in_own_words("reminder", "{name}", "".join(pieces), words)
    if made is not None:
        html = made[1].html
        assert [tag for tag in ("<script>", "<i>", "<b>") if tag in html] == []
        assert "elsewhere.example/</a>" not in html


def test_a_letter_about_what_changed_in_a_course_goes_in_words_that_speak_of_it(university):
    subject = about("added", "en")
    words = words_of(WRITERS["added"], subject) | {"changed": "“Core”"}
    assert in_own_words("added", "Hello", "Come: {link}", words) is None
    made = in_own_words(
        "added", "Hello", "Come: {link}\n\n{only when a course has changed} Read {changed courses}.", words
    )
    assert made is not None and "Read “Core”." in made[1].text


def test_a_letter_to_whoever_helps_goes_in_words_that_speak_to_them(university):
    words = words_of(WRITERS["arrangement-made"], about("arrangement-made", "en")) | {"is_own": False}
    assert in_own_words("arrangement-made", "Hello", "Yours: {link}", words) is None
    made = in_own_words("arrangement-made", "Hello", "{link}\n\n{only for whoever helps} Thank you.", words)
    assert made is not None and made[1].text.endswith("Thank you.")


def test_own_words_cost_many_letters_no_more_queries_than_one(university):
    place = Place("added", "en", "page-b")
    publish_words(place, "{training}", "Hello {name}: {link}", 0, MOMENT, "test")
    open_sending("page-b", MOMENT, "test")
    plan_due(published("page-b"), MOMENT, hours_matter=False)
    planned = list(Notice.objects.values_list("pk", flat=True))
    counted = []
    for ids in (planned[:1], planned[1:]):
        with CaptureQueriesContext(connection) as queries:
            assert all(envelope.subject for envelope in claim_some(ids, MOMENT, Rules(WRITERS, False)).values())
        counted.append(len(queries))
    assert len(planned) > 2 and counted[1] <= counted[0]
    assert Notice.objects.filter(body_text__startswith="Hello ").count() == len(planned)
