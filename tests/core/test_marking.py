"""Drawing, understanding, marking and reviewing: the rules of the assessment, without a database."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstander.core.bank import Assessment, Branch, Choice, Item, Line, Pair, Shown, Step
from upstander.core.errors import Refusal
from upstander.core.marking import draw_form, is_answered, mark, next_branch, passes, share, understand
from upstander.core.review import review_item

OPTIONS = (
    Choice("a", "A", True, "fa"),
    Choice("b", "B", False, "fb"),
    Choice("c", "C", True, "fc"),
    Choice("d", "D", False, "fd"),
)
SINGLE = Item("S", "O1", "single", "stem", "one/first", options=OPTIONS[:2])
MULTIPLE = Item("M", "O1", "multiple", "stem", "one/first", options=OPTIONS)
MATCHING = Item(
    "X", "O2", "matching", "stem", "one/first", pairs=tuple(Pair(i, f"l{i}", f"r{i}", f"f{i}") for i in "abc")
)
ORDERING = Item("R", "O2", "ordering", "stem", "one/first", steps=tuple(Step(i, f"t{i}", f"f{i}") for i in "xyz"))
BRANCHING = Item(
    "B", "O3", "branching", "stem", "one/first",
    branches=(
        Branch("1", "first?", (Choice("a", "A", False, "fa"), Choice("b", "B", True, "fb", next="2"))),
        Branch("2", "then?", (Choice("a", "A", True, "fa"), Choice("b", "B", False, "fb"))),
    ),
)  # fmt: skip


def bank_of(count: int, objective: str = "O1", kind: str = "single") -> dict[str, Item]:
    items = [Item(f"{objective}-{i}", objective, kind, "stem", "one/first", options=OPTIONS[:2]) for i in range(count)]
    return {item.id: item for item in items}


@pytest.mark.row("A14")
def test_exactly_eighty_percent_passes_and_a_hair_below_does_not():
    assert passes(12, 15, 80)
    assert passes(800, 1000, 80)
    assert not passes(799, 1000, 80)
    assert not passes(11, 15, 80)
    assert not passes(4, 6, 80)
    assert passes(5, 6, 80)


@given(possible=st.integers(1, 3000), points=st.integers(0, 3000), percent=st.integers(0, 100))
def test_passing_agrees_with_exact_fractions(possible, points, percent):
    assert passes(points, possible, percent) == (Fraction(points, possible) >= Fraction(percent, 100))


def test_a_form_without_items_never_passes():
    assert not passes(0, 0, 80)


@pytest.mark.row("A14")
@given(size=st.integers(3, 20), count=st.integers(1, 3), seed=st.text(max_size=8))
def test_no_item_comes_again_before_the_bank_is_used_up(size, count, seed):
    assessment = Assessment(bank_of(size), (Line("O1", ("single",), count),))
    forms: list[list[str]] = []
    for number in range(8):
        forms.append([shown.item for shown in draw_form(assessment, forms, f"{seed}{number}")])
        times = Counter(item for form in forms for item in form)
        counts = [times[item] for item in assessment.bank]
        assert max(counts) - min(counts) <= 1


@given(seed=st.text(max_size=12))
def test_a_form_has_what_its_blueprint_says_and_no_item_twice(seed):
    bank = {**bank_of(6), **bank_of(4, "O2"), MATCHING.id: MATCHING, ORDERING.id: ORDERING, BRANCHING.id: BRANCHING}
    lines = (Line("O1", ("single",), 3), Line("O2", ("single", "matching"), 2), Line("O2", ("ordering", "matching"), 2))
    form = [shown.item for shown in draw_form(Assessment(bank, lines), [], seed)]
    assert len(form) == len(set(form)) == 7
    assert Counter(bank[item].objective for item in form) == {"O1": 3, "O2": 4}


@given(seed=st.text(max_size=12))
def test_the_same_seed_gives_the_same_form_and_steps_never_start_in_order(seed):
    bank = {item.id: item for item in (SINGLE, MULTIPLE, MATCHING, ORDERING, BRANCHING)}
    lines = (
        Line("O1", ("single", "multiple"), 2),
        Line("O2", ("matching", "ordering"), 2),
        Line("O3", ("branching",), 1),
    )
    form = draw_form(Assessment(bank, lines), [], seed)
    assert form == draw_form(Assessment(bank, lines), [], seed)
    shown = {one.item: one.options for one in form}
    assert shown["R"] != ("x", "y", "z")
    assert sorted(shown["M"]) == ["a", "b", "c", "d"]
    assert sorted(shown["B"]) == ["1.a", "1.b", "2.a", "2.b"]


def test_a_bank_that_cannot_fill_a_form_is_refused_with_its_objective():
    with pytest.raises(Refusal, match="bank-too-small") as refused:
        draw_form(Assessment(bank_of(2), (Line("O1", ("single",), 3),)), [], "s")
    assert refused.value.data == {"objective": "O1", "needed": 3, "there": 2}


@pytest.mark.parametrize(
    ("item", "right", "wrong"),
    [
        (SINGLE, "a", "b"),
        (MULTIPLE, ["a", "c"], ["a"]),
        (MULTIPLE, ["a", "c"], ["a", "b", "c"]),
        (MATCHING, {"a": "a", "b": "b", "c": "c"}, {"a": "a", "b": "c", "c": "b"}),
        (ORDERING, ["x", "y", "z"], ["y", "x", "z"]),
        (BRANCHING, {"1": "b", "2": "a"}, {"1": "b", "2": "b"}),
        (BRANCHING, {"1": "b", "2": "a"}, {"1": "a"}),
    ],
)
def test_every_kind_is_marked_all_or_nothing(item, right, wrong):
    assert share(item, right) == 1
    assert share(item, wrong) == 0
    assert share(item, None) == 0


def test_part_of_a_point_is_given_only_where_the_item_says_so():
    partly = Item("X", "O2", "matching", "stem", "one/first", partial=True, pairs=MATCHING.pairs)
    assert share(partly, {"a": "a", "b": "c", "c": "b"}) == Fraction(1, 3)
    result = mark([partly, SINGLE], {"X": {"a": "a", "b": "c", "c": "b"}, "S": "a"}, 80)
    assert (result.points, result.possible, result.passed) == (4, 6, False)


def test_a_mark_counts_the_items_that_are_wholly_right():
    result = mark([SINGLE, MULTIPLE, ORDERING], {"S": "a", "M": ["a", "c"]}, 80)
    assert (result.points, result.possible, result.right, result.total, result.passed) == (2, 3, 2, 3, False)


def test_a_story_goes_on_only_after_the_right_step():
    assert next_branch(BRANCHING, None) == "1"
    assert next_branch(BRANCHING, {"1": "b"}) == "2"
    assert next_branch(BRANCHING, {"1": "a"}) is None
    assert not is_answered(BRANCHING, {"1": "b"})
    assert is_answered(BRANCHING, {"1": "a"})


@pytest.mark.parametrize(
    ("item", "given_"),
    [
        (SINGLE, "z"),
        (SINGLE, ["a"]),
        (MULTIPLE, ["a", "z"]),
        (MULTIPLE, "a"),
        (MATCHING, {"a": "z"}),
        (ORDERING, ["x", "y"]),
        (ORDERING, ["x", "y", "y"]),
        (BRANCHING, {"9": "a"}),
        (BRANCHING, {"1": "z"}),
    ],
)
def test_an_answer_that_the_item_does_not_know_is_refused(item, given_):
    with pytest.raises(Refusal, match="answer-not-understood"):
        understand(item, given_)


@pytest.mark.parametrize("item", [SINGLE, MULTIPLE, MATCHING, ORDERING, BRANCHING])
def test_no_answer_is_kept_as_none(item):
    assert understand(item, None) is None
    assert not is_answered(item, None)


@pytest.mark.row("A14")
def test_review_lists_every_option_with_its_feedback_in_the_order_shown():
    reviewed = review_item(MULTIPLE, Shown("M", ("d", "c", "b", "a")), ["a", "b"])
    lines = reviewed.parts[0].lines
    assert [line.id for line in lines] == ["d", "c", "b", "a"]
    assert [line.chosen for line in lines] == [False, False, True, True]
    assert [line.feedback for line in lines] == ["fd", "fc", "fb", "fa"]
    assert not reviewed.right


def test_review_adds_what_is_said_to_the_reader_s_own_duty_to_report():
    said = {"required": "share it", "encouraged": "you may", "exempt": "keep it"}
    options = (Choice("a", "A", True, "fa", variants=said), Choice("b", "B", False, "fb"))
    item = Item("S", "O1", "single", "stem", "one/first", options=options)
    story = Item("T", "O1", "branching", "stem", "one/first", branches=(Branch("1", "first?", options),))
    plain, told = (review_item(item, Shown("S", ("a", "b")), "a", duty).parts[0].lines for duty in ("", "exempt"))
    assert [line.variant for line in plain] == ["", ""]
    assert [(line.feedback, line.variant) for line in told] == [("fa", "keep it"), ("fb", "")]
    assert review_item(story, Shown("T", ()), {"1": "a"}, "required").parts[0].lines[0].variant == "share it"


@pytest.mark.row("A14")
def test_review_of_pairs_and_steps_says_what_was_given_and_what_belongs_there():
    pairs = review_item(MATCHING, Shown("X", ("c", "a", "b")), {"a": "b", "b": "b"}).parts[0].lines
    assert [(line.given, line.expected, line.correct) for line in pairs] == [
        ("rb", "ra", False), ("rb", "rb", True), ("", "rc", False),
    ]  # fmt: skip
    steps = review_item(ORDERING, Shown("R", ("y", "x", "z")), ["y", "x", "z"]).parts[0].lines
    assert [(line.given, line.expected, line.correct) for line in steps] == [
        ("ty", "tx", False), ("tx", "ty", False), ("tz", "tz", True),
    ]  # fmt: skip


def test_review_of_a_story_shows_the_steps_that_were_not_reached_too():
    reviewed = review_item(BRANCHING, Shown("B", ("1.b", "1.a", "2.a", "2.b")), {"1": "a"})
    assert [part.prompt for part in reviewed.parts] == ["first?", "then?"]
    assert not any(line.chosen for line in reviewed.parts[1].lines)
