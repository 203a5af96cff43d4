"""The rows of the office's own words, and of declining letters; made like those of `in_person_rows`."""

from typing import Any

from tests.contracts.in_person_rows import OFFICERS, SIGNED_IN

OFFICER = frozenset({"officer"})
LETTER, OURS = {"kind": "added", "lang": "en"}, "?programme=page-b"
WORDING: dict[str, list[tuple[Any, ...]]] = {
    "office-letters": [(OFFICERS,), (OFFICER, {}, OURS)],
    "office-letter": [(OFFICERS, LETTER), (OFFICER, LETTER, OURS), (OFFICER, LETTER, OURS, "post")],
    "account-letters": [(SIGNED_IN,)],
    "letters-stop": [(frozenset(), {"token": "no-such-token"}, "", how, True) for how in ("get", "post")],
    "office-letter-live": [(OFFICERS, LETTER, "", "post"), (OFFICER, LETTER, OURS, "post")],
}
