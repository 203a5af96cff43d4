"""The guide to computer problems as a tagged PDF (PDF/UA-1), in either language (row A02)."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from upstander.words.reading_paper import paper_pdf
from upstander.words.trouble import guide

SOURCE = Path(__file__).with_name("trouble_paper.typ")


def trouble_pdf(lang: str, institution: str, address: str, contact: Iterable[Mapping[str, str]]) -> bytes:
    """The whole guide, with the steps for every browser; `contact` are lines of {label, text}."""
    told = guide(lang)
    data = {
        "lang": lang,
        "institution": institution,
        "address": address,
        "contact": list(contact),
        "browsers": [{"key": key, "name": name} for key, name in told["browsers"].items()],
        "checks": list(told["checks"].values()),
        "steps": list(told["steps"].values()),
        **{name: told[name] for name in ("title", "checked", "steps_title", "problems_title", "help_title", "help")},
        "problems": told["problems"],
        "lede": told["paper"],
    }
    return paper_pdf(data, SOURCE)
