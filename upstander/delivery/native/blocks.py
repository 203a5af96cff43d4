"""Typed blocks: the tokens between two fences of colons become one object."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.safestring import mark_safe
from markdown_it.token import Token

from upstander.core.duty import DUTIES
from upstander.delivery.native import markup
from upstander.delivery.native.explainers import read_explainer
from upstander.delivery.native.figures import read_figure
from upstander.delivery.native.media import read_media
from upstander.delivery.native.pieces import Answer, Block, Explainer, Figure, Media, Note, Question, Reveal
from upstander.delivery.native.problems import Found

VERDICTS = {"x": "best", "~": "partly", " ": "harmful"}
_MARK = re.compile(r"^\[([ x~])\]\s+")
_VARIANT = re.compile(rf"^\*\*({'|'.join(DUTIES)}):\*\*\s*")
_ID = re.compile(r"^[a-z0-9][a-z0-9-]*$")


@dataclass(frozen=True)
class Reading:
    """What every step of reading a section needs: the file, its language, the words, and where problems go."""

    file: Path
    lang: str
    words: Mapping[str, str]
    found: Found

    def broken(self, token: Token, block: str, why: str) -> None:
        self.found.add("block-broken", self.file, (token.map or [0])[0] + 1, block=block, why=why)


def read_block(kind: str, title: str, tokens: Sequence[Token], opening: Token, reading: Reading) -> Block | None:
    """The block as an object; None where it is broken (the problem is on the list then)."""
    if kind in {"key", "act"}:
        if not tokens:
            reading.broken(opening, kind, "it is empty")
        return Note(kind, markup.render(tokens, reading.words))
    if kind == "reveal":
        if not title or not tokens:
            reading.broken(opening, kind, "it needs a title on its opening line and a text")
        return Reveal(markup.inline(title, reading.words), markup.render(tokens, reading.words))
    if kind == "figure":
        return _figure(title, tokens, opening, reading)
    if kind in {"media", "explainer"}:
        return _shown(kind, title, tokens, opening, reading)
    return _question(kind, title, tokens, opening, reading)


def _figure(name: str, tokens: Sequence[Token], opening: Token, reading: Reading) -> Figure | None:
    text = " ".join(token.content for token in tokens if token.type == "inline").replace("\n", " ")
    line = (opening.map or [0])[0] + 1
    if not text.startswith("alt:") or not text.removeprefix("alt:").strip():
        reading.found.add("image-without-alt", reading.file, line, image=name)
        return None
    svg = read_figure(reading.file.parent.parent / "figures" / f"{name}.{reading.lang}.svg", reading.found)
    if svg is None:
        return None
    drawn = mark_safe(markup.varied(svg, reading.words))
    return Figure(name, markup.plain(text.removeprefix("alt:"), reading.words), drawn)


def _shown(kind: str, name: str, tokens: Sequence[Token], opening: Token, reading: Reading) -> Media | Explainer | None:
    if not _ID.match(name) or tokens:
        return reading.broken(
            opening, f"{kind} {name}".strip(), "its opening line needs a name, and nothing stands inside"
        )
    if kind == "media":
        return read_media(reading.file.parent.parent, name, reading.lang, reading.words, reading.found)
    explainer = read_explainer(name, reading.lang, reading.words)
    if explainer is None:
        reading.found.add("explainer-unknown", reading.file, (opening.map or [0])[0] + 1, name=name)
    return explainer


def _question(kind: str, name: str, tokens: Sequence[Token], opening: Token, reading: Reading) -> Question | None:
    if not _ID.match(name):
        return reading.broken(
            opening, f"{kind} {name}", "its opening line needs an id of small letters, digits, hyphens"
        )
    asked = next((i for i, token in enumerate(tokens) if token.type == "heading_open"), None)
    listed = next((i for i, token in enumerate(tokens) if token.type == "bullet_list_open"), None)
    if asked is None or listed is None or listed < asked:
        return reading.broken(opening, f"{kind} {name}", "it needs a “###” question and then a list of choices")
    story = list(tokens[:asked])
    place = ""
    if kind == "scenario":
        if len(story) < 6 or story[0].type != "paragraph_open":
            return reading.broken(opening, f"{kind} {name}", "it needs a line that says where, and then the story")
        place, story = markup.inline(story[1].content, reading.words), story[3:]
    answers = tuple(_answers(tokens[listed:], f"{kind} {name}", reading))
    _check_answers(answers, opening, f"{kind} {name}", reading)
    question = markup.inline(tokens[asked + 1].content, reading.words)
    return Question(kind, name, place, markup.render(story, reading.words), question, answers)


def _check_answers(answers: Sequence[Answer], opening: Token, block: str, reading: Reading) -> None:
    if len(answers) < 2:
        reading.broken(opening, block, "it needs at least two choices")
    if not any(answer.verdict == "best" for answer in answers):
        reading.broken(opening, block, "none of its choices is marked [x]")


def _answers(tokens: Sequence[Token], block: str, reading: Reading) -> list[Answer]:
    starts = [
        i for i, token in enumerate(tokens) if token.type == "list_item_open" and token.level == tokens[0].level + 1
    ]
    answers = []
    for number, start in enumerate(starts):
        level = tokens[start].level
        end = next(
            i for i in range(start, len(tokens)) if tokens[i].type == "list_item_close" and tokens[i].level == level
        )
        body = list(tokens[start + 1 : end])
        marked = _MARK.match(body[1].content) if len(body) > 2 else None
        if not marked:
            reading.broken(tokens[start], block, "a choice begins with [x], [~] or [ ]")
            continue
        feedback, variants = _feedback(body[3:], reading)
        if not feedback and not variants:
            reading.broken(tokens[start], block, f"choice {number + 1} has no feedback")
        text = markup.inline(body[1].content[marked.end() :], reading.words)
        answers.append(Answer("abcdefgh"[number % 8], text, VERDICTS[marked[1]], feedback, variants))
    return answers


def _feedback(tokens: Sequence[Token], reading: Reading) -> tuple[str, dict[str, str]]:
    """What is said to everybody, and what is said to each duty; a tag holds for its own paragraph."""
    common, variants = [], {}
    at = 0
    while at < len(tokens):
        variant = _VARIANT.match(tokens[at + 1].content) if tokens[at].type == "paragraph_open" else None
        if variant:
            text = tokens[at + 1].content[variant.end() :]
            variants[variant[1]] = variants.get(variant[1], "") + f"<p>{markup.inline(text, reading.words)}</p>"
            at += 3
        else:
            common.append(tokens[at])
            at += 1
    html = markup.render(common, reading.words)
    return html, {duty: markup.clean(text, reading.words) for duty, text in variants.items()}
