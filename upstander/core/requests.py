"""The kinds of case as data: what each asks, who settles it, its moves, what is promised, what rests meanwhile.

A further kind is a row of `KINDS`; a move that it needs beyond these is a row of `MOVES`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from upstander.core.access import Roles, may_keep_confidence, may_run_programme, may_see_unit
from upstander.core.errors import Refusal
from upstander.core.technical import FACTS
from upstander.core.working_days import working_day_after

WRONG_FACT, OFFICE_DECISION = "wrong-fact", "office-decision"
CONTENT_QUESTION, ANOTHER_WAY = "content-question", "another-way"
EXTENSION, LEAVE, ALREADY_DONE = "extension", "leave", "already-done"
LANGUAGE, ACCESSIBILITY, NO_COMPUTER = "language", "accessibility", "no-computer"
IN_PERSON, PRIVACY = "in-person", "privacy"
TECHNICAL = "technical"
EQUIVALENCY, APPOINTMENT_ENDING, VOLUNTARY_ACCESS = "equivalency", "appointment-ending", "voluntary-access"
PERSON, OFFICER, SYSTEM = "person", "officer", "system"
OPEN, ASKED, ACCEPTED, DECLINED, WITHDRAWN, SETTLED = "open", "asked", "accepted", "declined", "withdrawn", "settled"
#: Every state of a case, in the order in which a list shows them.
STATES = (OPEN, ASKED, ACCEPTED, DECLINED, WITHDRAWN, SETTLED)
#: States in which somebody still has something to do, or something is waited for.
UNSETTLED = frozenset({OPEN, ASKED, ACCEPTED})
#: Who can correct what: the owners of facts, as `core.reasons` names them.
OWNERS = ("roster", "record", "rule", "officer")
NEEDED, OPTIONAL, NONE = "needed", "optional", "none"
#: How a field is filled in: some words on a line, a text of several lines, a day, a whole number, one of a few.
LINE, TEXT, DAY, WHOLE, CHOICE = "line", "text", "day", "whole", "choice"
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
    "granted": Move(SYSTEM, UNSETTLED, SETTLED, NONE),
    "adjustment-ended": Move(SYSTEM, frozenset(STATES), None, NONE),
    "session-set": Move(SYSTEM, UNSETTLED | {SETTLED}, SETTLED, NONE),
    "session-off": Move(SYSTEM, UNSETTLED | {SETTLED}, OPEN, NONE, restarts=True),
    "completing": Move(SYSTEM, UNSETTLED, ACCEPTED, NONE),
    "completed": Move(SYSTEM, UNSETTLED, SETTLED, NONE),
    "not-needed": Move(SYSTEM, UNSETTLED, SETTLED, NONE),
}
_CONVERSATION = frozenset({"add", "answer", "withdraw", "ask", "note"})
_OF_FACTS = _CONVERSATION | {
    "reopen", "reply", "accept", "decline", "settle",
    "now-right", "changed-otherwise", "arrived", "adjusted", "adjustment-ended",
}  # fmt: skip
#: Of what is decided by an adjustment or by looking: the office answers, declines with a reason, or closes it.
_OF_DUTIES = _CONVERSATION | {"reopen", "reply", "decline", "settle", "granted", "adjusted", "adjustment-ended"}
#: Of what the office helps with: as above, and whoever asked can ask further once it is closed.
_OF_HELP = _OF_DUTIES | {"follow-up"}
#: The person looks for the answer on the site, and no letter says that there is one: somebody else may read their mail.
ONLY_HERE = "only-here"
#: What may be asked for instead of the course as it is, in the order of the form; none has to be chosen (row B15).
WAYS = ("plain-text", "conversation", "facilitated", "later", "policy-signed", "other")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind's form: how long its text may be, whether it may stay empty, and how it is filled in."""

    longest: int
    needed: bool = True
    filled: str = LINE


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of case.

    `promised` working days until the office's first answer, by owner; `rests` the states in which no notice that asks
    goes out; `declines` after so many only the office's contact is left; `told_units` the owners of whose cases the
    administrators of the person's unit are told the fact and what would be right, and nothing else; `of_person` false
    is a record of the office that the person does not ask for and does not see as a request; `confidential` is for
    custodians only (`core.access.may_keep_confidence`), and that its reminders rest is told to nobody else.
    `asked_in` are the states of a duty in which it can be asked for (empty: of everybody), `needs_due` says that there
    must be a due date, `once` that a second one waits for the first, and `grants` names the adjustment that settles it.
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
    asked_in: frozenset[str] = frozenset()
    needs_due: bool = False
    once: bool = False
    grants: str = ""
    files: bool = False


_DAY = Field(10, filled=DAY)
_LATER_DAY = Field(10, False, DAY)
_NOTE = Field(2_000, False, TEXT)
_SAID = Field(2_000, filled=TEXT)
_OWED = frozenset({"open", "in-progress", "in-grace", "overdue", "deferred"})
_COMING = _OWED | {"scheduled", "undecided"}

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
            "told": Field(10, False, CHOICE),
            "note": Field(2_000, False),
            "course": Field(60, False),
        },
        moves=_CONVERSATION | {"reply", "arrange", "settle", "adjusted", "completing", "completed", "not-needed"},
        promised={"officer": 2},
        rests=UNSETTLED,
        confidential=True,
    ),
    # row B17: decided at once within the programme's limits (core/extension.py), else by the office
    EXTENSION: Kind(
        fields={"to_on": _DAY, "note": _NOTE},
        moves=_OF_DUTIES,
        promised={"officer": 3},
        rests=UNSETTLED,
        asked_in=_OWED,
        needs_due=True,
        once=True,
        grants="extension",
    ),
    # row A09: a leave that the roster does not have yet
    LEAVE: Kind(
        fields={"leave": Field(200), "from_on": _DAY, "to_on": _LATER_DAY, "note": _NOTE},
        moves=_OF_DUTIES,
        promised={"officer": 3},
        rests=UNSETTLED,
        asked_in=_COMING,
        once=True,
        grants="deferral",
    ),
    # row A13: reminders rest until somebody has looked
    ALREADY_DONE: Kind(
        fields={"what": Field(200), "when": Field(120, False), "note": _NOTE},
        moves=_OF_DUTIES,
        promised={"record": 3},
        rests=UNSETTLED,
        asked_in=_COMING,
        once=True,
        grants="equivalency",
        files=True,
    ),
    # row A10: a similar course elsewhere, with what shows it; what can count stands in core/elsewhere.py
    EQUIVALENCY: Kind(
        fields={
            "what": Field(200),
            "where": Field(200),
            "source": Field(40, False, CHOICE),
            "from_on": _DAY,
            "minutes": Field(5, filled=WHOLE),
            "note": _NOTE,
        },
        moves=_OF_DUTIES,
        promised={"record": 5},
        rests=UNSETTLED,
        asked_in=_COMING,
        once=True,
        grants="equivalency",
        files=True,
    ),
    # row B09: an end that the roster does not have yet
    APPOINTMENT_ENDING: Kind(
        fields={"appointment": Field(40, filled=CHOICE), "to_on": _DAY, "note": _NOTE},
        moves=_OF_DUTIES,
        promised={"roster": 5},
        rests=UNSETTLED,
        asked_in=_COMING,
        once=True,
        grants="ending",
        files=True,
    ),
    # row B20: the courses of a programme that asks nothing of the person
    VOLUNTARY_ACCESS: Kind(
        fields={"note": _NOTE},
        moves=_OF_DUTIES,
        promised={"officer": 3},
        asked_in=frozenset({"not-required"}),
        once=True,
        grants="access",
    ),
    # row A15: counted by language on the office's page
    LANGUAGE: Kind(fields={"which": Field(60), "note": _NOTE}, moves=_OF_HELP, promised={"officer": 5}, once=True),
    # row A07: the way in to a room, a person, paper
    NO_COMPUTER: Kind(
        fields={"reach": Field(200), "when": Field(200, False), "note": _NOTE},
        moves=_OF_HELP,
        promised={"officer": 2},
        rests=UNSETTLED,
        once=True,
    ),
    ACCESSIBILITY: Kind(
        fields={"note": _SAID, "helps": Field(500, False)},
        moves=_OF_HELP,
        promised={"officer": 2},
        rests=UNSETTLED,
    ),
    # row A16: the way in to a session of one's own group
    IN_PERSON: Kind(
        fields={
            "audience": Field(200),
            "size": Field(40),
            "topic": Field(200),
            "when": Field(200, False),
            "place": Field(200, False),
            "note": _NOTE,
        },
        moves=_OF_HELP | {"session-set", "session-off"},
        promised={"officer": 5},
    ),
    # row B21: with so many of the technical facts as the person lets go along
    TECHNICAL: Kind(
        fields={"note": _SAID, **{name: Field(longest, False) for name, longest in FACTS.items()}},
        moves=_OF_HELP,
        promised={"officer": 2},
    ),
    # an answer within 30 days, weekends and closed days included
    PRIVACY: Kind(fields={"want": Field(20), "note": _NOTE}, moves=_OF_HELP, promised={"officer": 20}),
}
#: What can be asked on the pages under /ask/, in their order.
ASKED_HERE = (
    EXTENSION, LEAVE, ALREADY_DONE, EQUIVALENCY, APPOINTMENT_ENDING, VOLUNTARY_ACCESS,
    LANGUAGE, NO_COMPUTER, ACCESSIBILITY, IN_PERSON, PRIVACY, TECHNICAL,
)  # fmt: skip
#: What can be asked about the data that is kept of oneself.
PRIVACY_WANTS = ("copy", "correct", "erase", "other")


def kind_of(key: str) -> Kind:
    """The kind, or Refusal `no-such-kind` {kind}."""
    if key not in KINDS:
        raise Refusal("no-such-kind", {"kind": key})
    return KINDS[key]


def can_be_asked(key: str, state: str, due_on: date | None) -> bool:
    """Whether a duty in this state, due so, can be what a case of this kind is about."""
    kind = kind_of(key)
    return (not kind.asked_in or state in kind.asked_in) and (due_on is not None or not kind.needs_due)


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
