"""A programme read back: whole sentences in both languages, whatever it says."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

import upstander
from upstander.core.conditions import VALUE_KINDS, AllOf, AnyOf, Not
from upstander.core.conditions import Test as Condition
from upstander.core.cycles import EveryCycles, OwnCycles
from upstander.core.programme import LegalPreset, Window
from upstander.core.programme_difference import things
from upstander.core.programme_file import parse_programme
from upstander.core.requirement import Equivalency, Part
from upstander.words.lists import and_list, or_list
from upstander.words.rules import PARTS, difference_sentences, rule_items, rule_sentences
from upstander.words.rules_conditions import Names, clause

PROGRAMMES = Path(upstander.__file__).parent / "programmes"
PAGE_A, PAGE_B = (
    parse_programme((PROGRAMMES / f"{key}.toml").read_text(encoding="utf-8")) for key in ("page-a", "page-b")
)
LANGUAGES = ("en", "es")
WANTED = {"categories": ("staff", "postdoc"), "yes-no": True, "words": ("one", "other"), "whole-number": 3}
LEAVES = st.sampled_from([Condition(key, WANTED[kind]) for key, kind in sorted(VALUE_KINDS.items())])
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(AllOf, st.lists(inner, max_size=3).map(tuple))
        | st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple))
    ),
    max_leaves=12,
)


def said(rules, part, lang="en"):
    return dict(rule_sentences(rules, lang)).get(part, [])


def clause_in(lang, condition):
    with override(lang):
        return clause(condition, Names())


# conditions


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", sorted(VALUE_KINDS))
def test_every_condition_has_a_clause_and_its_contrary_another(lang, key):
    condition = Condition(key, WANTED[VALUE_KINDS[key]])
    yes, no = clause_in(lang, condition), clause_in(lang, Not(condition))
    assert yes != no
    assert not re.search(r"%\(|[{}]", yes + no)
    assert clause_in("en", condition) != clause_in("es", condition)


def test_a_tree_reads_as_one_clause_in_which_brackets_say_what_belongs_together():
    paid, student = Condition("paid", True), Condition("category", ("graduate_student",))
    tree = AllOf((AnyOf((paid, student)), Not(Condition("area", ("central",)))))
    assert clause_in("en", tree) == (
        "(the appointment is paid or the category is graduate student) and the unit does not belong to the area "
        "“central”"
    )
    assert clause_in("es", tree) == (
        "(el nombramiento es remunerado o la categoría es estudiantado de posgrado) y la unidad no pertenece al área "
        "«central»"
    )


def test_what_is_not_so_of_several_is_said_as_a_whole():
    both = AllOf((Condition("paid", True), Condition("supervises", True)))
    assert clause_in("en", Not(both)) == (
        "it is not so that (the appointment is paid and the person supervises others)"
    )
    assert clause_in("en", Not(Not(Condition("paid", True)))) == "the appointment is paid"
    assert clause_in("en", Not(Condition("paid", False))) == "the appointment is paid"


@pytest.mark.parametrize("lang", LANGUAGES)
@given(TREES)
def test_a_tree_of_any_depth_is_one_clause_with_its_brackets_closed(lang, tree):
    text = clause_in(lang, tree)
    depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        assert depth >= 0
    assert depth == 0
    assert text and "%(" not in text and "  " not in text


# lists


@pytest.mark.parametrize(
    ("things_", "expected"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a y b"),
        (["a", "b", "c"], "a, b y c"),
        (["madre", "hija"], "madre e hija"),
        (["geografía", "historia"], "geografía e historia"),
        (["agua", "hielo"], "agua y hielo"),
        (["a", "«iris»"], "a e «iris»"),
        (["a, b", "c"], "a, b, y c"),
        (["a, b", "c", "d"], "a, b; c; y d"),
    ],
)
def test_spanish_joins_by_y_and_by_e_before_its_sound(things_, expected):
    with override("es"):
        assert and_list(things_) == expected


@pytest.mark.parametrize(
    ("last", "word"), [("otro", "u"), ("hombre", "u"), ("8", "u"), ("11", "u"), ("110", "o"), ("1", "o"), ("c", "o")]
)
def test_spanish_says_u_before_the_sound_o(last, word):
    with override("es"):
        assert or_list(["7", last]) == f"7 {word} {last}"


def test_english_joins_by_and_and_or():
    with override("en"):
        assert (and_list(["a", "b", "c"]), or_list(["a", "b"])) == ("a, b and c", "a or b")


# parts


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("rules", [PAGE_A, PAGE_B], ids=lambda rules: rules.key)
def test_every_sentence_is_whole(lang, rules):
    for part, sentences in rule_sentences(rules, lang):
        assert sentences, part
        for sentence in sentences:
            assert sentence[0].isupper() or sentence[0] in "“«", sentence
            assert sentence.endswith("."), sentence
            assert "%(" not in sentence and "{" not in sentence


def test_every_part_of_a_file_is_read_back():
    assert set(PARTS) == set(things(PAGE_B))


def test_no_sentence_is_the_same_in_both_languages():
    en, es = rule_items(PAGE_B, "en"), rule_items(PAGE_B, "es")
    assert [item.key for item in en] == [item.key for item in es]
    assert not {item.sentence for item in en} & {item.sentence for item in es}


def test_what_page_b_says_of_its_groups():
    assert said(PAGE_B, "groups")[0] == (
        "“All schools (including faculty)” opens on 13 January 2021 and is due on 17 February 2021. It takes "
        "appointments for which this holds: the category is faculty, staff or postdoctoral researcher, and the unit "
        "belongs to the area “school”."
    )
    assert said(PAGE_B, "requirement", "es") == [
        "Hay que completar uno de estos: «option-a», «option-b», «option-c», «option-d» u «option-e»."
    ]


def test_courses_and_units_go_by_their_names():
    names = Names(courses={"core": "The core course"})
    assert dict(rule_sentences(PAGE_A, "en", names))["requirement"] == [
        "The course “The core course” is to be completed."
    ]


def test_cycles_of_every_kind_are_told():
    every = replace(PAGE_A, cycles=EveryCycles(date(2021, 1, 31), 24, "next-day"))
    assert said(every, "cycle") == [
        "A new cycle begins for everybody every 24 months, the first on 31 January 2021.",
        "Where a month has no such day, the first day of the next month stands for it.",
    ]
    own = replace(PAGE_A, cycles=OwnCycles("completion", 24, "last-day", date(2021, 1, 1), 60))
    assert said(own, "cycle") == [
        "Everybody has cycles of their own: it is due again 24 months after it was completed.",
        "The renewal opens 60 days before it is due.",
        "Nothing opens before 1 January 2021.",
        "Where a month has no such day, its last day stands for it.",
    ]
    hired = replace(PAGE_A, cycles=OwnCycles("hire", 1, "last-day", date(2021, 1, 1)))
    assert "every month, counted from the day of hire" in said(hired, "cycle")[0]


def test_the_windows_that_an_earlier_period_keeps_are_told():
    kept = {("2020-21", "central"): Window(date(2021, 5, 4), date(2021, 6, 11))}
    assert said(replace(PAGE_B, period_windows=kept), "cycle")[1] == (
        "In the cycle “2020-21”, “Central and academic administration” opens on 4 May 2021 and is due on 11 June 2021."
    )


def test_parts_inside_parts_are_numbered_as_an_outline():
    parts = (
        Part("base", {"en": "Base", "es": "Base"}, complete=1, of=("option-a", "option-b")),
        Part("more", when=Condition("supervises", True), parts=(
            Part("pack", of=("option-c",)),
            Part("topics", minutes=120, topics=("supervisor-duties",), within_months=24),
        )),
    )  # fmt: skip
    rules = replace(PAGE_B, parts=parts, need=2)
    assert said(rules, "requirement") == [
        "Every part of the requirement that applies to a person is needed.",
        "Part 1 is “Base”.",
        "For part 1, one of these is to be completed: “option-a” or “option-b”.",
        "Part 2 is “more”.",
        "Part 2 is only for people with an appointment for which this holds: the person supervises others.",
        "For part 2, every part inside it that applies is needed.",
        "Part 2.1 is “pack”.",
        "For part 2.1, the course “option-c” is to be completed.",
        "Part 2.2 is “topics”.",
        "For part 2.2, 120 minutes of courses on these topics are needed within the last 24 months: the duties of "
        "supervisors.",
    ]
    assert said(rules, "requirement", "es")[-1].startswith("Para la parte 2.2 hacen falta 120 minutos de cursos sobre")


def test_what_an_option_is_worth_and_until_when_is_told():
    option = replace(PAGE_B.options[0], minutes=45, topics=("policy",), withdrawn_on=date(2021, 3, 1))
    sentences = said(replace(PAGE_B, options=(option, *PAGE_B.options[1:])), "options")[:4]
    assert sentences[1] == "“option-a” counts as 45 minutes."
    assert sentences[2] == "“option-a” covers these topics: the institution’s policy."
    assert sentences[3].startswith("“option-a” is withdrawn on 1 March 2021: whoever began it before may finish it")


def test_an_equivalency_says_its_direction_its_days_and_its_limits():
    one = Equivalency("outside", "option-a", date(2020, 7, 1), date(2021, 6, 30), ("2020-21",), 1)
    assert said(replace(PAGE_B, equivalencies=(one,)), "equivalencies") == [
        "“outside” counts as “option-a”, and never the other way.",
        "This holds for “outside” taken from 1 July 2020 to 30 June 2021.",
        "“outside” counts so in these cycles only: “2020-21”.",
        "In one cycle at most 1 course of a person may be met in this way.",
    ]


def test_laws_and_records_are_told():
    rules = replace(PAGE_B, legal=(LegalPreset("us-ny-state", "d"),), keep_years=4)
    assert said(rules, "legal") == ["The rules of the legal preset “us-ny-state” are met here."]
    assert said(rules, "records") == ["Records are kept for at least 4 years."]


def test_leave_that_always_or_never_counts_is_one_sentence():
    assert len(said(PAGE_A, "leave")) == 1
    assert said(replace(PAGE_B, deferring_leave=frozenset()), "leave") == [
        "No kind of leave changes anything: the clock runs on."
    ]


# differences


def sentences(old, new, lang="en"):
    return [told.sentence for told in difference_sentences(old, new, lang)]


def test_a_moved_window_is_told_by_its_days_alone():
    groups = (replace(PAGE_B.groups[0], window=Window(date(2021, 1, 13), date(2021, 2, 19))), *PAGE_B.groups[1:])
    new = replace(PAGE_B, groups=groups)
    assert sentences(PAGE_B, new) == [
        "“All schools (including faculty)” is due on 19 February 2021 instead of 17 February 2021."
    ]
    assert sentences(PAGE_B, new, "es") == [
        "«Todas las escuelas (incluido el profesorado)» vence el 19 de febrero de 2021 en lugar del 17 de febrero de "
        "2021."
    ]


def test_what_is_new_what_is_gone_and_what_is_otherwise_is_told_from_what_to_what():
    new = replace(PAGE_B, exemptions=(), grace_days=3, keep_years=4)
    told = difference_sentences(PAGE_B, new, "en")
    assert [(each.part, each.kind) for each in told] == [
        ("exemptions", "removed"), ("window", "changed"), ("records", "changed"),
    ]  # fmt: skip
    assert told[0].sentence.startswith("No longer: Whoever was onboarded as an employee on 1 July 2020 or later")
    assert told[1].before.endswith("Whatever is not done by the end of its due day is overdue.")
    assert told[1].after.endswith("After its due day it is accepted for 3 more days; then it is overdue.")
    assert told[2].sentence == "New: Records are kept for at least 4 years."


def test_another_order_of_the_groups_is_told():
    told = difference_sentences(PAGE_B, replace(PAGE_B, groups=PAGE_B.groups[::-1]), "en")
    assert [(each.part, each.kind) for each in told] == [("groups", "moved")]
    assert told[0].sentence.startswith("Before: Where several groups match, the first in this order is the one: “All")


def test_a_text_that_differs_only_in_the_other_language_is_told_as_such():
    new = replace(PAGE_B, title={**PAGE_B.title, "es": "Otro nombre"})
    assert sentences(PAGE_B, new)[0].startswith("This is worded differently in another language:")
    assert "Otro nombre" in sentences(PAGE_B, new, "es")[0]


def test_versions_that_say_the_same_differ_in_nothing():
    assert sentences(PAGE_B, replace(PAGE_B, version=9)) == []
