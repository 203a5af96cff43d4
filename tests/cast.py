"""The standing cast: twelve people of an invented university, the same in every test.

`install(moment)` imports them by the ordinary roster import. `DAY` is a day on which page-b's first group is open.

| constant | who | in page-b on DAY |
|---|---|---|
| INES | staff in Music | open, group all-schools |
| DARIO | graduate student in the third year | scheduled, group graduate-students |
| LIN | graduate student in the second year | not-required |
| PRIYA | professor of History on sabbatical | open (a sabbatical changes nothing) |
| TOMAS | staff in Biology on parental leave | deferred |
| AMARA | staff, onboarded on 2020-07-01 | exempt |
| HUGO | staff, onboarded on 2020-06-30 | open |
| NOOR | visiting faculty, unpaid | not-required |
| SOFIA | paid in the laboratory office, unpaid in Music | scheduled, group vp-research |
| KENJI | staff whose pay is blank | undecided |
| RUTH | administrator of Music, staff of its dean's office | open |
| MEI | officer of the prevention office, central | scheduled, group central |
"""

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from upstander.actions.roster import import_roster
from upstander.actions.roster_report import Files, Report
from upstander.core.days import Moment

INES, DARIO, LIN, PRIYA, TOMAS, AMARA = "10000001", "10000002", "10000003", "10000004", "10000005", "10000006"
HUGO, NOOR, SOFIA, KENJI, RUTH, MEI = "10000007", "10000008", "10000009", "10000010", "10000011", "10000012"
EVERYBODY = (INES, DARIO, LIN, PRIYA, TOMAS, AMARA, HUGO, NOOR, SOFIA, KENJI, RUTH, MEI)
DAY = date(2021, 1, 20)
MOMENT = Moment(at=datetime(2021, 1, 20, 15, 0, tzinfo=UTC), day=DAY)

UNITS = f"""\
unit_id,parent_id,name,area,administrator_ids
univ,,Aldermere University,,
arts,univ,School of Arts,school,
music,arts,Department of Music,,{RUTH}
history,arts,Department of History,,
science,univ,School of Science,school,
biology,science,Department of Biology,,
research,univ,Vice President for Research,vp_research,
labs,research,Laboratory Safety Office,,
central,univ,Central Administration,central,
office,central,Office for Prevention and Response,,
"""

PEOPLE = f"""\
person_id,legal_first_name,legal_last_name,preferred_name,email,birth_date,preferred_language,time_zone,onboarded_on,\
onboarded_as,appointment_id,category,title,unit_id,paid,benefits_eligible,student_year,graduates_on,supervisor_id,\
supervises,starts_on,ends_on,leave_kind,leave_from,leave_to
{INES},Ines,Okafor,,ines@aldermere.example,1988-04-02,en,,2015-09-01,employee,a-ines,staff,Concert manager,music,\
yes,yes,,,{RUTH},no,2015-09-01,,,,
{DARIO},Dario,Ferrante,,dario@aldermere.example,1996-11-30,es,,2018-08-25,student,a-dario,graduate_student,,history,\
no,no,3,2023-05-20,,no,2018-08-25,,,,
{LIN},Lin,Zhao,,lin@aldermere.example,1998-02-14,en,,2019-08-24,student,a-lin,graduate_student,,biology,\
no,no,2,2024-05-20,,no,2019-08-24,,,,
{PRIYA},Priya,Raman,,priya@aldermere.example,1971-07-19,en,,2004-08-15,employee,a-priya,faculty,Professor,history,\
yes,yes,,,,yes,2004-08-15,,sabbatical,2021-01-01,2021-06-30
{TOMAS},Tomás,Villalobos Peña,,tomas@aldermere.example,1985-12-05,es,,2012-03-12,employee,a-tomas,staff,\
Greenhouse technician,biology,yes,yes,,,,no,2012-03-12,,parental,2021-01-11,2021-03-05
{AMARA},Amara,Diallo,,amara@aldermere.example,1993-05-23,en,,2020-07-01,employee,a-amara,staff,Admissions adviser,arts,\
yes,yes,,,,no,2020-07-01,,,,
{HUGO},Hugo,Lindqvist,,hugo@aldermere.example,1990-10-08,en,,2020-06-30,employee,a-hugo,staff,Web editor,science,\
yes,yes,,,,no,2020-06-30,,,,
{NOOR},Noor,Haddad,,noor@aldermere.example,1979-01-27,en,,2019-01-07,,a-noor,faculty,Visiting professor,biology,\
no,no,,,,no,2019-01-07,,,,
{SOFIA},Sofía,Marín,,sofia@aldermere.example,1983-08-16,es,,2014-05-05,employee,a-sofia-1,staff,Safety specialist,labs,\
yes,yes,,,{MEI},no,2014-05-05,,,,
{SOFIA},Sofía,Marín,,sofia@aldermere.example,1983-08-16,es,,2014-05-05,employee,a-sofia-2,affiliate,Choir singer,music,\
no,no,,,,no,2017-09-01,,,,
{KENJI},Kenji,Watanabe,,kenji@aldermere.example,1991-03-03,en,,2017-02-20,employee,a-kenji,staff,Archivist,history,\
,yes,,,,no,2017-02-20,,,,
{RUTH},Ruth,Abebe,,ruth@aldermere.example,1975-06-11,en,,2009-10-19,employee,a-ruth,staff,\
Department administrator,music,yes,yes,,,,yes,2009-10-19,,,,
{MEI},Mei,Castellanos,,mei@aldermere.example,1982-09-29,en,,2011-06-01,employee,a-mei,staff,Prevention officer,office,\
yes,yes,,,,yes,2011-06-01,,,,
"""


def install(moment: Moment = MOMENT, people: str = PEOPLE, units: str = UNITS) -> Report:
    """Imports the cast (or the given files' text) as a roster on that day."""
    with TemporaryDirectory() as folder:
        people_csv, units_csv = Path(folder) / "people.csv", Path(folder) / "units.csv"
        people_csv.write_text(people, encoding="utf-8")
        units_csv.write_text(units, encoding="utf-8")
        return import_roster(Files(people_csv, units_csv), moment)
