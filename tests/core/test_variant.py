"""The Spanish of Puerto Rico: its words, with the gender and agreement that they need."""

import pytest

from upstander.words.variant import say, variant, variant_of

PR = "es-PR"


@pytest.mark.parametrize(
    ("neutral", "puerto_rico"),
    [
        ("El acoso sexual y el acecho", "El hostigamiento sexual y el acecho"),
        ("La discriminación está prohibida.", "El discrimen está prohibido."),
        ("de la discriminación basada en el sexo", "del discrimen basado en el sexo"),
        ("contra toda discriminación", "contra todo discrimen"),
        ("las discriminaciones múltiples", "los discrímenes múltiples"),
        ("La capacitación obligatoria no estaba terminada.", "El adiestramiento obligatorio no estaba terminado."),
        ("a la capacitación", "al adiestramiento"),
        ("Ninguna otra capacitación suya", "Ningún otro adiestramiento suyo"),
        ("la primera capacitación", "el primer adiestramiento"),
        ("CAPACITACIÓN", "ADIESTRAMIENTO"),
        ("una denuncia formal", "una querella formal"),
        ("la parte denunciante y la parte denunciada", "la parte querellante y la parte querellada"),
        ("Aún no quiere denunciar.", "Aún no quiere querellarse."),
        ("si una estudiante denuncia a alguien", "si una estudiante se querella contra alguien"),
        ("personas capacitadas", "personas adiestradas"),
        ("quienes acosan", "quienes hostigan"),
    ],
)
def test_a_word_brings_its_articles_and_adjectives_along(neutral, puerto_rico):
    assert say(neutral, PR) == puerto_rico


def test_tags_placeholders_and_addresses_stay_as_they_are():
    text = '<a href="/acoso/">De la <strong>capacitación</strong></a> %(acoso)s {{acoso}} https://x.example/acoso'
    said = '<a href="/acoso/">Del <strong>adiestramiento</strong></a> %(acoso)s {{acoso}} https://x.example/acoso'
    assert say(text, PR) == said


def test_parts_of_other_words_stay_as_they_are():
    assert say("acosos, incapacitación, capacity", PR) == "hostigamientos, incapacitación, capacity"


def test_what_is_meant_without_the_noun_is_said_so_only_where_it_may_be_meant():
    said = variant(PR)
    assert said.say("Tiene que tomarla.", implied=True) == "Tiene que tomarlo."
    assert said.say("Abierta", implied=True) == "Abierto"
    assert said.say("Tiene que tomarla.") == "Tiene que tomarla."


def test_an_adjective_that_no_rule_knows_is_named():
    said = variant(PR)
    assert said.unclear("La capacitación termina.") == []
    assert said.unclear("una capacitación zurda") == ["capacitación zurda"]
    assert said.unclear("su bella capacitación") == ["bella capacitación"]


def test_an_institution_that_asks_for_nothing_reads_neutral_spanish():
    assert variant_of({}, "es") == ""
    assert variant_of({"spanish": "pr"}, "es") == PR
    assert variant_of({"spanish": "pr"}, "en") == ""
    assert say("acoso", "") == "acoso"
