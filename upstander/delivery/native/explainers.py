"""Explainers: captioned slides that the product ships, made from their sources by `script/explainers`."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.utils.safestring import mark_safe

from upstander.delivery.native import markup
from upstander.delivery.native.captions import Cue, read_cues
from upstander.delivery.native.pieces import Explainer, Slide, Spoken

EXPLAINERS = Path(__file__).resolve().parents[2] / "content" / "explainers"
_NAME = re.compile(r"^[a-z0-9][a-z0-9-]*$")


def explainer_names() -> list[str]:
    """The names of every explainer, in order."""
    return sorted(path.parent.name for path in EXPLAINERS.glob("*/explainer.toml"))


def read_explainer(name: str, lang: str, words: Mapping[str, str]) -> Explainer | None:
    """The explainer in this language (English where it has none), its captions filled with the institution's words."""
    folder = EXPLAINERS / name / "made"
    if not _NAME.match(name) or not folder.is_dir():
        return None
    spoken = lang if (folder / f"{lang}.json").is_file() else "en"
    made, cues = _made(folder, spoken)
    at = iter(cues)
    slides = []
    for row in made["slides"]:
        said = tuple(_spoken(next(at), words) for _ in range(row["captions"]))
        drawing = markup.varied(_drawing(folder / f"{row['id']}.{spoken}.svg"), words)
        slides.append(
            Slide(
                row["id"],
                markup.plain(row["title"], words),
                mark_safe(drawing),
                markup.plain(row["scene"], words),
                said,
            )
        )
    return Explainer(
        name=name,
        lang=spoken,
        title=markup.plain(made["title"], words),
        summary=markup.inline(made["summary"], words),
        rule=markup.inline(made["rule"], words),
        seconds=made["seconds"],
        slides=tuple(slides),
    )


def captions_of(name: str, lang: str, words: Mapping[str, str]) -> list[Cue]:
    """The captions with their times, filled with the institution's words."""
    _, cues = _made(EXPLAINERS / name / "made", lang)
    return [Cue(cue.begins, cue.ends, _plain(cue.text, words)) for cue in cues]


def _spoken(cue: Cue, words: Mapping[str, str]) -> Spoken:
    return Spoken(cue.begins, cue.ends, _plain(cue.text, words))


def _plain(text: str, words: Mapping[str, str]) -> str:
    return markup.plain(text.replace("\n", " "), words)


@cache
def _made(folder: Path, lang: str) -> tuple[dict, list[Cue]]:
    made = json.loads((folder / f"{lang}.json").read_text(encoding="utf-8"))
    return made, read_cues((folder / f"captions.{lang}.vtt").read_text(encoding="utf-8"))


@cache
def _drawing(path: Path) -> str:
    source = path.read_text(encoding="utf-8").strip()
    return source.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
