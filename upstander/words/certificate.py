"""A certificate as a tagged PDF: the same page in every language, made of data that is never read as markup."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typst
from django.utils.translation import gettext, override

from upstander.words.dates import plain_date

SOURCE = Path(__file__).with_name("certificate.typ")
FONTS = Path(__file__).resolve().parent.parent / "assets" / "print"


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands on a certificate; no score, and nothing about the way in which the course was taken.

    `edition` is blank where none is on record.
    """

    name: str
    course: str
    edition: str
    completed_on: date
    institution: str
    office: str
    code: str
    address: str


def certificate_pdf(printed: Printed, lang: str) -> bytes:
    """The PDF (PDF/UA-1) in this language."""
    with override(lang):
        words = {
            "lang": lang,
            "title": gettext("Certificate of completion"),
            "says": gettext("This confirms that"),
            "completed": gettext("has completed the course"),
            "edition_word": gettext("Edition"),
            "on": gettext("Completed on"),
            "by": gettext("Confirmed by"),
            "code": gettext("Certificate code"),
            "check": gettext("Anyone can check this certificate at"),
        }
    data = {
        **words,
        "name": printed.name,
        "course": printed.course,
        "edition": printed.edition,
        "day": plain_date(printed.completed_on, lang),
        "institution": printed.institution,
        "office": printed.office,
        "number": printed.code,
        "address": printed.address,
    }
    return typst.compile(
        SOURCE,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(data)},
        font_paths=[FONTS] if FONTS.is_dir() else [],
        ignore_system_fonts=True,
    )
