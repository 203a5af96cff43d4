"""The institution's colour must be readable, or it is refused."""

import pytest

from upstander.core.colour import BAND_DARK, accent, contrast, lightened
from upstander.core.errors import Refusal


def test_black_on_white_is_twenty_one_to_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#000000") == pytest.approx(21)


def test_the_measured_value_of_a_known_pair_is_right():
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_the_shipped_colours_are_accepted():
    assert accent("#0b5a5c", "#7fd0cd").dark == "#7fd0cd"


@pytest.mark.parametrize("colour", ["#ffcc00", "#7fd0cd", "#8a8a8a"])
def test_a_colour_that_cannot_be_read_on_paper_is_refused_with_its_ratio(colour):
    with pytest.raises(Refusal) as refused:
        accent(colour)
    assert refused.value.code == "accent-contrast"
    assert refused.value.data["ratio"] < 4.5


def test_a_dark_theme_colour_that_cannot_be_read_is_refused():
    with pytest.raises(Refusal):
        accent("#0b5a5c", "#0b5a5c")


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", "", "#0b5a5c; }"])
def test_what_is_not_a_colour_is_refused(colour):
    with pytest.raises(Refusal) as refused:
        accent(colour)
    assert refused.value.code == "colour-not-hex"


@pytest.mark.parametrize("colour", ["#0b5a5c", "#8b0000", "#1a1a80", "#000000"])
def test_without_a_dark_colour_one_is_made_that_reads_well(colour):
    assert contrast(lightened(colour), BAND_DARK) >= 7
    assert contrast(accent(colour).dark, BAND_DARK) >= 7
