"""How long a course takes, by one stated formula (docs/reference/courses.md): reading, activities, assessment.

Reading: the words of a page at the language's reading speed; of a scenario or check the story, the question, every
choice, and the feedback of one choice with one variant (the mean over them); half of what can be opened. Activities:
a time of thought or looking for each kind of block; a film, a recording or an explainer as long as it lasts.
Assessment: for each line of the blueprint the mean words of its items and a thinking time by kind, and the reading of
one feedback an item in the Review.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil

from upstander.core.bank import Choice, Item, Line
from upstander.delivery.native.markup import word_count
from upstander.delivery.native.pieces import Answer, Block, Explainer, Figure, Media, Page, Question, Reveal

#: Words a minute of a careful reader. Spanish says the same in more and shorter words and is read at more of them.
WORDS_A_MINUTE = {"en": 200, "es": 225}
#: Seconds that an activity takes beside the reading of its words.
ACTIVITY_SECONDS = {"scenario": 20, "check": 15, "act": 15, "figure": 20}
#: The share of readers who open a reveal: its text counts for so much.
REVEAL_OPENED = Fraction(1, 2)
#: Seconds of thought for one item of the assessment, beside its reading.
ITEM_SECONDS = {"single": 10, "multiple": 15, "matching": 25, "ordering": 25, "branching": 20}


def reading_seconds(words: Fraction | int, lang: str) -> Fraction:
    return Fraction(words) * 60 / WORDS_A_MINUTE.get(lang, 200)


def page_seconds(page: Page, lang: str) -> int:
    """Seconds for one page, rounded up."""
    words = sum((_words(block) for block in page.blocks), Fraction(word_count(page.title)))
    acts = sum(_activity_seconds(block) for block in page.blocks)
    return ceil(reading_seconds(words, lang) + acts)


def _activity_seconds(block: Block) -> int:
    return block.seconds if isinstance(block, Media | Explainer) else ACTIVITY_SECONDS.get(block.kind, 0)


def _words(block: Block) -> Fraction:
    if isinstance(block, Question):
        told = word_count(block.place, block.story, block.question, *(answer.html for answer in block.answers))
        return told + _mean(_feedback_words(answer) for answer in block.answers)
    if isinstance(block, Figure | Media | Explainer):
        return Fraction(0)
    if isinstance(block, Reveal):
        return word_count(block.title) + REVEAL_OPENED * word_count(block.html)
    return Fraction(word_count(block.html))


def _feedback_words(answer: Answer | Choice) -> Fraction:
    return word_count(answer.feedback) + _mean(Fraction(word_count(text)) for text in answer.variants.values())


def assessment_seconds(items: Mapping[str, Item], blueprint: Iterable[Line], lang: str) -> int:
    """Seconds for one form and its Review, rounded up: the mean over the items that could be drawn."""
    total = Fraction(0)
    for line in blueprint:
        fitting = [item for item in items.values() if item.objective == line.objective and item.kind in line.kinds]
        total += line.count * _mean(_item_seconds(item, lang) for item in fitting)
    return ceil(total)


def _item_seconds(item: Item, lang: str) -> Fraction:
    asked = [item.stem, *(pair.left for pair in item.pairs), *(pair.right for pair in item.pairs)]
    asked += [option.text for option in item.options] + [step.text for step in item.steps]
    asked += [text for branch in item.branches for text in (branch.prompt, *(one.text for one in branch.options))]
    chosen = [*item.options, *(option for branch in item.branches for option in branch.options)]
    said = [_feedback_words(option) for option in chosen]
    said += [Fraction(word_count(part.feedback)) for part in (*item.pairs, *item.steps)]
    words = word_count(*asked) + _mean(said)
    return reading_seconds(words, lang) + ITEM_SECONDS[item.kind]


def _mean(values: Iterable[Fraction]) -> Fraction:
    kept = list(values)
    return Fraction(sum(kept, Fraction(0)), len(kept)) if kept else Fraction(0)
