"""A learner's way through a tiny course, for the tests of the player: courses with the real keys, pages and answers."""

import shutil
from pathlib import Path

from upstander.actions import learning
from upstander.actions.completion import begin_attempt, save_answer, submit_attempt
from upstander.core.bank import Item
from upstander.core.outline import Outline
from upstander.delivery import catalogue
from upstander.delivery.native.pieces import Course

TINY = Path(__file__).parent / "courses" / "tiny"


def lay_out(folder: Path, *keys: str, **changes: str) -> Path:
    """A content folder that holds the tiny course under these keys; `changes` replaces lines of its `course.toml`."""
    for key in keys:
        shutil.copytree(TINY, folder / key)
        path = folder / key / "course.toml"
        text = path.read_text(encoding="utf-8").replace('key = "tiny"', f'key = "{key}"')
        for name, value in changes.items():
            old = next(line for line in text.split("\n") if line.startswith(f"{name} ="))
            text = text.replace(old, f'{name} = "{value}"')
        path.write_text(text, encoding="utf-8")
    return folder


def course_of(key: str, lang: str = "en") -> Course:
    return catalogue.edition(key, lang)


def right_answer(item: Item) -> object:
    """The wholly right response to an item."""
    if item.kind == "single":
        return next(option.id for option in item.options if option.correct)
    if item.kind == "multiple":
        return [option.id for option in item.options if option.correct]
    if item.kind == "matching":
        return {pair.id: pair.id for pair in item.pairs}
    if item.kind == "ordering":
        return [step.id for step in item.steps]
    return {branch.id: next(one.id for one in branch.options if one.correct) for branch in item.branches}


def wrong_answer(item: Item) -> object:
    """A response to an item that is not right."""
    if item.kind in {"single", "multiple"}:
        wrong = next(option.id for option in item.options if not option.correct)
        return wrong if item.kind == "single" else [wrong]
    if item.kind == "matching":
        names = [pair.id for pair in item.pairs]
        return dict(zip(names, names[1:] + names[:1], strict=True))
    if item.kind == "ordering":
        return [step.id for step in item.steps][::-1]
    return {item.branches[0].id: next(one.id for one in item.branches[0].options if not one.correct)}


def read_everything(person_id: str, outline: Outline, moment):
    """The person's enrolment with every page read."""
    enrolment = learning.begin(person_id, outline, moment)
    for page in outline.pages:
        learning.page_seen(enrolment, page, outline, moment)
    return enrolment


def take(person_id: str, outline: Outline, moment, wrong: int = 0):
    """One attempt from the first page to the submission, with so many wrong answers."""
    enrolment = read_everything(person_id, outline, moment)
    attempt = begin_attempt(enrolment.pk, outline, "en", moment)
    for number, row in enumerate(attempt.form):
        item = outline.assessment.bank[row["item"]]
        save_answer(attempt.pk, item.id, wrong_answer(item) if number < wrong else right_answer(item), outline)
    return submit_attempt(attempt.pk, outline, moment)
