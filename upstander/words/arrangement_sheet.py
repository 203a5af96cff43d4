"""A numbered assessment on paper as a tagged PDF (PDF/UA-1): no key on it, the name only where it is torn off."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.utils.translation import gettext, override

from upstander.words.dates import moment_words

SOURCE = Path(__file__).with_name("arrangement_sheet.typ")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a sheet beside its questions.

    `called` is the person's name, on the part that is torn off; `address` leads whoever keys it straight to its page;
    `contact` are lines of a label and a text; `printed_at` tells two makings apart. `large` is for readers who need
    large print.
    """

    number: str
    course: str
    institution: str
    called: str
    address: str
    contact: Sequence[dict[str, str]]
    printed_at: datetime
    large: bool = False


def sheet_pdf(sheet: Sheet, asked: Sequence[dict[str, Any]], lang: str) -> bytes:
    """The PDF in this language; texts are trees of plain data, nothing in them is read as markup."""
    with override(lang):
        words = _words(len(asked)) | {"made": _made(sheet.printed_at, lang)}
    data = {
        "lang": lang,
        "words": words,
        "asked": list(asked),
        "number": sheet.number,
        "course": sheet.course,
        "institution": sheet.institution,
        "called": sheet.called,
        "contact": list(sheet.contact),
        "large": sheet.large,
        "qr": segno.make_qr(sheet.address, error="m").svg_inline(scale=4, border=2),
    }
    return typst.compile(
        SOURCE,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        font_paths=[],
        ignore_system_fonts=True,
    )


def _made(at: datetime, lang: str) -> str:
    said = {
        "language": dict(settings.LANGUAGES).get(lang, lang),
        "at": moment_words(at, lang, settings.INSTITUTION_ZONE),
    }
    return gettext("Made on %(at)s (%(language)s). If a change made another sheet necessary, this one is void.") % said


def _words(count: int) -> dict[str, str]:
    return {
        "title": gettext("Questions on paper"),
        "sheet": gettext("Sheet"),
        "page": gettext("Page %(page)s of %(pages)s"),
        "tear": gettext("Tear this part off and keep it"),
        "yours": gettext("This sheet is for %(name)s. Its number stands for you; write your name nowhere else."),
        "keep": gettext("Keep this part. With the number, the office can tell you how it stands."),
        "how": gettext("How to answer"),
        "first": gettext("There are %(count)s questions. Take the time you need.") % {"count": count},
        "cross": gettext("Put a cross into the box beside the answer that you choose."),
        "mend": gettext("If you change your mind, fill the wrong box in wholly and put a cross into the right one."),
        "blank": gettext("You may leave a question out. You may ask for help with reading or writing."),
        "again": gettext(
            "If it is not enough, nothing is held against you: you get a new sheet with other questions, as often as "
            "you like."
        ),
        "question": gettext("Question %(number)s"),
        "single": gettext("Cross one box."),
        "multiple": gettext("Cross every box that is right."),
        "matching": gettext("Write beside each line the letter that belongs to it."),
        "ordering": gettext("Put the steps in order: write their letters into the boxes, the first one first."),
        "step": gettext("Step %(number)s"),
        "answers": gettext("To choose from"),
        "end": gettext("At the end"),
        "day": gettext("Day on which you answered (write the month as a word)"),
        "witness": gettext("Name of the person who was with you"),
        "signature": gettext("Their signature: I was there, and these are the person’s own answers"),
        "office": gettext("The office keys what stands here twice, by two people, and then destroys the sheet."),
        "turn": gettext("Where to turn"),
        "qr": gettext("The address at which the office keys sheet %(number)s"),
    }
