"""The rows of files that people send, and of what the office does with a case: files of Ines's cases, Lin's request.

Lin, of whom nothing is asked, has been granted access, so that the pages of the courses are open to every role.
"""

from typing import Any

from tests import sent_files as sent
from tests.cast import INES, LIN, MOMENT
from upstander.actions.case_files import keep_file
from upstander.core.requests import VOLUNTARY_ACCESS
from upstander.models import Case, CourseAccess

OWNER, OFFICER, CUSTODIAN = frozenset({"learner"}), frozenset({"officer"}), frozenset({"custodian"})
NOBODY: frozenset[str] = frozenset()
FILE = {"case_id": "case", "file_id": "file"}
CONFIDED = {"case_id": "confided", "file_id": "confided_file"}
#: A file under the case to which it does not belong.
ASTRAY = {"case_id": "confided", "file_id": "file"}
ASKING: dict[str, list[tuple[Any, ...]]] = {
    "case-files": [(OWNER, {"case_id": "case"}, "", "post")],
    "case-file": [(OWNER, FILE), (OWNER, CONFIDED), (NOBODY, ASTRAY)],
    "office-case-file": [(OFFICER, FILE), (NOBODY, CONFIDED)],
    "confidence-case-file": [(CUSTODIAN, CONFIDED), (NOBODY, FILE), (NOBODY, ASTRAY)],
    "case-file-remove": [(OWNER, FILE, "", "post"), (OWNER, CONFIDED, "", "post"), (NOBODY, ASTRAY, "", "post")],
    "office-case-file-remove": [(OFFICER, FILE, "", "post"), (NOBODY, CONFIDED, "", "post")],
    "confidence-case-file-remove": [(CUSTODIAN, CONFIDED, "", "post"), (NOBODY, FILE, "", "post")],
    "office-case-access": [(OFFICER, {"case_id": "wanted_access"}), (NOBODY, {"case_id": "case"})],
    "office-case-hands": [(OFFICER, {"case_id": "case"}, "", "post"), (NOBODY, {"case_id": "confided"}, "", "post")],
    "office-cases-file": [(frozenset({"officer", "other officer"}), {"kind": "csv"})],
}


def filed() -> dict[str, Any]:
    """A file of a case and of one in confidence, and a request for courses that was granted."""
    cases = {kind: Case.objects.filter(person_id=INES, kind=kind).first() for kind in ("wrong-fact", "another-way")}
    files = [keep_file(case, "a.pdf", sent.a_pdf(), MOMENT, "test").pk for case in cases.values() if case]
    wanted = Case.objects.create(
        number="wanted", kind=VOLUNTARY_ACCESS, person_id=LIN, programme_id="page-b", cycle="2020-21", owner="officer",
        opened_at=MOMENT.at, opened_by=f"person:{LIN}",
    )  # fmt: skip
    CourseAccess.objects.create(
        person_id=LIN, programme_id="page-b", case=wanted, granted_at=MOMENT.at, granted_by="test"
    )  # fmt: skip
    return {"file": files[0], "confided_file": files[1], "wanted_access": wanted.pk}
