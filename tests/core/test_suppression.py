"""What is printed of a set of tables keeps every small count uncertain, whatever is subtracted from what."""

from collections import Counter, defaultdict
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from upstander.core.errors import Refusal
from upstander.core.suppression import HIGHEST, LOWEST, MERGED, K, merged_groups, released, share, suppressed

pytestmark = pytest.mark.row("B19")
ANSWERS = ("agree", "neither", "disagree")
FAMILIES = [(), (0,), (1,), (0, 1)]


def table(**groups: tuple[int, ...]) -> dict[tuple[str, str], int]:
    return {
        (answer, group): count
        for group, row in groups.items()
        for answer, count in zip(ANSWERS, row, strict=True)
    }  # fmt: skip


def possible(counts: dict[tuple[str, str], int]) -> tuple[dict, dict]:
    """Every value that each withheld count could have, found by trying all tables that would print the same.

    A spy who knows the rule and everything printed; exact, by brute force. Returns it with the true counts.
    """
    whole, by_group = suppressed(counts)
    shown = merged_groups(group_sizes(counts)) or dict.fromkeys(group_sizes(counts), MERGED)
    true: Counter = Counter()
    for (answer, group), count in counts.items():
        true[answer, shown[group]] += count
        true[answer, ""] += count
    groups = list(by_group.columns)
    rows = [rows_that_print(by_group.columns[group]) for group in groups]
    sums = [{(0,) * len(ANSWERS)}]
    for some in rows:
        sums.append({tuple(a + b for a, b in zip(one, row, strict=True)) for one in sums[-1] for row in some})
    ends = {end for end in sums[-1] if prints(end, whole.columns[()])}
    found = defaultdict(set)
    for end in ends:
        for answer, count in zip(ANSWERS, end, strict=True):
            found[answer, ""].add(count)
    for place, group in enumerate(groups):
        others = {(0,) * len(ANSWERS)}
        for other, some in enumerate(rows):
            if other != place:
                others = {tuple(a + b for a, b in zip(one, row, strict=True)) for one in others for row in some}
        for row in rows[place]:
            if any(tuple(a + b for a, b in zip(row, rest, strict=True)) in ends for rest in others):
                for answer, count in zip(ANSWERS, row, strict=True):
                    found[answer, group[0]].add(count)
    withheld = {
        (answer, group[0] if group else "")
        for shown_table in (whole, by_group)
        for group, column in shown_table.columns.items()
        for answer, percent in column.shares.items()
        if percent is None
    }
    return {cell: found[cell] for cell in withheld}, true


def group_sizes(counts: dict[tuple[str, str], int]) -> Counter:
    sizes: Counter = Counter()
    for (_, group), count in counts.items():
        sizes[group] += count
    return sizes


def prints(row: tuple[int, ...], column) -> bool:
    shares = [column.shares[answer] for answer in ANSWERS]
    return all(p is None or share(count, column.base) == p for count, p in zip(row, shares, strict=True))


def rows_that_print(column) -> list[tuple[int, ...]]:
    base = column.base
    rows = ((a, b, base - a - b) for a in range(base + 1) for b in range(base - a + 1))
    return [row for row in rows if prints(row, column)]


def assert_uncertain(counts: dict[tuple[str, str], int]) -> None:
    found, true = possible(counts)
    for cell, values in found.items():
        assert true[cell] in values
        assert len(values) > 1, (cell, values)
        if true[cell] < K:
            assert len([value for value in values if value < K]) > 1, (cell, values)


@given(st.lists(st.tuples(*[st.integers(0, 13)] * 3), min_size=2, max_size=3))
@settings(max_examples=20)
def test_a_spy_who_tries_all_tables_that_print_the_same_finds_no_withheld_count(rows):
    counts = table(**{f"g{place}": row for place, row in enumerate(rows)})
    if sum(counts.values()) >= K:
        assert_uncertain(counts)


@pytest.mark.parametrize(
    "counts",
    [
        table(staff=(30, 12, 3), faculty=(20, 15, 11)),
        table(staff=(12, 0, 0), faculty=(20, 15, 11)),  # all of one group agree
        table(staff=(12, 0, 0), faculty=(30, 0, 0)),  # everybody agrees
        table(staff=(20, 20, 9), faculty=(20, 20, 20)),
        table(staff=(20, 20, 0), faculty=(20, 20, 0)),
        table(staff=(2, 3, 4), faculty=(20, 20, 20)),
    ],
)
def test_what_looks_safe_and_is_not_stays_uncertain(counts):
    assert_uncertain(counts)


def test_without_what_is_withheld_beside_it_a_small_count_is_the_difference():
    """The spy of these tests does find it where the second rule is left out."""
    counts = table(staff=(30, 12, 3), faculty=(20, 15, 11))
    _, by_group = suppressed(counts)
    assert by_group.columns["staff",].shares["disagree"] is None
    withheld = [answer for answer, percent in by_group.columns["staff",].shares.items() if percent is None]
    assert len(withheld) > 1
    base = by_group.columns["staff",].base
    assert [base - 30 - 12] == [3]


@st.composite
def crossed_answers(draw) -> Counter:
    profiles = list(product(("a", "b"), ("x", "y", "z")))
    return Counter(
        {
            (answer, profile): draw(st.integers(0, 30)) + (12 if answer == "agree" else 0)
            for profile in profiles
            for answer in ANSWERS
        }
    )


@given(crossed_answers())
@settings(max_examples=20)
def test_no_equation_of_any_printed_tables_gives_a_withheld_count(atoms):
    shown = released(atoms, ANSWERS, FAMILIES, K)
    unknowns = sorted(atoms)
    printed, withheld = [], []
    for one in shown:
        for groups, column in one.columns.items():
            rows = {answer: indicator(unknowns, one.axes, groups, answer) for answer in ANSWERS}
            printed.append([sum(values) for values in zip(*rows.values(), strict=True)])
            for answer, percent in column.shares.items():
                if percent is None:
                    withheld.append(rows[answer])
                elif LOWEST < percent < HIGHEST and column.base <= 100:  # else the share is no equation
                    printed.append(rows[answer])
    known = reduced(printed)
    assert [cell for cell in withheld if not any(remainder(cell, known))] == []


def indicator(unknowns, axes, groups, answer) -> list[int]:
    return [int(a == answer and tuple(p[axis] for axis in axes) == groups) for a, p in unknowns]


def reduced(rows: list[list[int]]) -> dict[int, list[Fraction]]:
    known: dict[int, list[Fraction]] = {}
    for row in rows:
        left = remainder(row, known)
        lead = next((place for place, value in enumerate(left) if value), None)
        if lead is not None:
            known[lead] = [value / left[lead] for value in left]
    return known


def remainder(row, known: dict[int, list[Fraction]]) -> list[Fraction]:
    left = [Fraction(value) for value in row]
    for lead in sorted(known):
        if left[lead]:
            left = [a - left[lead] * b for a, b in zip(left, known[lead], strict=True)]
    return left


@given(crossed_answers())
@settings(max_examples=20)
def test_a_mean_stands_only_where_all_of_its_column_is_shown(atoms):
    for one in released(atoms, ANSWERS, FAMILIES, K, {"agree": 3, "neither": 2, "disagree": 1}):
        for column in one.columns.values():
            assert column.mean is None or None not in column.shares.values()


def test_shares_are_whole_percent_and_coded_at_both_ends():
    assert [share(count, 200) for count in (0, 10, 11, 67, 189, 190, 200)] == [5, 5, 6, 34, 95, 95, 95]


def test_a_large_table_is_shown_whole_with_its_mean():
    counts = table(staff=(120, 60, 20), faculty=(100, 50, 50))
    atoms = {(answer, (group,)): count for (answer, group), count in counts.items()}
    whole, by_group = released(atoms, ANSWERS, [(), (0,)], K, {"agree": 3, "neither": 2, "disagree": 1})
    assert whole.columns[()].shares == {"agree": 55, "neither": 28, "disagree": 18}
    assert whole.columns[()].mean == 2.4
    assert by_group.columns["staff",].mean == 2.5


def test_small_groups_stand_together_with_so_many_more_as_it_takes():
    assert merged_groups({"a": 3, "b": 4, "c": 30, "d": 90}) == {"a": MERGED, "b": MERGED, "c": MERGED, "d": "d"}
    assert merged_groups({"a": 3, "b": 14, "c": 30}) == {"a": MERGED, "b": MERGED, "c": "c"}
    assert merged_groups({"a": 30, "b": 40}) == {"a": "a", "b": "b"}


def test_an_axis_with_one_group_left_says_nothing():
    assert merged_groups({"a": 3, "b": 14}) == {}


@pytest.mark.parametrize("k", [0, 5, 9])
def test_the_limit_goes_only_up(k):
    with pytest.raises(Refusal, match="small-cells"):
        suppressed(table(staff=(30, 30, 30)), k)


def test_fewer_people_than_the_limit_are_no_table():
    with pytest.raises(Refusal, match="too-few"):
        suppressed(table(staff=(3, 3, 3)))
