"""Every Spanish text of the repository in the variant of Puerto Rico: nothing left, and nothing in the wrong gender."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils.translation import gettext, override, trans_real

from upstander.jobs.catalogues import LOCALE, compile_catalogues
from upstander.words.variant import variant

PACKAGE = Path(__file__).resolve().parents[2] / "upstander"
CHANGED = re.compile(r"(?<!\w)(?:capacitaci[oó]n(?:es)?|discriminaci[oó]n(?:es)?)(?!\w)", re.IGNORECASE)
#: Feminine words that may stand for the noun from afar: pronouns on a verb, `sola`, participles after a copula.
FAR = re.compile(
    r"(?<!\w)(?:\w+(?:ar|er|ir|ár|ér|ír)l[a]s?|\w*[áéí]\w*[aen]las?|sola|ella|esta|la misma|una misma"
    r"|(?:es|era|fue|está|estaba|queda|sigue|sea|esté|sido)\s+\w+[aeiou][dt]?[aeiou]*da)(?!\w)",
    re.IGNORECASE,
)
#: Read by a person: what is feminine in these and is not the training.
STANDS = {
    "La sala puede cambiarla usted",
    "úsela para un aviso",
    "No queda nada",
    "se actualiza sola",
    "cambia sola",
    "una sola vez",
    "una sola respuesta",
    "Esta cuenta",
    "solo esta vez",
    "para la misma fecha",
    "fecha límite todavía no está fijada",
}


def texts():
    """(where, text, whether the noun may go without saying) of every Spanish text."""
    for path in sorted(PACKAGE.glob("content/*/es/*")) + sorted(PACKAGE.glob("content/*/figures/*.es.svg")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            yield f"{path.relative_to(PACKAGE)}:{number}", line, False
    for path in sorted(PACKAGE.glob("content/explainers/*/es.toml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            yield f"{path.relative_to(PACKAGE)}:{number}", line, False
    for path in sorted(PACKAGE.glob("programmes/**/*.toml")):
        for line in re.findall(r'^\s*es = "(.*)"$', path.read_text(encoding="utf-8"), re.MULTILINE):
            yield str(path.relative_to(PACKAGE)), line, False
    for path in sorted(LOCALE.glob("*/es/LC_MESSAGES/*.po")):
        with path.open("rb") as catalogue:
            for message in read_po(catalogue):
                for text in message.string if isinstance(message.string, list | tuple) else [message.string]:
                    if message.id:
                        yield str(path.relative_to(PACKAGE)), text, True


def test_no_word_is_left_and_every_neighbour_is_covered_by_a_rule():
    said = variant("es-PR")
    found = [
        f"{where}: {problem}"
        for where, text, implied in texts()
        for problem in [*said.unclear(text), *said.left(said.say(text, implied))]
    ]
    assert found == []


def test_nothing_feminine_speaks_from_afar_of_a_noun_that_has_changed():
    said = variant("es-PR")
    found = [
        f"{where}: {text} -> {far}"
        for where, text, implied in texts()
        if CHANGED.search(text)
        for far in FAR.findall(said.say(text, implied))
        if not any(far in stands and stands.lower() in text.lower() for stands in STANDS)
    ]
    assert found == []


@pytest.mark.row("A15")
def test_pages_and_letters_speak_the_variant_that_the_institution_asks_for(settings):
    compile_catalogues()
    usual = settings.LOCALE_PATHS
    settings.LOCALE_PATHS = [LOCALE.with_name("locale-es-PR") / path.name for path in usual]
    with override("es"):
        assert gettext("My training") == "Mi adiestramiento"
    settings.LOCALE_PATHS = usual
    assert trans_real.translation("es").gettext("My training") == "Mi capacitación"
