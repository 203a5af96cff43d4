"""How hard a text reads: syllables by each language's own rules, plain texts and hard ones told apart."""

import pytest

from upstander.core.readability import readability, sentences_of, syllables_of

PLAIN = {
    "en": "The office can help. You can call or write. Say what you saw and when. You do not have to decide what "
    "it was. They will ask you a few short things, and then tell you what comes next. You can bring a friend.",
    "es": "La oficina puede ayudar. Usted puede llamar o escribir. Diga lo que vio y cuándo. No tiene que decidir "
    "qué fue. Le harán pocas preguntas y luego le dirán lo que sigue. Puede venir con alguien de su confianza. "
    "La llamada es gratis y nadie más la oye.",
}
HARD = {
    "en": "Institutional representatives responsible for administrative determinations habitually characterise "
    "incompatible organisational obligations as insurmountable, notwithstanding demonstrable alternatives. " * 3,
    "es": "Las personas responsables de determinaciones administrativas institucionales caracterizan habitualmente "
    "determinadas incompatibilidades organizativas como insuperables, independientemente de alternativas. " * 3,
}


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("política", 4), ("acoso", 3), ("guía", 2), ("oír", 2), ("violencia", 3), ("aéreo", 4), ("huevo", 2),
        ("rey", 1), ("ayuda", 3), ("poeta", 3),
        ("ciudad", 2), ("había", 3), ("muy", 1), ("y", 1), ("averiguáis", 4), ("caos", 2),
    ],
)  # fmt: skip
def test_spanish_syllables_follow_strong_and_weak_vowels(word, count):
    assert syllables_of(word, "es") == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("policy", 3), ("people", 2), ("changed", 1), ("wanted", 2), ("table", 2), ("confidential", 4), ("idea", 3),
        ("colleague", 2), ("science", 2), ("share", 1), ("responsible", 4), ("someone", 2), ("the", 1),
    ],
)  # fmt: skip
def test_english_syllables_leave_out_the_e_that_is_not_heard(word, count):
    assert syllables_of(word, "en") == count


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_plain_text_is_plain_and_a_hard_one_is_hard(lang):
    plain, hard = readability([PLAIN[lang]], lang), readability([HARD[lang]], lang)
    assert plain and hard and (plain.is_hard, hard.is_hard) == (False, True)


def test_a_sentence_of_more_than_twenty_words_is_named_and_one_of_twenty_is_not():
    twenty, more = "word " * 19 + "end.", "word " * 20 + "end."
    found = readability([twenty, more], "en")
    assert found and found.long_sentences == (more,)


def test_a_few_words_say_nothing_about_a_text():
    assert readability(["Only these words."], "en") is None


def test_a_paragraph_ends_its_last_sentence_without_a_full_stop():
    assert len([s for text in ["A heading", "A sentence. Another?"] for s in sentences_of(text)]) == 3
