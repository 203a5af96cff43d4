"""The rows of arrangements: Ines ("learner") on paper, Ruth ("department") helps, Mei ("officer") runs page-b."""

from typing import Any

from tests.contracts.in_person_rows import OFFICERS, OWNER, SIGNED_IN

OFFICER, HELPER = frozenset({"officer"}), frozenset({"department"})
OF = {"arrangement_id": "arrangement_id"}
SHEET, MARKED = {"number": "sheet"}, {**OF, "number": "marked_sheet"}
ARRANGED: dict[str, list[tuple[Any, ...]]] = {
    "office-arrangements": [(OFFICERS,)],
    "office-arrange": [(OFFICER, {"standing_id": "standing_id"}), (frozenset(), {"standing_id": "own_standing"})],
    "office-arrangement": [(OFFICER, OF), (OFFICER, OF, "", "post")],
    "office-arrangement-sheet": [(OFFICER, OF)],
    "office-arrangement-course": [(OFFICER, OF)],
    "office-paper": [(OFFICERS,), (OFFICERS, {}, "", "post")],
    "office-paper-sheet": [(OFFICER, SHEET), (OFFICER, SHEET, "", "post")],
    "arrangement": [(OWNER, OF)],
    "arrangement-calendar": [(OWNER, OF)],
    "arrangement-review": [(OWNER, MARKED)],
    "helping": [(SIGNED_IN,)],
    "helping-sheet": [(HELPER, OF)],
    "helping-course": [(HELPER, OF)],
}
