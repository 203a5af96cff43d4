"""What the command line says for a refusal; a code without a sentence here is shown with its facts."""

from upstander.core.errors import Refusal
from upstander.jobs.cli.file_sentences import FILE_SENTENCES
from upstander.jobs.cli.programme_sentences import PROGRAMME_SENTENCES
from upstander.jobs.cli.survey_sentences import SURVEY_SENTENCES

SENTENCES = {
    **SURVEY_SENTENCES,
    "file-unreadable": "{file} cannot be read: {problem}",
    "case-unreadable": "the case {name} cannot be read: {message}.",
    **FILE_SENTENCES,
    **PROGRAMME_SENTENCES,
    "database-unreachable": "the database does not answer: {problem}",
    "demo-database": "this database is a demo's; add --into-demo to import into it.",
    "demo-setting-without-demo": "UPSTANDER_DEMO is set, but this database is not a demo's.",
    "migrations-due": "the database is older than this program; run `upstander migrate` first.",
    "newer-seal": "{day} is sealed already, which lies after today; the clock of this machine may be wrong.",
    "course-exists": "there is a course with the key {course} already; choose another key or another folder.",
    "course-key-bad": "“{course}” cannot be the key of a course; it wants small letters, digits and hyphens.",
    "no-such-course": "no course has the key {course}.",
    "no-mailbox": "no mailbox is set (UPSTANDER_MAILBOX_URL); nothing was read.",
    "no-relay": "no mail relay is set (UPSTANDER_SMTP_URL); everything stays planned.",
    "no-such-person": "nobody on the roster has the id {person_id}.",
    "not-a-demo": "this database holds data of its own; the demo wants one for itself (UPSTANDER_DATA_DIR).",
    "not-its-officer": "{person_id} is no officer of {programme}.",
    "person-suspended": "{person_id} left the roster on {since_on}.",
    "person-without-email": "{person_id} has no e-mail address on the roster.",
    "port-taken": "something else listens on {host}:{port}; choose another with --port.",
    "no-such-preset": "there is no preset {preset}; `upstander preset list` shows them.",
    "preset-changed": "another text of {preset} stands there by now; read it again.",
    "preset-note-missing": "of {preset} only a part was read: say with --note what you read of it.",
    "preset-without-people": "no course satisfies these presets, or the roster knows none of their people: {presets}.",
    "preset-not-signed": "{preset} is not signed here.",
    "not-published-then": "no version of {programme} was published by then; the first one came on {since_on}.",
    "no-such-programme": "no programme has the key {programme}.",
    "no-such-role": "there is no role {role}; the roles are officer, department, author, custodian and analyst.",
    "no-such-snapshot": "no official figures were taken on {day}; the figures of a past day cannot be made afterwards.",
    "no-such-unit": "no unit has the id {unit_id}.",
    "no-such-version": "{programme} has no version {version}.",
    "other-programme-in-file": "{file} holds the programme {key}, not {programme}.",
    "rehearsal-backwards": "the period ends ({to_on}) before it begins ({from_on}).",
    "rehearsal-too-long": "{days} days are more than can be rehearsed at once; at most {at_most} (two years).",
    "rehearsal-without-roster": "there is no roster yet; import one, and there is somebody to rehearse with.",
    "rules-unreadable": "these rules cannot be read: {because}.",
    "share-out-of-range": "the share lies between 0 and 1; {share} does not.",
    "role-reaches-otherwise": (
        "an officer's or custodian's role reaches programmes (--programme), a department's units (--unit); "
        "an author's and an analyst's have no reach."
    ),
    "snapshot-altered": "the rows of {day} no longer give the digest that sealed them.",
}


def sentence(refusal: Refusal) -> str:
    """The refusal as one sentence."""
    return SENTENCES.get(refusal.code, str(refusal).replace("{", "{{").replace("}", "}}")).format(**refusal.data)
