"""Days as they are typed: one that cannot be meant is bad usage, not a failure."""

from datetime import date

import pytest
import typer

from upstander.jobs.cli.days import day_of


def test_a_day_is_read():
    assert day_of("2021-02-17") == date(2021, 2, 17)


@pytest.mark.parametrize(
    "typed", ["2021-02-30", "0202-02-17", "9999-12-31", "17.02.2021", "20210217", "2021-W07-3", "today", ""]
)
def test_a_day_that_cannot_be_meant_is_bad_usage(typed):
    with pytest.raises(typer.BadParameter, match="YYYY-MM-DD"):
        day_of(typed)
