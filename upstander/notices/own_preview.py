"""A letter in words that are being written: with somebody's facts of today, or with facts made up for the purpose."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override

from upstander.actions.sending import Subject, Written
from upstander.notices.letter import Writer
from upstander.notices.own_words import in_own_words
from upstander.words.wording_examples import example_words

#: Stands where a message's own code will stand.
NO_CODE = "XXXX-XXXX-XXXX"


@dataclass(frozen=True, slots=True)
class Preview:
    """The letter; `own` is false where these words do not do for this reader, and the built-in ones are shown."""

    written: Written | None
    own: bool = True


def words_of(writer: Writer, about: Subject) -> dict[str, Any]:
    """What the letter may say: of a duty, the reader's facts; of anything else, examples within the reader's own.

    The link of a certificate opens it to whoever has it, so nobody but its owner ever sees it here.
    """
    examples = example_words(about.language, settings.BASE_URL)
    if writer.kind.of_duty and about.standing is not None:
        return {**writer.words(about), "certificate": examples["certificate"]}
    real = {name: said for name, said in writer.bare_words(about).items() if said not in ("", None, [])}
    return {**examples, **real, "link": examples["link"]}


def preview(writer: Writer, subject: str, text: str, about: Subject) -> Preview:
    """The letter in these words, else in the built-in ones where there are facts for them."""
    with override(about.language):
        words = words_of(writer, about)
        made = in_own_words(writer.kind.key, subject, text, words)
        if made is not None:
            return Preview(writer.in_words(*made, words))
    if writer.kind.of_duty and about.standing is not None:
        return Preview(writer.compose(about), own=False)
    return Preview(None, own=False)


def trial_letter(writer: Writer, subject: str, text: str, about: Subject) -> Written | None:
    """The letter as its writer gets it to try the words: marked in the subject line and at the top."""
    with override(about.language):
        for words in (words_of(writer, about), _made_up(writer, about)):
            made = in_own_words(writer.kind.key, subject, text, words)
            if made is not None:
                marked = gettext("TEST: %(subject)s") % {"subject": made[0]}
                return writer.in_words(marked, made[1], {**words, "is_test": True, "stop": ""})
    return None


def _made_up(writer: Writer, about: Subject) -> Mapping[str, Any]:
    return {**writer.bare_words(about), **example_words(about.language, settings.BASE_URL)}
