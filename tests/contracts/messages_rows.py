"""The rows of a programme's messages; one to somebody else may be sent again by the programme's officers alone."""

from typing import Any

OFFICER = frozenset({"officer"})
MESSAGES: dict[str, list[tuple[Any, ...]]] = {
    "office-messages": [(OFFICER, {"key": "page-b"}), (frozenset({"other officer"}), {"key": "page-a"})],
    "office-message-again": [
        (OFFICER, {"message_id": "notice_id"}, "", "post"),
        (frozenset(), {"message_id": "confided"}, "", "post"),
    ],
}
