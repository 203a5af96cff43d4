"""A letter in words that are being written: with somebody's facts of today, or with facts made up for the purpose."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override

from upstander.actions.sending import Subject, Written
from upstander.core.notices import DIGEST, DRAFT
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
    """What the letter may say: the reader's facts where it is about something of theirs, else examples.

    Where it would let somebody in, or decline something for its reader, stands an address that leads nowhere: of a
    certificate, whether there is one or not, and of the letter's own link to get no more of its kind.
    """
    nowhere = {"stop": f"{settings.BASE_URL}/account/letters/stop/{NO_CODE}/"} if writer.kind.declinable else {}
    examples = example_words(about.language, settings.BASE_URL)
    if is_real(writer, about):
        return {**writer.words(about), "certificate": examples["certificate"], **nowhere}
    real = {name: said for name, said in writer.bare_words(about).items() if said not in ("", None, [])}
    return {**examples, **real, "link": examples["link"], **nowhere}


def is_real(writer: Writer, about: Subject) -> bool:
    """Whether there is something that the letter is about: a duty, duties of several, or what its row names."""
    row = about.notice
    if about.standing is not None and writer.kind.of_duty:
        return writer.kind.key != DIGEST
    if about.carried:
        return True
    if row is None or row.kind != writer.kind.key:
        return False
    names_a_draft = writer.kind.about == DRAFT and bool(row.dedupe_key)
    return names_a_draft or any((row.case_id, row.seat_id, row.arrangement_id, row.completion_id))


def preview(writer: Writer, subject: str, text: str, about: Subject) -> Preview:
    """The letter in these words, else in the built-in ones where there are facts for them."""
    with override(about.language):
        words = words_of(writer, about)
        made = in_own_words(writer.kind.key, subject, text, words)
        if made is not None:
            return Preview(writer.in_words(*made, words))
        if is_real(writer, about):
            return Preview(writer.in_built_in_words(words), own=False)
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
