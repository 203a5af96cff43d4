"""A past day asked again gives what was said on it: by the rules, the roster and the record as they were known then."""

import json
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.cast import AMARA, INES, TOMAS, UNITS, install
from tests.chronicle import DOCUMENT, FEW, Chronicle, adjust, at, complete, end, publish, retract
from upstander.core.decide import decide
from upstander.core.replay import end_of_day
from upstander.jobs.cli import main as cli
from upstander.queries.facts import iter_facts
from upstander.queries.past import answer, learnt_since
from upstander.queries.programmes import all_published
from upstander.queries.standings import stood_then

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.row("C03")]
ZONE = "America/New_York"
FIRST, FIFTH, TENTH = date(2021, 3, 1), date(2021, 3, 5), date(2021, 3, 10)


@pytest.fixture(autouse=True)
def no_brake(settings):
    """A roster of six people changes by more than the brake lets through whenever anybody does."""
    limits = {"people_gone_percent": 100, "duties_changed_percent": 1000}
    settings.INSTITUTION = {**settings.INSTITUTION, "roster": limits}


def known(day):
    return end_of_day(day, ZONE)


def typed(*words):
    app = cli._application({verb: cli.VERBS[verb] for verb in ("decide", "explain")})
    return CliRunner().invoke(app, [str(word) for word in words])


def state(person_id, day, known_on=None):
    return answer(person_id, "page-b", day, known(known_on) if known_on else None).decision.state


@given(seed=st.integers(0, 2**32))
@hypothesis_settings(max_examples=12, suppress_health_check=[*HealthCheck])
def test_every_evening_replayed_is_what_was_decided_that_evening(seed):
    with transaction.atomic():
        chronicle = Chronicle(seed)
        for day, evening in chronicle.evenings.items():
            again = {
                (facts.person_id, rules.key): decide(rules, facts, day)
                for rules in all_published(known(day))
                for facts in iter_facts(None, known(day))
            }
            assert again == evening, "\n".join([f"evening of {day}", *chronicle.happened])
            _history_says(day, evening)
        transaction.set_rollback(True)


def _history_says(day, evening):
    """The stored history alone reproduces what a list shows of that evening."""
    for (person_id, key), decision in evening.items():
        stored = stood_then(person_id, key, known(day))[decision.cycle].after
        for name in ("state", "group", "opens_on", "due_on", "satisfied_by"):
            assert stored[name] == decision.as_json()[name], f"{person_id} on {day}: {name}"


@pytest.fixture
def march():
    install(at(date(2021, 1, 12)), FEW, UNITS)
    publish(DOCUMENT.replace("2021-02-17", "2021-03-31"), 1, at(date(2021, 1, 12), 13))


def test_a_fact_true_on_the_first_and_known_on_the_tenth(march):
    ended = FEW.replace(",no,2015-09-01,,,,", ",no,2015-09-01,2021-03-01,,,")
    install(at(TENTH), ended, UNITS)
    assert state(INES, FIFTH, known_on=FIFTH) == "open"
    assert state(INES, FIFTH) == "not-required"
    assert state(INES, TENTH, known_on=TENTH) == "not-required"
    assert state(INES, TENTH, known_on=TENTH - timedelta(days=1)) == "open"


def test_a_completion_recorded_late_counts_from_its_own_day_once_it_is_known(march):
    complete(INES, at(TENTH), on=FIRST)
    assert state(INES, FIFTH, known_on=FIFTH) == "open"
    assert state(INES, FIFTH) == "satisfied"
    assert state(INES, FIRST - timedelta(days=1)) == "open"


def test_a_completion_taken_back_still_stood_before_that(march):
    done = complete(INES, at(FIRST), on=FIRST)
    retract(done, at(TENTH))
    assert state(INES, FIFTH, known_on=FIFTH) == "satisfied"
    assert state(INES, FIFTH) == "open"
    assert state(INES, FIFTH, known_on=TENTH) == "open"


def test_a_waiver_holds_while_it_is_known_and_not_ended(march):
    record = adjust(INES, "waiver", at(FIRST), from_on=FIRST)
    end(record, at(TENTH))
    assert [state(INES, FIFTH, on) for on in (FIRST - timedelta(days=1), FIRST, FIFTH, TENTH)] == [
        "open", "waived", "waived", "open",
    ]  # fmt: skip


def test_a_person_who_vanished_later_was_there_before(march):
    install(at(TENTH), "".join(line for line in FEW.splitlines(keepends=True) if not line.startswith(INES)), UNITS)
    assert state(INES, FIFTH, known_on=FIFTH) == "open"
    assert state(INES, TENTH, known_on=TENTH) == "not-required"
    install(at(TENTH + timedelta(days=2)), FEW, UNITS)
    assert state(INES, TENTH, known_on=TENTH) == "not-required"
    assert state(INES, TENTH) == "open"


def test_the_rules_of_a_past_day_are_those_that_were_published_by_its_end(march):
    publish(DOCUMENT.replace("2021-02-17", "2021-03-04"), 2, at(FIFTH, 23, 30))
    publish(DOCUMENT.replace("2021-02-17", "2021-04-09"), 3, at(TENTH, 0, 10))
    assert state(INES, FIFTH, known_on=FIFTH - timedelta(days=1)) == "open"
    assert state(INES, FIFTH, known_on=FIFTH) == "overdue"
    assert state(INES, FIFTH) == "open"
    assert answer(INES, "page-b", FIFTH, known(FIFTH)).version.number == 2


def test_the_end_of_a_day_is_that_of_the_institution(march):
    complete(INES, at(FIFTH, 23, 59), on=FIFTH)
    complete(TOMAS, at(FIFTH + timedelta(days=1), 0, 1), on=FIFTH)
    assert state(INES, FIFTH, known_on=FIFTH) == "satisfied"
    assert state(TOMAS, FIFTH, known_on=FIFTH) != "satisfied"


def test_what_is_not_on_record_yet_is_said_and_not_guessed(march):
    before = date(2021, 1, 11)
    assert answer(INES, "page-b", before, known(before)).refused == "not-published-then"
    refused = typed("decide", "--programme", "page-b", "--known-on", before)
    assert refused.exit_code == 1
    assert refused.exception.code == "not-published-then"


def test_why_a_past_day_is_decided_otherwise_now(march):
    complete(INES, at(TENTH), on=FIRST)
    publish(DOCUMENT.replace("2021-02-17", "2021-03-31").replace("#", "# ", 1), 2, at(TENTH, 18))
    then, now = answer(INES, "page-b", FIFTH, known(FIFTH)), answer(INES, "page-b", FIFTH)
    (learnt,) = learnt_since(INES, "page-b", FIFTH, known(FIFTH), then, now)
    assert [cause.code for cause in learnt.causes] == ["completion"]
    assert (learnt.at, learnt.after.decision.state) == (at(TENTH).at, "satisfied")


def test_a_unit_that_moved_is_named_as_what_became_known(march):
    install(at(TENTH), FEW, UNITS.replace("music,arts,", "music,research,"))
    then, now = answer(INES, "page-b", FIFTH, known(FIFTH)), answer(INES, "page-b", FIFTH)
    assert (then.decision.group, now.decision.group) == ("all-schools", "vp-research")
    (learnt,) = learnt_since(INES, "page-b", FIFTH, known(FIFTH), then, now)
    assert [cause.code for cause in learnt.causes] == ["unit-changed"]


def test_nothing_is_named_where_nothing_changed(march):
    then, now = answer(AMARA, "page-b", FIFTH, known(FIFTH)), answer(AMARA, "page-b", FIFTH)
    assert learnt_since(AMARA, "page-b", FIFTH, known(FIFTH), then, now) == []


def test_the_verb_decides_by_what_was_known_and_says_by_which_version_and_roster(march):
    complete(INES, at(TENTH), on=FIRST)
    then = typed("decide", "--programme", "page-b", "--known-on", FIFTH, "--person", INES, "--json")
    assert then.exit_code == 0
    assert json.loads(then.stdout)["state"] == "open"
    assert "As it was known at the end of 5 March 2021: by version 1 of the rules" in then.stderr
    now = typed("decide", "--programme", "page-b", "--as-of", FIFTH, "--person", INES, "--json")
    assert json.loads(now.stdout)["state"] == "satisfied"


def test_the_verb_explains_a_past_day_as_it_was_known(march):
    complete(INES, at(TENTH), on=FIRST)
    said = typed("explain", INES, "--programme", "page-b", "--known-on", FIFTH).stdout
    assert "5 March 2021" in said.splitlines()[0]
    assert "Open" in said.splitlines()[0]
    assert "published on 12 January 2021, from what the roster last said on 12 January 2021" in said
