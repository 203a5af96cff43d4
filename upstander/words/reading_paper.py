"""The paper edition of a course as a tagged PDF (PDF/UA-1), made of data that is never read as markup; kept on disk."""

import json
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import gettext, override

SOURCE = Path(__file__).with_name("reading_paper.typ")


def labels(lang: str) -> dict[str, str]:
    """The words about the course, in its language; `%(number)s` is filled where it is printed."""
    with override(lang):
        return {
            "contents": gettext("What is in it"),
            "before": gettext("Before you start"),
            "goals": gettext("When you have finished, you will"),
            "think": gettext(
                "Read each situation, decide what you would do, and only then turn to what is said to each choice."
            ),
            "scenario": gettext("Scenario %(number)s"),
            "check": gettext("Check %(number)s"),
            "key": gettext("To remember"),
            "act": gettext("One act for this week"),
            "said": gettext("What is said to each choice"),
            "on_page": gettext("What is said to each choice: page %(number)s"),
            "turn": gettext("Where to turn"),
            "no_assessment": gettext(
                "The questions at the end of the course are not in this edition. The office brings them on paper, "
                "or helps you answer them in another way."
            ),
        }


def paper_pdf(told: Mapping[str, Any], source: Path = SOURCE) -> bytes:
    """The PDF of this course, or of what another source prints; the same data gives the file made the first time."""
    data = json.dumps(told, ensure_ascii=False, sort_keys=True)
    digest = sha256(source.read_bytes() + data.encode()).hexdigest()[:32]
    kept = Path(settings.DATA_DIR) / "paper" / f"{digest}.pdf"
    if not kept.is_file():
        _keep(kept, _compiled(source, data))
    return kept.read_bytes()


def _compiled(source: Path, data: str) -> bytes:
    return typst.compile(
        source, format="pdf", pdf_standards=["ua-1"], sys_inputs={"data": data}, font_paths=[], ignore_system_fonts=True
    )


def _keep(path: Path, content: bytes) -> None:
    """Whole or not at all: two processes may make the same file at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        file.write(content)
    Path(file.name).replace(path)
