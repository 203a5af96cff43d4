"""Legal presets: what each asks, what several ask together, and the draft of a programme that they make."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import upstander
from upstander.core.preset_draft import Offered, draft_of, smallest_menu
from upstander.core.presets import ANCHORS, CONFIDENCE, INTERACTIVE, KINDS, Preset, covers, read_presets, stack
from upstander.core.topics import TOPICS

FOLDER = Path(upstander.__file__).parent / "programmes" / "presets"
ENTRIES = [e for path in sorted(FOLDER.glob("*.toml")) for e in tomllib.loads(path.read_text("utf-8"))["presets"]]
PRESETS = {preset.id: preset for preset in read_presets(ENTRIES)}
TITLES = {"programme": {"en": "P", "es": "P"}, "topics": {"en": "T", "es": "T"}} | {
    key: {"en": key, "es": key} for key in PRESETS
}


def of(*ids: str) -> list[Preset]:
    return [PRESETS[key] for key in ids]


@pytest.mark.parametrize("preset", PRESETS.values(), ids=str)
def test_every_preset_says_whom_it_concerns_what_to_check_and_how_much_was_read(preset):
    assert preset.kind in KINDS and preset.confidence in CONFIDENCE and preset.interactive in INTERACTIVE
    assert preset.counted_from in ("", *ANCHORS)
    assert set(preset.topics) | set(preset.extra_minutes) <= TOPICS
    for words in (preset.who, preset.check):
        assert set(words) == {"en", "es"} and all(len(text) > 20 for text in words.values())
    assert preset.reference and preset.roles and preset.topics


def test_topics_are_united_and_each_names_the_presets_that_ask_for_it():
    both = stack(of("us-ny-nyc", "us-il-chicago-employee"))
    assert both.topics["bystander"] == ("us-il-chicago-employee", "us-ny-nyc")
    assert both.topics["agency-contacts"] == ("us-ny-nyc",)


def test_the_longest_retention_the_most_minutes_and_the_strictest_form_win_with_their_source():
    both = stack(of("us-ny-nyc", "us-il-chicago-employee", "us-ca-supervisor"))
    assert (both.keep_years.value, both.keep_years.by) == (5, ("us-il-chicago-employee",))
    assert both.keep_years.others == (("us-ca-supervisor", 2), ("us-ny-nyc", 3))
    assert (both.minutes.value, both.minutes.by) == (120, ("us-ca-supervisor",))
    assert both.interactive.value == "required"
    assert both.extra_minutes["bystander"].value == 60


@pytest.mark.parametrize(
    ("start", "due", "by"),
    [
        (date(2026, 1, 15), date(2026, 4, 15), "us-ny-nyc"),
        (date(2026, 8, 31), date(2026, 11, 29), "us-ny-nyc"),
    ],
)
def test_the_earliest_deadline_counts_for_each_first_day(start, due, by):
    first = stack(of("us-ny-nyc", "us-ca-employee")).first_due_on(start)
    assert (first.value, first.by) == (due, (by,))


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2026, 8, 28), date(2027, 2, 28)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 30), date(2028, 2, 29)),
        (date(2026, 3, 1), date(2026, 9, 1)),
    ],
)
def test_six_months_are_calendar_months_that_end_no_later_than_their_month(start, due):
    assert PRESETS["us-ca-employee"].first_due_on(start) == due


def test_a_clock_from_each_completion_covers_a_fixed_year_and_not_the_other_way_round():
    rolling, calendar, july = of("us-ny-state", "us-il-employee", "us-il-chicago-employee")
    assert covers(rolling, calendar) and covers(rolling, july)
    assert not covers(calendar, rolling) and not covers(calendar, july) and not covers(july, calendar)


def test_what_one_clock_cannot_keep_is_told():
    told = {tension.code: tension.presets for tension in stack(of("us-il-employee", "us-il-chicago-employee")).tensions}
    assert told["clocks-differ"] and told["city-not-on-roster"] == ("us-il-chicago-employee",)
    settled = stack(of("us-il-employee", "us-il-chicago-employee", "us-ny-state"))
    assert "clocks-differ" not in {tension.code for tension in settled.tensions}
    assert settled.counted_from.value == "completion"


@given(st.sets(st.sampled_from(sorted(PRESETS)), min_size=1), st.randoms())
def test_a_stack_does_not_depend_on_the_order_and_one_preset_more_never_asks_for_less(keys, random):
    order = sorted(keys)
    random.shuffle(order)
    whole, fewer = stack(of(*order)), stack(of(*order[1:]))
    assert whole == stack(of(*sorted(keys)))
    assert set(fewer.topics) <= set(whole.topics)
    start = date(2026, 8, 31)
    for more, less in (
        (whole.keep_years, fewer.keep_years), (whole.minutes, fewer.minutes),
    ):  # fmt: skip
        assert less is None or more.value >= less.value
    one, other = whole.first_due_on(start), fewer.first_due_on(start)
    assert other is None or one.value <= other.value
    for asked in (whole.keep_years, whole.minutes, whole.every_months, whole.first_due):
        assert asked is None or asked.by


def test_another_text_needs_another_signature_and_the_order_of_its_keys_does_not():
    entry = dict(ENTRIES[0])
    turned = dict(reversed(list(entry.items())))
    changed = {**entry, "keep_years": 99}
    first, same, other = read_presets([entry])[0], read_presets([turned])[0], read_presets([changed])[0]
    assert first.digest == same.digest != other.digest


def test_the_smallest_menu_teaches_what_can_be_taught():
    offered = [
        Offered("long", 60, frozenset({"law", "policy"})),
        Offered("short", 20, frozenset({"law", "policy"})),
        Offered("other", 30, frozenset({"bystander"})),
    ]
    menu = smallest_menu(["law", "policy", "bystander", "consent"], offered)
    assert [course.course_key for course in menu] == ["short", "other"]


def test_what_the_courses_do_not_give_stays_open_and_in_sight():
    offered = [Offered("core", 45, frozenset({"prevention"}))]
    draft = draft_of(stack(of("us-il-chicago-employee", "us-tx-reporting")), "legal", TITLES, offered, date(2026, 7, 1))
    points = {point.code: point.presets for point in draft.open_points}
    assert points["preset-left-out"] == ("us-tx-reporting",)
    assert points["topic-untaught"] == ("bystander",)
    assert points["minutes-short"] == ("us-il-chicago-employee",)
