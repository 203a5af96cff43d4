"""The rows of what comes back by mail: letters to Ines do. Without a token the door for services exists for nobody."""

from typing import Any

from tests.cast import INES, MOMENT
from upstander.core.notices import address_digest
from upstander.models import FailingAddress

OFFICERS = frozenset({"officer", "other officer"})
POST: dict[str, list[tuple[Any, ...]]] = {
    "office-post": [(OFFICERS,)],
    "office-post-file": [(OFFICERS, {"kind": "csv"}), (OFFICERS, {"kind": "xlsx"})],
    "office-post-release": [(OFFICERS, {"failing_id": "failing"})],
    "post-in": [(frozenset(), {}, "", "post", True)],
}


def failing() -> dict[str, Any]:
    """An address of the learner to which nothing goes."""
    row = FailingAddress.objects.create(
        person_id=INES, address_digest=address_digest("ines@aldermere.example"), reason="permanent",
        first_at=MOMENT.at, last_at=MOMENT.at, suppressed_at=MOMENT.at,
    )  # fmt: skip
    return {"failing": row.pk}
