"""The kinds of case as data: what each asks, who settles it, its moves, what is promised, what rests meanwhile.

A further kind is a row of `KINDS`; a move that it needs beyond these is a row of `MOVES`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from upstander.core.access import Roles, may_keep_confidence, may_run_programme, may_see_unit
from upstander.core.errors import Refusal
from upstander.core.working_days import working_day_after

WRONG_FACT, OFFICE_DECISION = "wrong-fact", "office-decision"
CONTENT_QUESTION, ANOTHER_WAY = "content-question", "another-way"
PERSON, OFFICER, SYSTEM = "person", "officer", "system"
OPEN, ASKED, ACCEPTED, DECLINED, WITHDRAWN, SETTLED = "open", "asked", "accepted", "declined", "withdrawn", "settled"
#: Every state of a case, in the order in which a list shows them.
STATES = (OPEN, ASKED, ACCEPTED, DECLINED, WITHDRAWN, SETTLED)
#: States in which somebody still has something to do, or something is waited for.
UNSETTLED = frozenset({OPEN, ASKED, ACCEPTED})
#: Who can correct what: the owners of facts, as `core.reasons` names them.
OWNERS = ("roster", "record", "rule", "officer")
NEEDED, OPTIONAL, NONE = "needed", "optional", "none"
LONGEST_TEXT = 4_000


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a case: who may take it, from which states, to which (None: it stays), and with what words.

    `restarts` says that the office's promised time begins anew; `for_person` false is a note among those who handle it.
    """

    by: str
    states: frozenset[str]
    to: str | None
    text: str = OPTIONAL
    for_person: bool = True
    restarts: bool = False


_WAITING = frozenset({OPEN, ASKED})
MOVES: dict[str, Move] = {
    # the person's
    "add": Move(PERSON, frozenset({OPEN, ACCEPTED}), None, NEEDED),
    "answer": Move(PERSON, frozenset({ASKED}), OPEN, NEEDED, restarts=True),
    "withdraw": Move(PERSON, UNSETTLED, WITHDRAWN),
    "reopen": Move(PERSON, frozenset({DECLINED}), OPEN, NEEDED, restarts=True),
    "follow-up": Move(PERSON, frozenset({SETTLED}), OPEN, NEEDED, restarts=True),
    # the office's
    "reply": Move(OFFICER, UNSETTLED, None, NEEDED),
    "ask": Move(OFFICER, _WAITING, ASKED, NEEDED),
    "accept": Move(OFFICER, _WAITING, ACCEPTED),
    "decline": Move(OFFICER, _WAITING, DECLINED, NEEDED),
    "settle": Move(OFFICER, UNSETTLED, SETTLED),
    "respond": Move(OFFICER, _WAITING, SETTLED, NEEDED),
    "arrange": Move(OFFICER, UNSETTLED, ACCEPTED, NEEDED),
    "share": Move(OFFICER, frozenset(STATES), None, NONE, for_person=False),
    "note": Move(OFFICER, frozenset(STATES), None, NEEDED, for_person=False),
    # what the program sees by itself
    "now-right": Move(SYSTEM, _WAITING, None, NONE),
    "changed-otherwise": Move(SYSTEM, UNSETTLED, None, NONE),
    "arrived": Move(SYSTEM, frozenset({ACCEPTED}), SETTLED, NONE),
    "adjusted": Move(SYSTEM, frozenset(STATES), None, NONE),
    "adjustment-ended": Move(SYSTEM, frozenset(STATES), None, NONE),
    "completed": Move(SYSTEM, UNSETTLED, SETTLED, NONE),
}
_CONVERSATION = frozenset({"add", "answer", "withdraw", "ask", "note"})
_OF_FACTS = _CONVERSATION | {
    "reopen", "reply", "accept", "decline", "settle",
    "now-right", "changed-otherwise", "arrived", "adjusted", "adjustment-ended",
}  # fmt: skip
#: What may be asked for instead of the course as it is, in the order of the form; none has to be chosen (row B15).
WAYS = ("plain-text", "conversation", "facilitated", "later", "policy-signed", "other")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind's form: how long its text may be, and whether it may stay empty."""

    longest: int
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of case.

    `promised` working days until the office's first answer, by owner; `rests` the states in which no notice that asks
    goes out; `declines` after so many only the office's contact is left; `told_units` the owners of whose cases the
    administrators of the person's unit are told the fact and what would be right, and nothing else; `of_person` false
    is a record of the office that the person does not ask for and does not see as a request; `confidential` is for
    custodians only (`core.access.may_keep_confidence`), and that its reminders rest is told to nobody else.
    """

    fields: Mapping[str, Field]
    moves: frozenset[str]
    promised: Mapping[str, int]
    first_state: str = OPEN
    rests: frozenset[str] = frozenset()
    declines: int = 2
    told_units: frozenset[str] = frozenset()
    of_person: bool = True
    confidential: bool = False


KINDS: dict[str, Kind] = {
    WRONG_FACT: Kind(
        fields={"fact": Field(40), "about": Field(120, False), "right": Field(500, False), "note": Field(2_000, False)},
        moves=_OF_FACTS,
        promised={"roster": 5, "record": 3, "rule": 3, "officer": 3},
        rests=UNSETTLED,
        told_units=frozenset({"roster"}),
    ),
    # why an officer adjusted a duty: kept where it can be erased, never in the history of decisions (law 3)
    OFFICE_DECISION: Kind(
        fields={},
        moves=frozenset({"note", "adjusted", "adjustment-ended"}),
        promised={},
        first_state=SETTLED,
        of_person=False,
    ),
    # two working days: the question-and-answer duty of interactive training (row B14; 2 CCR 11024)
    CONTENT_QUESTION: Kind(
        fields={
            "note": Field(2_000),
            "course": Field(60),
            "page": Field(120, False),
            "item": Field(60, False),
            "edition": Field(40, False),
            "title": Field(200, False),
        },
        moves=_CONVERSATION | {"respond", "follow-up", "share"},
        promised={"officer": 2},
    ),
    # no reason is asked and nothing has to be filled in (row B15)
    ANOTHER_WAY: Kind(
        fields={
            "ways": Field(120, False),
            "reach": Field(500, False),
            "note": Field(2_000, False),
            "course": Field(60, False),
        },
        moves=_CONVERSATION | {"reply", "arrange", "settle", "adjusted", "completed"},
        promised={"officer": 2},
        rests=UNSETTLED,
        confidential=True,
    ),
}


def kind_of(key: str) -> Kind:
    """The kind, or Refusal `no-such-kind` {kind}."""
    if key not in KINDS:
        raise Refusal("no-such-kind", {"kind": key})
    return KINDS[key]


def check_fields(kind: Kind, asked: Mapping[str, str]) -> None:
    """Refuses a form that says too little or too much: `field-needed`, `field-too-long`, `no-such-field` {field}."""
    for name in asked:
        if name not in kind.fields:
            raise Refusal("no-such-field", {"field": name})
    for name, field in kind.fields.items():
        text = asked.get(name, "")
        if field.needed and not text.strip():
            raise Refusal("field-needed", {"field": name})
        if len(text) > field.longest:
            raise Refusal("field-too-long", {"field": name, "longest": field.longest})


def moves_open(key: str, state: str, role: str, declines: int = 0) -> list[str]:
    """The moves that this role may make in this state, in the order of the table."""
    kind = kind_of(key)
    return [
        name
        for name, move in MOVES.items()
        if name in kind.moves
        and move.by == role
        and state in move.states
        and not (name == "reopen" and declines >= kind.declines)
    ]


def moved(key: str, state: str, name: str, role: str, text: str = "", declines: int = 0) -> str:
    """The state after a move.

    Refuses `move-not-open` {move, state}, `declined-for-good` {declines}, `text-needed` and `text-too-long` {longest}.
    """
    kind, move = kind_of(key), MOVES.get(name)
    if move is None or name not in kind.moves or move.by != role or state not in move.states:
        raise Refusal("move-not-open", {"move": name, "state": state})
    if name == "reopen" and declines >= kind.declines:
        raise Refusal("declined-for-good", {"declines": declines})
    if move.text == NEEDED and not text.strip():
        raise Refusal("text-needed", {"move": name})
    if len(text) > LONGEST_TEXT:
        raise Refusal("text-too-long", {"longest": LONGEST_TEXT})
    return move.to or state


def rests(key: str, state: str) -> bool:
    """Whether notices that ask rest while a case of this kind stands so."""
    return state in kind_of(key).rests


def answer_by(key: str, owner: str, day: date, closed_days: Collection[date] = ()) -> date | None:
    """The day by which the office has promised to answer what it got on the day; None where nothing is promised."""
    days = kind_of(key).promised.get(owner)
    return working_day_after(day, days, closed_days) if days else None


def may_handle(roles: Roles, programme: str | None, person_id: str) -> bool:
    """An officer of its programme handles a case; nobody handles, or sees the office's side of, their own.

    One that is confidential is handled by its custodians instead (`may_hold`).
    """
    if roles.person_id is None or roles.person_id == person_id:
        return False
    return may_run_programme(roles, programme) if programme else roles.all_programmes


def may_hold(roles: Roles, programme: str | None, person_id: str) -> bool:
    """A custodian of its programme holds a confidential case; of one's own it is another custodian (row B15)."""
    if roles.person_id is None or roles.person_id == person_id:
        return False
    return may_keep_confidence(roles, programme) if programme else roles.all_custody


def may_be_told(roles: Roles, key: str, owner: str, state: str, unit_id: str, person_id: str) -> bool:
    """Whether an administrator is told which fact of their unit's person is doubted, and what would be right."""
    if not unit_id or roles.person_id == person_id or state not in UNSETTLED:
        return False
    return owner in kind_of(key).told_units and may_see_unit(roles, unit_id)
