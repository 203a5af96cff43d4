"""What a button puts into the text of a page: the frame of each kind of block, in the language of that text."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from upstander.delivery.native.markup import BLOCKS


@dataclass(frozen=True, slots=True)
class Skeleton:
    """One kind of block: its name for the writer, what it is for, and its frame by language."""

    kind: str
    name: str
    use: str
    en: str
    es: str

    def text(self, lang: str) -> str:
        return self.es if lang == "es" else self.en


_ALL = (
    Skeleton(
        "key", _("To remember"), _("One sentence that should stay."),
        "::: key\nOne sentence to remember.\n:::\n",
        "::: key\nUna frase para recordar.\n:::\n",
    ),
    Skeleton(
        "reveal", _("To open"), _("A question or title that the reader opens. Half of the readers do."),
        "::: reveal The question that is opened\nThe answer.\n:::\n",
        "::: reveal La pregunta que se abre\nLa respuesta.\n:::\n",
    ),
    Skeleton(
        "act", _("One act"), _("One thing to do this week."),
        "::: act\nOne thing to do this week.\n:::\n",
        "::: act\nUna cosa que hacer esta semana.\n:::\n",
    ),
    Skeleton(
        "figure", _("Drawing"), _("A drawing of this draft, by its name, with what it shows in words."),
        "::: figure NAME\nalt: What the drawing shows, in whole sentences.\n:::\n",
        "::: figure NOMBRE\nalt: Lo que muestra el dibujo, en frases completas.\n:::\n",
    ),
    Skeleton(
        "scenario", _("Scenario"), _("A situation with a place, a question, and an answer to every choice."),
        ":::: scenario short-name\nWhere and when\n\nWhat happens.\n\n### What do you do?\n\n"
        "- [x] The best choice.\n\n  Why it is.\n\n- [~] A choice that does part of it.\n\n  What it leaves out.\n\n"
        "- [ ] A choice that does harm.\n\n  What it does.\n::::\n",
        ":::: scenario nombre-corto\nDónde y cuándo\n\nLo que ocurre.\n\n### ¿Qué hace usted?\n\n"
        "- [x] La mejor opción.\n\n  Por qué lo es.\n\n- [~] Una opción que hace una parte.\n\n  Lo que deja fuera.\n\n"
        "- [ ] Una opción que hace daño.\n\n  Lo que provoca.\n::::\n",
    ),
    Skeleton(
        "check", _("Check"), _("A question on what was just read, with an answer to every choice."),
        ":::: check short-name\nWhat it is about.\n\n### The question?\n\n- [x] The right choice.\n\n  Why it is.\n\n"
        "- [ ] Another choice.\n\n  Why it is not.\n::::\n",
        ":::: check nombre-corto\nDe qué se trata.\n\n### ¿La pregunta?\n\n- [x] La opción correcta.\n\n"
        "  Por qué lo es.\n\n- [ ] Otra opción.\n\n  Por qué no lo es.\n::::\n",
    ),
    Skeleton(
        "media", _("Sound or film"), _("A sound or film of this draft, by its name."),
        "::: media NAME\n:::\n", "::: media NOMBRE\n:::\n",
    ),
    Skeleton(
        "explainer", _("Explainer"), _("Slides with captions that come with the program, by their name."),
        "::: explainer NAME\n:::\n", "::: explainer NOMBRE\n:::\n",
    ),
)  # fmt: skip
SKELETONS = tuple(one for one in _ALL if one.kind in BLOCKS)
BY_KIND = {one.kind: one for one in SKELETONS}


def inserted(body: str, kind: str, lang: str) -> str:
    """The text with the frame of a block at its end, a blank line before it; the text itself for no such kind."""
    skeleton = BY_KIND.get(kind)
    if skeleton is None:
        return body
    return f"{body.rstrip()}\n\n{skeleton.text(lang)}".lstrip("\n")
