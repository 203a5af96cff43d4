"""A held roster: kept, released by another officer who proves who they are, or not at all."""

from pathlib import Path

import pytest

from tests.cast import HUGO, INES, MEI, PEOPLE, UNITS, install
from tests.staff import MOMENT, later, open_office
from upstander.actions.officers import officer_by_password
from upstander.actions.roster import import_roster
from upstander.actions.roster_release import release
from upstander.actions.roster_report import Files, Order
from upstander.core.errors import Refusal
from upstander.models import Account, AuditLine, Person, RosterImport

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SHORTER = "".join(line for line in PEOPLE.splitlines(keepends=True) if not line.startswith(INES))


@pytest.fixture
def held(tmp_path):
    """A roster without Ines, asked for by Hugo, held."""
    open_office()
    (tmp_path / "people.csv").write_text(SHORTER, encoding="utf-8")
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    files = Files(tmp_path / "people.csv", tmp_path / "units.csv")
    report = import_roster(files, later(1), Order(requested_by=HUGO))
    return report.held, files


def folder(settings, hold_id):
    return Path(settings.DATA_DIR) / "roster-holds" / str(hold_id)


def test_another_officer_releases_it_and_the_kept_files_apply(held, settings):
    hold_id, files = held
    files.people.unlink()
    report = release(hold_id, MEI, later(2))
    assert report.applied
    assert Person.objects.get(id=INES).vanished_on == later(2).day
    kept = RosterImport.objects.get(pk=hold_id)
    assert (kept.state, kept.released_by, kept.requested_by) == ("released", MEI, HUGO)
    assert not folder(settings, hold_id).exists()
    assert AuditLine.objects.filter(verb="import-roster").last().actor == MEI


def test_the_requester_does_not_release_their_own(held):
    with pytest.raises(Refusal, match="released-by-requester"):
        release(held[0], HUGO, later(2))


def test_a_hold_is_released_once(held):
    release(held[0], MEI, later(2))
    with pytest.raises(Refusal, match="no-such-hold"):
        release(held[0], MEI, later(2))


def test_a_hold_overtaken_by_a_later_roster_is_not_released(held):
    install(later(2))
    with pytest.raises(Refusal, match="hold-outdated"):
        release(held[0], MEI, later(3))


def test_kept_files_that_were_altered_are_not_released(held, settings):
    (folder(settings, held[0]) / "people.csv").write_text(PEOPLE, encoding="utf-8")
    with pytest.raises(Refusal, match="hold-damaged"):
        release(held[0], MEI, later(2))


def test_other_files_than_the_held_ones_are_not_taken_for_them(held):
    held[1].people.write_text(PEOPLE, encoding="utf-8")
    with pytest.raises(Refusal, match="hold-other-files"):
        release(held[0], MEI, later(2), held[1])


def password_of(person_id, password):
    account = Account.objects.get(person_id=person_id)
    account.set_password(password)
    account.save()


def test_an_officer_is_known_by_id_or_address_and_password():
    open_office()
    password_of(MEI, "a long enough secret")
    assert officer_by_password(MEI, "a long enough secret", MOMENT) == MEI
    assert officer_by_password("mei@aldermere.example", "a long enough secret", MOMENT) == MEI


@pytest.mark.parametrize(("who", "word"), [(MEI, "wrong"), (MEI, ""), (INES, "a long enough secret"), ("nobody", "x")])
def test_nobody_else_passes_for_an_officer_and_every_try_is_on_record(who, word):
    open_office()
    for person_id in (MEI, INES):
        password_of(person_id, "a long enough secret")
    with pytest.raises(Refusal, match="officer-not-proved"):
        officer_by_password(who, word, MOMENT)
    assert AuditLine.objects.filter(verb="officer-not-proved").count() == 1


def test_an_officer_who_left_the_roster_is_none_any_more():
    open_office()
    password_of(MEI, "a long enough secret")
    Person.objects.filter(id=MEI).update(vanished_on=MOMENT.day)
    with pytest.raises(Refusal, match="officer-not-proved"):
        officer_by_password(MEI, "a long enough secret", MOMENT)
