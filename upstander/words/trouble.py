"""The guide to what can stand in the way of a course: checks, steps by browser, common problems; on screen and as PDF.

The texts stand in `content/trouble`, one file a language; `{name}` in a finding is filled by the page's script.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, gettext_noop

from upstander.words import variant

TEXTS = Path(__file__).resolve().parent.parent / "content" / "trouble"
#: finding -> (its word, the state of a standing whose shape and colour it shares)
VERDICTS = {
    "good": (gettext_noop("Works"), "satisfied"),
    "look": (gettext_noop("Worth a look"), "in-grace"),
    "stop": (gettext_noop("In the way"), "overdue"),
    "none": (gettext_noop("Not needed"), "not-required"),
    "unknown": (gettext_noop("Not known"), "undecided"),
}
#: What a finding means for a course, where it does not say so by its name.
_MEANS = {
    ("cookies", "off"): "stop", ("connection", "off"): "stop", ("scripts", "off"): "look",
}  # fmt: skip
#: The check whose finding is mended by steps of another name.
_MENDED_BY = {"storage": {"full": "room", "off": "cookies"}, "window": {"narrow": "zoom"}, "zoom": {"large": "zoom"}}


@dataclass(frozen=True, slots=True)
class Steps:
    """What to do about a finding, in the browser at hand."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check can find: its code, the verdict, the sentence, and the steps that mend it (or None)."""

    code: str
    verdict: str
    sentence: str
    steps: Steps | None

    @property
    def word(self) -> str:
        return gettext(VERDICTS[self.verdict][0])

    @property
    def looks_like(self) -> str:
        return VERDICTS[self.verdict][1]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that the browser is looked at for, why it matters, and what can be found."""

    key: str
    title: str
    why: str
    findings: tuple[Finding, ...]

    @property
    def mended_by(self) -> tuple[Steps, ...]:
        """Every list of steps that can be needed, each once."""
        return tuple(dict.fromkeys(finding.steps for finding in self.findings if finding.steps))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that often goes wrong, with what to try in order."""

    key: str
    title: str
    steps: tuple[str, ...]


@cache
def texts(lang: str, spanish: str = "") -> dict[str, Any]:
    """Every text of the guide in one language, in the institution's variant of it."""
    read = tomllib.loads((TEXTS / f"{lang}.toml").read_text(encoding="utf-8"))
    return _said(read, spanish)


def guide(lang: str) -> dict[str, Any]:
    """The texts as this installation says them."""
    return texts(lang, variant.variant_of(settings.INSTITUTION, lang))


def _said(part: Any, spanish: str) -> Any:
    if isinstance(part, dict):
        return {key: value if key == "key" else _said(value, spanish) for key, value in part.items()}
    if isinstance(part, list):
        return [_said(one, spanish) for one in part]
    return variant.say(part, spanish)


def checks(lang: str, platform: str) -> list[Check]:
    """What is looked at, in order, with the steps for this platform (`core.browser.PLATFORMS`)."""
    return [
        Check(key, row["title"], row["why"], tuple(_findings(key, row, guide(lang)["steps"], platform)))
        for key, row in guide(lang)["checks"].items()
    ]


def _findings(key: str, row: dict[str, str], steps: dict[str, dict], platform: str) -> Iterator[Finding]:
    for code, sentence in row.items():
        if code in {"title", "why"}:
            continue
        verdict = code if code in VERDICTS else _MEANS.get((key, code), "look")
        topic = _MENDED_BY.get(key, {}).get(code, key) if verdict in {"look", "stop"} else ""
        mends = steps.get(topic)
        yield Finding(code, verdict, sentence, Steps(mends["title"], tuple(mends[platform])) if mends else None)


def problems(lang: str) -> list[Problem]:
    """What often goes wrong, in the order of the page."""
    return [Problem(row["key"], row["title"], tuple(row["steps"])) for row in guide(lang)["problems"]]
