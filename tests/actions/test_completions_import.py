"""Completions from elsewhere: what counts, what is told, what a repeated row does."""

import pytest

from tests.cast import HUGO, INES, MOMENT
from tests.staff import later, open_office
from upstander.actions.completions_import import import_completions
from upstander.core.errors import Refusal
from upstander.models import Completion, CompletionScore, Standing, StandingChange

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HEADER = "person_id,course_key,completed_on,role,source,score\n"


@pytest.fixture
def bring(tmp_path):
    open_office()

    def bring(rows, header=HEADER, **more):
        path = tmp_path / "completions.csv"
        path.write_text(header + rows, encoding="utf-8")
        bad = []
        report = import_completions(path, later(1), bad=bad.append, **more)
        return report, [(problem.line, problem.column, problem.code) for problem in bad]

    return bring


@pytest.mark.row("A14")
def test_an_earlier_completion_settles_the_duty(bring):
    report, _ = bring(f"{INES},option-c,2020-11-03,employee,old system,\n")
    assert (report.new, report.applied) == (1, True)
    standing = Standing.objects.get(person_id=INES, programme_id="page-b")
    assert (standing.state, standing.satisfied_ref) == ("satisfied", str(Completion.objects.get().pk))
    assert StandingChange.objects.filter(person_id=INES, programme_id="page-b").last().cause == "completion"


def test_a_repeated_row_changes_nothing(bring):
    row = f"{INES},option-c,2020-11-03,employee,old system,91\n"
    bring(row + row)
    report, _ = bring(row.replace("91", "95"))
    assert (report.new, report.known) == (0, 1)
    assert Completion.objects.count() == 1
    assert CompletionScore.objects.get().score == "91"


def test_a_course_that_is_not_installed_is_taken(bring):
    assert bring(f"{INES},core-2018,2018-11-03,employee,,\n")[0].new == 1
    assert Completion.objects.get().source == "import"


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("99999999,core,2020-11-03,employee,,", "person_id", "unknown-person"),
        ("9,core,2020-11-03,employee,,", "person_id", "not-8-digits"),
        (f"{INES},core,2021-01-22,employee,,", "completed_on", "in-the-future"),
        (f"{INES},core,2020-02-30,employee,,", "completed_on", "no-such-day"),
        (f"{INES},core,2020-02-20,boss,,", "role", "not-a-role"),
        (f"{INES},,2020-02-20,employee,,", "course_key", "blank"),
        (f"{INES},=core,2020-02-20,employee,,", "course_key", "formula"),
        (f"{INES},core", "", "ragged"),
        (f'{INES},"core" x,2020-02-20,employee,,', "", "stray-quote"),
    ],
)
def test_a_bad_row_is_told_and_the_others_apply(bring, row, column, code):
    report, bad = bring(f"{row}\n{HUGO},option-a,2020-11-03,employee,,\n")
    assert bad == [(2, column, code)]
    assert (report.new, report.bad) == (1, 1)
    assert Completion.objects.get().person_id == HUGO


def test_a_completion_of_today_is_taken(bring):
    assert bring(f"{INES},core,2021-01-21,employee,,\n")[0].new == 1


def test_a_dry_run_writes_nothing(bring):
    report, _ = bring(f"{INES},core,2020-11-03,employee,,\n", dry_run=True)
    assert (report.new, report.applied, Completion.objects.count()) == (1, False, 0)


def test_a_fault_at_the_end_of_the_file_leaves_its_beginning_out_too(tmp_path):
    open_office()
    path = tmp_path / "completions.csv"
    path.write_bytes((HEADER + f"{INES},core,2020-11-03,employee,,\n").encode() * 1 + b"\xff\n")
    with pytest.raises(Refusal, match="file-not-utf8"):
        import_completions(path, MOMENT)
    assert not Completion.objects.exists()


def test_a_missing_column_refuses_the_file(bring):
    with pytest.raises(Refusal, match="header-missing-columns"):
        bring("", header="person_id,course_key\n")
