"""Whatever the file: importing it twice is importing it once, and nobody is ever half written."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import MOMENT, UNITS
from upstander.actions.roster import import_roster
from upstander.actions.roster_report import Files
from upstander.models import Appointment, Person, RosterRecord

pytestmark = pytest.mark.django_db
CELLS = {
    "person_id": st.sampled_from(["40000001", "40000002", "40000003", "400", ""]),
    "legal_last_name": st.sampled_from(["Núñez", "Núñez", "=1+1", "a\nb", "Smith, Jr."]),
    "email": st.sampled_from(["a@x.example", "a@x.example", "b@x.example", "nobody"]),
    "appointment_id": st.sampled_from(["j1", "j2", "j3", "j4"]),
    "category": st.sampled_from(["staff", "faculty", "staff", "wizard"]),
    "unit_id": st.sampled_from(["music", "biology", "music", "nowhere"]),
    "paid": st.sampled_from(["yes", "no", "", "perhaps"]),
    "leave_kind": st.sampled_from(["", "", "medical"]),
    "leave_from": st.sampled_from(["", "", "2021-01-05", "2021-02-05"]),
    "odd one": st.text(alphabet="ab,\"' \r\t;=é\u202e😀", max_size=6),
}
ROWS = st.lists(st.fixed_dictionaries(CELLS), min_size=1, max_size=8)


def quoted(cell):
    return '"' + cell.replace('"', '""') + '"'


def written():
    return (
        list(Person.objects.order_by("id").values()),
        list(Appointment.objects.order_by("id").values()),
        list(RosterRecord.objects.order_by("id").values()),
    )


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=ROWS, second=ROWS)
def test_twice_is_once_and_everybody_is_whole(first, second, db):
    with TemporaryDirectory() as name, transaction.atomic():
        folder = Path(name)
        (folder / "units.csv").write_text(UNITS, encoding="utf-8")
        for rows in (first, second):
            lines = [",".join(CELLS), *(",".join(map(quoted, row.values())) for row in rows)]
            (folder / "people.csv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
            files = Files(folder / "people.csv", folder / "units.csv")
            once = import_roster(files, MOMENT)
            state = written()
            twice = import_roster(files, MOMENT)
            assert written() == state
            assert (once.bad_cells, once.held) == (twice.bad_cells, twice.held)
            for person in Person.objects.filter(vanished_on=None):
                document = person.records.last().document
                kept = sorted(person.appointments.values_list("id", flat=True))
                assert kept == [row["appointment_id"] for row in document["appointments"]] != []
        transaction.set_rollback(True)
