"""Tables, constraints, migrations. No rules."""

from upstander.models.accounts import Account, Installation, Invitation, RoleGrant
from upstander.models.cache import CacheRow
from upstander.models.cases import Case, CaseEntry
from upstander.models.courses import (
    CourseDraft,
    CourseDraftFile,
    CourseDraftNote,
    CourseEdition,
    CourseText,
    ItemFigures,
)
from upstander.models.history import PresetSignature, Recheck, Rehearsal, Seal
from upstander.models.learning import (
    Arrival,
    Attempt,
    Certificate,
    Completion,
    CompletionScore,
    CourseStart,
    Enrolment,
    LessonAnswer,
    PageSeen,
)
from upstander.models.notices import Notice
from upstander.models.people import (
    Appointment,
    Person,
    RosterImport,
    RosterRecord,
    Unit,
    UnitAdministrator,
    UnitRecord,
)
from upstander.models.programmes import (
    AdjustmentRecord,
    AuditLine,
    Programme,
    ProgrammeVersion,
    Snapshot,
    SnapshotCount,
    SnapshotRow,
    Standing,
    StandingChange,
)
from upstander.models.questions import AskedBefore
from upstander.models.survey import SealedAnswer, SurveyExport, SurveyKey, SurveySpool, SurveyTaken

__all__ = [
    "Account", "AdjustmentRecord", "Appointment", "Arrival", "AskedBefore", "Attempt", "AuditLine", "CacheRow",
    "Case", "CaseEntry", "Certificate", "Completion", "CompletionScore", "CourseDraft", "CourseDraftFile",
    "CourseDraftNote",
    "CourseEdition", "CourseStart", "CourseText", "Enrolment", "Installation", "Invitation", "ItemFigures",
    "LessonAnswer", "Notice", "PageSeen", "Person", "PresetSignature", "Programme", "ProgrammeVersion", "Recheck",
    "Rehearsal", "RoleGrant", "RosterImport", "RosterRecord", "Seal", "SealedAnswer", "Snapshot", "SnapshotCount",
    "SnapshotRow", "Standing", "StandingChange", "SurveyExport", "SurveyKey", "SurveySpool", "SurveyTaken", "Unit",
    "UnitAdministrator", "UnitRecord",
]  # fmt: skip
