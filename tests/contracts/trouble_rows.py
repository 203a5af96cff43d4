"""The rows of the guide to computer problems, open to everybody."""

from typing import Any

EVERYBODY = frozenset({
    "anonymous", "learner", "other learner", "department", "other department", "officer", "other officer",
    "custodian", "other custodian", "analyst", "author",
})  # fmt: skip
TROUBLE: dict[str, list[tuple[Any, ...]]] = {
    "trouble": [(EVERYBODY,), (EVERYBODY, {}, "?browser=ios")],
    "trouble-file": [(EVERYBODY,)],
    "trouble-echo": [(EVERYBODY,)],
    "trouble-sample": [(EVERYBODY,)],
    "ask-technical": [(EVERYBODY,), (EVERYBODY, {}, "?from=/learn/option-a/&programme=page-b")],
}
