"""How items behave, and that no figure tells fewer people apart than the limit."""

from itertools import product

import pytest

from tests.core.test_marking import BRANCHING, MATCHING, MULTIPLE, ORDERING
from upstander.core.bank import Choice, Item
from upstander.core.item_figures import ItemFigure, item_figures

K = 10
SINGLE = Item(
    "S", "O1", "single", "stem", "one/first",
    options=tuple(Choice(name, name, name == "a", f"f{name}") for name in "abc"),
)  # fmt: skip
OTHER = Item("T", "O1", "single", "stem", "one/first", options=SINGLE.options)
BANK = {item.id: item for item in (SINGLE, OTHER, MULTIPLE, MATCHING, ORDERING, BRANCHING)}


def alone(item: Item, responses: list) -> ItemFigure | None:
    """The figure of one item whose form holds nothing else."""
    forms = [([item.id], {item.id: response} if response else {}) for response in responses]
    return item_figures({item.id: item}, forms, K).get(item.id)


def test_an_item_shows_nothing_below_twice_the_limit():
    assert alone(SINGLE, ["a"] * 19) is None
    assert alone(SINGLE, ["a"] * 20) is not None


def test_facility_is_the_share_that_answered_wholly_right():
    figure = alone(SINGLE, ["a"] * 60 + ["b"] * 20 + ["c"] * 20)
    assert (figure.counted, figure.facility) == (100, 60)
    assert figure.parts == {"a": 60, "b": 20, "c": 20}


def test_a_share_never_comes_nearer_to_everybody_or_nobody_than_the_limit():
    assert alone(SINGLE, ["a"] * 100).facility == alone(SINGLE, ["a"] * 93 + ["b"] * 7).facility == 90
    assert alone(SINGLE, ["b"] * 100).facility == alone(SINGLE, ["b"] * 96 + ["a"] * 4).facility == 10
    assert alone(SINGLE, ["a"] * 93 + ["b"] * 7).discrimination is None


def test_where_a_choice_was_taken_by_a_few_no_choice_is_shown():
    figure = alone(SINGLE, ["a"] * 60 + ["b"] * 36 + ["c"] * 4)
    assert (figure.facility, figure.parts) == (60, {"a": None, "b": None, "c": None})
    assert alone(SINGLE, ["a"] * 60 + ["b"] * 40).parts == {"a": 60, "b": 40, "c": 0}


def test_who_left_the_item_open_is_hidden_like_a_choice():
    assert alone(SINGLE, ["a"] * 60 + ["b"] * 37 + [None] * 3).parts == {"a": None, "b": None, "c": None}


def test_discrimination_is_high_where_the_strong_answer_rightly_and_low_where_they_do_not():
    strong, weak = {"S": "a", "T": "a"}, {"S": "b", "T": "b"}
    figures = item_figures(BANK, [(["S", "T"], strong)] * 30 + [(["S", "T"], weak)] * 30, K)
    assert figures["S"].discrimination == 100
    crossed = [(["S", "T"], {"S": "a", "T": "b"})] * 30 + [(["S", "T"], {"S": "b", "T": "a"})] * 30
    assert item_figures(BANK, crossed, K)["S"].discrimination == -100
    assert item_figures(BANK, [(["S"], {"S": "a"})] * 30 + [(["S"], {"S": "b"})] * 30, K)["S"].discrimination is None


@pytest.mark.parametrize(
    ("item", "right", "wrong", "parts"),
    [
        (MULTIPLE, ["a", "c"], ["a", "b"], {"a": None, "b": 40, "c": 60, "d": None}),
        (MATCHING, {"a": "a", "b": "b", "c": "c"}, {"a": "a", "b": "c", "c": "b"}, {"a": None, "b": 60, "c": 60}),
        (ORDERING, ["x", "y", "z"], ["x", "z", "y"], {"x": None, "y": 60, "z": 60}),
        (BRANCHING, {"1": "b", "2": "a"}, {"1": "a"}, {"1.a": 40, "1.b": 60, "2.a": None, "2.b": None}),
    ],
)
def test_every_kind_of_item_has_its_parts(item, right, wrong, parts):
    figure = alone(item, [right] * 60 + [wrong] * 40)
    assert figure.facility == 60
    assert figure.parts == parts


def test_no_withheld_choice_can_be_worked_out_from_what_is_shown():
    """For every choice of fewer than the limit another count fits everything that is shown; every small world tried."""
    limit, most = 3, 14
    worlds: dict[tuple, list[tuple]] = {}
    for world in (counts for counts in product(range(most + 1), repeat=4) if sum(counts) <= most):
        names = [name for name, count in zip(["a", "b", "c", None], world, strict=True) for _ in range(count)]
        forms = [(["S"], {"S": name} if name else {}) for name in names]
        figure = item_figures(BANK, forms, limit).get("S")
        if figure:
            shown = (figure.counted, figure.facility, tuple(figure.parts.items()))
            worlds.setdefault(shown, []).append(world)
    assert worlds
    for fitting in worlds.values():
        for world in fitting:
            for place, count in enumerate(world):
                assert not 0 < count < limit or len({other[place] for other in fitting}) > 1
