"""The rows of the matrix that stand in files of their own, put together: one line here for each further file."""

from typing import Any

from tests.contracts.arrangement_rows import ARRANGED
from tests.contracts.asking_rows import ASKING, filed
from tests.contracts.in_person_rows import IN_PERSON
from tests.contracts.messages_rows import MESSAGES
from tests.contracts.post_rows import POST, failing
from tests.contracts.trouble_rows import TROUBLE
from tests.contracts.wording_rows import WORDING

FURTHER: dict[str, list[tuple[Any, ...]]] = {
    **ARRANGED, **ASKING, **IN_PERSON, **MESSAGES, **POST, **TROUBLE, **WORDING,
}  # fmt: skip

__all__ = ["FURTHER", "failing", "filed"]
