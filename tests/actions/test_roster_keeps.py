"""What a later roster keeps: appointments that had ended, and the address by which people sign in."""

from datetime import date
from pathlib import Path

import pytest

import upstander
from tests.cast import EVERYBODY, HUGO, INES, MOMENT, install
from tests.crowd import MANY, later
from upstander.actions.programmes import import_programme
from upstander.models import Account, Appointment, Person, Standing
from upstander.queries.facts import facts_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PAGE_B = Path(upstander.__file__).parent / "programmes" / "page-b.toml"


def test_an_ended_appointment_that_left_the_file_stays_and_a_renewal_moves_no_date():
    import_programme(PAGE_B.read_text(encoding="utf-8"), MOMENT, "test")
    row = next(line for line in MANY.splitlines() if line.startswith(INES))
    ended = row.removesuffix("2015-09-01,,,,") + "2015-09-01,2021-01-15,,,"
    renewed = row.replace("a-ines", "a-ines-2").removesuffix("2015-09-01,,,,") + "2021-01-16,,,,"
    install(people=MANY.replace(row, f"{ended}\n{renewed}"))
    before = Standing.objects.get(person_id=INES).due_on
    install(later(1), people=MANY.replace(row, renewed))
    rows = Appointment.objects.filter(person_id=INES).order_by("id")
    assert list(rows.values_list("id", flat=True)) == ["a-ines", "a-ines-2"]
    assert Standing.objects.get(person_id=INES).due_on == before == date(2021, 2, 17)
    assert facts_of(INES) == facts_of(INES, known_at=later(2).at)
    assert install(later(2), people=MANY.replace(row, renewed)).people["unchanged"] == len(EVERYBODY) + 60


def test_a_new_address_on_the_roster_is_the_one_to_sign_in_with():
    install(people=MANY)
    account = Account.objects.create_user("ines@aldermere.example", "a long password", Person.objects.get(pk=INES))
    install(later(1), people=MANY.replace("ines@aldermere.example", "ines.okafor@aldermere.example"))
    account.refresh_from_db()
    assert account.email == "ines.okafor@aldermere.example"


def test_an_address_that_another_account_holds_is_not_taken_over():
    install(people=MANY)
    Account.objects.create_user("ines@aldermere.example", "a long password", Person.objects.get(pk=INES))
    other = Account.objects.create_user("hugo@aldermere.example", "a long password", Person.objects.get(pk=HUGO))
    install(later(1), people=MANY.replace("hugo@aldermere.example", "ines@aldermere.example"))
    other.refresh_from_db()
    assert other.email == "hugo@aldermere.example"
