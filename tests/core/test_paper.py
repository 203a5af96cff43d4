"""Sheets on paper: their numbers, what is printed, and letters read back as answers (row A07)."""

from itertools import combinations
from random import Random

import pytest

from upstander.core.bank import Assessment, Branch, Choice, Item, Line, Pair, Shown, Step
from upstander.core.errors import Refusal
from upstander.core.marking import draw_form, mark
from upstander.core.paper import SIGNS, boxes, different, number_of, numbered, on_paper, response_of, written

pytestmark = pytest.mark.row("A07")

ONE = Item("one", "o", "single", "?", "p", options=(Choice("a", "A", True, ""), Choice("b", "B", False, "")))
SOME = Item(
    "some", "o", "multiple", "?", "p",
    options=(Choice("a", "A", True, ""), Choice("b", "B", False, ""), Choice("c", "C", True, "")),
)  # fmt: skip
PAIRS = Item("pairs", "o", "matching", "?", "p", pairs=tuple(Pair(x, x, x, "") for x in "abc"))
STEPS = Item("steps", "o", "ordering", "?", "p", steps=tuple(Step(x, x, "") for x in "abc"))
STORY = Item(
    "story", "o", "branching", "A story.", "p",
    branches=(
        Branch("first", "What now?", (Choice("a", "A", True, "", next="then"), Choice("b", "B", False, ""))),
        Branch("then", "Now that you did A?", (Choice("c", "C", True, ""),)),
    ),
)  # fmt: skip


def drawn(seed: int) -> str:
    return "".join(Random(seed).choices(SIGNS, k=10))


def is_number(signs: str) -> bool:
    try:
        number_of(signs)
    except Refusal:
        return False
    return True


def test_a_number_is_read_however_it_is_typed():
    number = numbered(drawn(1))
    assert number_of(f" {number.lower().replace('-', ' ')} ") == number_of(number.replace("-", "")) == number


def test_one_sign_read_wrongly_is_no_number():
    plain = numbered(drawn(2)).replace("-", "")
    for place, _ in enumerate(plain):
        for sign in SIGNS.replace(plain[place], ""):
            assert not is_number(plain[:place] + sign + plain[place + 1 :])


def test_two_signs_swapped_anywhere_are_no_number():
    plain = numbered(drawn(3)).replace("-", "")
    for one, other in combinations(range(len(plain)), 2):
        signs = list(plain)
        signs[one], signs[other] = signs[other], signs[one]
        assert is_number("".join(signs)) == (plain[one] == plain[other])


def test_any_two_signs_read_wrongly_are_no_number():
    random = Random(4)
    for seed in range(200):
        signs = list(numbered(drawn(seed)).replace("-", ""))
        for place in random.sample(range(len(signs)), 2):
            signs[place] = random.choice(SIGNS.replace(signs[place], ""))
        assert not is_number("".join(signs))


@pytest.mark.parametrize("typed", ["", "2345", "O" * 12, "2345-6789-ABCD-EF"])
def test_what_is_no_number_is_refused(typed):
    assert not is_number(typed)


def test_a_story_is_its_first_decision_on_paper_and_gives_nothing_away():
    lines = (Line("o", ("branching",), 1), Line("o", ("single", "branching"), 1))
    printed = on_paper(Assessment({"one": ONE, "story": STORY}, lines, 80))
    story = printed.bank["story"]
    assert (story.kind, story.stem, [one.id for one in story.options]) == ("single", "A story. What now?", ["a", "b"])
    assert story.branches == () and len(draw_form(printed, [], "seed")) == 2
    assert response_of(story, Shown("story", ("b", "a")), "B") == "a"


@pytest.mark.parametrize(
    ("item", "typed", "kept"),
    [
        (ONE, " b ", "B"), (ONE, "", ""), (SOME, "c, a", "AC"), (PAIRS, "b a c", "BAC"), (PAIRS, "aa-", "AA-"),
        (STEPS, "cab", "CAB"), (STEPS, "c-b", "C-B"), (STEPS, "---", ""),
    ],
)  # fmt: skip
def test_letters_are_kept_in_one_form(item, typed, kept):
    assert written(item, typed) == kept


@pytest.mark.parametrize(
    ("item", "typed"),
    [(ONE, "C"), (ONE, "AB"), (ONE, "-"), (SOME, "AAB"), (SOME, "1"), (PAIRS, "AB"), (STEPS, "AAB"), (STEPS, "ABCA")],
)
def test_letters_that_can_be_no_answer_are_refused(item, typed):
    with pytest.raises(Refusal) as refusal:
        written(item, typed)
    assert refusal.value.code == "letters-wrong"


def test_letters_stand_for_the_options_as_this_sheet_shows_them():
    assert response_of(ONE, Shown("one", ("b", "a")), "B") == "a"
    assert response_of(SOME, Shown("some", ("c", "b", "a")), "AC") == ["a", "c"]
    assert response_of(PAIRS, Shown("pairs", ("c", "a", "b")), "BC-") == {"a": "a", "b": "b"}
    assert response_of(STEPS, Shown("steps", ("c", "a", "b")), "BCA") == ["a", "b", "c"]
    assert response_of(STEPS, Shown("steps", ("c", "a", "b")), "B-A") == ["a", "", "c"]
    assert response_of(ONE, Shown("one", ("b", "a")), "") is None


def test_blank_boxes_cost_their_item_and_nothing_else():
    given = {"one": "a", "pairs": {"a": "a", "b": "b"}, "steps": ["a", "", "c"]}
    assert mark([ONE, PAIRS, STEPS], given, 80).right == 1


def test_the_boxes_of_an_item_are_its_lines():
    assert [boxes(item) for item in (ONE, SOME, PAIRS, STEPS)] == [1, 3, 3, 3]


def test_what_two_hands_read_differently_is_named():
    assert different({"a": "A", "b": "B"}, {"a": "A", "b": "C", "c": "D"}) == ["b", "c"]
