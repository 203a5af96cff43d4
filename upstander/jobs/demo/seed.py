"""Fills an empty demo: units and people, the two programmes, earlier completions, an officer, and the night's work."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from upstander.actions import snapshot
from upstander.actions.completions_import import import_completions
from upstander.actions.grants import give
from upstander.actions.installation import offer_at_the_door, write_to_first
from upstander.actions.notices import plan_due
from upstander.actions.opening import open_sending
from upstander.actions.programmes import import_programme
from upstander.actions.roster import import_roster
from upstander.actions.roster_report import Files
from upstander.actions.survey_keeping import load_key
from upstander.core.days import Moment
from upstander.jobs import sending
from upstander.jobs.demo import programmes
from upstander.jobs.demo.arrangements import seed_arrangements
from upstander.jobs.demo.calendar import Season
from upstander.jobs.demo.cases import seed_cases
from upstander.jobs.demo.sessions import seed_sessions
from upstander.jobs.demo.university import write_files
from upstander.models import Installation
from upstander.queries.programmes import all_published
from upstander.wires.sealing import make_pair, public_text, write_private

BY = "demo"
OFFICER = "10000012"
#: The second pair of eyes of the office: keys a sheet again, answers what the first may not.
COLLEAGUE = "10000015"
ANALYST = "10000007"
#: The officer writes courses too; this is the second pair of eyes.
AUTHOR = "10000011"
#: Who holds what is asked in confidence: two, so that nobody holds their own request.
CUSTODIANS = ("10000009", "10000004")
#: Who is offered at the door, by the key under which `words.demo` says who they are.
DOOR = {
    "ines": "10000001",
    "nadia": "10000013",
    "olu": "10000014",
    "tomas": "10000005",
    "priya": "10000004",
    "dario": "10000002",
    "lin": "10000003",
    "amara": "10000006",
    "hugo": "10000007",
    "sofia": "10000009",
    "noor": "10000008",
    "kenji": "10000010",
    "ruth": "10000011",
    "mei": "10000012",
    "alma": "10000015",
}


def seed(moment: Moment, say: Callable[[str], None]) -> bool:
    """Seeds the demo once; false where it was seeded. A seeding cut short is finished by the next start."""
    installation = Installation.objects.filter(is_demo=True).first()
    if installation is not None and installation.demo_people:
        return False
    season = Season(moment.day)
    say("making the demo's university …")
    with TemporaryDirectory() as folder:
        files = Path(folder)
        write_files(files, season)
        import_roster(Files(files / "people.csv", files / "units.csv"), moment)
        import_completions(files / "completions.csv", moment)
        say("deciding who owes what …")
        for document in (programmes.yearly(season), programmes.menu(season)):
            open_sending(import_programme(document, moment, BY).version.programme_id, moment, BY)
    for person_id in (OFFICER, COLLEAGUE):
        give(person_id, "officer", moment, BY)
    for person_id in CUSTODIANS:
        give(person_id, "custodian", moment, BY)
    give(ANALYST, "analyst", moment, BY)
    give(AUTHOR, "author", moment, BY)
    _open_survey(moment, say)
    seed_sessions(moment, "option-a", DOOR["ruth"], tuple(DOOR.values()))
    seed_arrangements(moment, "option-a", DOOR["ruth"], (OFFICER, COLLEAGUE))
    seed_cases(moment, "page-b", OFFICER)
    say("writing the first messages …")
    for rules in all_published():
        plan_due(rules, moment, hours_matter=False)
    write_to_first(list(DOOR.values()), moment)
    sending.run(moment)
    snapshot.take(moment)
    offer_at_the_door([{"key": key, "person_id": person_id} for key, person_id in DOOR.items()])
    return True


def _open_survey(moment: Moment, say: Callable[[str], None]) -> None:
    """A throw-away pair of keys, so that the survey opens at once; anywhere else the private one is never here."""
    file = Path(settings.DATA_DIR) / "survey-private.key"
    file.unlink(missing_ok=True)
    private, public = make_pair()
    write_private(file, private)
    load_key(public_text(public), moment, BY)
    say(f"the demo's own key of the survey, which a real site never has, lies in {file}")
