"""Tables, constraints, migrations. No rules."""

from upstander.models.accounts import Account, Installation, Invitation, RoleGrant
from upstander.models.cache import CacheRow
from upstander.models.cases import Case, CaseEntry, CaseFile
from upstander.models.courses import (
    CourseDraft,
    CourseDraftFile,
    CourseDraftNote,
    CourseEdition,
    CourseText,
    ItemFigures,
)
from upstander.models.history import PresetSignature, Recheck, Rehearsal, Seal
from upstander.models.in_person import (
    Arrangement,
    PaperKeying,
    PaperSheet,
    SessionFacilitator,
    SessionFeedback,
    SessionOffer,
    SessionSeat,
    TrainingSession,
)
from upstander.models.learning import (
    Arrival,
    Attempt,
    Certificate,
    Completion,
    CompletionScore,
    CourseAccess,
    CourseStart,
    Enrolment,
    LessonAnswer,
    PageSeen,
)
from upstander.models.mailing import CalendarFeed, FailingAddress, MailReport, NoticeText, Unsubscribed
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
    "Account", "AdjustmentRecord", "Appointment", "Arrangement", "Arrival", "AskedBefore", "Attempt", "AuditLine",
    "CacheRow", "CalendarFeed", "Case", "CaseEntry", "CaseFile", "Certificate", "Completion", "CompletionScore",
    "CourseAccess", "CourseDraft", "CourseDraftFile", "CourseDraftNote", "CourseEdition", "CourseStart", "CourseText",
    "Enrolment", "FailingAddress", "Installation", "Invitation", "ItemFigures", "LessonAnswer", "MailReport", "Notice",
    "NoticeText", "PageSeen", "PaperKeying", "PaperSheet", "Person", "PresetSignature", "Programme",
    "ProgrammeVersion", "Recheck", "Rehearsal", "RoleGrant", "RosterImport", "RosterRecord", "Seal", "SealedAnswer",
    "SessionFacilitator", "SessionFeedback", "SessionOffer", "SessionSeat", "Snapshot", "SnapshotCount", "SnapshotRow",
    "Standing", "StandingChange", "SurveyExport", "SurveyKey", "SurveySpool", "SurveyTaken", "TrainingSession", "Unit",
    "UnitAdministrator", "UnitRecord", "Unsubscribed",
]  # fmt: skip
