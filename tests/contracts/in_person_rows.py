"""The rows of trainings in person: Ruth ("department") leads one session, the learner has a seat in it and in a second.

The second is of a closed group. Each row is who is let in, the parts of the address, its query and its method.
"""

from typing import Any

OWNER, OFFICERS = frozenset({"learner"}), frozenset({"officer", "other officer"})
SIGNED_IN = OFFICERS | {
    "learner", "other learner", "department", "other department", "custodian", "other custodian", "analyst", "author",
}  # fmt: skip
SESSION, CLOSED = {"session_id": "session"}, {"session_id": "closed_session"}
OFFER = {"key": "bystander-hour"}
LEADS = OFFICERS | {"department"}
IN_PERSON: dict[str, list[tuple[Any, ...]]] = {
    # the feed of dates: an address that nobody made is nobody's, and whoever is on the roster makes one
    "calendar-feed": [(frozenset(), {"token": "unknown"}, "", "get", True)],
    "account-calendar": [(SIGNED_IN, {}, "", "post")],
    "in-person": [(SIGNED_IN,)],
    "in-person-session": [(SIGNED_IN, SESSION), (OWNER, CLOSED), (OWNER, CLOSED, "", "post")],
    "in-person-calendar": [(OWNER, SESSION)],
    "in-person-here": [(SIGNED_IN, SESSION), (OWNER, CLOSED)],
    "in-person-code": [(LEADS, SESSION), (OFFICERS, CLOSED)],
    "in-person-roster": [(LEADS, SESSION), (OFFICERS, CLOSED)],
    "in-person-feedback": [(frozenset(), SESSION)],  # not before it is held
    "office-in-person-feedback": [(frozenset(), SESSION)],
    "office-in-person-roster-file": [(OFFICERS, {**SESSION, "kind": "csv"}), (OFFICERS, {**SESSION, "kind": "xlsx"})],
    "office-in-person-request": [(frozenset(), {"case_id": "case"})],  # a request for something else
    "office-in-person": [(OFFICERS,)],
    "office-in-person-new": [(OFFICERS,)],
    "office-in-person-offer": [(OFFICERS, OFFER)],
    "office-in-person-date": [(OFFICERS, OFFER)],
    "office-in-person-session": [(OFFICERS, SESSION), (OFFICERS, SESSION, "", "post")],
}
